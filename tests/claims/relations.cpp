// Relations of two things: which is held against which, and in what.
#include "claims/judge.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

/// Means: latency 100, 130, 250 and 410 ms; 50, 40, 20 and 12.5 tokens/s; 900, 1200, 700 and 3000 MB.
World four_models() {
    const auto metric = [](const char* name, const char* unit, int direction) {
        return SourceColumn{name, unit, ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, direction, false, false, false};
    };
    SourceTable table;
    table.name = "rows";
    table.columns = {{"model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
                     metric("latency_ms", "ms", ASSAY_DIRECTION_LOWER),
                     metric("tokens_per_s", "{token}/s", ASSAY_DIRECTION_HIGHER),
                     metric("memory_mb", "MBy", ASSAY_DIRECTION_LOWER)};
    const auto model = [&](const char* name, double latency, double rate, double memory) {
        for (int i = -2; i <= 2; ++i)
            table.rows.push_back({table.rows.size() + 2,
                                  ASSAY_ROW_OK,
                                  {std::string{name}, latency + 2 * i, rate + 0.5 * i, memory + 10 * i}});
    };
    model("alpha", 100, 50, 900), model("beta", 130, 40, 1200), model("gamma", 250, 20, 700),
        model("delta", 410, 12.5, 3000);
    World world;
    add_tables(world, 0, {"runs.csv"}, {}, {table});
    world.files.push_back({"runs.csv", ".csv", true});
    weigh(world);
    return world;
}

/// Of the last number, where the latency of each was given before.
Status last_of(const std::string& text) {
    static const World world = four_models();
    const Document document =
        read_document({{"heading", "Study", "", "", 1, 1},
                       {"paragraph", "The mean latency of alpha is 100 ms.", "", "", 0, 2},
                       {"paragraph", "The mean latency of beta is 130 ms and that of delta is 410 ms.", "", "", 0, 3},
                       {"paragraph", text, "", "", 0, 5}});
    return judge(world, document, "note.md").back().status;
}

/// The same, where nothing was said before.
Status alone(const std::string& text) {
    static const World world = four_models();
    const Document document = read_document({{"heading", "Study", "", "", 1, 1}, {"paragraph", text, "", "", 0, 3}});
    return judge(world, document, "note.md").back().status;
}

/// Each model in a file of its own; below a table of two of them.
Status below_a_table(const std::string& text) {
    static const World world = [] {
        World made;
        const auto add = [&](const std::string& name, double latency) {
            SourceTable table;
            table.name = "results";
            table.columns = {
                {"model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
                {"latency_s", "s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER, false, false, false}};
            for (int i = -2; i <= 2; ++i)
                table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {name, latency + 0.1 * i}});
            add_tables(made, made.files.size(), {name + ".json"}, {}, {table});
            made.files.push_back({name + ".json", ".json", true});
        };
        add("qwen", 2.175), add("llama", 3.1125), add("phi", 1.9);
        weigh(made);
        return made;
    }();
    const Document document = read_document({{"heading", "Study", "", "", 1, 1},
                                             {"table", "Mean latency (s)\tOurs", "table-1", "", 0, 3},
                                             {"row", "qwen\t2.175", "table-1", "", 0, 5},
                                             {"row", "llama\t3.1125", "table-1", "", 0, 6},
                                             {"paragraph", text, "", "", 0, 8}});
    return judge(world, document, "note.md").back().status;
}

Status against_alpha(const std::string& name, const std::string& cell) {
    static const World world = four_models();
    const Document document = read_document({{"heading", "Study", "", "", 1, 1},
                                             {"paragraph", "The mean latency of alpha is 100 ms.", "", "", 0, 2},
                                             {"table", "Model\tvs alpha", "table-1", "", 0, 4},
                                             {"row", name + "\t" + cell, "table-1", "", 0, 6}});
    return judge(world, document, "note.md").back().status;
}

/// alpha at two temperatures and two batches: 145 and 195 ms, each 17 ms less or more.
std::vector<Verdict> of_two_parameters(const std::string& text, Document* read = nullptr,
                                       const std::string& heading = "Study") {
    const auto number = [](const char* name, const char* unit, int role) {
        return SourceColumn{name, unit, ASSAY_TYPE_FLOAT, role, ASSAY_DIRECTION_UNKNOWN, false, false, false};
    };
    SourceTable table;
    table.name = "rows";
    table.columns = {{"model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, false, false},
                     number("temperature", "", ASSAY_ROLE_PARAMETER),
                     number("batch", "", ASSAY_ROLE_PARAMETER),
                     number("latency_ms", "ms", ASSAY_ROLE_METRIC)};
    for (const auto& [name, base] : {std::pair{"alpha", 145.0}, std::pair{"beta", 245.0}})
        for (const double temperature : {0.2, 0.7})
            for (const double batch : {16.0, 32.0})
                for (const double step : {-1.0, 0.0, 1.0})
                    table.rows.push_back({table.rows.size() + 2,
                                          ASSAY_ROW_OK,
                                          {std::string{name}, temperature, batch,
                                           base + 100 * (temperature - 0.2) + (batch == 16 ? -8 : 8) + step}});
    World world;
    add_tables(world, 0, {"runs.csv"}, {}, {table});
    world.files.push_back({"runs.csv", ".csv", true});
    weigh(world);
    const Document document = read_document({{"heading", heading, "", "", 1, 1}, {"paragraph", text, "", "", 0, 3}});
    if (read != nullptr) *read = document;
    return judge(world, document, "note.md");
}

constexpr auto upheld = Status::supported, refuted = Status::contradicted;

} // namespace

BOOST_AUTO_TEST_SUITE(relations)

BOOST_AUTO_TEST_CASE(a_relation_is_of_no_metric_that_its_sentence_excludes) {
    for (const char* text :
         {"The memory ratio of delta to alpha is 4.1.", "gamma uses 2.5x the memory of alpha.",
          "Throughput of gamma is 2.5x higher than that of alpha.", "The accuracy of beta is 1.3x that of alpha.",
          "delta is 4.1 times as expensive as alpha.", "delta is 4.1x as large as alpha.",
          "beta got 1.3x the score of alpha.", "The training of delta took 4.1x longer than that of alpha."})
        BOOST_TEST((last_of(text) != upheld), text);
    BOOST_TEST((last_of("The memory of delta is 3.3x that of alpha.") == upheld));
}

BOOST_AUTO_TEST_CASE(a_relation_holds_in_its_own_direction) {
    for (const char* text :
         {"alpha is 1.30x faster than beta.", "The mean latency of alpha is 1.30x lower than that of beta.",
          "The mean latency of alpha is 23 % lower than that of beta.",
          "gamma, compared with beta, uses 42 % less memory.", "alpha -> beta: +30 % latency.",
          "The mean latency increased by 30 % from alpha to beta."})
        BOOST_TEST((last_of(text) == upheld), text);
    for (const char* text :
         {"beta is 1.30x faster than alpha.", "The mean latency of alpha is 1.30x higher than that of beta.",
          "The mean latency of alpha is 23 % higher than that of beta.", "beta -> alpha: +30 % latency.",
          "The mean latency decreased by 30 % from alpha to beta.", "beta is 25 % faster than alpha."})
        BOOST_TEST((last_of(text) != upheld && last_of(text) != refuted), text);
    BOOST_TEST((against_alpha("beta", "+30 %") == upheld));
    BOOST_TEST((against_alpha("gamma", "-60 %") != upheld));
}

BOOST_AUTO_TEST_CASE(a_relation_is_of_the_things_that_it_names) {
    BOOST_TEST((last_of("gamma is 30 % slower than alpha.") != upheld));
    BOOST_TEST((below_a_table("phi is 43 % faster than qwen.") != upheld));
    BOOST_TEST((below_a_table("phi is 30 % slower than llama.") != upheld));
    BOOST_TEST((below_a_table("llama is 43 % slower than qwen.") == upheld));
}

BOOST_AUTO_TEST_CASE(slower_may_be_of_another_time_or_rate_than_the_words_say) {
    BOOST_TEST((last_of("delta is 4.1x slower than alpha.") == upheld));
    BOOST_TEST((alone("delta is 4.1x slower than alpha.") == upheld));
    BOOST_TEST((alone("alpha is 50 % faster than beta.") != refuted));
    BOOST_TEST((last_of("gamma is 9.2x slower than beta.") != refuted));
}

BOOST_AUTO_TEST_CASE(a_value_of_a_parameter_that_chose_no_rows_leaves_no_contradiction) {
    for (const char* text : {"alpha at 0.7 and 16 has a mean latency of 187 ms.",
                             "alpha's mean latency rose from 145 ms at 0.2 to 195 ms at 0.7."})
        for (const Verdict& verdict : of_two_parameters(text)) BOOST_TEST((verdict.status != refuted), text);
    BOOST_TEST((of_two_parameters("alpha has a mean latency of 99 ms at 0.2.").at(0).status == refuted));
}

BOOST_AUTO_TEST_CASE(a_spread_that_the_data_lack_is_not_contradicted) {
    Document document;
    for (const Verdict& verdict : of_two_parameters("The latency of alpha is $145 \\pm 0$.", &document))
        BOOST_TEST((verdict.status != refuted));
    BOOST_TEST(document.claims.at(1).text == "0");
}

BOOST_AUTO_TEST_CASE(error_bars_behind_a_number_are_no_part_of_it) {
    Document document;
    of_two_parameters("The mean latency of alpha is $145_{-4}^{+4}$ ms.", &document);
    BOOST_TEST(document.claims.size() == 1U);
    BOOST_TEST(document.claims.at(0).quantity.value == 145);
}

BOOST_AUTO_TEST_CASE(a_number_beside_a_relation_is_held_against_what_is_named_alone) {
    BOOST_TEST((alone("The mean latency of delta is 410 ms, 4.1 times as much as alpha.") == upheld));
    BOOST_TEST((alone("The mean latency of delta is 410 ms, 76 % above alpha.") != upheld));
    BOOST_TEST((alone("The mean latency of delta is 410 ms, 3.2 times as much as alpha.") != upheld)); // as beta
}

BOOST_AUTO_TEST_CASE(a_value_at_each_of_two_settings_is_that_of_its_own) {
    for (const Verdict& verdict : of_two_parameters("alpha has a mean latency of 145 ms at 0.2 and 195 ms at 0.7."))
        BOOST_TEST((verdict.status == upheld || verdict.status == Status::not_checkable), verdict.reason);
}

BOOST_AUTO_TEST_CASE(what_leaves_some_rows_out_is_not_contradicted) {
    BOOST_TEST((alone("The mean latency of alpha is 87 ms.") == refuted));
    BOOST_TEST((alone("Leaving the slow ones out, the mean latency of alpha is 87 ms.") != refuted));
    const auto all = of_two_parameters("Fused alpha at 0.7: the mean latency falls from 870 ms to 195 ms.");
    BOOST_REQUIRE_EQUAL(all.size(), 3U);
    BOOST_TEST((all[0].status == Status::not_checkable), all[0].reason);
    BOOST_TEST((all[1].status != refuted), all[1].reason);
    BOOST_TEST((all[2].status == upheld), all[2].reason);
}

BOOST_AUTO_TEST_CASE(a_number_alone_heads_nothing_and_is_of_what_stands_around_it) {
    static const World world = four_models();
    const Document document = read_document({{"heading", "The quickest is alpha", "", "", 2, 1},
                                             {"heading", "100 ms", "", "", 1, 3},
                                             {"list-item", "mean latency of alpha", "", "", 1, 5},
                                             {"list-item", "rate: 50 tokens/s", "", "", 1, 6}});
    const auto all = judge(world, document, "slides.md");
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST((all[0].status == upheld), all[0].reason);
    BOOST_TEST(document.statements.back().headings->back() == "The quickest is alpha");
}

BOOST_AUTO_TEST_CASE(a_bare_number_heads_a_chapter) {
    const Document document = read_document({{"heading", "4096", "", "", 2, 1}, {"paragraph", "Text", "", "", 0, 3}});
    BOOST_TEST(document.statements.back().headings->back() == "4096");
}

BOOST_AUTO_TEST_CASE(a_change_of_one_digit_has_its_sign) {
    SourceTable table;
    table.name = "rows";
    table.columns = {
        {"model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
        {"latency_ms", "ms", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER, false, false, false}};
    for (const auto& [model, latency] : {std::pair{"alpha", 200.0}, std::pair{"beta", 208.0}})
        for (int i = -1; i <= 1; ++i)
            table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{model}, latency + i}});
    World world;
    add_tables(world, 0, {"runs.csv"}, {}, {table});
    weigh(world);
    const auto changed = [&](const std::string& change) {
        const Document document =
            read_document({{"heading", "Models", "", "", 1, 1},
                           {"table", "\talpha\tbeta\tChange", "table-1", "", 0, 3},
                           {"row", "Mean latency (ms)\t200\t208\t" + change, "table-1", "", 0, 5}});
        return judge(world, document, "note.md").back();
    };
    BOOST_TEST((changed("+4 %").status == upheld), changed("+4 %").reason);
    BOOST_TEST((changed("-4 %").status != upheld), changed("-4 %").reason);
}

BOOST_AUTO_TEST_CASE(a_setting_in_a_heading_holds_for_what_is_told_below) {
    const auto all = of_two_parameters("alpha: mean latency 195 ms", nullptr, "At a temperature of 0.7");
    BOOST_TEST((all.back().status == upheld), all.back().reason);
}

// python3 -c "import numpy; print(numpy.quantile([136, 137, 138, 152, 153, 154, 186, 187, 188, 202, 203, 204], 0.05))"
BOOST_AUTO_TEST_CASE(a_percentile_of_one_digit_is_one) {
    const auto all = of_two_parameters("The p5 latency of alpha is 136.55 ms.");
    BOOST_TEST((all.back().status == upheld), all.back().reason);
    BOOST_TEST((all.back().datum && all.back().datum->stat == "p5"));
}

BOOST_AUTO_TEST_SUITE_END()
