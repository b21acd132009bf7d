// What a person at a terminal sees: the page in its width and characters, and how far a long run is.
#include "program.hpp"
#include <algorithm>
#include <assay/visible_text.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

using namespace assay::test;

namespace {

const std::string faulty_plugins = ASSAY_BUILD_DIR "/tests/end_to_end/plugins";
using Environment = std::vector<std::pair<std::string, std::string>>;

std::string page(const Environment& environment, bool terminal = false) {
    const Folder folder;
    folder.write("tree/a\x1b[31m\n.csv",
                 "model,tokens_s\ngr\u00f6\u00dfer,1.5\ngr\u00f6\u00dfer,2.5\nsmall,1\nsmall,2\n");
    const auto ran = run_program({"scan", "tree", "--quiet", "--no-cache"},
                                 {.folder = folder.path, .environment = environment, .terminal = terminal});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    return ran.out;
}

std::size_t widest(const std::string& text) {
    const assay::DisplayWidth display;
    std::size_t most = 0;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back(); // of a terminal
        most = std::max(most, display.of(line));
    }
    return most;
}

} // namespace

BOOST_AUTO_TEST_SUITE(on_terminal)

BOOST_AUTO_TEST_CASE(columns_decides_how_wide_the_page_is) {
    BOOST_TEST(widest(page({{"COLUMNS", "50"}, {"LC_ALL", "C.UTF-8"}})) <= 50U);
    BOOST_TEST(widest(page({{"COLUMNS", "120"}, {"LC_ALL", "C.UTF-8"}})) > 80U);
}

BOOST_AUTO_TEST_CASE(a_pipelines_page_is_as_wide_as_the_terminal_unless_it_says_otherwise) {
    const Folder folder;
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\na,2.5\n");
    const auto page_of = [&](const std::string& with, const std::string& to) {
        folder.write("p.json",
                     R"({"inputs":["tree"],"analyzers":[{"use":"statistics"}],"renderers":[{"use":"terminal","to":")" +
                         to + R"(","with":)" + with + "}]}");
        const auto ran = run_program({"run", "p.json", "--quiet", "--no-cache", "--output", "out"},
                                     {.folder = folder.path,
                                      .environment = {{"COLUMNS", "50"}, {"LC_ALL", "C.UTF-8"}, {"TERM", "xterm"}},
                                      .terminal = to == "-"});
        BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
        return to == "-" ? ran.out : read_file(folder / ("out/" + to));
    };
    BOOST_TEST(has(page_of("{}", "-"), "\x1b[1m")); // its colours, too
    BOOST_TEST(widest(page_of(R"({"colour":false})", "-")) <= 50U);
    const std::string own = page_of(R"({"width":100,"colour":false})", "-"), file = page_of("{}", "page.txt");
    for (const std::string& text : {own, file}) {
        BOOST_TEST(widest(text) > 50U);
        BOOST_TEST(!has(text, "\x1b["));
    }
}

BOOST_AUTO_TEST_CASE(a_locale_without_utf_8_gets_nothing_but_ascii) {
    const auto is_ascii = [](const std::string& text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    };
    const std::string plain = page({{"LC_ALL", "C"}}), rich = page({{"LC_ALL", "en_US.UTF-8"}});
    BOOST_TEST(is_ascii(plain));
    BOOST_TEST(has(plain, "gr\\u00F6\\u00DFer"));
    BOOST_TEST(has(rich, "gr\u00f6\u00dfer"));
}

BOOST_AUTO_TEST_CASE(colour_is_for_terminals_and_no_color_ends_it) {
    const Environment terminal{{"TERM", "xterm"}, {"LC_ALL", "C.UTF-8"}};
    Environment without = terminal;
    without.emplace_back("NO_COLOR", "1");
    BOOST_TEST(has(page(terminal, true), "\x1b[1m"));
    BOOST_TEST(!has(page(without, true), "\x1b["));
    BOOST_TEST(!has(page(terminal), "\x1b["));
}

BOOST_AUTO_TEST_CASE(a_name_cannot_act_on_the_terminal) {
    BOOST_TEST(!has(page({{"TERM", "xterm"}, {"NO_COLOR", "1"}}, true), "\x1b[31m"));
}

BOOST_AUTO_TEST_CASE(a_long_run_tells_how_far_it_is_what_takes_long_and_ends_with_one_line) {
    const Folder folder;
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\n");
    folder.write("tree/slow.fault", "fault: hang\n");
    folder.write("p.json",
                 R"({"inputs": ["tree"], "parsers": ["all", {"use": "faulty"}], "limits": {"artifact_seconds": 3},
 "renderers": [{"use": "json", "to": "report.json"}]})");
    const auto ran = run_program({"run", "p.json", "--no-cache", "--plugin-path", faulty_plugins, "--output", "out"},
                                 {.folder = folder.path,
                                  .environment = {{"COLUMNS", "120"}, {"TERM", "xterm"}, {"NO_COLOR", "1"}},
                                  .terminal = true});
    BOOST_TEST_CONTEXT(ran.out) {
        BOOST_TEST(has(ran.out, "1/2 artifacts, 21 B of 33 B, "));
        BOOST_TEST(has(ran.out, " left  "));
        BOOST_TEST(has(ran.out, "tree/slow.fault for 2 s in parser 'faulty'"));
        const auto drawn = ran.out.rfind("\r\x1b[K"); // the last thing that is done to the line: it is cleared
        BOOST_REQUIRE(drawn != std::string::npos);
        BOOST_TEST(ran.out.substr(drawn + 4).starts_with("assay: info: 2 artifacts, 33 B in "));
    }
}

BOOST_AUTO_TEST_SUITE_END()
