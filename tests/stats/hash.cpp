#include <assay/stats/hash.hpp>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <string>
#include <unordered_set>
#include <vector>

using assay::stats::hash;

BOOST_AUTO_TEST_SUITE(hashes)

BOOST_AUTO_TEST_CASE(numbers_follow_splitmix64) {
    // SplitMix64 seeded with 0: first output, as published with the generator (and in Java's SplittableRandom tests)
    BOOST_TEST(hash(std::uint64_t{0}) == 0xE220A8397B1DCDAFU);
    BOOST_TEST(hash(std::uint64_t{0x9E3779B97F4A7C15}) == 0x6E789E6AA1B965F4U); // second output
    BOOST_TEST(hash(-0.0) == hash(0.0));
    BOOST_TEST(hash(1.0) != hash(std::int64_t{1}));
}

BOOST_AUTO_TEST_CASE(short_texts_do_not_collide) {
    std::unordered_set<std::uint64_t> seen;
    std::size_t n = 0;
    const auto note = [&](const std::string& text) {
        seen.insert(hash(text));
        ++n;
    };
    for (int i = 0; i < 200'000; ++i) note(std::to_string(i));
    for (int a = 0; a < 256; ++a) {
        note(std::string{"x"} + static_cast<char>(a));
        for (int b = 0; b < 256; ++b) note({static_cast<char>(a), static_cast<char>(b), 'q'});
    }
    for (std::size_t size = 0; size < 100; ++size) note(std::string(size, '\0'));
    for (std::size_t size = 4; size < 100; ++size) note(std::string(size, 'a'));
    BOOST_TEST(seen.size() == n);
}

BOOST_AUTO_TEST_CASE(one_flipped_bit_changes_half_of_the_hash) {
    for (std::size_t size : {1U, 3U, 4U, 7U, 8U, 12U, 16U, 17U, 31U, 64U}) {
        std::string text(size, 'k');
        double changed = 0;
        int pairs = 0;
        for (int variant = 0; variant < 64; ++variant) {
            for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(hash(std::uint64_t(variant) * 1000 + i));
            const std::uint64_t before = hash(text);
            for (std::size_t bit = 0; bit < size * 8; ++bit, ++pairs) {
                text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
                changed += std::popcount(before ^ hash(text));
                text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
            }
        }
        BOOST_TEST_CONTEXT("size " << size) {
            BOOST_TEST(changed / pairs > 31.0);
            BOOST_TEST(changed / pairs < 33.0);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_hash_is_the_same_in_every_release) {
    // Saved state holds hashes: these values are a promise, not a reference.
    BOOST_TEST(hash(std::string_view{""}) == hash(std::string_view{}));
    const std::vector<std::pair<std::string, std::uint64_t>> kept{
        {"", 0x480FE49664288F5D},
        {"a", 0xB25D7DC6C7E3F285},
        {"ok", 0x4426CD9EF258A10B},
        {"0.00", 0x0DEB890A2C3E967C},
        {"tokens_s", 0xC4141E6FA8681291},
        {"gemma3:latest", 0x07CDA3C88B319A82},
        {"a text of more than sixteen bytes", 0xC1F25E2FA9B25A55}};
    for (const auto& [text, value] : kept) BOOST_TEST(hash(text) == value);
}

BOOST_AUTO_TEST_SUITE_END()
