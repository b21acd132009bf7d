#include "temporary_folder.hpp"

#include <intake/digest.hpp>
#include <intake/discover.hpp>
#include <intake/source.hpp>

#include <boost/test/unit_test.hpp>

using namespace assay::intake;
using assay::test::TemporaryFolder;

namespace {

std::string digest_of(std::string_view bytes, std::size_t step) {
    ContentDigest digest;
    for (std::size_t at = 0; at < bytes.size(); at += step) digest.update(bytes.substr(at, step));
    return digest.finish();
}

// seq 1 N
std::string numbers(int last) {
    std::string out;
    for (int i = 1; i <= last; ++i) out += std::to_string(i) + '\n';
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(digests)

BOOST_AUTO_TEST_CASE(up_to_a_chunk_it_is_sha256) {
    // printf '' | sha256sum; printf abc | sha256sum
    BOOST_TEST(digest_of("", 1) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(digest_of("abc", 1) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // seq 1 1000000 | head -c 4194304 | sha256sum
    const std::string whole_chunk = numbers(1'000'000).substr(0, ContentDigest::chunk_bytes);
    BOOST_TEST(digest_of(whole_chunk, 1 << 20) == "c8493d9285522c58814905e0a1f4030e7f9287bca6588b451b9c0382fa8f2a89");
}

BOOST_AUTO_TEST_CASE(above_a_chunk_it_is_the_sha256_of_the_chunks_sha256) {
    const std::string all = numbers(2'000'000);
    // for i in 0 1 2 3; do seq 1 2000000 | head -c 14888896 | dd bs=4M skip=$i count=1 iflag=fullblock status=none |
    //     sha256sum | cut -c1-64; done | xxd -r -p | sha256sum
    const std::string expected = "eee573ca857c6b270dc4a5c8d6baed1d6c8fe8aa5897d99c8f34379c706a811a";
    BOOST_TEST(all.size() == 14888896u);
    BOOST_TEST(digest_of(all, 1000003) == expected);
    BOOST_TEST(digest_of(all, all.size()) == expected);
    // The same with `head -c 4194305` and `for i in 0 1`: the second chunk is one byte.
    BOOST_TEST(digest_of(all.substr(0, ContentDigest::chunk_bytes + 1), 1 << 20) ==
               "b3732787347f4dcc1c4d976f9106ec72b58987199af4fb40578de9d83a3c5930");
}

BOOST_AUTO_TEST_CASE(a_file_has_the_digest_of_its_own_bytes_however_it_is_read) {
    const TemporaryFolder folder;
    const std::string small = "n,ms\n1,2\n", large = numbers(2'000'000);
    folder.write("small.csv", small);
    folder.write("large.txt", large);
    const Input input{folder.path.string(), {}, {}};
    const Discovery found = discover({&input, 1});
    BOOST_REQUIRE(found.files.size() == 2u);
    for (const Found& file : found.files) {
        Source source(file);
        const std::string& bytes = file.path.ends_with("small.csv") ? small : large;
        BOOST_TEST(content_digest(source) == digest_of(bytes, 4096));
        char some[10];
        BOOST_TEST(source.read_at(3, some, sizeof some) == std::min<std::size_t>(10, bytes.size() - 3));
        BOOST_TEST(content_digest(source) == digest_of(bytes, 4096));
    }
}

BOOST_AUTO_TEST_CASE(a_range_has_the_same_digest_whoever_reads_which_part_of_it) {
    const TemporaryFolder folder;
    const std::string all = numbers(2'000'000);
    folder.write("all.txt", all);
    const Input input{folder.path.string(), {}, {}};
    const Discovery found = discover({&input, 1});
    BOOST_REQUIRE(found.files.size() == 1u);
    const std::uint64_t half = 2 * ContentDigest::chunk_bytes;
    // Read by nobody, to the middle of a chunk, beyond the end, not in order.
    for (const std::size_t read : {0u, 5'000'000u, 14'888'896u}) {
        Source source(found.files.front());
        RangeDigest first{0, half}, second{half, all.size()};
        source.watch_reads([&](std::uint64_t offset, std::string_view bytes) { first.see(offset, bytes); });
        std::string buffer(read, '\0');
        source.read_at(7, buffer.data(), std::min<std::size_t>(read, 100));
        BOOST_TEST(source.read_at(0, buffer.data(), read) == read);
        source.watch_reads({});
        second.see(0, all);
        BOOST_TEST(joined_digest(first.finish(source) + second.finish(source)) == digest_of(all, all.size()));
    }
}

BOOST_AUTO_TEST_SUITE_END()
