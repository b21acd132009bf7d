#include "registry/folder.hpp"
#include "registry/plugin.hpp"
#include "registry/registry.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace assay::registry;
using registry_tests::fixture;
using registry_tests::Folder;

BOOST_AUTO_TEST_SUITE(plugin)

namespace {
std::string error_of(const std::string& path) {
    std::string error;
    BOOST_TEST(!load(path, error).has_value(), path);
    BOOST_TEST(std::count(error.begin(), error.end(), '\n') == 0);
    return error;
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
} // namespace

BOOST_AUTO_TEST_CASE(plugins_in_cpp_and_in_plain_c_load) {
    for (const char* name : {"lines", "plain"}) {
        std::string error;
        const auto plugin = load(fixture(name), error);
        BOOST_REQUIRE_MESSAGE(plugin.has_value(), error);
        BOOST_TEST(has(plugin->entry->manifest(), std::string{"\"id\":\""} + name + "\""));
    }
}

BOOST_AUTO_TEST_CASE(a_newer_minor_version_with_larger_structs_loads) {
    std::string error;
    const auto plugin = load(fixture("newer"), error);
    BOOST_REQUIRE_MESSAGE(plugin.has_value(), error);
    BOOST_TEST(plugin->entry->abi_minor == 99U);
    BOOST_TEST(plugin->entry->struct_size > sizeof(assay_plugin));
}

BOOST_AUTO_TEST_CASE(another_major_version_says_both_and_what_to_do) {
    BOOST_TEST(error_of(fixture("hidden_wrong_abi")) ==
               fixture("hidden_wrong_abi") +
                   ": built for ABI 9.1, this host speaks 0.1: rebuild it with this version's SDK");
}

BOOST_AUTO_TEST_CASE(a_missing_entry_symbol_is_named) {
    BOOST_TEST(error_of(fixture("no_entry")) ==
               fixture("no_entry") + ": exports no 'assay_plugin_entry'; is ASSAY_PLUGIN(...) missing?");
}

BOOST_AUTO_TEST_CASE(an_undefined_symbol_is_named_in_the_linkers_words) {
    BOOST_TEST(has(error_of(fixture("undefined")), "undefined symbol: nowhere_defined"));
}

BOOST_AUTO_TEST_CASE(an_incomplete_entry_is_refused) {
    BOOST_TEST(has(error_of(fixture("no_create")), "has no create()"));
    BOOST_TEST(has(error_of(fixture("short_entry")), "says it has 24 bytes, expected at least 40"));
    BOOST_TEST(!entry_problem(nullptr).empty());
    const assay_plugin empty{};
    BOOST_TEST(!entry_problem(&empty).empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error) {
    BOOST_TEST(has(error_of("/nowhere/x.so"), "cannot be loaded"));
    BOOST_TEST(has(error_of(""), "cannot be loaded"));
}

BOOST_AUTO_TEST_CASE(a_plugin_whose_section_describes_another_one_is_refused) {
    const Folder folder;
    folder.put("other_id", "x.so");
    const Registry all = scan(registry_tests::only({folder.path()}));
    BOOST_REQUIRE_EQUAL(all.plugins.size(), 1U);
    std::string error;
    BOOST_TEST(!load(all.plugins[0], error).has_value());
    BOOST_TEST(has(error, "its manifest section says 'alpha' 1.2, the plugin itself 'entry' 1.2"));
}

BOOST_AUTO_TEST_CASE(the_file_name_need_not_be_the_id) {
    const Folder folder;
    folder.put("plain", "libsomething-else.so");
    const Registry all = scan(registry_tests::only({folder.path()}));
    BOOST_REQUIRE_EQUAL(all.plugins.size(), 1U);
    std::string error;
    BOOST_TEST(load(all.plugins[0], error).has_value(), error);
}

BOOST_AUTO_TEST_SUITE_END()
