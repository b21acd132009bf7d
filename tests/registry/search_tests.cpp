#include "registry/folder.hpp"
#include "registry/search.hpp"
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace assay::registry;
using registry_tests::Folder;

BOOST_AUTO_TEST_SUITE(search)

namespace {
std::vector<std::string> texts(const SearchPlaces& all) {
    std::vector<std::string> list;
    for (const Place& place : all.places) list.push_back(std::string(name_of(place.origin)) + " " + place.path);
    return list;
}
bool mentions(const std::optional<std::string>& text, const std::string& part) {
    return text && text->find(part) != std::string::npos;
}
} // namespace

BOOST_AUTO_TEST_CASE(places_come_in_the_documented_order) {
    const auto all =
        search_places({"/opt/a"}, false, {"/env/one:/env/two", "/data", "/home/me", "", "/usr/x/bin/assay"});
    const auto list = texts(all);
    BOOST_REQUIRE_GE(list.size(), 5U);
    BOOST_TEST(list[0] == "--plugin-path /opt/a");
    BOOST_TEST(list[1] == "ASSAY_PLUGIN_PATH /env/one");
    BOOST_TEST(list[2] == "ASSAY_PLUGIN_PATH /env/two");
    BOOST_TEST(list[3] == "user /data/assay/plugins");
    BOOST_TEST(list[4] == "installed /usr/x/lib/assay/plugins");
}

BOOST_AUTO_TEST_CASE(the_working_directory_is_never_searched_unless_the_user_names_it) {
    const auto all = search_places({"", "here", "."}, false, {"::plugins:./x:", "relative", "", "", ""});
    const std::string cwd = boost::filesystem::current_path().string();
    BOOST_REQUIRE_EQUAL(all.places.size(), 4U);
    BOOST_TEST(all.places[0].path == cwd + "/here");
    BOOST_TEST(all.places[1].path == cwd);
    BOOST_TEST(static_cast<bool>(all.places[1].origin == Origin::option));
    for (const std::size_t i : {2U, 3U}) {
        BOOST_TEST(static_cast<bool>(all.places[i].origin == Origin::environment));
        BOOST_TEST(!all.places[i].ignored.empty());
    }
}

BOOST_AUTO_TEST_CASE(without_a_data_home_the_home_folder_has_it) {
    BOOST_TEST(texts(search_places({}, false, {"", "", "/home/me", "", ""})) ==
                   std::vector<std::string>{"user /home/me/.local/share/assay/plugins"},
               boost::test_tools::per_element());
    BOOST_TEST(search_places({}, false, {}).places.empty());
}

BOOST_AUTO_TEST_CASE(a_program_in_a_build_tree_finds_the_plugins_of_that_tree) {
    const Folder build;
    std::ofstream{build / "CMakeCache.txt"} << "#\n";
    for (const std::string program : {"bin/assay", "host/assay", "host/cli/assay"}) {
        const auto all = search_places({}, false, {"", "", "", "", build / program});
        const auto list = texts(all);
        const std::string wanted = "build tree " + build / "lib/assay/plugins";
        BOOST_TEST(std::count(list.begin(), list.end(), wanted) == 1, program);
    }
}

BOOST_AUTO_TEST_CASE(a_folder_named_twice_is_searched_once) {
    BOOST_TEST(search_places({"/a", "/a/", "/b/../a", "/a/."}, false, {"/a", "", "", "", ""}).places.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_folder_that_others_can_write_is_not_trusted_until_that_is_allowed) {
    const Folder folder;
    const auto places = registry_tests::only({folder.path()});
    BOOST_TEST(!distrust(folder.path(), places).has_value());
    for (const mode_t mode : {0777U, 01777U, 0702U}) {
        chmod(folder.path().c_str(), mode);
        const auto reason = distrust(folder.path(), places);
        BOOST_TEST(mentions(reason, "can be written by others"));
        BOOST_TEST(mentions(reason, "--allow-writable-plugins"));
        BOOST_TEST(mentions(reason, "ASSAY_ALLOW_WRITABLE_PLUGINS=1"));
    }
    BOOST_TEST(!distrust(folder.path(), search_places({}, true, {})).has_value());
    BOOST_TEST(!distrust(folder.path(), search_places({}, false, {"", "", "", "1", ""})).has_value());
    BOOST_TEST(distrust(folder.path(), search_places({}, false, {"", "", "", "0", ""})).has_value());
}

BOOST_AUTO_TEST_CASE(group_permission_alone_is_no_reason) {
    const Folder folder;
    chmod(folder.path().c_str(), 0775);
    BOOST_TEST(!distrust(folder.path(), registry_tests::only({})).has_value());
}

BOOST_AUTO_TEST_CASE(a_folder_below_one_that_others_can_write_is_trusted_only_where_the_sticky_bit_protects_it) {
    const Folder folder;
    const std::string inner = folder.make("middle/inner");
    chmod((folder / "middle").c_str(), 0777);
    BOOST_TEST(mentions(distrust(inner, registry_tests::only({})), "a folder above it"));
    chmod((folder / "middle").c_str(), 01777);
    BOOST_TEST(!distrust(inner, registry_tests::only({})).has_value());
}

BOOST_AUTO_TEST_CASE(a_link_is_as_trusted_as_what_it_leads_to_and_what_it_lies_in) {
    const Folder folder;
    const std::string open = folder.make("open"), good = folder.make("good");
    std::ofstream{open + "/x.so"} << "x";
    std::ofstream{good + "/y.so"} << "y";
    BOOST_REQUIRE(symlink((open + "/x.so").c_str(), (good + "/x.so").c_str()) == 0);
    BOOST_TEST(!distrust_file(good + "/x.so", registry_tests::only({})).has_value());
    chmod(open.c_str(), 0777);
    BOOST_TEST(distrust_file(good + "/x.so", registry_tests::only({})).has_value());
    BOOST_REQUIRE(symlink(good.c_str(), (open + "/way").c_str()) == 0);
    BOOST_TEST(distrust(open + "/way", registry_tests::only({})).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_of_another_user_is_not_trusted_unless_the_program_is_theirs_too) {
    if (geteuid() != 0) return; // only root can give a file away
    const Folder folder;
    std::ofstream{folder / "x.so"} << "x";
    BOOST_REQUIRE(chown((folder / "x.so").c_str(), 4711, static_cast<gid_t>(-1)) == 0);
    auto places = registry_tests::only({});
    BOOST_TEST(mentions(distrust_file(folder / "x.so", places), "uid 4711"));
    places.program_owner = 4711;
    BOOST_TEST(!distrust_file(folder / "x.so", places).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
