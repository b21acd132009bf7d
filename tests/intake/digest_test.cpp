#include "temporary_folder.hpp"

#include <intake/digest.hpp>
#include <intake/discover.hpp>
#include <intake/source.hpp>

#include <boost/test/unit_test.hpp>

using namespace assay::intake;
using assay::test::TemporaryFolder;

namespace {

std::string content_digest_of(const TemporaryFolder& folder, std::string_view bytes) {
    const Input input{folder.write("content", bytes), {}, {}};
    const Discovery found = discover({&input, 1});
    Source source(found.files.at(0));
    return content_digest(source);
}

std::string digest_in_steps(std::string_view bytes, std::size_t step) {
    ChunkDigests digests;
    for (std::size_t at = 0; at < bytes.size(); at += step) digests.update(bytes.substr(at, step));
    return joined_digest(digests.finish());
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
    const TemporaryFolder folder;
    // printf '' | sha256sum; printf abc | sha256sum
    BOOST_TEST(content_digest_of(folder, "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(content_digest_of(folder, "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // seq 1 1000000 | head -c 4194304 | sha256sum
    BOOST_TEST(content_digest_of(folder, numbers(1'000'000).substr(0, chunk_bytes)) ==
               "c8493d9285522c58814905e0a1f4030e7f9287bca6588b451b9c0382fa8f2a89");
}

// seq 1 2000000 | head -c SIZE | split -b 4M -a 4 - c; for c in c*; do split -b 4K -a 5 --filter='sha256sum | cut
// -c1-64'
//     $c | xxd -r -p | sha256sum | cut -c1-64; done | xxd -r -p | sha256sum
BOOST_AUTO_TEST_CASE(above_a_chunk_it_is_the_root_of_a_tree_over_chunks_and_blocks) {
    struct Known {
        std::size_t bytes;
        std::string_view digest;
    };
    const std::string all = numbers(2'000'000);
    BOOST_REQUIRE(all.size() == 14'888'896u);
    const TemporaryFolder folder;
    for (const auto& [bytes, digest] :
         {Known{14'888'896, "404bc8964ff48bc02a140ed9ac0d6d50d249df6b8adaa59de032bae8ee44dddb"},
          Known{4'194'305, "b3afd9c3ab4031da8749c0516e77db6d6dcc115607130e3cf5eefb074384a81f"},
          Known{8'388'608, "4a88f6164ad72d81d7f8cf411f595b13fbb15b00905073c58f187e9f89d6537b"},
          Known{9'437'184, "a5e3776a802028476bf26865368659b4bb1d736a0f48abef4e8c8c06ee2ff660"}}) {
        const std::string_view content = std::string_view{all}.substr(0, bytes);
        BOOST_TEST(content_digest_of(folder, content) == digest);
        for (const std::size_t step : {std::size_t{4095}, std::size_t{65536}, std::size_t{1'000'003}, bytes})
            BOOST_TEST(digest_in_steps(content, step) == digest);
    }
}

BOOST_AUTO_TEST_CASE(what_was_read_of_a_file_does_not_change_its_digest) {
    const TemporaryFolder folder;
    for (const std::string& bytes : {std::string{"n,ms\n1,2\n"}, numbers(2'000'000)}) {
        const std::string path = folder.write("file", bytes);
        const Input input{path, {}, {}};
        const Discovery found = discover({&input, 1});
        BOOST_REQUIRE(found.files.size() == 1u);
        Source source(found.files.front());
        char some[10];
        BOOST_TEST(source.read_at(3, some, sizeof some) == std::min<std::size_t>(10, bytes.size() - 3));
        BOOST_TEST(content_digest(source) == content_digest_of(folder, bytes));
    }
}

BOOST_AUTO_TEST_CASE(a_range_has_the_same_digest_whoever_reads_which_part_of_it) {
    const TemporaryFolder folder;
    const std::string all = numbers(2'000'000);
    folder.write("all.txt", all);
    const Input input{folder.path.string(), {}, {}};
    const Discovery found = discover({&input, 1});
    BOOST_REQUIRE(found.files.size() == 1u);
    const std::uint64_t half = 2 * chunk_bytes;
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
        BOOST_TEST(joined_digest(first.finish(source) + second.finish(source)) == digest_in_steps(all, all.size()));
    }
}

BOOST_AUTO_TEST_SUITE_END()
