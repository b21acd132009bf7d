#include <intake/glob.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace assay::intake;

namespace {

Glob glob(std::string_view pattern) {
    auto compiled = compile_glob(pattern);
    if (const auto* error = std::get_if<GlobError>(&compiled)) BOOST_FAIL(pattern << ": " << error->message);
    return std::get<Glob>(std::move(compiled));
}

bool matches(std::string_view pattern, std::string_view path) { return glob(pattern).matches(path); }

void rejected(std::string_view pattern, std::size_t at, std::string_view says) {
    const auto compiled = compile_glob(pattern);
    const auto* error = std::get_if<GlobError>(&compiled);
    BOOST_REQUIRE_MESSAGE(error, "accepted: " << pattern);
    BOOST_TEST(error->at == at, pattern << " at " << error->at);
    BOOST_TEST(error->message.find(says) != std::string::npos, pattern << ": " << error->message);
}

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(globs)

BOOST_AUTO_TEST_CASE(a_star_stays_inside_one_name) {
    BOOST_TEST(matches("*.csv", "a.csv"));
    BOOST_TEST(matches("*.csv", ".csv"));
    BOOST_TEST(!matches("*.csv", "d/a.csv"));
    BOOST_TEST(!matches("*.csv", "a.csv2"));
    BOOST_TEST(matches("d/*/a", "d/x/a"));
    BOOST_TEST(!matches("d/*/a", "d/x/y/a"));
    BOOST_TEST(matches("a*b*c", "a--b-b--c"));
}

BOOST_AUTO_TEST_CASE(a_double_star_stands_for_any_number_of_names) {
    BOOST_TEST(matches("**/*.csv", "a.csv"));
    BOOST_TEST(matches("**/*.csv", "x/y/z/a.csv"));
    BOOST_TEST(matches("x/**/a", "x/a"));
    BOOST_TEST(matches("x/**/a", "x/y/z/a"));
    BOOST_TEST(!matches("x/**/a", "xa"));
    BOOST_TEST(matches("x/**", "x/y/z"));
    BOOST_TEST(!matches("x/**", "x"));
    BOOST_TEST(matches("**", "x/y"));
    BOOST_TEST(matches("**/tmp/**", "a/tmp/b"));
    BOOST_TEST(matches("**/tmp/**", "tmp/b"));
    BOOST_TEST(!matches("**/tmp/**", "a/tmpx/b"));
    BOOST_TEST(matches("tmp/", "tmp/a/b"));
    BOOST_TEST(!matches("tmp/", "tmp"));
}

BOOST_AUTO_TEST_CASE(a_question_mark_is_one_character_of_any_length_in_bytes) {
    BOOST_TEST(matches("a?c", "abc"));
    BOOST_TEST(matches("a?c", "a\xC3\xA9"
                              "c"));
    BOOST_TEST(matches("a?c", "a\xFF"
                              "c"));
    BOOST_TEST(!matches("a?c", "a/c"));
    BOOST_TEST(!matches("a?c", "ac"));
}

BOOST_AUTO_TEST_CASE(a_set_holds_ranges_and_can_be_turned_around) {
    BOOST_TEST(matches("run[0-9a].csv", "run7.csv"));
    BOOST_TEST(matches("run[0-9a].csv", "runa.csv"));
    BOOST_TEST(!matches("run[0-9a].csv", "runb.csv"));
    BOOST_TEST(matches("run[!0-9].csv", "runb.csv"));
    BOOST_TEST(!matches("run[!0-9].csv", "run7.csv"));
    BOOST_TEST(!matches("a[!b]c", "a/c"));
    BOOST_TEST(matches("[]]", "]"));
    BOOST_TEST(matches("[a-]", "-"));
    BOOST_TEST(matches("[\xC3\xA0-\xC3\xBF]", "\xC3\xA9"));
}

BOOST_AUTO_TEST_CASE(braces_choose_and_nest) {
    BOOST_TEST(matches("**/*.{csv,json}", "x/a.json"));
    BOOST_TEST(!matches("**/*.{csv,json}", "x/a.md"));
    BOOST_TEST(matches("{a,b{c,d}}/x", "bd/x"));
    BOOST_TEST(!matches("{a,b{c,d}}/x", "b/x"));
    BOOST_TEST(matches("x{,.gz}", "x"));
    BOOST_TEST(matches("x{,.gz}", "x.gz"));
    BOOST_TEST(matches("{runs/**,*.md}", "runs/1/a.csv"));
    BOOST_TEST(matches("{runs/**,*.md}", "a.md"));
    BOOST_TEST(matches("a,b", "a,b"));
}

BOOST_AUTO_TEST_CASE(a_backslash_takes_the_next_character_as_it_is) {
    BOOST_TEST(matches("a\\*", "a*"));
    BOOST_TEST(!matches("a\\*", "ab"));
    BOOST_TEST(matches("\\[x\\]\\{", "[x]{"));
}

BOOST_AUTO_TEST_CASE(mistakes_are_reported_with_their_place) {
    rejected("", 0, "empty");
    rejected("a/[x", 2, "without `]`");
    rejected("a{b,c", 1, "without `}`");
    rejected("a}b", 1, "without `{`");
    rejected("/abs", 0, "relative");
    rejected("./a", 0, "relative");
    rejected("a/../b", 2, "leaves the input");
    rejected("../b", 0, "leaves the input");
    rejected("a//b", 2, "empty name");
    rejected("a[z-a]", 2, "backwards");
    rejected("[[:alpha:]]", 1, "not known");
    rejected("a[b/c]", 3, "cannot hold");
    rejected("x/**.csv", 2, "**/*.csv");
    rejected("a\\", 1, "nothing follows");
    rejected("a\xFF", 1, "UTF-8");
    rejected(std::string(2000, 'a'), 1024, "longer");
}

BOOST_AUTO_TEST_CASE(hidden_folders_are_entered_only_by_name) {
    const auto named_only = Glob::Hidden::named_only;
    BOOST_TEST(!glob("**/*").matches(".git/config", named_only));
    BOOST_TEST(glob("**/*").matches("a/.hidden", named_only));
    BOOST_TEST(glob("**/*").matches(".git/config"));
    BOOST_TEST(glob(".git/*").matches(".git/config", named_only));
    BOOST_TEST(!glob("*/config").matches(".git/config", named_only));
    BOOST_TEST(glob("**/.cache/**").matches("a/.cache/b/c", named_only));
    BOOST_TEST(!glob("**/.cache/**").matches("a/.cache/.b/c", named_only));
    BOOST_TEST(!glob("**/*").reaches_into(".git"));
    BOOST_TEST(glob(".git/hooks/*").reaches_into(".git"));
    BOOST_TEST(glob(".git/hooks/*").reaches_into(".git/hooks"));
    BOOST_TEST(!glob(".git/hooks/*").reaches_into(".github"));
}

BOOST_AUTO_TEST_CASE(an_exclude_covers_all_below_a_folder_it_matches) {
    BOOST_TEST(glob("**/tmp").covers("a/tmp/b/c"));
    BOOST_TEST(glob("**/tmp").covers("tmp"));
    BOOST_TEST(!glob("**/tmp").covers("a/tmpx/b"));
    BOOST_TEST(glob("*").covers("a/b"));
    BOOST_TEST(glob("*.csv").covers("a.csv"));
    BOOST_TEST(!glob("*.csv").covers("a/a.csv"));
}

BOOST_AUTO_TEST_CASE(patterns_made_to_explode_do_not) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string path(3000, 'a');
    BOOST_TEST(!matches(repeated("a*", 200) + "b", path));
    BOOST_TEST(!matches(repeated("*", 1) + repeated("a*?", 200) + "b", path));
    BOOST_TEST(!matches(repeated("{a,aa}", 150) + "b", std::string(250, 'a')));
    BOOST_TEST(matches(repeated("{a,aa}", 150), std::string(250, 'a')));
    BOOST_TEST(!matches(repeated("**/", 300) + "b", repeated("a/", 1000) + "a"));
    BOOST_TEST(!matches(repeated("{", 400) + repeated("}", 400) + "b", path));
    // An exponential matcher would take longer than the universe has; this allows for sanitizers and a busy machine.
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_SUITE_END()
