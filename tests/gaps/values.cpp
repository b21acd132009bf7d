// Rules on missing values, sentinels and false success: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

namespace {

std::string steady(int row) { return "m1," + std::to_string(10 + row % 7) + "." + std::to_string(row % 10); }

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_values)

BOOST_AUTO_TEST_CASE(cells_without_a_value_are_counted_by_column) {
    const auto found = findings_of("Z1", {{"a.csv", "model,latency_ms,power_w\nx,1.5,3\nx,2.5,\ny,,4\ny,3.5,5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/8 tree/a.csv:4");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(findings_of("Z1", {{"a.csv", "model,latency_ms\nx,1.5\ny,2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(measures_of_other_tasks_are_hardly_missing) {
    const auto found = findings_of("Z1", {{"a.csv", "task,acc,match\narc,0.5,\ngsm,,0.25\nswag,0.75,\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "low");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "acc where there is match"));
    const auto lost = findings_of("Z1", {{"a.csv", "task,acc,match\narc,0.5,\ngsm,,0.25\nswag,,\n"}});
    BOOST_TEST(lost[0]["severity"] == "high");
}

BOOST_AUTO_TEST_CASE(a_value_that_only_some_kinds_of_record_have_is_hardly_missing) {
    const auto records = [](const char* last) {
        return std::string{"key,value\nstart,\nacc,0.5\nacc,0.75\nstop,\nstart,\nacc,"} + last + "\nstop,\n";
    };
    BOOST_TEST(findings_of("Z1", {{"a.csv", records("0.25")}})[0]["severity"] == "low");
    BOOST_TEST(findings_of("Z1", {{"a.csv", records("")}})[0]["severity"] == "high");
}

BOOST_AUTO_TEST_CASE(a_phase_that_lost_all_its_values_lost_them) {
    const auto severity = [](const std::string& column, const char* there, const char* instead) {
        const auto text = csv(column + ",latency_ms,said", 40, [&](int i) {
            const std::string n = std::to_string(i);
            return "p" + std::to_string(i % 4) +
                   (i % 4 == 2 ? ",," + (*instead ? instead + n : "") : ",1" + n + ".5," + (*there ? there + n : ""));
        });
        return findings_of("Z1", {{"a.csv", text}})[0]["severity"];
    };
    for (const char* column : {"phase", "event", "kind", "scenario"}) {
        BOOST_TEST(severity(column, "", "") == "high", column);
        BOOST_TEST(severity(column, "a", "b") == "high", column);
    }
    BOOST_TEST(severity("event", "", "ended at ") == "low");
}

BOOST_AUTO_TEST_CASE(an_empty_error_column_is_no_missing_value) {
    const Files files{{"a.csv", "model,latency_ms,error\nx,1.5,\ny,2.5,\n"}};
    BOOST_TEST(findings_of("Z1", files).empty());
    BOOST_TEST(findings_of("Z10", files).empty());
}

BOOST_AUTO_TEST_CASE(missing_cells_are_judged_by_the_metric_that_lacks_most) {
    const auto rows = [](int lost) {
        return csv("model,seed,batch,latency_ms,power_w", 100, [&](int i) {
            const std::string n = std::to_string(i);
            return "m," + n + ",8," + (i % 20 < lost && i < 20 ? "" : "1." + n) + ",20" + std::to_string(i % 7) + ".5";
        });
    };
    const auto severity = [&](int lost) {
        const auto found = findings_of("Z1", {{"a.csv", rows(0)}, {"b.csv", rows(lost)}});
        BOOST_TEST_REQUIRE(found.size() == 1U);
        return found[0]["severity"];
    };
    BOOST_TEST(severity(3) == "medium"); // 3 of 200 values, of 1000 cells
    BOOST_TEST(severity(1) == "low");
}

BOOST_AUTO_TEST_CASE(a_column_that_is_never_filled_in_is_worth_a_note) {
    const auto rows = [](const char* last) {
        return R"([{"label": null, "ms": 1.5, "limit": 3}, {"label": null, "ms": 2.5, "limit": 4},
                   {"label": null, "ms": )" +
               std::string{last} + R"(, "limit": 4}])";
    };
    const auto found = findings_of("Z10", {{"a.json", rows("4.5")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/3 tree/a.json#1");
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "label (never filled in)"));
    BOOST_TEST(findings_of("Z1", {{"a.json", rows("4.5")}}).empty());
    BOOST_TEST(findings_of("Z1", {{"a.json", rows("null")}}).size() == 1);
    BOOST_TEST(findings_of("Z10", {{"a.csv", "model,ms\nx,1.5\ny,2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(empty_remarks_and_units_are_no_missing_values) {
    const Files files{{"a.csv", "model;latency_ms;remark\nx;1.5;\ny;2.5;door was open\ny;3.5;\n"}};
    BOOST_TEST(findings_of("Z1", files).empty());
    const auto found = findings_of("Z10", files);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "remark (in 2 of 3 rows)"));
}

BOOST_AUTO_TEST_CASE(rows_of_another_kind_lack_what_they_do_not_measure) {
    // Phases of setting up stand among iterations, and have a name of their own.
    const auto rows = [](int lost) {
        return csv("bench,setup,real_time_ns,items_per_second", 40, [&](int i) {
            const bool setup = i % 4 == 3;
            const std::string n = std::to_string(i);
            return std::string{"sort,"} + (setup ? "load" : "") + ",1" + n + ".5," +
                   (setup || i == lost ? "" : "2" + n + ".5");
        });
    };
    const auto severity = [&](int lost) {
        const auto found = findings_of("Z1", {{"a.csv", rows(lost)}});
        BOOST_TEST_REQUIRE(found.size() == 1U);
        return found[0]["severity"];
    };
    BOOST_TEST(severity(-1) == "low");
    BOOST_TEST(severity(4) == "high");
}

BOOST_AUTO_TEST_CASE(a_status_that_is_neither_success_nor_failure_is_told) {
    const auto rows = [](const char* odd) {
        return csv("model,status,latency_ms", 10, [&](int i) {
            return std::string{"m,"} + (i % 5 == 3 ? odd : i == 9 ? "failed" : "ok") + ",1" + std::to_string(i) + ".5";
        });
    };
    const auto found = findings_of("Z11", {{"a.csv", rows("Fehler")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/10 tree/a.csv:5");
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "status=Fehler (2)"));
    BOOST_TEST(findings_of("Z11", {{"a.csv", rows("KO?")}}).size() == 1);
    BOOST_TEST(findings_of("Z11", {{"a.csv", rows("skipped")}}).empty());
    BOOST_TEST(findings_of("Z11", {{"a.csv", rows("timed out")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_state_of_other_words_throughout_is_no_status) {
    const auto rows = [](const char* state) {
        return csv("model,state,latency_ms", 8, [&](int i) {
            return std::string{"m,"} + (i % 2 == 0 ? "warm" : i == 7 ? "ok" : state) + ",1" + std::to_string(i) + ".5";
        });
    };
    BOOST_TEST(findings_of("Z11", {{"a.csv", rows("cold")}}).empty());
    // Exit codes are no words.
    BOOST_TEST(findings_of("Z11", {{"a.csv", "State,ExitCode,ms\nFAILED,1:0,1.5\nFAILED,2:0,1.5\nCOMPLETED,0:0,2\n"}})
                   .empty());
}

BOOST_AUTO_TEST_CASE(a_sensor_that_is_always_zero_is_dead) {
    const auto with_fan = [](const char* last) {
        return csv("time,fan_speed,temperature_c", 6, [&](int i) {
            return "2025-10-02T10:00:0" + std::to_string(i) + "Z," + (i == 5 ? last : "0") + "," +
                   std::to_string(50 + i);
        });
    };
    const auto found = findings_of("Z2", {{"t.csv", with_fan("0")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "6/6 tree/t.csv:2");
    BOOST_TEST(findings_of("Z2", {{"t.csv", with_fan("30")}}).empty());
}

BOOST_AUTO_TEST_CASE(failed_rows_that_hold_values_are_told_with_their_errors) {
    const std::string header = "model,tokens_s,error\n";
    const auto found = findings_of("Z3", {{"a.csv", header + "x,50.5,\nx,51.5,\nx,0,timeout\nx,52.5,\nx,0,refused\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/5 tree/a.csv:6");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "refused, timeout"));
    BOOST_TEST(findings_of("Z3", {{"a.csv", header + "x,50.5,\nx,51.5,\nx,,timeout\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(failed_values_are_critical_from_half_of_the_rows_on) {
    const std::string two = "model,tokens_s,error\nx,50.5,\nx,0,timeout\n";
    const auto severity = [](const std::string& text) {
        const auto found = findings_of("Z3", {{"a.csv", text}});
        BOOST_TEST_REQUIRE(found.size() == 1U);
        return found[0]["severity"];
    };
    BOOST_TEST(severity(two + "y,51.5,\ny,0,refused\n") == "critical");
    BOOST_TEST(severity(two + "y,51.5,\ny,52.5,\n") == "high");
    BOOST_TEST(severity(two) == "high"); // of so few rows half is little
}

BOOST_AUTO_TEST_CASE(an_error_text_in_a_row_that_passed_is_false_success) {
    const auto with_text = [](const std::string& text) {
        return R"([{"name": "a", "text": ")" + text + R"(", "success": true, "ms": 5.5},
                   {"name": "b", "text": "A fine answer.", "success": true, "ms": 6.5}])";
    };
    const auto found = findings_of("Z4", {{"a.json", with_text("Error generating reply: connection refused")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.json#1");
    BOOST_TEST(findings_of("Z4", {{"a.json", with_text("Error bars are shown for each run.")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_list_of_errors_holds_none_in_place_of_a_result) {
    const Files files{{"a.csv", "Name,Error,Occurrences\n/,HTTPError('500 Server Error'),14\n/x,Error: timed out,2\n"}};
    BOOST_TEST(findings_of("Z4", files).empty());
    BOOST_TEST(findings_of("Z3", files).empty());
}

BOOST_AUTO_TEST_CASE(zeros_of_a_block_that_counted_nothing_are_told) {
    const auto found = findings_of("Z5", {{"a.json", R"([{"op": "read", "count": 0, "lat_ms": 0},
                                                         {"op": "write", "count": 9, "lat_ms": 4.5}])"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.json#1");
    BOOST_TEST(findings_of("Z5", {{"a.json", R"([{"op": "read", "count": 3, "lat_ms": 0},
                                                {"op": "write", "count": 9, "lat_ms": 4.5}])"}})
                   .empty());
}

BOOST_AUTO_TEST_CASE(a_heap_of_values_that_stand_for_none_is_told) {
    const auto with = [](const std::string& sentinel) {
        return csv("model,score", 40, [&](int i) { return i % 8 == 3 ? "m1," + sentinel : steady(i); });
    };
    const auto found = findings_of("Z6", {{"a.csv", with("-1")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "5/40 tree/a.csv:5");
    BOOST_TEST(findings_of("Z6", {{"a.csv", with("12.5")}}).empty());
    BOOST_TEST(findings_of("Z6", {{"a.csv", with("-1")}}, R"({"thresholds": {"Z6": "0.5"}})").empty());
}

BOOST_AUTO_TEST_CASE(nan_and_infinity_are_counted) {
    const auto found = findings_of("Z7", {{"a.csv", "model,latency_ms\nx,1.5\nx,nan\ny,inf\ny,2.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/4 tree/a.csv:3");
    BOOST_TEST(findings_of("Z7", {{"a.csv", "model,latency_ms\nx,1.5\nx,\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_negative_duration_cannot_be) {
    const auto found = findings_of("Z8", {{"a.csv", "model,latency_ms\nx,1.5\nx,-2.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv:3");
    BOOST_TEST(findings_of("Z8", {{"a.csv", "model,latency_diff_ms\nx,1.5\nx,-2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_lower_percentile_above_a_higher_one_cannot_be) {
    const auto found = findings_of("Z8", {{"a.csv", "model,latency_p50_ms,latency_p95_ms\nx,1.5,2.5\ny,3.5,2.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv:3");
    BOOST_TEST(findings_of("Z8", {{"a.csv", "model,read_p50_ms,write_p95_ms\nx,1.5,2.5\ny,3.5,2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(few_distinct_values_of_a_metric_with_fractions_are_coarse) {
    const auto with_steps = [](int steps) {
        return csv("model,latency_ms", 100, [&](int i) { return "x," + std::to_string(10 + i % steps) + ".5"; });
    };
    BOOST_TEST(findings_of("Z9", {{"a.csv", with_steps(3)}}).size() == 1);
    BOOST_TEST(findings_of("Z9", {{"a.csv", with_steps(20)}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
