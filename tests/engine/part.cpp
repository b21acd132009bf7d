// Where a file is cut that is read in parts.
#include "engine/part.hpp"
#include <boost/test/unit_test.hpp>

using assay::engine::cut;

namespace {
constexpr std::uint64_t mib = 1U << 20U;

std::string sizes(std::uint64_t bytes, std::size_t most, std::uint64_t enough) {
    std::string text;
    std::uint64_t end = 0;
    for (const auto& range : cut(bytes, most, enough)) {
        BOOST_TEST(range.begin == end);
        end = range.end;
        text += (text.empty() ? "" : " ") + std::to_string((range.end - range.begin) / mib);
    }
    BOOST_TEST(end == bytes);
    return text;
}
} // namespace

BOOST_AUTO_TEST_SUITE(part)

BOOST_AUTO_TEST_CASE(parts_are_of_about_one_size_and_end_where_chunks_of_the_digest_do) {
    BOOST_TEST(sizes(128 * mib, 2, 128 * mib) == "128");
    BOOST_TEST(sizes(129 * mib, 2, 128 * mib) == "68 61");
    BOOST_TEST(sizes(1024 * mib, 2, 128 * mib) == "512 512");
    BOOST_TEST(sizes(1000 * mib, 64, 128 * mib) == "128 128 128 128 128 128 128 104");
    BOOST_TEST(sizes(9 * mib, 7, 4 * mib) == "4 4 1");
    BOOST_TEST(sizes(9 * mib, 1, 4 * mib) == "9");
    BOOST_TEST(sizes(3 * mib, 9, 1) == "3");
}

BOOST_AUTO_TEST_SUITE_END()
