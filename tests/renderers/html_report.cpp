#include "html_report.hpp"
#include "sample_report.hpp"
#include <array>
#include <assay/report_reader.hpp>
#include <assay/short_labels.hpp>
#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>

using assay::HtmlReport;

namespace {

/// The JSON in the page's script element of this id.
std::string data_block(const std::string& page, const std::string& id) {
    const std::string opening = "<script type=\"application/json\" id=\"" + id + "\">";
    const std::size_t from = page.find(opening);
    BOOST_REQUIRE(from != std::string::npos);
    const std::size_t begin = from + opening.size();
    return page.substr(begin, page.find("</script>", begin) - begin);
}

/// The page without scripts, styles and what stands in its head.
std::string markup(const std::string& page) {
    const std::size_t from = page.find("<body>"), to = page.find("<script");
    BOOST_REQUIRE(from != std::string::npos && to != std::string::npos);
    return page.substr(from, to - from);
}

/// What a reader sees: the markup without its tags.
std::string seen(const std::string& page) {
    std::string text;
    bool tag = false;
    for (const char c : markup(page)) {
        if (c == '<') tag = true;
        if (!tag) text += c;
        if (c == '>') {
            tag = false;
            text += ' ';
        }
    }
    return std::regex_replace(text, std::regex{"&[a-z]+;|&#[0-9]+;"}, " ");
}

/// Names of elements and attributes: the markup without what stands in quotes and between tags.
std::string structure(const std::string& page) {
    std::string out;
    bool tag = false, quoted = false;
    for (const char c : markup(page)) {
        if (!quoted && c == '<') tag = true;
        if (tag && c == '"') quoted = !quoted;
        if (tag && !quoted) out += c;
        if (!quoted && c == '>') tag = false;
    }
    return out;
}

simdjson::dom::element parsed(simdjson::dom::parser& parser, const std::string& json) {
    simdjson::dom::element element;
    BOOST_REQUIRE(parser.parse(json).get(element) == simdjson::SUCCESS);
    return element;
}

std::vector<std::string> hostile_in_html() {
    return {"<script>alert(1)</script>",
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><svg onload=alert(1)>",
            "' onmouseover='alert(1)",
            "<a href=\"data:text/html,x\">x</a>",
            "javascript:alert(1)",
            "<!--",
            "]]>",
            "&lt;b&gt;",
            "bidi \u202E txt.exe",
            "zero\u200Bwidth",
            "\x1b[31mred",
            "bad \xFF byte"};
}

/// A report all of whose texts are hostile.
fake::ReportData hostile_report(const std::string& text) {
    fake::ReportData report;
    std::string quoted;
    assay::append_json_string(quoted, text);
    assay::Fact fact;
    fact.kind = "sample";
    fact.subject = {{"dataset", "d"}, {"group", text}};
    fact.metric = text;
    fact.stat = "sample";
    fact.value = 2;
    fact.values = {1, 2};
    fact.display = text;
    fact.unit = text;
    fact.direction = "higher";
    fact.n = 2;
    fact.method = text;
    fact.evidence = {{text, 1, 2, text, text}};
    report.add(fact);
    fact.kind = "statistic";
    fact.stat = "median";
    report.add(fact);
    report.add(assay::Section{
        "s", text, "say", {text}, {{text, {{text, true}}, {{{text, assay::fact_id("statistics", fact)}}}, text}}});
    report.add(ASSAY_RECORD_FINDING, R"({"rule":)" + quoted + R"(,"slug":)" + quoted + R"(,"severity":)" + quoted +
                                         R"(,"family":)" + quoted + R"(,"scope":)" + quoted + R"(,"message":)" +
                                         quoted + R"(,"fingerprint":)" + quoted + R"(,"evidence":[{"artifact":)" +
                                         quoted + R"(,"line":3,"excerpt":)" + quoted + R"(}],"fix":)" + quoted + "}");
    report.add(ASSAY_RECORD_ARTIFACT, R"({"path":)" + quoted + R"(,"status":"failed","reason":)" + quoted +
                                          R"(,"parser":)" + quoted + R"(,"tables":[],"diagnostics":[]})");
    report.add(ASSAY_RECORD_DATASET, R"({"id":"d","title":)" + quoted + R"(,"columns":[]})");
    report.add(ASSAY_RECORD_CLAIM, R"({"document":)" + quoted + R"(,"line":1,"text":)" + quoted +
                                       R"(,"status":"contradicted","reason":)" + quoted + "}");
    report.add(ASSAY_RECORD_NARRATIVE, R"({"by":)" + quoted + R"(,"sections":[{"title":)" + quoted +
                                           R"(,"sentences":[{"text":)" + quoted + R"(,"facts":[)" + quoted +
                                           R"(],"status":"verified"}]}]})");
    return report;
}

/// A dataset with two groups, one of which failed.
fake::ReportData charted_report() {
    fake::ReportData report;
    report.add(ASSAY_RECORD_DATASET, R"({"id":"d1","title":"runs","columns":[]})");
    const auto fact = [&](const char* kind, const char* stat, const char* model) {
        assay::Fact f;
        f.kind = kind;
        f.stat = stat;
        f.metric = "tokens_s";
        f.subject = {{"dataset", "d1"}, {"model", model}};
        return f;
    };
    assay::Fact n = fact("statistic", "n", "a"), median = fact("statistic", "median", "a"),
                sample = fact("sample", "sample", "a"), none = fact("statistic", "n", "b");
    n.value = 3;
    n.display = "3";
    n.n = 3;
    n.n_failed = 1;
    median.value = 2.5;
    median.display = "2.5";
    median.unit = "{token}/s";
    median.direction = "higher";
    median.n = 3;
    median.interval = assay::Interval{1.5, 4.25, 0.75, "1.5–4.25"};
    sample.value = 3;
    sample.values = {1.5, 2.5, 4.25};
    sample.unit = "{token}/s";
    none.value = 0;
    none.display = "0";
    none.n = 0;
    none.n_failed = 7;
    for (const auto& f : {n, median, sample, none}) report.add(f);
    return report;
}

} // namespace

BOOST_AUTO_TEST_SUITE(html)

BOOST_AUTO_TEST_CASE(answers_come_first_in_words) {
    const std::string page = fake::rendered<HtmlReport>(fake::sample_report());
    const std::string text = markup(page);
    std::size_t at = 0;
    for (const char* heading : {"What you can say", "What you must not say", "Excluded", "Missing", "Do next",
                                "Overview", "Findings", "Inventory", "Provenance"}) {
        const std::size_t found = text.find(std::string{">"} + heading + "</h2>", at);
        BOOST_TEST_CONTEXT(heading) BOOST_REQUIRE(found != std::string::npos);
        at = found;
    }
    BOOST_TEST(fake::has(text, "gemma3:270m"));
    BOOST_TEST(fake::has(text, ">294.96</a>"));
}

BOOST_AUTO_TEST_CASE(what_a_narrative_says_in_sum_opens_the_page_and_each_sentence_links_to_what_it_shows) {
    fake::ReportData report = charted_report();
    assay::Fact fact;
    fact.kind = "statistic";
    fact.metric = "tokens_s";
    fact.stat = "median";
    fact.subject = {{"dataset", "d1"}, {"model", "a"}};
    const std::string id = assay::fact_id("statistics", fact);
    report.add(assay::Section{"s", "Runs", "say", {"something"}, {}});
    report.add(ASSAY_RECORD_NARRATIVE,
               R"({"by":"m","sections":[{"title":"In sum","sentences":[{"text":"A is fast.","facts":[")" + id +
                   R"(","gabc"],"status":"verified"}]},{"title":"Rest","sentences":[)"
                   R"({"text":"No more.","facts":[],"status":"replaced"}]}]})");
    const std::string page = fake::rendered<HtmlReport>(report), body = markup(page);
    const auto sum = body.find("A is fast."), answers = body.find("What you can say"), rest = body.find("No more.");
    BOOST_REQUIRE((sum != std::string::npos && answers != std::string::npos && rest != std::string::npos));
    BOOST_TEST(sum < answers);
    BOOST_TEST(answers < rest);
    BOOST_TEST(fake::has(body, "<a class=\"fact\" href=\"#" + id + "\">a</a>"));
    BOOST_TEST(fake::has(body, "<a href=\"#gabc\">b</a>"));
    BOOST_TEST(fake::has(body, "<em>(template)</em>"));
    BOOST_TEST(!fake::has(body.substr(0, answers), "(template)"));
    BOOST_TEST(fake::has(page, "\"" + id + "\"")); // its evidence is carried
}

BOOST_AUTO_TEST_CASE(only_embedded_scripts_and_styles_may_act) {
    const std::string page = fake::rendered<HtmlReport>(fake::sample_report());
    std::smatch policy;
    BOOST_REQUIRE(std::regex_search(page, policy, std::regex{"Content-Security-Policy\" content=\"([^\"]*)\""}));
    const std::string directives = policy[1];
    BOOST_TEST(fake::has(directives, "default-src 'none'"));
    BOOST_TEST(!fake::has(directives, "unsafe"));
    BOOST_TEST(!fake::has(directives, "http"));
    const std::regex hash{"'sha256-[A-Za-z0-9+/]{43}='"};
    BOOST_TEST(std::distance(std::sregex_iterator(directives.begin(), directives.end(), hash), {}) == 3);
    const std::string shown = markup(page);
    BOOST_TEST(!fake::has(shown, " style="));
    BOOST_TEST(!std::regex_search(shown, std::regex{" on[a-z]+="}));
    BOOST_TEST(!std::regex_search(shown, std::regex{"<(img|iframe|link|object|embed|base)"}));
    BOOST_TEST(!fake::has(shown, " src="));
    BOOST_TEST(fake::has(page, "BSD-3-Clause"));
}

BOOST_AUTO_TEST_CASE(hostile_text_is_text_and_nothing_else) {
    const std::string harmless = fake::rendered<HtmlReport>(hostile_report("harmless"));
    for (const auto& text : hostile_in_html()) BOOST_TEST_CONTEXT(text) {
            const std::string page = fake::rendered<HtmlReport>(hostile_report(text));
            BOOST_TEST(structure(page) == structure(harmless));
            for (const char* hidden : {"\u202E", "\u200B", "\x1b", "\xFF"})
                BOOST_TEST(
                    !fake::has(markup(page) + data_block(page, "charts") + data_block(page, "facts-data"), hidden));
            simdjson::dom::parser parser;
            for (const char* id : {"charts", "facts-data"}) {
                const std::string json = data_block(page, id);
                BOOST_TEST(json.find('<') == std::string::npos);
                parsed(parser, json);
            }
        }
}

BOOST_AUTO_TEST_CASE(every_number_shown_is_in_the_report) {
    const auto report = fake::sample_report();
    const std::regex number{"[0-9]+(\\.[0-9]+)?"};
    const auto numbers_in = [&](const std::string& text) {
        std::set<std::string> out;
        for (std::sregex_iterator it{text.begin(), text.end(), number}, end; it != end; ++it) out.insert(it->str());
        return out;
    };
    const auto known = numbers_in(report.all_text()), shown = numbers_in(seen(fake::rendered<HtmlReport>(report)));
    // Counts of what was left out of lists, and of lists themselves, are the page's own.
    const std::set<std::string> own{"1", "3", "4", "5", "256"};
    for (const auto& one : shown) BOOST_TEST((own.contains(one) || known.contains(one)), one);
    BOOST_TEST(shown.size() > 30U);
}

BOOST_AUTO_TEST_CASE(charts_hold_the_values_of_facts) {
    simdjson::dom::parser parser;
    const std::string json = data_block(fake::rendered<HtmlReport>(charted_report()), "charts");
    const auto charts = parsed(parser, json).get_array().value();
    BOOST_REQUIRE(charts.size() == 1U);
    const auto chart = charts.at(0).value();
    BOOST_TEST(chart["kind"].get_string().value() == "strip");
    const auto groups = chart["data"]["groups"].get_array().value();
    BOOST_REQUIRE(groups.size() == 2U);
    const auto first = groups.at(0).value();
    BOOST_TEST(first["label"].get_string().value() == "a");
    BOOST_TEST(first["value"].get_double().value() == 2.5);
    BOOST_TEST(first["low"].get_double().value() == 1.5);
    BOOST_TEST(first["high"].get_double().value() == 4.25);
    BOOST_TEST(first["failed"].get_uint64().value() == 1U);
    std::vector<double> drawn;
    const auto observations = first["observations"].get_array().value();
    for (const auto value : observations) drawn.push_back(value.get_double().value());
    BOOST_TEST(drawn == (std::vector<double>{1.5, 2.5, 4.25}), boost::test_tools::per_element());
    const auto failed = groups.at(1).value();
    BOOST_TEST(failed["value"].is_null());
    BOOST_TEST(failed["failed"].get_uint64().value() == 7U);
}

BOOST_AUTO_TEST_CASE(a_series_is_drawn_over_its_times_and_broken_where_it_pauses) {
    fake::ReportData report;
    assay::Fact f;
    f.kind = f.stat = "series";
    f.metric = "power";
    f.unit = "W";
    f.subject = {{"dataset", "d1"}};
    f.values = {1, 2, 3, 4, 5, 6};
    f.edges = {100, 102, 104.5, 106, 113, 115}; // the median pause is 2 s, one is 7 s
    f.value = 6;
    f.display = "6";
    f.n = 6;
    report.add(f);
    simdjson::dom::parser parser;
    std::string page = fake::rendered<HtmlReport>(report);
    const auto drawn = [&](const char* key) {
        std::vector<double> out;
        const std::string json = data_block(page, "charts");
        const auto chart = parsed(parser, json).at(0).value();
        BOOST_TEST(chart["kind"].get_string().value() == "time");
        const auto points = chart["data"]["points"].get_array().value();
        for (const auto point : points) out.push_back(point[key].get_double().value());
        return out;
    };
    BOOST_TEST((drawn("time") == std::vector<double>{100000, 102000, 104500, 106000, 113000, 115000}));
    BOOST_TEST((drawn("value") == f.values));
    BOOST_TEST((drawn("run") == std::vector<double>{0, 0, 0, 0, 1, 1}));
    BOOST_TEST(fake::has(seen(page), "the line is broken where they pause"));
    fake::ReportData sampled; // pauses of a sample differ: only long ones are breaks
    f.n = 600;
    sampled.add(f);
    page = fake::rendered<HtmlReport>(sampled);
    BOOST_TEST((drawn("run") == std::vector<double>{0, 0, 0, 0, 0, 0}));
}

namespace {
assay::Fact median_of(std::vector<std::pair<std::string, std::string>> dimensions, double value) {
    assay::Fact f;
    f.kind = "statistic";
    f.stat = "median";
    f.metric = "latency";
    f.unit = "ms";
    f.direction = "lower";
    f.subject = {{"dataset", "d1"}};
    f.subject.insert(f.subject.end(), dimensions.begin(), dimensions.end());
    f.value = value;
    f.display = std::to_string(value);
    f.n = 8;
    return f;
}
const std::array<const char*, 3> three_days{"2026-11-10", "2026-11-11", "2026-11-12"};

/// The lines of the only chart of this kind.
std::set<std::string> lines_drawn(const std::string& page, std::string_view kind) {
    simdjson::dom::parser parser;
    std::set<std::string> lines;
    std::size_t charts = 0;
    const std::string json = data_block(page, "charts");
    const auto all = parsed(parser, json).get_array().value();
    for (const auto chart : all) {
        if (chart["kind"].get_string().value() != kind) continue;
        ++charts;
        const auto points = chart["data"]["points"].get_array().value();
        for (const auto point : points) lines.emplace(point["series"].get_string().value());
    }
    BOOST_TEST(charts == 1U);
    return lines;
}
} // namespace

BOOST_AUTO_TEST_CASE(a_line_over_time_is_of_one_thing_and_never_of_several_pooled) {
    fake::ReportData report;
    for (const char* day : three_days) {
        report.add(median_of({{"run", day}}, 5)); // of both endpoints
        report.add(median_of({{"endpoint", "login"}, {"run", day}}, 3));
        report.add(median_of({{"endpoint", "search"}, {"run", day}}, 8));
    }
    const auto lines = lines_drawn(fake::rendered<HtmlReport>(report), "series");
    BOOST_TEST(lines == (std::set<std::string>{"login", "search"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_many_lines_over_time_the_eight_that_moved_most_are_drawn) {
    fake::ReportData report;
    for (int model = 0; model < 12; ++model)
        for (const char* day : three_days)
            report.add(median_of({{"model", "m" + std::to_string(model)}, {"run", day}},
                                 10 + (day == three_days[1] ? model : 0)));
    const std::string page = fake::rendered<HtmlReport>(report);
    const auto lines = lines_drawn(page, "series");
    BOOST_TEST(lines.size() == 8U);
    BOOST_TEST(lines.contains("m11"));
    BOOST_TEST(!lines.contains("m3"));
    BOOST_TEST(fake::has(seen(page), "4 more lines, which moved less, not drawn."));
}

BOOST_AUTO_TEST_CASE(observations_over_time_are_a_line_for_each_group) {
    fake::ReportData report;
    for (const char* gpu : {"gpu0", "gpu1"}) {
        assay::Fact f = median_of({{"device", gpu}}, 3);
        f.kind = f.stat = "series";
        f.values = {1, 2, 3};
        f.edges = {100, 102, 104};
        report.add(f);
    }
    const auto lines = lines_drawn(fake::rendered<HtmlReport>(report), "time");
    BOOST_TEST(lines == (std::set<std::string>{"gpu0", "gpu1"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(long_labels_lose_what_they_have_in_common) {
    using Labels = std::vector<std::string>;
    const auto shorter = assay::short_labels(
        {"tests/test_bench.py::test_tokenize[short]", "tests/test_bench.py::test_tokenize[long]"}, 26);
    BOOST_TEST(shorter == (Labels{"…short]", "…long]"}), boost::test_tools::per_element());
    const auto tails = assay::short_labels({"a1/new/estimates.json", "b2/new/estimates.json"}, 12);
    BOOST_TEST(tails == (Labels{"a1…", "b2…"}), boost::test_tools::per_element());
    const auto fits = assay::short_labels({"tests/a", "tests/b"}, 26);
    BOOST_TEST(fits == (Labels{"tests/a", "tests/b"}), boost::test_tools::per_element());
    const auto middle = assay::short_labels({"abcdefghijklmnopqrstuvwxyz", "zyx"}, 11);
    BOOST_TEST(middle == (Labels{"abcd…wxyz", "zyx"}), boost::test_tools::per_element());
    BOOST_TEST(assay::short_labels({std::string("ääääääääääääääää")}, 11).front() == "ää…ää");
}

BOOST_AUTO_TEST_CASE(settings_of_a_sweep_that_were_not_tried_are_shown_as_such) {
    fake::ReportData report;
    const auto setting = [&](const char* x, const char* y, std::optional<double> value, std::uint64_t n_failed = 0) {
        assay::Fact f;
        f.kind = "setting";
        f.stat = "value";
        f.metric = "tokens_s";
        f.unit = "{token}/s";
        f.direction = "higher";
        f.subject = {{"dataset", "d1"}, {"threads", x}, {"batch", y}};
        f.value = value;
        f.display = value ? "7.5" : "";
        f.n_failed = n_failed;
        report.add(f);
    };
    setting("1", "8", 7.5);
    setting("2", "8", std::nullopt, 3);
    setting("1", "16", 7.5);
    setting("1", "32", std::nullopt); // tried, nothing failed, and no value: no failure
    simdjson::dom::parser parser;
    const std::string page = fake::rendered<HtmlReport>(report), json = data_block(page, "charts");
    const auto cells = parsed(parser, json).at(0)["data"]["cells"].get_array().value();
    std::multiset<std::string> states;
    for (const auto cell : cells) states.emplace(cell["state"].get_string().value());
    BOOST_TEST((states == std::multiset<std::string>{"ok", "ok", "failed", "missing", "empty", "missing"}));
    BOOST_TEST(fake::has(seen(page), "not run"));
    BOOST_TEST(fake::has(seen(page), "no value"));
}

BOOST_AUTO_TEST_CASE(the_page_stays_below_two_megabytes_whatever_the_report) {
    fake::ReportData report;
    const std::string wide(3'000, '<');
    for (int i = 0; i < 3'000; ++i) {
        const std::string name = wide + std::to_string(i);
        assay::Fact fact;
        fact.kind = "sample";
        fact.subject = {{"dataset", "d" + std::to_string(i)}, {"group", name}};
        fact.metric = name;
        fact.stat = "sample";
        fact.unit = "s";
        fact.direction = "lower";
        fact.values = std::vector<double>(200, 0.1234567890123);
        fact.evidence = std::vector<assay::Evidence>(20, {name, 1, 2, name, name});
        report.add(fact);
        fact.kind = "statistic";
        fact.stat = "median";
        fact.value = i;
        report.add(fact);
        report.add(assay::Section{"s", name, i % 2 ? "say" : "details", {name}, {{name, {{name}}, {{{name}}}, name}}});
        report.add(ASSAY_RECORD_ARTIFACT, R"({"path":")" + name + R"(","status":"unclaimed"})");
        report.add(ASSAY_RECORD_FINDING,
                   R"({"rule":"A1","severity":"high","message":")" + name + R"(","family":")" + name + "\"}");
    }
    const std::string page = fake::rendered<HtmlReport>(report);
    BOOST_TEST(page.size() < 2'000'000U);
    BOOST_TEST(fake::has(seen(page), "more, in  report.json"));
}

BOOST_AUTO_TEST_CASE(a_fact_of_very_many_files_names_some_and_counts_the_rest) {
    fake::ReportData report;
    for (int n = 0; n < 300; ++n) {
        assay::Fact fact;
        fact.kind = "statistic";
        fact.metric = "many" + std::to_string(n);
        fact.stat = "n";
        fact.value = 1;
        fact.display = "1";
        fact.selector = R"({"artifacts":[)";
        for (int i = 0; i < 5'000; ++i)
            fact.selector += (i > 0 ? ",\"" : "\"") + fact.metric + std::string(30, 'y') + std::to_string(i) + '"';
        fact.selector += R"(],"more":2})";
        report.add(fact);
    }
    const std::string page = fake::rendered<HtmlReport>(report);
    BOOST_TEST(page.size() < 2'000'000U);
    simdjson::dom::parser parser;
    const std::string json = data_block(page, "facts-data");
    const auto facts = parsed(parser, json)["facts"].get_array().value();
    BOOST_TEST(facts.size() == 300U);
    const auto first = facts.at(0).value();
    BOOST_TEST(first.at(14).get_array().value().size() == 40U);
    BOOST_TEST(first.at(15).get_uint64().value() == 4'962U); // 5,000 less 40, and 2 that the fact itself left out
}

BOOST_AUTO_TEST_CASE(options_are_text_too) {
    const std::string page = fake::rendered<HtmlReport>(charted_report(), {{"full_report", "a</script><b id=x>&"}});
    BOOST_TEST(!fake::has(page, "<b id=x>"));
}

BOOST_AUTO_TEST_CASE(places_link_into_a_repository_where_it_is_named) {
    const auto report = fake::sample_report();
    const std::string page =
        fake::rendered<HtmlReport>(report, {{"source_url", "https://example.org/blob/main/{path}#L{line}"}});
    BOOST_TEST(fake::has(page, "href=\"https://example.org/blob/main/reports/Gemma3_Benchmark_Report.md#L53\""));
    const std::string hostile =
        fake::rendered<HtmlReport>(hostile_report("a b/\"<{line}>"), {{"source_url", "https://h/{path}"}});
    BOOST_TEST(fake::has(hostile, "href=\"https://h/a%20b/%22%3C%7Bline%7D%3E\""));
    BOOST_TEST(fake::render<HtmlReport>(report, {{"source_url", "javascript:alert({path})"}}).code != ASSAY_OK);
    BOOST_TEST(fake::render<HtmlReport>(report, {{"source_url", "https://example.org/"}}).code != ASSAY_OK);
}

BOOST_AUTO_TEST_SUITE_END()
