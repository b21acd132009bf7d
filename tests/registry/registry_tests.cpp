#include "registry/folder.hpp"
#include "registry/registry.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <sys/stat.h>
#include <utime.h>

using namespace assay::registry;
using assay::pipeline::ComponentKind;
using registry_tests::Folder;
using registry_tests::only;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(registry)

namespace {
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
} // namespace

BOOST_AUTO_TEST_CASE(plugins_are_found_by_what_their_manifests_say) {
    const Folder folder;
    folder.put("plain", "b.so");
    folder.put("lines", "a.so");
    std::ofstream{folder / "readme.txt"} << "not looked at";
    const Registry all = scan(only({folder.path()}));
    BOOST_REQUIRE_EQUAL(all.plugins.size(), 2U);
    BOOST_TEST(all.plugins[0].info.id == "parser/lines");
    BOOST_TEST(all.plugins[0].info.version == "2.0.0");
    BOOST_TEST(all.plugins[1].info.id == "plain");
    BOOST_TEST(all.refused.empty());
    BOOST_TEST(all.shadowed.empty());
    const auto offer = find(all, ComponentKind::parser, "lines");
    BOOST_REQUIRE(offer.has_value());
    BOOST_TEST(offer->plugin->path == folder / "a.so");
    BOOST_TEST(offer->component->options.size() == 2U);
    BOOST_TEST(!find(all, ComponentKind::renderer, "lines").has_value());
    BOOST_TEST(components(all).size() == 5U);
}

BOOST_AUTO_TEST_CASE(one_bad_plugin_never_disturbs_the_others) {
    const Folder folder;
    for (const char* name :
         {"bad_manifest", "crashes_no_section", "hangs_no_section", "no_entry_no_section", "wrong_abi"}) {
        folder.put(name, std::string{name} + ".so");
    }
    std::ofstream{folder / "text.so"} << "this is text\n";
    boost::filesystem::create_directory(folder / "folder.so");
    folder.put("lines", "zz.so");
    const Registry all = scan(only({folder.path()}), 200ms);
    BOOST_TEST(all.plugins.size() == 1U);
    std::vector<std::string> reasons;
    for (const RefusedPlugin& plugin : all.refused) {
        reasons.push_back(plugin.path.substr(folder.path().size() + 1) + " " + plugin.why.reason);
        BOOST_TEST(!to_text(plugin.why).empty());
        BOOST_TEST(plugin.since.size() == 20U);
    }
    const std::vector<std::string> wanted = {
        "bad_manifest.so bad-manifest", "crashes_no_section.so crashes",       "folder.so not-a-file",
        "hangs_no_section.so hangs",    "no_entry_no_section.so not-loadable", "text.so not-elf",
        "wrong_abi.so wrong-abi"};
    BOOST_TEST(reasons == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_refusal_says_since_when_the_file_is_as_it_is) {
    const Folder folder;
    std::ofstream{folder / "text.so"} << "this is text\n";
    const utimbuf times{1700000000, 1700000000}; // date -u -d @1700000000
    BOOST_REQUIRE(utime((folder / "text.so").c_str(), &times) == 0);
    BOOST_TEST(scan(only({folder.path()})).refused.at(0).since == "2023-11-14T22:13:20Z");
}

BOOST_AUTO_TEST_CASE(the_first_match_of_an_id_wins_and_the_others_are_listed) {
    const Folder first, second;
    first.put("no_section", "x.so");
    second.put("old_copy", "entry.so");
    const Registry all = scan(only({first.path(), second.path()}));
    BOOST_REQUIRE_EQUAL(all.plugins.size(), 1U);
    BOOST_TEST(all.plugins[0].path == first / "x.so");
    BOOST_REQUIRE_EQUAL(all.shadowed.size(), 1U);
    BOOST_TEST(all.shadowed[0].path == second / "entry.so");
    BOOST_TEST(all.shadowed[0].by == first / "x.so");
    BOOST_TEST(all.shadowed[0].component.empty());
}

BOOST_AUTO_TEST_CASE(a_component_that_two_plugins_offer_is_that_of_the_first) {
    const Folder folder;
    folder.put("old_copy", "a.so");
    folder.put("other_id", "b.so"); // plugin 'alpha', with a parser 'entry' of its own
    const Registry all = scan(only({folder.path()}));
    BOOST_TEST(all.plugins.size() == 2U);
    BOOST_TEST(find(all, ComponentKind::parser, "entry")->plugin->path == folder / "a.so");
    BOOST_TEST(components(all).size() == 1U);
    BOOST_REQUIRE_EQUAL(all.shadowed.size(), 1U);
    BOOST_TEST(all.shadowed[0].component == "parser 'entry'");
}

BOOST_AUTO_TEST_CASE(no_older_copy_is_taken_where_the_first_match_is_refused) {
    const Folder first, second;
    first.put("wrong_abi", "entry.so");
    second.put("old_copy", "entry.so");
    const Registry all = scan(only({first.path(), second.path()}));
    BOOST_TEST(!find(all, ComponentKind::parser, "entry").has_value());
    BOOST_TEST(all.shadowed.size() == 1U);
    const std::string text = explain_missing(all, ComponentKind::parser, "entry");
    BOOST_TEST(has(text, "parser 'entry' cannot be used: " + first / "entry.so" +
                             ": built for ABI 9.0, this host speaks 0.1: rebuild it with this version's SDK"));
    BOOST_TEST(has(text, "shadowed entry.so: " + first / "entry.so" + " comes first"));
}

BOOST_AUTO_TEST_CASE(not_found_says_every_place_what_is_there_and_the_nearest_id) {
    const Folder folder, open;
    folder.put("lines", "a.so");
    std::ofstream{folder / "text.so"} << "this is text\n";
    chmod(open.path().c_str(), 0777);
    const Registry all = scan(only({folder.path(), folder / "missing", open.path()}));
    const std::string text = explain_missing(all, ComponentKind::parser, "lnies");
    BOOST_TEST(text.starts_with("there is no parser 'lnies'; did you mean 'lines'?\nsearched, in this order:\n"));
    BOOST_TEST(has(text, "\n  " + folder.path() + " (--plugin-path): lines\n    refused text.so: a file of 13 bytes"));
    BOOST_TEST(has(text, "\n  " + folder / "missing" + " (--plugin-path): does not exist"));
    BOOST_TEST(has(text, open.path() + " can be written by others (mode 0777)"));
}

BOOST_AUTO_TEST_CASE(a_plugin_file_that_others_can_write_is_refused_and_not_read) {
    const Folder folder;
    chmod(folder.put("lines", "a.so").c_str(), 0666);
    const Registry all = scan(only({folder.path()}));
    BOOST_TEST(all.plugins.empty());
    BOOST_REQUIRE_EQUAL(all.refused.size(), 1U);
    BOOST_TEST(all.refused[0].why.reason == "untrusted");
    BOOST_TEST(!all.refused[0].info.has_value());
    BOOST_TEST(scan(search_places({folder.path()}, true, {})).plugins.size() == 1U);
}

BOOST_AUTO_TEST_CASE(names_with_control_characters_are_shown_harmlessly) {
    const Folder folder;
    std::ofstream{folder / "a\n\x1b[31m.so"} << "x";
    const std::string text = explain_missing(scan(only({folder.path()})), ComponentKind::renderer, "x\x1b[0m");
    BOOST_TEST(!has(text, "\x1b"));
}

BOOST_AUTO_TEST_CASE(fifty_plugins_are_scanned_and_none_is_executed) {
    const Folder folder;
    for (int i = 0; i < 50; ++i) folder.put("crashes", "p" + std::to_string(i) + ".so");
    const Registry all = scan(only({folder.path()}));
    BOOST_TEST(all.plugins.size() + all.shadowed.size() == 50U);
}

BOOST_AUTO_TEST_SUITE_END()
