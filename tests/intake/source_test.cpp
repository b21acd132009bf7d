#include "temporary_folder.hpp"

#include <intake/discover.hpp>
#include <intake/source.hpp>

#include <boost/iostreams/compose.hpp>
#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/bzip2.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

using namespace assay::intake;
using assay::test::TemporaryFolder;
namespace io = boost::iostreams;

namespace {

Found found_at(const std::string& file) {
    const Input input{file, {}, {}};
    Discovery discovery = discover({&input, 1});
    BOOST_REQUIRE(discovery.files.size() == 1u);
    return discovery.files.front();
}

template <class Filter> std::string through(const Filter& filter, std::string_view text) {
    std::string out;
    io::filtering_ostreambuf chain;
    chain.push(filter);
    chain.push(io::back_inserter(out));
    io::copy(io::array_source(text.data(), text.size()), chain);
    return out;
}

struct Format {
    std::string suffix;
    Compression compression;
    std::function<std::string(std::string_view)> compress;
};

const std::vector<Format>& formats() {
    static const std::vector<Format> all{
        {".gz", Compression::gzip, [](std::string_view text) { return through(io::gzip_compressor(), text); }},
        {".zst", Compression::zstd, [](std::string_view text) { return through(io::zstd_compressor(), text); }},
        {".xz", Compression::xz,
         [](std::string_view text) { return through(io::lzma_compressor(io::lzma_params(1)), text); }},
        {".bz2", Compression::bzip2, [](std::string_view text) { return through(io::bzip2_compressor(), text); }}};
    return all;
}

// Lines that do not compress away.
std::string sample_lines(std::size_t bytes) {
    std::mt19937 random(7);
    std::string out = "n,tokens_s\n";
    while (out.size() < bytes) out += std::to_string(random()) + ',' + std::to_string(random() % 1000) + '\n';
    return out;
}

std::string failure_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const ReadError& error) {
        BOOST_TEST(std::string_view(error.what()) != "");
        return error.reason();
    }
    return "no failure";
}

std::string read_all(Source& source, std::size_t step) {
    std::string out, buffer(step, '\0');
    while (const std::size_t got = source.read_at(out.size(), buffer.data(), step)) out.append(buffer, 0, got);
    return out;
}

bool padded(std::string_view view) {
    return std::all_of(view.data() + view.size(), view.data() + view.size() + 64, [](char c) { return c == 0; });
}

std::string error_of_reading(const std::string& file, ReadLimits limits = {}) {
    return failure_of([&] {
        Source source(found_at(file), limits);
        read_all(source, 100'000);
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(sources)

BOOST_AUTO_TEST_CASE(a_small_file_gives_the_same_bytes_by_head_read_and_view) {
    const TemporaryFolder folder;
    Source source(found_at(folder.write("a.csv", "n,ms\n1,2\n")));
    BOOST_TEST(source.name() == "a.csv");
    BOOST_TEST(source.size() == 9u);
    BOOST_TEST(source.content_size().value() == 9u);
    BOOST_TEST(source.head(4) == "n,ms");
    BOOST_TEST(source.head(4000) == "n,ms\n1,2\n");
    BOOST_TEST(source.view() == "n,ms\n1,2\n");
    BOOST_TEST(padded(source.view()));
    BOOST_TEST((source.head(4).data() == source.view().data()));
    BOOST_TEST((source.raw_head().data() == source.view().data()));
    char bytes[8];
    BOOST_TEST(source.read_at(5, bytes, 8) == 4u);
    BOOST_TEST(std::string_view(bytes, 4) == "1,2\n");
    BOOST_TEST(source.read_at(9, bytes, 8) == 0u);
    BOOST_TEST(source.read_at(UINT64_MAX, bytes, 8) == 0u);
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_empty_and_not_an_error) {
    const TemporaryFolder folder;
    Source source(found_at(folder.write("a.csv", "")));
    char byte = 0;
    BOOST_TEST(source.head(10).empty());
    BOOST_TEST(source.read_at(0, &byte, 1) == 0u);
    BOOST_REQUIRE(source.view().data());
    BOOST_TEST(source.view().empty());
    BOOST_TEST(padded(source.view()));
    BOOST_TEST(source.content_size().value() == 0u);
}

BOOST_AUTO_TEST_CASE(large_and_compressed_content_reads_alike_in_any_steps) {
    const TemporaryFolder folder;
    const std::string long_text = sample_lines(1'500'000), short_text = long_text.substr(0, 600'000);
    std::vector<Format> all = formats();
    all.push_back({"", Compression::none, [](std::string_view plain) { return std::string(plain); }});
    for (const Format& format : all) {
        const std::string& text = format.compression == Compression::none ? long_text : short_text;
        const Found found = found_at(folder.write("runs.csv" + format.suffix, format.compress(text)));
        BOOST_TEST_CONTEXT("format " << format.suffix) {
            Source source(found);
            BOOST_TEST((source.compression() == format.compression));
            BOOST_TEST(source.name() == "runs.csv");
            BOOST_TEST(source.size() == found.bytes);
            BOOST_TEST(source.content_size().has_value() == (format.compression == Compression::none));
            BOOST_TEST(source.head(20) == text.substr(0, 20));
            BOOST_TEST((read_all(source, 70'001) == text));
            BOOST_TEST(source.content_size().value() == text.size());
            BOOST_TEST((read_all(source, 700'000) == text)); // back to the start
            std::mt19937_64 random(3);
            for (int i = 0; i < 4; ++i) {
                const std::size_t offset = random() % text.size();
                std::string piece(random() % 400'000, '\0');
                piece.resize(source.read_at(offset, piece.data(), piece.size()));
                BOOST_TEST((piece == text.substr(offset, piece.size())));
            }
            char byte = 0;
            BOOST_TEST(source.read_at(text.size() + 5, &byte, 1) == 0u);
            BOOST_TEST((source.view() == text));
            BOOST_TEST(padded(source.view()));
            BOOST_TEST((source.head(100'000) == text.substr(0, 100'000)));
        }
    }
}

BOOST_AUTO_TEST_CASE(compression_is_known_by_content_and_not_by_name) {
    const TemporaryFolder folder;
    Source liar(found_at(folder.write("runs.csv.gz", "n,ms\n")));
    BOOST_TEST((liar.compression() == Compression::none));
    BOOST_TEST(liar.name() == "runs.csv.gz");
    BOOST_TEST(liar.view() == "n,ms\n");
    Source unnamed(found_at(folder.write("runs", formats()[0].compress("n,ms\n"))));
    BOOST_TEST(unnamed.name() == "runs");
    BOOST_TEST(unnamed.view() == "n,ms\n");
    Source bz(found_at(folder.write("note.txt", "BZh9 is how bzip2 files begin")));
    BOOST_TEST((bz.compression() == Compression::none));
    BOOST_TEST(inner_name("a.tgz", Compression::gzip) == "a.tar");
    BOOST_TEST(inner_name(".gz", Compression::gzip) == ".gz");
}

BOOST_AUTO_TEST_CASE(streams_one_after_another_are_one_content) {
    const TemporaryFolder folder;
    for (const Format& format : formats()) {
        const std::string file = folder.write("a" + format.suffix, format.compress("one\n") + format.compress("two\n"));
        Source source(found_at(file));
        BOOST_TEST(source.view() == "one\ntwo\n", format.suffix);
        Source nothing(found_at(folder.write("e" + format.suffix, format.compress(""))));
        BOOST_TEST(nothing.view() == "", format.suffix);
        BOOST_TEST((nothing.compression() == format.compression));
        BOOST_TEST(nothing.content_size().value() == 0u);
    }
}

BOOST_AUTO_TEST_CASE(the_command_line_tools_output_is_read) {
    const TemporaryFolder folder;
    const std::string text = sample_lines(100'000);
    folder.write("a.csv", text);
    const std::pair<const char*, const char*> tools[] = {
        {"gzip", ".gz"}, {"bzip2", ".bz2"}, {"xz", ".xz"}, {"zstd -q", ".zst"}};
    for (const auto& [tool, suffix] : tools) {
        const std::string out = folder / ("a.csv" + std::string(suffix));
        const std::string command =
            std::string(tool) + " -c < '" + (folder / "a.csv") + "' > '" + out + "' 2> /dev/null";
        if (std::system(command.c_str()) != 0) {
            BOOST_TEST_MESSAGE("skipped: needs " << tool);
            continue;
        }
        Source source(found_at(out));
        BOOST_TEST((source.view() == text), tool);
    }
}

BOOST_AUTO_TEST_CASE(a_stream_cut_short_is_truncated_wherever_the_cut_is) {
    const TemporaryFolder folder;
    const std::string text = sample_lines(200'000);
    for (const Format& format : formats()) {
        const std::string whole = format.compress(text); // zstd: Boost adds an empty frame of 9 bytes at the end
        for (const std::size_t kept : {std::size_t{12}, std::size_t{20}, whole.size() / 3, whole.size() / 2,
                                       whole.size() - 11, whole.size() - 3, whole.size() - 1}) {
            const std::string file = folder.write("a" + format.suffix, whole.substr(0, kept));
            BOOST_TEST(error_of_reading(file) == "truncated", format.suffix << " cut to " << kept);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_gzip_header_cut_short_is_truncated) {
    const TemporaryFolder folder;
    const std::string whole = formats()[0].compress("n,ms\n");
    for (const std::size_t kept : {3u, 6u, 10u, 15u}) {
        BOOST_TEST(error_of_reading(folder.write("a.gz", whole.substr(0, kept))) == "truncated", kept);
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_stream_is_corrupt) {
    const TemporaryFolder folder;
    const std::string text = sample_lines(200'000);
    for (const Format& format : formats()) {
        std::string damaged = format.compress(text);
        damaged.replace(damaged.size() / 2, 8, "XXXXXXXX");
        BOOST_TEST(error_of_reading(folder.write("d" + format.suffix, damaged)) == "corrupt", format.suffix);
        const std::string more = format.compress(text) + "this is not a compressed stream";
        BOOST_TEST(error_of_reading(folder.write("m" + format.suffix, more)) == "corrupt", format.suffix);
    }
    std::string checksum = formats()[0].compress(text);
    checksum[checksum.size() - 6] = static_cast<char>(checksum[checksum.size() - 6] ^ 1);
    BOOST_TEST(error_of_reading(folder.write("c.gz", checksum)) == "corrupt");
}

BOOST_AUTO_TEST_CASE(a_bomb_stops_at_the_ratio_limit) {
    const TemporaryFolder folder;
    const std::string zeros(std::size_t{4} << 20, '\0');
    const std::string bomb = folder.write("bomb.csv.gz", formats()[0].compress(zeros));
    const ReadLimits strict{.ratio = 500, .ratio_applies_above = 1 << 20};
    BOOST_TEST(error_of_reading(bomb, strict) == "ratio-limit");
    Source source(found_at(bomb), strict);
    BOOST_TEST(source.head(10) == std::string_view(zeros).substr(0, 10)); // the head is within the limit
    BOOST_TEST(failure_of([&] { source.view(); }) == "ratio-limit");
    BOOST_TEST(source.failure().value().reason() == "ratio-limit");
    BOOST_TEST(failure_of([&] { source.head(10); }) == "ratio-limit"); // a failed source stays failed
    for (const Format& format : formats()) {
        const std::string file = folder.write("b" + format.suffix, format.compress(zeros));
        BOOST_TEST(error_of_reading(file, strict) == "ratio-limit", format.suffix);
        // little content is let through whatever its ratio
        BOOST_TEST(error_of_reading(file) == "no failure", format.suffix);
    }
    // the default limits: zstd passes a ratio of 1000 by far
    const std::string large = formats()[1].compress(std::string(std::size_t{20} << 20, '\0'));
    BOOST_TEST(error_of_reading(folder.write("large.zst", large)) == "ratio-limit");
}

BOOST_AUTO_TEST_CASE(a_stream_that_needs_too_much_memory_is_refused) {
    const TemporaryFolder folder;
    // A frame header (RFC 8878) with window descriptor 0xA8: 2^(10 + 21) bytes; one empty raw block.
    Source source(found_at(folder.write("a.zst", std::string("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9))));
    BOOST_TEST(failure_of([&] { source.view(); }) == "too-large");
}

BOOST_AUTO_TEST_CASE(limits_on_size_hold_for_views_and_for_what_is_decompressed) {
    const TemporaryFolder folder;
    const std::string text = sample_lines(2'000'000);
    const std::string plain = folder.write("a.csv", text), packed = folder.write("a.gz", formats()[0].compress(text));
    for (const std::string& file : {plain, packed}) {
        Source source(found_at(file), {.view = 1'000'000});
        BOOST_TEST(failure_of([&] { source.view(); }) == "too-large");
        BOOST_TEST((read_all(source, 100'000) == text)); // reading on is possible
        BOOST_TEST(!source.failure());
        Source exact(found_at(file), {.view = text.size()});
        BOOST_TEST((exact.view() == text));
    }
    BOOST_TEST(error_of_reading(packed, {.decompressed = 1'000'000}) == "too-large");
    BOOST_TEST(error_of_reading(plain, {.decompressed = 1'000'000}) == "no failure");
}

BOOST_AUTO_TEST_CASE(a_file_gone_since_discovery_is_unreadable) {
    const TemporaryFolder folder;
    const Found found = found_at(folder.write("a.csv"));
    ::unlink(found.file.c_str());
    BOOST_TEST(failure_of([&] { Source source(found); }) == "unreadable");
}

BOOST_AUTO_TEST_CASE(a_file_without_permission_is_unreadable) {
    if (::geteuid() == 0) {
        BOOST_TEST_MESSAGE("skipped: root may read everything");
        return;
    }
    const TemporaryFolder folder;
    const Found found = found_at(folder.write("a.csv"));
    ::chmod(found.file.c_str(), 0);
    BOOST_TEST(failure_of([&] { Source source(found); }) == "unreadable");
}

BOOST_AUTO_TEST_CASE(what_took_the_files_place_is_not_read_and_not_waited_for) {
    const TemporaryFolder folder;
    const std::string content(100, 'x');
    const auto replaced_by = [&](const std::function<void(const std::string&)>& replacement) {
        const Found found = found_at(folder.write("a.csv", content));
        ::rename(found.file.c_str(), (folder / "moved").c_str());
        replacement(found.file);
        const std::string reason = failure_of([&] { Source source(found); });
        ::unlink(found.file.c_str());
        return reason;
    };
    BOOST_TEST(replaced_by([](const std::string& file) { ::mkfifo(file.c_str(), 0600); }) == "changed-while-read");
    BOOST_TEST(replaced_by([&](const std::string&) { folder.link("a.csv", "moved"); }) == "changed-while-read");
    BOOST_TEST(replaced_by([&](const std::string&) { folder.write("a.csv", content); }) == "changed-while-read");
    BOOST_TEST(replaced_by([](const std::string& file) { ::mkdir(file.c_str(), 0700); }) == "changed-while-read");
    ::rmdir((folder / "a.csv").c_str());
}

BOOST_AUTO_TEST_CASE(a_file_written_to_is_noticed) {
    const TemporaryFolder folder;
    const std::string text = sample_lines(3'000'000);
    const Found before = found_at(folder.write("a.csv", text));
    std::ofstream(before.file, std::ios::app) << "more\n";
    BOOST_TEST(failure_of([&] { Source source(before); }) == "changed-while-read");
    const auto during = [&](const std::function<void(const std::string&)>& change) {
        const Found found = found_at(folder.write("b.csv", text));
        return failure_of([&] {
            Source source(found);
            source.head(100'000);
            change(found.file);
            read_all(source, 100'000);
        });
    };
    BOOST_TEST(during([](const std::string& file) { std::ofstream(file, std::ios::app) << "more\n"; }) ==
               "changed-while-read");
    BOOST_TEST(during([](const std::string& file) { std::filesystem::resize_file(file, 1'000'000); }) ==
               "changed-while-read");
    BOOST_TEST(during([](const std::string&) {}) == "no failure");
}

namespace {

struct Heard {
    std::string reason, message;
};

assay_error listener(Heard& heard) {
    return {sizeof(assay_error), &heard, [](assay_error* self, assay_str reason, assay_str message) {
                auto& out = *static_cast<Heard*>(self->self);
                out.reason.assign(reason.data, reason.size);
                out.message.assign(message.data, message.size);
            }};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plugin_sees_the_same_content_through_the_c_interface) {
    const TemporaryFolder folder;
    const std::string text = sample_lines(400'000);
    Source source(found_at(folder.write("odd\nname.csv.xz", formats()[2].compress(text))));
    assay_input input;
    source.fill(input);
    BOOST_TEST(input.struct_size == sizeof(assay_input));
    BOOST_TEST(std::string(input.name.data, input.name.size) == "odd\\x0Aname.csv");
    BOOST_TEST(input.size == ASSAY_UNKNOWN);
    Heard heard;
    assay_error error = listener(heard);
    std::string piece(1000, '\0');
    std::size_t got = 7;
    BOOST_TEST(input.read_at(&input, 300'000, piece.data(), piece.size(), &got, &error) == ASSAY_OK);
    BOOST_TEST(got == piece.size());
    BOOST_TEST((piece == text.substr(300'000, 1000)));
    assay_str all{};
    BOOST_TEST(input.view(&input, &all, &error) == ASSAY_OK);
    BOOST_TEST((std::string_view(all.data, all.size) == text));
    BOOST_TEST(padded({all.data, all.size}));
    BOOST_TEST(heard.reason.empty());
    source.fill(input);
    BOOST_TEST(input.size == text.size());
}

BOOST_AUTO_TEST_CASE(a_plugin_is_told_why_reading_failed) {
    const TemporaryFolder folder;
    const std::string packed = formats()[1].compress(sample_lines(400'000));
    Source source(found_at(folder.write("a.zst", packed.substr(0, packed.size() / 2))));
    assay_input input;
    source.fill(input);
    Heard heard;
    assay_error error = listener(heard);
    assay_str all{};
    BOOST_TEST(input.view(&input, &all, &error) == ASSAY_FAILED);
    BOOST_TEST(heard.reason == "truncated");
    BOOST_TEST(!heard.message.empty());
    BOOST_TEST(input.view(&input, &all, nullptr) == ASSAY_FAILED);
    BOOST_TEST(source.failure().value().reason() == "truncated");
}

BOOST_AUTO_TEST_SUITE_END()
