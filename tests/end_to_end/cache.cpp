// The cache: what did not change is not read again, what did is; and whatever befalls the cache, the run goes on.
#include "program.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>
#include <nlohmann/json.hpp>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace assay::test;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::string built_plugins = ASSAY_BUILD_DIR "/tests/end_to_end/plugins";

struct Counts {
    int hits, misses;
    bool operator==(const Counts&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Counts& c) { return out << c.hits << "+" << c.misses; }
};

/// A tree of six artifacts, one of which leaves a trace whenever it is parsed, and a cache.
struct Cached : Folder {
    std::string plugins = built_plugins;
    Cached() {
        write("tree/a.csv", "model,tokens_s,error\nx,1.5,\nx,2.5,\ny,0,timeout\n");
        write("tree/b.csv", "model,tokens_s,error\nx,3.5,\ny,4.5,\n");
        write("tree/deep/runs.json", R"({"host": "h1", "runs": [{"n": 1, "ms": 2.5}, {"n": 2, "ms": 3}]})");
        write("tree/deep/notes.md", "# Notes\n\nText.\n");
        write("tree/blob.bin", std::string{"\x00\x01\x02\x03", 4});
        write("tree/t.fault", "fault: trace\n");
        write("p.json", pipeline(R"({"use": "statistics"})"));
    }
    std::string pipeline(const std::string& analyzer) const {
        return R"({"inputs": ["tree"], "parsers": [{"use": "faulty", "with": {"marker": ")" + (*this / "trace") +
               R"("}}, {"use": "csv"}, {"use": "json"}, {"use": "markdown"}],
 "analyzers": [{"use": "inventory"}, )" +
               analyzer + R"(], "renderers": [{"use": "json", "to": "report.json"}]})";
    }
    Ran start(std::vector<std::string> words, const std::string& cache = "cache") const {
        words.insert(words.end(), {"--plugin-path", plugins});
        return run_program(words, {.folder = path, .environment = {{"XDG_CACHE_HOME", *this / cache}}});
    }
    Ran ran(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"run", "p.json", "--output", "out"};
        words.insert(words.end(), more.begin(), more.end());
        auto result = start(words);
        BOOST_TEST_CONTEXT(result.err) BOOST_TEST(result.status == 0);
        return result;
    }
    Counts counts() const {
        const auto found = read_json(*this / "out/report.json").at("run").at("cache");
        return {found.at("hits"), found.at("misses")};
    }
    Counts run(const std::vector<std::string>& more = {}) const {
        ran(more);
        return counts();
    }
    std::string report() const { return without_run(read_file(*this / "out/report.json")); }
    /// How often the file with the trace was parsed.
    long parsed() const {
        std::ifstream in{*this / "trace"};
        return std::count(std::istreambuf_iterator<char>{in}, {}, '\n');
    }
    std::string file() const { return *this / "cache/assay/partials.sqlite"; }
    void damage(std::size_t at) const {
        std::fstream out{file(), std::ios::in | std::ios::out | std::ios::binary};
        out.seekg(static_cast<std::streamoff>(at));
        const int byte = out.get();
        out.seekp(static_cast<std::streamoff>(at));
        out.put(static_cast<char>(byte ^ 0x10));
    }
};

int lines_with(const std::string& text, const std::string& part) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

constexpr Counts cold{0, 6}, warm{6, 0};

/// Afterwards times of files that were written before are old enough to be trusted.
void wait_until_settled() { std::this_thread::sleep_for(std::chrono::milliseconds{2100}); }

} // namespace

BOOST_AUTO_TEST_CASE(a_second_run_parses_nothing_and_says_the_same) {
    const Cached tree;
    BOOST_TEST(tree.run() == cold);
    const auto report = tree.report();
    BOOST_TEST(tree.parsed() == 1);
    BOOST_TEST(tree.run() == warm);
    BOOST_TEST((tree.report() == report));
    BOOST_TEST(tree.run({"--isolation", "none"}) == warm);
    BOOST_TEST((tree.report() == report));
    BOOST_TEST(tree.start({"run", "p.json", "--shard", "1/1", "--partial", "x"}).status == 0);
    BOOST_TEST(tree.parsed() == 1);
    BOOST_TEST(tree.start({"merge", "x", "--pipeline", "p.json", "--output", "out"}).status == 0);
    BOOST_TEST((tree.report() == report));
    BOOST_TEST(read_json(tree / "out/report.json").at("run").at("cache").is_null());
    struct stat folder {};
    BOOST_REQUIRE(::stat((tree / "cache/assay").c_str(), &folder) == 0);
    BOOST_TEST((folder.st_mode & 0777U) == 0700U);
}

BOOST_AUTO_TEST_CASE(scanning_uses_the_cache_too) {
    const Cached tree;
    for (const int hits : {0, 6}) {
        const auto ran = tree.start({"scan", "tree", "--format", "json", "--cache", "here"});
        BOOST_TEST_CONTEXT(ran.err) BOOST_REQUIRE(ran.status == 0);
        BOOST_TEST(json::parse(ran.out).at("run").at("cache").at("hits") == hits);
    }
    BOOST_TEST(fs::exists(tree / "here/partials.sqlite"));
}

BOOST_AUTO_TEST_CASE(a_file_that_looks_as_before_is_not_even_opened) {
    const Cached tree;
    wait_until_settled();
    BOOST_TEST(tree.run() == cold);
    const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    BOOST_REQUIRE(watch >= 0);
    for (const auto* folder : {"tree", "tree/deep"})
        BOOST_REQUIRE(::inotify_add_watch(watch, (tree / folder).c_str(), IN_OPEN) >= 0);
    const auto opened = [&] {
        alignas(inotify_event) char events[8192];
        int files = 0;
        for (ssize_t size; (size = ::read(watch, events, sizeof events)) > 0;)
            for (const char* at = events; at < events + size;) {
                const auto* event = reinterpret_cast<const inotify_event*>(at);
                files += (event->mask & IN_ISDIR) == 0 ? 1 : 0;
                at += sizeof *event + event->len;
            }
        return files;
    };
    BOOST_TEST(tree.run() == warm);
    BOOST_TEST(opened() == 0);
    tree.write("tree/a.csv", "model,tokens_s,error\nx,1.5,\nx,2.5,\ny,0,timeout\n"); // the same, but written again
    opened();
    BOOST_TEST(tree.run() == warm);
    BOOST_TEST(opened() == 1);
    ::close(watch);
}

BOOST_AUTO_TEST_CASE(only_what_changed_is_read_again_whatever_its_size_and_time) {
    const Cached tree;
    tree.run();
    const auto time = fs::last_write_time(tree / "tree/a.csv");
    tree.write("tree/a.csv", "model,tokens_s,error\nx,1.5,\nx,9.5,\ny,0,timeout\n");
    fs::last_write_time(tree / "tree/a.csv", time);
    BOOST_TEST((tree.run() == Counts{5, 1}));
    const auto after = tree.report();
    tree.ran({"--no-cache"});
    BOOST_TEST((tree.report() == after));
    BOOST_TEST(tree.run() == warm);
}

BOOST_AUTO_TEST_CASE(touched_moved_and_copied_files_are_known_by_content_renamed_ones_are_not) {
    const Cached tree;
    tree.run();
    fs::last_write_time(tree / "tree/t.fault", fs::file_time_type::clock::now());
    BOOST_TEST(tree.run() == warm);
    fs::create_directory(tree / "tree/elsewhere");
    fs::rename(tree / "tree/t.fault", tree / "tree/elsewhere/t.fault");
    BOOST_TEST(tree.run() == warm);
    fs::copy_file(tree / "tree/elsewhere/t.fault", tree / "tree/t.fault");
    BOOST_TEST((tree.run() == Counts{7, 0}));
    BOOST_TEST(tree.parsed() == 1);
    fs::rename(tree / "tree/t.fault", tree / "tree/other.fault");
    BOOST_TEST((tree.run() == Counts{6, 1}));
    BOOST_TEST(tree.parsed() == 2);
}

BOOST_AUTO_TEST_CASE(another_option_or_rule_is_another_partial_and_the_old_ones_stay) {
    const Cached tree;
    tree.run();
    BOOST_TEST(tree.run({"--set", "analyzers.statistics.confidence=0.9"}) == cold);
    BOOST_TEST(tree.run({"--set", "columns.tokens_s.unit=ms"}) == cold);
    BOOST_TEST(tree.run({"--set", "limits.artifact_bytes=30"}) == cold); // three of them are too large
    BOOST_TEST((tree.run({"--set", "limits.artifact_bytes=30"}) == Counts{3, 3}));
    BOOST_TEST(tree.run({"--set", "fail_on=high"}) == warm);
    BOOST_TEST(tree.run() == warm);
}

BOOST_AUTO_TEST_CASE(another_build_of_a_plugin_is_another_partial) {
    Cached tree;
    tree.plugins = tree / "plugins";
    fs::copy(built_plugins, tree.plugins);
    BOOST_TEST(tree.run() == cold);
    BOOST_TEST(tree.run() == warm);
    std::ofstream{tree.plugins + "/faulty.so", std::ios::app | std::ios::binary} << "x";
    BOOST_TEST(tree.run() == cold);
    BOOST_TEST(tree.parsed() == 2);
}

BOOST_AUTO_TEST_CASE(what_failed_is_read_again) {
    const Cached tree;
    tree.write("tree/broken.json", R"({"runs": [1,)");
    tree.write("tree/crash.fault", "fault: crash\n");
    tree.write("tree/once.fault", "fault: garbage\n");
    BOOST_TEST((tree.run() == Counts{0, 9}));
    BOOST_TEST((tree.run() == Counts{6, 3}));
    const auto cached = tree.report();
    tree.ran({"--no-cache"});
    BOOST_TEST((tree.report() == cached));
}

BOOST_AUTO_TEST_CASE(ctrl_c_keeps_what_was_finished) {
    const Cached tree;
    tree.write("tree/hang.fault", "fault: hang\n"); // the largest but two, so read before the others
    const auto ran = run_program(
        {"run", "p.json", "--output", "out", "--jobs", "2", "--plugin-path", tree.plugins},
        {.folder = tree.path, .environment = {{"XDG_CACHE_HOME", tree / "cache"}}, .interrupt_at = tree / "trace"});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 130);
    fs::remove(tree / "tree/hang.fault");
    const auto counts = tree.run();
    BOOST_TEST(counts.hits >= 1);
    BOOST_TEST(counts.hits + counts.misses == 6);
}

BOOST_AUTO_TEST_CASE(a_cache_that_is_none_is_begun_anew_with_one_warning) {
    const Cached tree;
    tree.run();
    const auto whole = read_file(tree.file()), report = tree.report();
    const auto begun_anew = [&](const std::string& why) {
        const auto ran = tree.ran();
        BOOST_TEST_CONTEXT(ran.err) {
            BOOST_TEST(lines_with(ran.err, "warning") == 1);
            BOOST_TEST(has(ran.err, tree.file()));
            BOOST_TEST(has(ran.err, why));
            BOOST_TEST(has(ran.err, "begun anew"));
        }
        BOOST_TEST(tree.counts() == cold);
        BOOST_TEST((tree.report() == report));
        BOOST_TEST(tree.run() == warm);
    };
    tree.write("cache/assay/partials.sqlite", "this is no database, but a text of some length\n");
    begun_anew("damaged or no database");
    tree.write("cache/assay/partials.sqlite", whole.substr(0, whole.size() / 2));
    begun_anew("damaged");
    std::string foreign = whole;
    foreign[71] = 'x'; // of the application id
    tree.write("cache/assay/partials.sqlite", foreign);
    begun_anew("of another program");
    std::string newer = whole;
    newer[63] = 77; // of the user version
    tree.write("cache/assay/partials.sqlite", newer);
    begun_anew("has format 77");
}

BOOST_AUTO_TEST_CASE(a_flipped_byte_anywhere_changes_no_report) {
    const Cached tree;
    tree.run();
    const auto whole = read_file(tree.file()), report = tree.report();
    for (std::size_t at = 100; at < whole.size(); at += whole.size() / 40) {
        tree.write("cache/assay/partials.sqlite", whole);
        tree.damage(at);
        tree.ran();
        BOOST_TEST_CONTEXT(at) BOOST_TEST((tree.report() == report));
    }
}

BOOST_AUTO_TEST_CASE(verify_finds_a_flipped_byte_of_a_blob_and_a_run_mends_it) {
    const Cached tree;
    tree.run();
    BOOST_TEST(tree.start({"cache", "--verify"}).status == 0);
    const auto bytes = read_file(tree.file());
    const auto blob = bytes.find("\x28\xB5\x2F\xFD"); // where a zstd frame begins
    BOOST_REQUIRE(blob != std::string::npos);
    tree.damage(blob + 40);
    const auto verified = tree.start({"cache", "--verify", "--format", "json"});
    BOOST_TEST(verified.status == 1);
    BOOST_TEST(json::parse(verified.out).at("damaged") == 1);
    const auto ran = tree.ran();
    BOOST_TEST(lines_with(ran.err, "warning") == 1);
    BOOST_TEST(has(ran.err, "damaged in part: 6 artifacts are read again"));
    BOOST_TEST(tree.counts() == cold);
    BOOST_TEST(tree.run() == warm);
    BOOST_TEST(has(tree.start({"cache", "--verify"}).out, "all of it is whole"));
}

BOOST_AUTO_TEST_CASE(runs_at_once_share_a_cache) {
    const Cached tree;
    std::vector<std::future<Ran>> runs;
    for (const auto* out : {"1", "2", "3", "4"})
        runs.push_back(std::async(std::launch::async, [&tree, out] {
            return tree.start({"run", "p.json", "--output", out});
        }));
    for (auto& run : runs) {
        const auto ran = run.get();
        BOOST_TEST_CONTEXT(ran.err) {
            BOOST_TEST(ran.status == 0);
            BOOST_TEST(ran.err.empty());
        }
    }
    BOOST_TEST(tree.run() == warm);
    const auto report = tree.report();
    for (const auto* out : {"1/report.json", "2/report.json", "3/report.json", "4/report.json"})
        BOOST_TEST((without_run(read_file(tree / out)) == report));
    BOOST_TEST(tree.start({"cache", "--verify"}).status == 0);
    BOOST_TEST(json::parse(tree.start({"cache", "--format", "json"}).out).at("partials") == 6);
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_is_a_note_one_that_others_can_write_is_refused) {
    const Cached tree;
    const auto ran = tree.ran({"--cache", "/dev/null/cache"});
    BOOST_TEST(has(ran.err, "info: no cache: the folder '/dev/null/cache' cannot be made: "));
    BOOST_TEST(tree.counts() == cold);
    fs::create_directory(tree / "open");
    BOOST_REQUIRE(::chmod((tree / "open").c_str(), 0777) == 0);
    const auto open = tree.ran({"--cache", "open"});
    BOOST_TEST(lines_with(open.err, "warning") == 1);
    BOOST_TEST(has(open.err, "is not used: " + (tree / "open") + " can be written by others (mode 0777)"));
    BOOST_TEST(fs::is_empty(tree / "open"));
    tree.run();
    BOOST_REQUIRE(::chmod(tree.file().c_str(), 0666) == 0);
    BOOST_TEST(has(tree.ran().err, "partials.sqlite can be written by others"));
    BOOST_TEST(tree.counts() == cold);
}

BOOST_AUTO_TEST_CASE(what_was_not_used_for_longest_makes_room) {
    const Cached tree;
    std::string numbers = "model,tokens_s\n";
    for (int i = 0; i < 8000; ++i)
        numbers += "m" + std::to_string(i % 50) + "," + std::to_string(i * 7919 % 100'003) + ".5\n";
    for (const std::string name : {"first", "second", "third", "fourth", "fifth", "sixth"})
        tree.write(name + "/large.csv", numbers + name + ",1\n");
    const auto hits = [&](const std::string& name) { return tree.run({"--input", name, "--cache-size", "400K"}).hits; };
    BOOST_TEST(hits("first") == 0);
    BOOST_TEST(hits("second") == 0);
    for (const std::string name : {"third", "fourth", "fifth", "sixth"}) {
        BOOST_TEST(hits(name) == 0);
        BOOST_TEST(hits(name) == 1);
    }
    BOOST_TEST(fs::file_size(tree.file()) <= 400'000U);
    BOOST_TEST(hits("first") == 0);
    BOOST_TEST(hits("sixth") == 1);
    BOOST_TEST(tree.start({"cache", "--verify"}).status == 0);
    BOOST_TEST(tree.run({"--input", "first", "--cache-size", "0"}).hits == 1);
    for (const char* size : {"", "x", "-1", "1T", "99999999999G"})
        BOOST_TEST(tree.start({"run", "p.json", "--cache-size", size}).status == 2);
}

BOOST_AUTO_TEST_CASE(without_a_cache_nothing_is_saved) {
    const Cached tree;
    tree.ran({"--no-cache"});
    BOOST_TEST(read_json(tree / "out/report.json").at("run").at("cache").is_null());
    BOOST_TEST(!fs::exists(tree / "cache"));
    BOOST_TEST(tree.start({"run", "p.json", "--no-cache", "--cache", "x"}).status == 2);
}

BOOST_AUTO_TEST_CASE(the_command_tells_what_is_there_and_empties_it) {
    const Cached tree;
    BOOST_TEST(has(tree.start({"cache"}).out, "nothing is cached"));
    tree.run();
    const auto told = json::parse(tree.start({"cache", "--format", "json"}).out);
    BOOST_TEST(told.at("path") == tree.file());
    BOOST_TEST(told.at("partials") == 6);
    BOOST_TEST(told.at("bytes") == fs::file_size(tree.file()));
    BOOST_TEST(has(told.at("oldest").get<std::string>(), "T"));
    BOOST_TEST(has(tree.start({"cache"}).out, "6 partials, "));
    BOOST_TEST(tree.start({"cache", "--clear", "--verify"}).status == 2);
    BOOST_TEST(has(tree.start({"cache", "--clear"}).out, "0 partials"));
    BOOST_TEST(tree.run() == cold);
    BOOST_TEST(tree.run() == warm);
    tree.write("cache/assay/partials.sqlite", "this is no database, but a text of some length\n");
    const auto looked = tree.start({"cache"});
    BOOST_TEST(looked.status == 1);
    BOOST_TEST(has(looked.err, "is damaged or no database"));
    BOOST_TEST(has(read_file(tree.file()), "no database")); // looking changes nothing
    BOOST_TEST(tree.start({"cache", "--clear"}).status == 0);
    BOOST_TEST(tree.run() == cold);
}
