#include "temporary_folder.hpp"

#include <intake/discover.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace assay::intake;
using assay::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

Discovery walk(std::vector<Input> inputs) { return discover(inputs); }

std::vector<std::string> paths(const Discovery& discovery) {
    std::vector<std::string> out;
    for (const Found& found : discovery.files) out.push_back(found.path);
    return out;
}

const Found& at(const Discovery& discovery, std::string_view path) {
    const auto found =
        std::find_if(discovery.files.begin(), discovery.files.end(), [&](const Found& f) { return f.path == path; });
    if (found == discovery.files.end()) throw std::runtime_error("not found: " + std::string(path));
    return *found;
}

void check_paths(const Discovery& discovery, std::vector<std::string> expected) {
    const auto got = paths(discovery);
    BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), expected.begin(), expected.end());
}

bool says(const std::vector<InputRemark>& remarks, std::size_t input, std::string_view code) {
    return std::any_of(remarks.begin(), remarks.end(),
                       [&](const InputRemark& r) { return r.input == input && r.code == code; });
}

class WorkingFolder {
  public:
    explicit WorkingFolder(const std::string& path) : before(fs::current_path()) { fs::current_path(path); }
    ~WorkingFolder() { fs::current_path(before); }
    WorkingFolder(const WorkingFolder&) = delete;
    WorkingFolder& operator=(const WorkingFolder&) = delete;

  private:
    fs::path before;
};

} // namespace

BOOST_AUTO_TEST_SUITE(discovery)

BOOST_AUTO_TEST_CASE(files_come_in_path_order_with_size_time_and_identity) {
    const TemporaryFolder folder;
    folder.write("reports/b/x.csv", "123");
    folder.write("reports/a.json", "{}");
    folder.write("reports/b-first.md", "");
    const Discovery found = walk({{folder / "reports", {}, {}}});
    // '-' comes before '/' and 'a' before 'b': bytewise, not by folder
    check_paths(found, {"reports/a.json", "reports/b-first.md", "reports/b/x.csv"});
    const Found& x = at(found, "reports/b/x.csv");
    struct stat status {};
    BOOST_REQUIRE(::stat((folder / "reports/b/x.csv").c_str(), &status) == 0);
    BOOST_TEST(x.file == folder / "reports/b/x.csv");
    BOOST_TEST(x.bytes == 3u);
    BOOST_TEST(x.inode == status.st_ino);
    BOOST_TEST(x.modified_us / 1'000'000 == status.st_mtim.tv_sec);
    BOOST_TEST(at(found, "reports/b-first.md").bytes == 0u);
    BOOST_TEST((x.kind == FileKind::regular));
    BOOST_TEST(x.reason_code.empty());
    BOOST_TEST(found.problems.empty());
    BOOST_TEST(found.excluded == 0u);
}

BOOST_AUTO_TEST_CASE(paths_begin_with_the_inputs_own_name_however_it_is_spelled) {
    const TemporaryFolder folder;
    folder.write("reports/sub/a.csv");
    const std::vector<std::string> expected{"reports/sub/a.csv"};
    check_paths(walk({{folder / "reports/", {}, {}}}), expected);
    check_paths(walk({{folder / "reports///", {}, {}}}), expected);
    check_paths(walk({{folder / "reports/sub/..", {}, {}}}), expected);
    const WorkingFolder inside(folder / "reports/sub");
    check_paths(walk({{"..", {}, {}}}), expected);
    check_paths(walk({{"../../reports", {}, {}}}), expected);
    check_paths(walk({{".", {}, {}}}), {"sub/a.csv"});
    check_paths(walk({{"./", {}, {}}}), {"sub/a.csv"});
    check_paths(walk({{"a.csv", {}, {}}}), {"a.csv"});
}

BOOST_AUTO_TEST_CASE(an_input_that_is_a_link_keeps_the_links_name) {
    const TemporaryFolder folder;
    folder.write("run5/a.csv");
    folder.link("latest", "run5");
    const Discovery found = walk({{folder / "latest", {}, {}}});
    check_paths(found, {"latest/a.csv"});
    BOOST_TEST(found.files[0].file == folder / "run5/a.csv");
}

BOOST_AUTO_TEST_CASE(inputs_of_one_name_get_the_shortest_parents_that_tell_them_apart) {
    const TemporaryFolder folder;
    folder.write("a/reports/x.csv");
    folder.write("b/reports/x.csv");
    folder.write("other/y.csv");
    check_paths(walk({{folder / "b/reports", {}, {}}, {folder / "other", {}, {}}, {folder / "a/reports", {}, {}}}),
                {"a/reports/x.csv", "b/reports/x.csv", "other/y.csv"});
    folder.write("a/same/reports/x.csv");
    folder.write("b/same/reports/x.csv");
    check_paths(walk({{folder / "a/same/reports", {}, {}}, {folder / "b/same/reports", {}, {}}}),
                {"a/same/reports/x.csv", "b/same/reports/x.csv"});
    check_paths(walk({{folder / "a/reports/x.csv", {}, {}}, {folder / "b/reports/x.csv", {}, {}}}),
                {"a/reports/x.csv", "b/reports/x.csv"});
}

BOOST_AUTO_TEST_CASE(no_two_files_get_the_same_path_when_a_prefix_meets_a_folder) {
    const TemporaryFolder folder;
    folder.write("d/x/reports/f.csv", "1");
    folder.write("a/x/reports/f.csv", "2");
    folder.write("b/y/reports/f.csv", "3");
    const auto got =
        paths(walk({{folder / "d/x", {}, {}}, {folder / "a/x/reports", {}, {}}, {folder / "b/y/reports", {}, {}}}));
    BOOST_TEST(got.size() == 3u);
    BOOST_TEST((std::adjacent_find(got.begin(), got.end()) == got.end()));
}

BOOST_AUTO_TEST_CASE(nested_and_repeated_inputs_give_each_file_once) {
    const TemporaryFolder folder;
    folder.write("d/a.csv");
    folder.write("d/in/b.csv");
    const Discovery found = walk(
        {{folder / "d/in", {}, {}}, {folder / "d", {}, {}}, {folder / "d/", {}, {}}, {folder / "d/in/b.csv", {}, {}}});
    check_paths(found, {"d/a.csv", "d/in/b.csv"});
    BOOST_TEST(says(found.notes, 0, "input-nested"));
    BOOST_TEST(says(found.notes, 2, "input-repeated"));
    BOOST_TEST(says(found.notes, 3, "input-nested"));
    BOOST_TEST(found.problems.empty());
}

BOOST_AUTO_TEST_CASE(a_nested_input_takes_what_the_outer_one_leaves_out) {
    const TemporaryFolder folder;
    folder.write("d/a.csv");
    folder.write("d/notes.md");
    folder.write("d/in/b.csv");
    folder.write("d/in/notes.md");
    folder.write("d/.ci/log.txt");
    const Discovery found =
        walk({{folder / "d", {"**/*.csv"}, {}}, {folder / "d/in", {"*.md"}, {}}, {folder / "d/.ci/log.txt", {}, {}}});
    check_paths(found, {"d/.ci/log.txt", "d/a.csv", "d/in/b.csv", "d/in/notes.md"});
    BOOST_TEST(found.excluded == 1u); // d/notes.md
}

BOOST_AUTO_TEST_CASE(the_order_of_the_inputs_does_not_matter) {
    const TemporaryFolder folder;
    for (const char* name : {"a/r/1.csv", "b/r/1.csv", "b/r/in/2.csv", "c.csv", "b/r/.x/3.csv"}) folder.write(name);
    folder.link("z", "b/r");
    std::vector<Input> inputs{{folder / "a/r", {}, {}},
                              {folder / "b/r", {}, {"in/**"}},
                              {folder / "b/r/in", {}, {}},
                              {folder / "c.csv", {}, {}},
                              {folder / "z", {".x/*"}, {}}};
    const Discovery first = discover(inputs);
    BOOST_TEST(first.files.size() == 5u);
    std::sort(inputs.begin(), inputs.end(), [](const Input& a, const Input& b) { return a.path < b.path; });
    do {
        const Discovery other = discover(inputs);
        check_paths(other, paths(first));
        BOOST_TEST(other.excluded == first.excluded);
    } while (std::next_permutation(inputs.begin(), inputs.end(),
                                   [](const Input& a, const Input& b) { return a.path < b.path; }));
}

BOOST_AUTO_TEST_CASE(the_number_of_threads_does_not_matter) {
    const TemporaryFolder folder;
    for (int i = 0; i < 150; ++i) {
        const std::string run = "r/s" + std::to_string(i % 7) + "/run" + std::to_string(i);
        for (const char* name : {"/a.csv", "/b.md", "/in/c.csv", "/.git/d.csv"}) folder.write(run + name);
        folder.link(run + "/to_a", "a.csv");
        folder.link(run + "/up", "..");
    }
    const std::vector<Input> inputs{{folder / "r", {"**/*.csv", "**/to_a", "**/up"}, {}}, {folder / "r/s1", {}, {}}};
    const Discovery one = discover(inputs, 1);
    BOOST_TEST(std::is_sorted(one.files.begin(), one.files.end(), [](auto& a, auto& b) { return a.path < b.path; }));
    for (const std::size_t jobs : {2U, 7U}) {
        const Discovery more = discover(inputs, jobs);
        check_paths(more, paths(one));
        for (std::size_t i = 0; i < one.files.size(); ++i) BOOST_TEST((more.files[i].kind == one.files[i].kind));
        BOOST_TEST(more.excluded == one.excluded);
        BOOST_TEST(more.hidden_folders == one.hidden_folders);
        BOOST_TEST(more.hidden_folders == 150U);
    }
}

BOOST_AUTO_TEST_CASE(patterns_select_and_what_they_leave_out_is_counted) {
    const TemporaryFolder folder;
    for (const char* name : {"r/a.csv", "r/b.json", "r/tmp/c.csv", "r/x/tmp/d.csv", "r/x/e.csv"}) folder.write(name);
    const Discovery found = walk({{folder / "r", {"**/*.csv"}, {"**/tmp"}}});
    check_paths(found, {"r/a.csv", "r/x/e.csv"});
    BOOST_TEST(found.excluded == 3u);
    check_paths(walk({{folder / "r/b.json", {"*.csv", "*.json"}, {}}}), {"b.json"});
    const Discovery none = walk({{folder / "r/b.json", {"*.csv"}, {}}});
    BOOST_TEST(none.files.empty());
    BOOST_TEST(none.excluded == 1u);
    BOOST_TEST(says(none.problems, 0, "input-empty"));
}

BOOST_AUTO_TEST_CASE(hidden_folders_are_counted_and_entered_only_by_name) {
    const TemporaryFolder folder;
    for (const char* name : {"r/.git/config", "r/.git/objects/1", "r/.ci/log.csv", "r/.dotfile", "r/a.csv"}) {
        folder.write(name);
    }
    const Discovery plain = walk({{folder / "r", {}, {}}});
    check_paths(plain, {"r/.dotfile", "r/a.csv"});
    BOOST_TEST(plain.hidden_folders == 2u);
    BOOST_TEST(plain.excluded == 0u);
    const Discovery named = walk({{folder / "r", {"**/*.csv", ".ci/**"}, {}}});
    check_paths(named, {"r/.ci/log.csv", "r/a.csv"});
    BOOST_TEST(named.hidden_folders == 1u);
    BOOST_TEST(named.excluded == 1u); // .dotfile
    check_paths(walk({{folder / "r/.ci", {}, {}}}), {".ci/log.csv"});
}

BOOST_AUTO_TEST_CASE(special_files_are_listed_and_never_opened) {
    const TemporaryFolder folder;
    folder.write("r/a.csv");
    BOOST_REQUIRE(::mkfifo((folder / "r/pipe.csv").c_str(), 0600) == 0);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = folder / "r/sock";
    BOOST_REQUIRE(name.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, name.c_str(), name.size());
    BOOST_REQUIRE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(listener);
    const Discovery found = walk({{folder / "r", {}, {}}});
    BOOST_TEST(found.files.size() == 3u);
    BOOST_TEST((at(found, "r/pipe.csv").kind == FileKind::special));
    BOOST_TEST(at(found, "r/pipe.csv").reason_code == "fifo");
    BOOST_TEST(at(found, "r/pipe.csv").bytes == UINT64_MAX);
    BOOST_TEST(at(found, "r/sock").reason_code == "socket");
    BOOST_TEST(!at(found, "r/sock").reason.empty());
    const Discovery given = walk({{folder / "r/pipe.csv", {}, {}}, {"/dev/null", {}, {}}});
    BOOST_TEST(at(given, "pipe.csv").reason_code == "fifo");
    BOOST_TEST(at(given, "null").reason_code == "device");
}

BOOST_AUTO_TEST_CASE(links_never_lead_in_circles_out_of_the_inputs_or_to_nothing) {
    const TemporaryFolder folder;
    folder.write("r/sub/a.csv", "12345");
    folder.write("r/data/b.csv");
    folder.write("outside/secret.csv");
    folder.link("r/sub/up", "..");
    folder.link("r/self", "self");
    folder.link("r/one", "two");
    folder.link("r/two", "one");
    folder.link("r/gone.csv", "nowhere.csv");
    folder.link("r/escape.csv", "../outside/secret.csv");
    folder.link("r/inside.csv", "sub/a.csv");
    folder.link("r/data-again", "data");
    folder.link("r/etc", "/etc");
    const Discovery found = walk({{folder / "r", {}, {}}});
    check_paths(found, {"r/data-again", "r/data/b.csv", "r/escape.csv", "r/etc", "r/gone.csv", "r/inside.csv", "r/one",
                        "r/self", "r/sub/a.csv", "r/sub/up", "r/two"});
    const std::map<std::string, std::pair<FileKind, std::string>> expected{
        {"r/data-again", {FileKind::link, "linked-folder"}},
        {"r/escape.csv", {FileKind::link, "link-outside"}},
        {"r/etc", {FileKind::link, "linked-folder"}},
        {"r/gone.csv", {FileKind::dangling, "dangling-link"}},
        {"r/one", {FileKind::loop, "link-loop"}},
        {"r/two", {FileKind::loop, "link-loop"}},
        {"r/self", {FileKind::loop, "link-loop"}},
        {"r/sub/up", {FileKind::loop, "link-loop"}}};
    for (const auto& [path, kind] : expected) {
        BOOST_TEST((at(found, path).kind == kind.first), path);
        BOOST_TEST(at(found, path).reason_code == kind.second);
        BOOST_TEST(!at(found, path).reason.empty());
    }
    const Found& followed = at(found, "r/inside.csv");
    BOOST_TEST((followed.kind == FileKind::regular));
    BOOST_TEST(followed.file == folder / "r/sub/a.csv");
    BOOST_TEST(followed.bytes == 5u);
    // With the other folder an input as well, the link no longer leaves the inputs.
    const Discovery both = walk({{folder / "r", {}, {}}, {folder / "outside", {}, {}}});
    BOOST_TEST((at(both, "r/escape.csv").kind == FileKind::regular));
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_listed_with_the_systems_reason) {
    if (::geteuid() == 0) {
        BOOST_TEST_MESSAGE("skipped: root may read everything");
        return;
    }
    const TemporaryFolder folder;
    folder.write("r/locked/a.csv");
    folder.write("r/b.csv");
    ::chmod((folder / "r/locked").c_str(), 0);
    ::chmod((folder / "r/b.csv").c_str(), 0);
    const Discovery found = walk({{folder / "r", {}, {}}});
    ::chmod((folder / "r/locked").c_str(), 0700);
    check_paths(found, {"r/b.csv", "r/locked"});
    for (const Found& each : found.files) {
        BOOST_TEST((each.kind == FileKind::unreadable));
        BOOST_TEST(each.reason == "Permission denied");
    }
}

BOOST_AUTO_TEST_CASE(a_folder_deeper_than_any_path_may_be_is_listed_as_unreadable) {
    const TemporaryFolder folder;
    folder.write("r/a.csv");
    const WorkingFolder start(folder / "r");
    const std::string name(200, 'd');
    for (int depth = 0; depth < 30; ++depth) {
        BOOST_REQUIRE(::mkdir(name.c_str(), 0700) == 0);
        BOOST_REQUIRE(::chdir(name.c_str()) == 0);
    }
    const Discovery found = walk({{folder / "r", {}, {}}});
    BOOST_REQUIRE(found.files.size() == 2u);
    BOOST_TEST((found.files[1].kind == FileKind::unreadable));
    BOOST_TEST(found.files[1].reason == "File name too long");
}

BOOST_AUTO_TEST_CASE(odd_names_keep_their_bytes_to_open_and_are_harmless_in_reports) {
    const TemporaryFolder folder;
    const std::string newline = "r/line\nbreak.csv", escape = "r/\x1b[31mred.csv", invalid = "r/caf\xE9.csv";
    for (const std::string& name : {newline, escape, invalid}) folder.write(name);
    folder.write("r/caf\\xE9.csv"); // a name that looks like the escape of another
    const Discovery found = walk({{folder / "r", {"**/*.csv"}, {}}});
    check_paths(found, {"r/\\x1B[31mred.csv", "r/caf\\x5CxE9.csv", "r/caf\\xE9.csv", "r/line\\x0Abreak.csv"});
    BOOST_TEST(at(found, "r/caf\\xE9.csv").file == folder / invalid);
    BOOST_TEST(at(found, "r/line\\x0Abreak.csv").file == folder / newline);
    BOOST_TEST(at(found, "r/\\x1B[31mred.csv").file == folder / escape);
}

BOOST_AUTO_TEST_CASE(inputs_that_are_missing_or_empty_or_badly_described_are_problems) {
    const TemporaryFolder folder;
    fs::create_directories(folder / "empty/sub");
    folder.write("r/a.csv");
    const Discovery found = walk({{folder / "nowhere", {}, {}},
                                  {folder / "empty", {}, {}},
                                  {folder / "r", {"[x", "*.csv"}, {"a//b"}},
                                  {folder / "r", {"*.md"}, {}},
                                  {"", {}, {}}});
    BOOST_TEST(says(found.problems, 0, "input-missing"));
    BOOST_TEST(says(found.problems, 1, "input-empty"));
    BOOST_TEST(std::count_if(found.problems.begin(), found.problems.end(),
                             [](const InputRemark& p) { return p.input == 2 && p.code == "bad-glob"; }) == 2);
    BOOST_TEST(says(found.problems, 3, "input-empty"));
    BOOST_TEST(says(found.problems, 4, "input-missing"));
    BOOST_TEST(found.problems.size() == 6u);
    BOOST_TEST(found.problems[0].message.find("No such file") != std::string::npos);
    BOOST_TEST(found.excluded == 1u);
}

BOOST_AUTO_TEST_CASE(the_real_corpus_has_106_files) {
    const char* given = std::getenv("ASSAY_CORPUS");
    const std::string corpus = given ? given : ASSAY_SOURCE_DIR "/../shared/corpus";
    if (!fs::exists(corpus + "/llm-bench/reports")) {
        BOOST_TEST_MESSAGE("skipped: needs the corpus");
        return;
    }
    const Discovery found = walk({{corpus + "/llm-bench/reports", {}, {}}, {corpus + "/llm-bench/csv_data", {}, {}}});
    BOOST_TEST(found.problems.empty());
    std::map<std::string, std::pair<int, std::uint64_t>> by_type;
    for (const Found& each : found.files) {
        BOOST_TEST((each.kind == FileKind::regular), each.path);
        auto& [count, bytes] = by_type[fs::path(each.path).extension().string()];
        ++count;
        bytes += each.bytes;
    }
    // find reports csv_data -type f | wc -l; the same with -name '*.csv' and -printf '%s\n' summed, and so on
    BOOST_TEST(found.files.size() == 106u);
    BOOST_TEST(by_type[".csv"].first == 28);
    BOOST_TEST(by_type[".csv"].second == 80168u);
    BOOST_TEST(by_type[".json"].first == 44);
    BOOST_TEST(by_type[".json"].second == 132031u);
    BOOST_TEST(by_type[".md"].first == 29);
    BOOST_TEST(by_type[".md"].second == 217763u);
}

BOOST_AUTO_TEST_SUITE_END()
