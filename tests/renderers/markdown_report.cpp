#include "markdown_report.hpp"
#include "escape.hpp"
#include "sample_report.hpp"
#include <assay/report_words.hpp>
#include <assay/visible_text.hpp>
#include <boost/test/unit_test.hpp>
#include <md4c.h>
#include <regex>
#include <set>
#include <sstream>

using assay::MarkdownReport;

namespace {

/// What a reader sees of Markdown: its text, and the blocks and spans that it became.
struct Read {
    std::string text;
    std::multiset<int> blocks, spans;
};

Read read(const std::string& markdown) {
    Read out;
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_LATEXMATHSPANS;
    parser.enter_block = [](MD_BLOCKTYPE type, void*, void* to) {
        static_cast<Read*>(to)->blocks.insert(type);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.enter_span = [](MD_SPANTYPE type, void*, void* to) {
        static_cast<Read*>(to)->spans.insert(type);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
        auto& seen = static_cast<Read*>(to)->text;
        const std::string piece{text, size};
        seen += type == MD_TEXT_ENTITY && piece == "&#32;" ? " " : piece;
        return 0;
    };
    BOOST_REQUIRE(md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &out) == 0);
    return out;
}

std::vector<std::string> hostile_texts() {
    return {"a|b|c",
            "`code`",
            "``",
            "<script>alert(1)</script>",
            "*bold* _it_ __x__ ~~s~~",
            "[x](javascript:y)",
            "![i](http://h/p.png)",
            "# heading",
            "- item",
            "+ item",
            "1. item",
            "2) item",
            "===",
            "---",
            "> quote",
            "    indented",
            "trailing  ",
            "\\",
            "\\|",
            "a\\|b",
            "&lt;b&gt; &#60; &copy",
            "line\nbreak",
            "tab\there",
            "\x1b[31mred",
            "bidi \u202E txt.exe",
            "zero\u200Bwidth",
            "bad \xFF byte",
            "$x^2$",
            "[ ] task",
            "tokens_s",
            "snake_case_name",
            "_private_",
            "x*y*z",
            "```",
            "~~~",
            "a `` b ` c",
            "<!-- c -->",
            "^[note]",
            "=",
            "-",
            "日本語 | 幅",
            "12",
            "-5.2",
            "https://example.org/a_b_c"};
}

/// Numbers as they are printed, thus also those in names.
std::set<std::string> numbers(const std::string& text) {
    static const std::regex number{"[0-9]+(?:\\.[0-9]+)?"};
    std::set<std::string> all;
    for (std::sregex_iterator i{text.begin(), text.end(), number}, end; i != end; ++i) all.insert(i->str());
    return all;
}

fake::ReportData many_files(int n) {
    fake::ReportData data;
    for (int i = 0; i < n; ++i)
        data.add(ASSAY_RECORD_ARTIFACT, R"({"path":"f)" + std::to_string(i) +
                                            R"(.bin","bytes":null,"status":"unclaimed","tables":[],"diagnostics":[]})");
    return data;
}

} // namespace

BOOST_AUTO_TEST_SUITE(markdown_report)

BOOST_AUTO_TEST_CASE(any_text_reads_as_itself_and_is_nothing_else) {
    for (const auto& plain : hostile_texts()) {
        const Read seen = read(assay::markdown::line(plain));
        BOOST_TEST(seen.text == assay::visible(plain));
        BOOST_TEST_CONTEXT(plain) {
            BOOST_TEST(seen.spans.empty());
            BOOST_TEST((seen.blocks == std::multiset<int>{MD_BLOCK_DOC, MD_BLOCK_P}));
        }
    }
}

BOOST_AUTO_TEST_CASE(any_text_stays_within_its_table_cell) {
    for (const auto& plain : hostile_texts())
        for (const auto& cell : {assay::markdown::text(plain), assay::markdown::code(plain)}) {
            const Read seen = read("| a | b |\n| --- | --- |\n| " + cell + " | end |\n");
            BOOST_TEST_CONTEXT(cell) {
                BOOST_TEST(seen.blocks.count(MD_BLOCK_TD) == 2U);
                BOOST_TEST(seen.blocks.count(MD_BLOCK_TR) == 2U);
                BOOST_TEST(seen.text.substr(0, 2) == "ab");
                BOOST_TEST(fake::has(seen.text, "end"));
                BOOST_TEST(seen.spans.count(MD_SPAN_A) == 0U);
            }
        }
}

BOOST_AUTO_TEST_CASE(a_code_span_shows_what_it_holds) {
    for (const auto& plain : hostile_texts()) {
        const Read seen = read("x " + assay::markdown::code(plain) + " y");
        BOOST_TEST(seen.text == "x " + assay::visible(plain) + " y");
    }
}

BOOST_AUTO_TEST_CASE(names_with_underscores_stay_as_they_are) {
    BOOST_TEST(assay::markdown::text("mean_tokens_s") == "mean_tokens_s");
    BOOST_TEST(assay::markdown::text("_x") == "\\_x");
}

BOOST_AUTO_TEST_CASE(hidden_characters_are_written_out) {
    BOOST_TEST(assay::markdown::text("a\u202Eb") == "a\\u202Eb");
    BOOST_TEST(assay::markdown::code("a\x1b\n") == "`a\\u001B\\n`");
}

BOOST_AUTO_TEST_CASE(it_opens_with_what_was_scanned_and_then_the_answers_in_order) {
    const std::string text = fake::rendered<MarkdownReport>(fake::sample_report());
    std::size_t at = 0;
    for (const char* part :
         {"# Benchmark report\n\n106 files: 28 csv, 44 json, 29 markdown; 5 unclaimed, 1 failed. 4 copies counted "
          "once. Rows: 274 read, 197 ok, 77 failed.",
          "\n## What you can say\n", "\n### Decode rate\n", "\n## What you must not say\n", "\n- 75 of 100 run rows",
          "\n## Excluded\n", "\n## Missing\n", "\n## Do next\n", "\n## Findings\n", "\n## Claims\n", "\n## Details\n",
          "\n## Provenance\n"}) {
        const std::size_t found = text.find(part, at);
        BOOST_REQUIRE_MESSAGE(found != std::string::npos, part);
        at = found;
    }
}

BOOST_AUTO_TEST_CASE(an_empty_place_has_no_heading) {
    const std::string text = fake::rendered<MarkdownReport>(fake::sample_report());
    BOOST_TEST(!fake::has(text, "What changed"));
    const std::string empty = fake::rendered<MarkdownReport>({});
    for (const auto& place : assay::answer_places) BOOST_TEST(!fake::has(empty, std::string{place.heading}));
}

BOOST_AUTO_TEST_CASE(a_metric_is_shown_with_n_failed_and_interval_beside_it) {
    const std::string text = fake::rendered<MarkdownReport>(fake::sample_report());
    static const std::regex row{R"(\n\| llama3\.1:8b q4_0 +\| +3 \| +15 \| +25 \| +78\.10 \| +76\.91–78\.74 \|\n)"};
    BOOST_TEST(std::regex_search(text, row));
}

BOOST_AUTO_TEST_CASE(excluded_names_failed_unclaimed_and_copied_files_and_rows) {
    const std::string text = fake::rendered<MarkdownReport>(fake::sample_report());
    const std::string part =
        text.substr(text.find("\n## Excluded"), text.find("\n## Missing") - text.find("\n## Excluded"));
    BOOST_TEST(fake::has(
        part, "| `reports/profiling/ncu_summary.csv` | an error message of a tool, not data (`not-a-table`) |"));
    BOOST_TEST(fake::has(part, "- `reports/profiling/ncu_ollama.ncu-rep`, 4096 bytes\n"));
    BOOST_TEST(fake::has(part, "| `csv_data/llama3_runs.csv` | `reports/llama3/llama3_runs.csv` |"));
    BOOST_TEST(fake::has(part, "`error != ''`"));
    BOOST_TEST(fake::has(part, "3 files were left out by the pipeline's include and exclude patterns."));
    BOOST_TEST(!fake::has(part, "Suspect")); // no suspect rows: no column of zeros
}

BOOST_AUTO_TEST_CASE(every_number_printed_stands_in_the_report) {
    const auto data = fake::sample_report();
    auto known = numbers(data.all_text());
    for (const auto& number : numbers(fake::rendered<MarkdownReport>(data)))
        BOOST_TEST(known.count(number) == 1U, number << " is not in the report");
}

BOOST_AUTO_TEST_CASE(each_number_of_a_table_has_its_fact_id_in_the_appendix) {
    const std::string text = fake::rendered<MarkdownReport>(fake::sample_report());
    const std::string appendix = text.substr(text.find("### Fact ids"));
    for (const auto& row : fake::decode_rates())
        BOOST_TEST(fake::has(appendix, "ok, failed, median, interval `" +
                                           assay::fact_id("statistics", fake::decode_rate(row)) + '`'));
}

BOOST_AUTO_TEST_CASE(what_varies_between_runs_stands_in_one_line) {
    auto one = fake::sample_report(), two = one;
    two.run = R"({"assay":"0.1.0","pipeline":"llm-benchmarks","started":"2031-01-01T00:00:00Z","seconds":{"parse":7},)"
              R"("plugins":[{"id":"csv","version":"0.1.0"},{"id":"json","version":"0.1.0"}],"llm":null})";
    std::istringstream a{fake::rendered<MarkdownReport>(one)}, b{fake::rendered<MarkdownReport>(two)};
    int different = 0;
    for (std::string x, y; std::getline(a, x) && std::getline(b, y);) different += x != y ? 1 : 0;
    BOOST_TEST(different == 1);
}

BOOST_AUTO_TEST_CASE(long_lists_are_cut_and_say_how_much_is_left_out) {
    const std::string text = fake::rendered<MarkdownReport>(
        many_files(1000), {{"max_rows", std::int64_t{10}}, {"max_artifacts", std::int64_t{20}}});
    BOOST_TEST(fake::has(text, "*… and 990 files more, in `report.json`.*"));
    BOOST_TEST(fake::has(text, "*… and 980 files more, in `report.json`.*"));
    BOOST_TEST(!fake::has(text, "f20.bin"));
}

BOOST_AUTO_TEST_CASE(a_long_table_of_a_section_is_cut) {
    fake::ReportData data;
    assay::Section section{"s", "Long", "say", {}, {{"", {{"k"}, {"v", true}}, {}, ""}}};
    for (int i = 0; i < 60; ++i) section.tables[0].rows.push_back({{"k" + std::to_string(i)}, {"1"}});
    data.add(section);
    const std::string text = fake::rendered<MarkdownReport>(data);
    BOOST_TEST(fake::has(text, "k49"));
    BOOST_TEST(!fake::has(text, "k50"));
    BOOST_TEST(fake::has(text, "*… and 10 rows more, in `report.json`.*"));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_left_empty_and_never_zero) {
    const std::string text = fake::rendered<MarkdownReport>(many_files(2));
    static const std::regex row{R"(\| `f0\.bin` \| +\| +\| +\| unclaimed \| +\| +\|)"};
    BOOST_TEST(std::regex_search(text, row));
    BOOST_TEST(!fake::has(text, "Rows:"));
    BOOST_TEST(fake::has(fake::rendered<MarkdownReport>(fake::sample_report()), "| `mean_x`   | unknown     |"));
}

BOOST_AUTO_TEST_CASE(a_section_of_a_place_unknown_here_is_among_the_details) {
    fake::ReportData data;
    data.add(assay::Section{"s", "From later", "elsewhere", {"text"}, {}});
    const std::string text = fake::rendered<MarkdownReport>(data);
    BOOST_TEST(text.find("## Details") < text.find("### From later"));
}

BOOST_AUTO_TEST_CASE(rejected_sentences_of_a_narrative_are_not_shown) {
    fake::ReportData data;
    data.add(ASSAY_RECORD_NARRATIVE, R"({"by":"m","sections":[{"title":"S","sentences":[)"
                                     R"({"text":"Good one.","facts":[],"status":"verified"},)"
                                     R"({"text":"Bad one.","facts":[],"status":"rejected"}]}]})");
    const std::string text = fake::rendered<MarkdownReport>(data);
    BOOST_TEST(fake::has(text, "Good one."));
    BOOST_TEST(!fake::has(text, "Bad one."));
}

BOOST_AUTO_TEST_CASE(an_incomplete_report_says_so_at_the_top) {
    auto data = fake::sample_report();
    BOOST_TEST(!fake::has(fake::rendered<MarkdownReport>(data), "incomplete"));
    data.counts.replace(data.counts.find("\"complete\":true"), 15, "\"complete\":false");
    BOOST_TEST(fake::rendered<MarkdownReport>(data).find("This report is incomplete") <
               fake::rendered<MarkdownReport>(data).find("## "));
}

BOOST_AUTO_TEST_CASE(a_record_that_is_not_json_fails_with_its_reason) {
    fake::ReportData data;
    data.add(ASSAY_RECORD_ARTIFACT, "{\"path\":");
    const auto out = fake::render<MarkdownReport>(data);
    BOOST_TEST(out.code == ASSAY_FAILED);
    BOOST_TEST(out.reason == "bad-record");
}

BOOST_AUTO_TEST_SUITE_END()
