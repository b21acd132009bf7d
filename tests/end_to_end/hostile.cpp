// A folder of what should not be there: all of it is reported, file by file, and none of it does harm.
#include "program.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace assay::test;
using nlohmann::json;

namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20U;

std::string times(std::size_t count, const std::string& text) {
    std::string out;
    out.reserve(count * text.size());
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

void make_socket(const std::string& path) {
    const int handle = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    BOOST_REQUIRE(::bind(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(handle);
}

/// What `gzip` makes of bytes.
void make_gz(const Folder& folder, const std::string& name, const std::string& content) {
    const auto plain = folder.write(name, content);
    BOOST_REQUIRE(run_program({"-9", "-n", plain}, {.program = "gzip"}).status == 0);
}

/// Name of a file in the tree, and the statuses it may end with.
using Expected = std::map<std::string, std::vector<std::string>>;

struct Hostile {
    Folder folder;
    Expected expected;
    Ran ran, strict;
    json report;
    std::string markdown;

    void add(const std::string& name, const std::string& content, std::vector<std::string> statuses) {
        folder.write("tree/" + name, content);
        expect(name, std::move(statuses));
    }
    void expect(const std::string& name, std::vector<std::string> statuses) { expected[name] = std::move(statuses); }

    Hostile() {
        add("good.csv", "threads,latency_ms\n1,1.5\n2,2.5\n4,3.5\n", {"parsed"});
        add("empty.csv", "", {"failed", "skipped", "unclaimed"});
        add("whitespace.json", " \n\t \n\n", {"failed", "skipped", "unclaimed"});
        add("elf.csv",
            std::string{"\x7f"
                        "ELF\x02\x01\x01",
                        7} +
                times(4000, std::string{"\0\x01\xfe\x90", 4}),
            {"failed", "unclaimed"});
        add("nul.csv", std::string(4096, '\0'), {"failed", "unclaimed"});
        add("truncated.json", R"({"runs": [{"n": 1, "ms": 2.5}, {"n": 2, "ms")", {"failed"});
        add("deep.json", times(200'000, "[") + times(200'000, "]"), {"failed", "parsed"});
        add("deep_objects.json", times(200'000, "{\"a\":") + "1" + times(200'000, "}"), {"failed", "parsed"});
        add("long_line.csv", "a,b\n1," + std::string(50 * megabyte, 'x') + "\n2,y\n", {"failed", "parsed", "skipped"});
        add("bad_utf8.csv", "name,latency_ms\nzw\xf6lf,1.5\n\xff\xfe\xfd,2.5\ngut,3.5\n", {"parsed", "failed"});
        add("bad_utf8.json", "{\"a\": \"\xff\xfe\", \"n\": 1}", {"parsed", "failed"});
        add("utf16.csv",
            std::string{"\xff\xfe"
                        "a\0,\0b\0\n\0"
                        "1\0,\0"
                        "2\0\n\0"
                        "3\0,\0"
                        "4\0\n\0",
                        26},
            {"parsed"});
        add("cut.csv.gz", std::string{"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b", 11}, {"failed", "unclaimed"});
        add("not_gz.json.gz", "this is no gzip at all", {"failed", "unclaimed"});
        make_gz(folder, "tree/bomb.csv", "a,b\n" + std::string(300 * megabyte, '0'));
        expect("bomb.csv.gz", {"failed", "skipped"});
        folder.write("tree/bad\nname\x1b[31m.csv", "threads,latency_ms\n1,1.5\n2,2.5\n4,4\n");
        add("cells.json",
            R"({"runs": [{"name": "evil\u001b]0;owned\u0007", "a\u001b[31m_ms": 1.5}, {"name": "b", "a\u001b[31m_ms": 2}]})",
            {"parsed"});
        BOOST_REQUIRE(::mkfifo((folder / "tree/fifo.csv").c_str(), 0600) == 0);
        expect("fifo.csv", {"skipped"});
        make_socket(folder / "tree/s.json");
        expect("s.json", {"skipped"});
        std::filesystem::create_symlink("loop_b", folder / "tree/loop_a");
        std::filesystem::create_symlink("loop_a", folder / "tree/loop_b");
        std::filesystem::create_directory(folder / "tree/sub");
        std::filesystem::create_symlink("..", folder / "tree/sub/up");
        std::filesystem::create_symlink("nowhere.csv", folder / "tree/dangling.csv");
        std::filesystem::create_symlink("/etc/passwd", folder / "tree/outside.csv");
        for (const auto* name : {"loop_a", "loop_b", "sub/up", "dangling.csv", "outside.csv"})
            expect(name, {"skipped", "failed"});
        if (::geteuid() != 0) {
            add("secret.csv", "a,b\n1,2\n", {"failed", "skipped"});
            BOOST_REQUIRE(::chmod((folder / "tree/secret.csv").c_str(), 0) == 0);
        }
        folder.write("p.json", R"({"name": "hostile", "inputs": [{"path": "tree"}],
 "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "report.json"}, {"use": "markdown", "to": "report.md"},
               {"use": "terminal", "to": "-"}]})");
        ran = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path, .limit = 300});
        strict =
            run_program({"run", "p.json", "--output", "strict", "--strict"}, {.folder = folder.path, .limit = 300});
        if (std::filesystem::exists(folder.path / "out/report.json")) report = read_json(folder / "out/report.json");
        if (std::filesystem::exists(folder.path / "out/report.md")) markdown = read_file(folder / "out/report.md");
        std::error_code ignored;
        std::filesystem::remove(folder.path / "tree/long_line.csv", ignored);
    }
};

const Hostile& hostile() {
    static const Hostile once;
    return once;
}

const json* artifact(const std::string& path) {
    if (!hostile().report.is_object()) return nullptr;
    for (const auto& artifact : hostile().report.at("artifacts"))
        if (artifact["path"] == path) return &artifact;
    return nullptr;
}

bool is_raw(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; }

} // namespace

BOOST_AUTO_TEST_CASE(hostile_files_end_with_status_and_reason_and_the_run_with_zero) {
    BOOST_TEST_CONTEXT(hostile().ran.err) BOOST_REQUIRE(hostile().ran.status == 0);
    for (const auto& [name, statuses] : hostile().expected) {
        BOOST_TEST_CONTEXT(name) {
            const auto* found = artifact("tree/" + name);
            BOOST_REQUIRE(found);
            const auto status = found->at("status").get<std::string>();
            BOOST_TEST_CONTEXT(found->dump().substr(0, 500))
            BOOST_TEST((std::find(statuses.begin(), statuses.end(), status) != statuses.end()));
            if (status == "parsed") continue;
            BOOST_REQUIRE(found->at("reason_code").is_string());
            BOOST_TEST(found->at("reason_code").get<std::string>() != "");
            BOOST_REQUIRE(found->at("reason").is_string());
            BOOST_TEST(found->at("reason").get<std::string>() != "");
        }
    }
}

BOOST_AUTO_TEST_CASE(hostile_files_are_all_counted) {
    const auto& counts = hostile().report.at("counts")["artifacts"];
    BOOST_TEST(counts["seen"] == hostile().expected.size() + 1); // and the one with the strange name
    BOOST_TEST(counts["seen"] == counts["parsed"].get<int>() + counts["failed"].get<int>() +
                                     counts["skipped"].get<int>() + counts["unclaimed"].get<int>());
}

BOOST_AUTO_TEST_CASE(hostile_files_make_strict_exit_with_three) { BOOST_TEST(hostile().strict.status == 3); }

BOOST_AUTO_TEST_CASE(good_files_beside_hostile_ones_are_reported_as_ever) {
    const auto* good = artifact("tree/good.csv");
    BOOST_REQUIRE(good);
    BOOST_TEST(good->at("tables")[0]["rows_ok"] == 3);
}

BOOST_AUTO_TEST_CASE(special_files_are_named_for_what_they_are) {
    const std::map<std::string, std::string> codes{{"fifo.csv", "fifo"},
                                                   {"s.json", "socket"},
                                                   {"loop_a", "link-loop"},
                                                   {"sub/up", "link-loop"},
                                                   {"dangling.csv", "dangling-link"},
                                                   {"outside.csv", "link-outside"}};
    for (const auto& [name, code] : codes) {
        const auto* found = artifact("tree/" + name);
        BOOST_REQUIRE(found);
        BOOST_TEST_CONTEXT(name) BOOST_TEST(found->at("reason_code") == code);
    }
}

BOOST_AUTO_TEST_CASE(nothing_raw_reaches_the_terminal) {
    const auto& ran = hostile().ran;
    BOOST_TEST(!ran.out.empty());
    BOOST_TEST(std::none_of(ran.out.begin(), ran.out.end(), is_raw));
    BOOST_TEST(std::none_of(ran.err.begin(), ran.err.end(), is_raw));
}

BOOST_AUTO_TEST_CASE(nothing_raw_is_in_the_markdown_report) {
    const auto& text = hostile().markdown;
    BOOST_TEST(std::none_of(text.begin(), text.end(), is_raw));
    BOOST_TEST(!has(text, "bad\nname"));
}

BOOST_AUTO_TEST_CASE(a_strange_name_is_shown_in_one_line_and_still_read) {
    int met = 0;
    for (const auto& artifact : hostile().report.at("artifacts")) {
        const auto path = artifact["path"].get<std::string>();
        BOOST_TEST(std::none_of(path.begin(), path.end(), is_raw));
        BOOST_TEST(!has(path, "\n"));
        if (!has(path, "bad") || !has(path, "name")) continue;
        ++met;
        BOOST_TEST(artifact["status"] == "parsed");
    }
    BOOST_TEST(met == 1);
}

BOOST_AUTO_TEST_CASE(hostile_files_take_bounded_time) { BOOST_TEST(hostile().ran.seconds < 60.0); }

BOOST_AUTO_TEST_CASE(a_tree_of_nothing_but_failures_is_incomplete_and_still_reported) {
    const Folder folder;
    folder.write("tree/truncated.json", R"({"runs": [1,)");
    folder.write("p.json", R"({"inputs": [{"path": "tree"}], "renderers": [{"use": "json", "to": "report.json"}]})");
    const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 3);
    BOOST_TEST(read_json(folder / "out/report.json")["artifacts"][0]["status"] == "failed");
}
