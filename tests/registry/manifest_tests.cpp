#include "registry/describe.hpp"
#include "registry/folder.hpp"
#include "registry/manifest.hpp"
#include <boost/test/unit_test.hpp>
#include <elf.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <sys/stat.h>

using namespace assay::registry;
using registry_tests::fixture;
using registry_tests::Folder;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(manifest)

namespace {
std::string bytes_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
ManifestSection section_of(const std::string& bytes) {
    const Folder folder;
    std::ofstream{folder / "x.so", std::ios::binary} << bytes;
    return read_manifest_section(folder / "x.so");
}
std::string with_header(const std::function<void(Elf64_Ehdr&)>& change) {
    std::string bytes = bytes_of(fixture("plain"));
    Elf64_Ehdr header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    change(header);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
}
std::string reason_asked(const std::string& name, std::chrono::milliseconds deadline = 2000ms) {
    Refusal why;
    BOOST_TEST(!describe_in_child(fixture(name), deadline, why).has_value());
    return why.reason + ": " + to_text(why);
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
} // namespace

BOOST_AUTO_TEST_CASE(the_section_is_what_the_build_put_there) {
    const auto section = read_manifest_section(fixture("plain"));
    BOOST_TEST(static_cast<bool>(section.state == SectionState::found));
    BOOST_TEST(section.json.starts_with(R"({"assay_manifest":1,"id":"plain",)"));
    BOOST_TEST(section.json.ends_with("]}"));
}

BOOST_AUTO_TEST_CASE(a_plugin_that_crashes_when_loaded_can_still_be_read) {
    const auto section = read_manifest_section(fixture("crashes"));
    BOOST_TEST(static_cast<bool>(section.state == SectionState::found));
    BOOST_TEST(has(section.json, "\"id\":\"entry\""));
}

BOOST_AUTO_TEST_CASE(a_shared_object_without_the_section_has_none) {
    BOOST_TEST(static_cast<bool>(read_manifest_section(fixture("no_section")).state == SectionState::absent));
    BOOST_TEST(
        static_cast<bool>(section_of(with_header([](auto& h) { h.e_shnum = 0; })).state == SectionState::absent));
    BOOST_TEST(
        static_cast<bool>(section_of(with_header([](auto& h) { h.e_shoff = 0; })).state == SectionState::absent));
}

BOOST_AUTO_TEST_CASE(what_is_no_shared_object_for_this_machine_is_refused_by_name) {
    BOOST_TEST(section_of("#!/bin/sh\n").refusal.reason == "not-elf");
    BOOST_TEST(section_of(std::string(4096, 'x')).refusal.reason == "not-elf");
    BOOST_TEST(section_of("").refusal.reason == "not-elf");
    BOOST_TEST(section_of(with_header([](auto& h) { h.e_machine = EM_SPARC; })).refusal.reason == "wrong-machine");
    BOOST_TEST(section_of(with_header([](auto& h) { h.e_ident[EI_CLASS] = ELFCLASS32; })).refusal.reason ==
               "wrong-machine");
    BOOST_TEST(section_of(with_header([](auto& h) { h.e_type = ET_REL; })).refusal.reason == "not-shared");
}

BOOST_AUTO_TEST_CASE(offsets_beyond_the_end_are_refused) {
    for (const std::uint64_t offset :
         {std::uint64_t{1} << 40U, UINT64_MAX, UINT64_MAX - 63, std::uint64_t{INT64_MAX}}) {
        BOOST_TEST(section_of(with_header([&](auto& h) { h.e_shoff = offset; })).refusal.reason == "broken-elf");
    }
    BOOST_TEST(section_of(with_header([](auto& h) { h.e_shentsize = 1; })).refusal.reason == "broken-elf");
    BOOST_TEST(section_of(with_header([](auto& h) { h.e_shnum = 0xFEFF; })).refusal.reason == "broken-elf");
}

BOOST_AUTO_TEST_CASE(a_file_with_any_bytes_changed_or_cut_off_is_read_without_harm) {
    const std::string good = bytes_of(fixture("plain"));
    Elf64_Ehdr header{};
    std::memcpy(&header, good.data(), sizeof header);
    std::mt19937_64 random{20260203};
    std::size_t refused = 0;
    for (int round = 0; round < 300; ++round) {
        std::string bytes = good;
        // Where it hurts: the header and the section headers.
        for (int change = 0; change < 4; ++change) {
            const std::size_t at =
                random() % 2 == 0 ? 16 + random() % 48 : header.e_shoff + random() % (good.size() - header.e_shoff);
            bytes[at] = static_cast<char>(random());
        }
        if (round % 3 == 0) bytes.resize(random() % good.size());
        refused += section_of(bytes).state == SectionState::refused;
    }
    BOOST_TEST(refused > 50U);
}

BOOST_AUTO_TEST_CASE(a_manifest_that_says_it_is_huge_is_refused) {
    std::string bytes = bytes_of(fixture("plain"));
    Elf64_Ehdr header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::size_t json = read_manifest_section(fixture("plain")).json.size();
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr section{};
        const std::size_t at = header.e_shoff + i * sizeof section;
        std::memcpy(&section, bytes.data() + at, sizeof section);
        if (section.sh_size < json || section.sh_size > json + 1) continue;
        section.sh_size = std::uint64_t{1} << 60U;
        std::memcpy(bytes.data() + at, &section, sizeof section);
    }
    const auto read = section_of(bytes);
    BOOST_TEST(static_cast<bool>(read.state == SectionState::refused));
    BOOST_TEST(read.refusal.reason == "bad-manifest");
}

BOOST_AUTO_TEST_CASE(what_is_not_a_regular_file_is_not_opened) {
    const Folder folder;
    BOOST_REQUIRE(mkfifo((folder / "pipe.so").c_str(), 0600) == 0);
    BOOST_TEST(read_manifest_section(folder / "pipe.so").refusal.reason == "not-a-file");
    BOOST_TEST(read_manifest_section(folder.path()).refusal.reason == "not-a-file");
    BOOST_TEST(read_manifest_section(folder / "nothing.so").refusal.reason == "unreadable");
}

BOOST_AUTO_TEST_CASE(a_plugin_without_the_section_is_asked_in_a_child) {
    Refusal why;
    const auto json = describe_in_child(fixture("no_section"), 2000ms, why);
    BOOST_REQUIRE_MESSAGE(json.has_value(), to_text(why));
    BOOST_TEST(has(*json, "\"id\":\"entry\""));
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_in_the_child_becomes_the_reason) {
    BOOST_TEST(has(reason_asked("crashes_no_section"), "crashes: "));
    BOOST_TEST(has(reason_asked("crashes_no_section"), "SIGSEGV"));
    BOOST_TEST(has(reason_asked("exits_no_section"), "it ended with exit status 0 before it answered"));
    BOOST_TEST(has(reason_asked("no_entry_no_section"), "exports no 'assay_plugin_entry'"));
    BOOST_TEST(has(reason_asked("wrong_abi"), "built for ABI 9.1, this host speaks 0.1"));
    BOOST_TEST(has(reason_asked("undefined"), "nowhere_defined"));
}

BOOST_AUTO_TEST_CASE(a_plugin_that_hangs_when_loaded_is_given_up_at_the_deadline) {
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(has(reason_asked("hangs_no_section", 150ms), "hangs: "));
    BOOST_TEST((std::chrono::steady_clock::now() - start >= 150ms));
}

BOOST_AUTO_TEST_CASE(what_a_plugin_prints_when_asked_is_not_taken_for_its_manifest) {
    Refusal why;
    const auto json = describe_in_child(fixture("chatty_no_section"), 2000ms, why);
    BOOST_REQUIRE(json.has_value());
    BOOST_TEST(json->starts_with("{\"assay_manifest\":1,"));
}

BOOST_AUTO_TEST_SUITE_END()
