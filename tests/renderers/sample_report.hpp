#pragma once
// A report as a scan of a tree of LLM benchmarks would give it: test data with the shape and size of a real one.
#include "fake_report.hpp"
#include <cstdint>

namespace fake {

struct DecodeRate {
    std::string model, runs, ok, failed, median, interval;
    double value, low, high, level;
    std::uint64_t n, n_failed;
};

inline assay::Fact decode_rate(const DecodeRate& row) {
    assay::Fact fact;
    fact.stage = "statistics";
    fact.kind = "statistic";
    fact.subject = {{"dataset", "d1"}, {"model", row.model}};
    fact.metric = "tokens_s";
    fact.stat = "median";
    fact.value = row.value;
    fact.display = row.median;
    fact.unit = "{token}/s";
    fact.direction = "higher";
    fact.n = row.n;
    fact.n_failed = row.n_failed;
    fact.interval = assay::Interval{row.low, row.high, row.level, row.interval};
    fact.method = "quantile of type 7; interval from order statistics";
    fact.evidence = {{"reports/ollama/runs.csv", 1, {}, "", ""}};
    return fact;
}

inline std::vector<DecodeRate> decode_rates() {
    return {{"gemma3:270m", "1", "5", "0", "294.96", "238.24–299.19 ◦", 294.96, 238.24, 299.19, 0.9375, 5, 0},
            {"gemma3:1b-it-qat", "1", "5", "0", "182.67", "181.97–184.24 ◦", 182.67, 181.97, 184.24, 0.9375, 5, 0},
            {"gemma3:latest", "2", "10", "5", "101.90", "101.04–102.78", 101.9, 101.04, 102.78, 0.978, 10, 5},
            {"llama3.1:8b q4_0", "3", "15", "25", "78.10", "76.91–78.74", 78.1, 76.91, 78.74, 0.964, 15, 25},
            {"llama3.1:8b q5_K_M", "2", "10", "25", "65.10", "64.85–65.30", 65.1, 64.85, 65.3, 0.978, 10, 25},
            {"llama3.1:8b q8_0", "2", "10", "20", "46.59", "46.04–46.82", 46.59, 46.04, 46.82, 0.978, 10, 20}};
}

inline void add_answers(ReportData& report) {
    assay::Section say{"statistics",
                       "Decode rate",
                       "say",
                       {"tokens/s, higher is better; prompt runs only (5 prompts, one call each)"},
                       {}};
    assay::SectionTable table{
        "",
        {{"model"}, {"runs", true}, {"ok", true}, {"failed", true}, {"median", true}, {"interval", true}},
        {},
        "◦ n=5: full range, 93.8 % confidence; others ≥ 95 %."};
    for (const auto& row : decode_rates()) {
        const assay::Fact fact = decode_rate(row);
        report.add(fact);
        const std::string id = assay::fact_id(fact.stage, fact);
        table.rows.push_back(
            {{row.model}, {row.runs}, {row.ok, id}, {row.failed, id}, {row.median, id}, {row.interval, id}});
    }
    say.tables = {table};
    report.add(say);
    report.add(assay::Section{"gaps",
                              "",
                              "not",
                              {"75 of 100 run rows failed, stored as 0.00: q4_0's mean there would be 22.4, not 78.4",
                               "No best configuration: 4 sweeps, 36 cells, one call each (2 timed out)"},
                              {}});
    report.add(assay::Section{"gaps", "", "missing", {"Hardware identity in 41 of 44 run files"}, {}});
    report.add(assay::Section{
        "gaps", "", "next", {"rerun the 7 all-failed files", "repeat sweep cells ≥ 6 ×, order shuffled"}, {}});
    report.add(assay::Section{"statistics",
                              "TTFT by model",
                              "details",
                              {"seconds, lower is better"},
                              {{"", {{"model"}, {"median", true}}, {{{"gemma3:270m"}, {"0.063"}}}, ""}}});
}

inline void add_artifacts(ReportData& report) {
    const std::string hash(64, 'a');
    const auto file = [&](const std::string& path, const std::string& rest) {
        report.add(ASSAY_RECORD_ARTIFACT, R"({"path":")" + path +
                                              R"(","bytes":4096,"modified":"2025-10-02T19:12:04Z",)" + R"("sha256":")" +
                                              hash + "\"," + rest + "}");
    };
    const std::string plain = R"("reason_code":null,"reason":null,"duplicate_of":null,"dimensions":[],)";
    file("reports/gemma3/gemma3_1b-it-qat_baseline.csv",
         R"("parser":"csv","claim_reason":"5 columns in 6 lines","status":"parsed",)" + plain +
             R"("tables":[{"name":"data","kind":"data","rows":5,"rows_ok":5,"rows_failed":0,"rows_suspect":0,)"
             R"("rows_rejected":0,"dataset":"d1","failed_when":null,"columns":[{"name":"tokens_s","type":"float",)"
             R"("role":"metric","role_source":"inferred","role_reason":"numeric","unit":"{token}/s","unit_source":)"
             R"("inferred","unit_reason":"name","direction":"higher","aggregate":false}]}],"diagnostics":[])");
    file("reports/ollama/20250930_run.csv",
         R"("parser":"csv","claim_reason":"x","status":"parsed",)" + plain +
             R"("tables":[{"name":"data","kind":"data","rows":10,"rows_ok":5,"rows_failed":5,"rows_suspect":0,)"
             R"("rows_rejected":0,"dataset":"d1","failed_when":"error != ''","columns":[]}],"diagnostics":[)"
             R"({"severity":"warning","code":"ragged-row","message":"a row has 4 fields, not 5","table":"data",)"
             R"("column":null,"line":7,"offset":211,"pointer":null,"count":2}])");
    file("reports/profiling/ncu_summary.csv",
         R"("parser":"csv","claim_reason":"name","status":"failed","reason_code":"not-a-table",)"
         R"("reason":"an error message of a tool, not data","duplicate_of":null,"tables":[],"diagnostics":[])");
    file("reports/profiling/ncu_ollama.ncu-rep",
         R"("parser":null,"claim_reason":null,"status":"unclaimed",)" + plain + R"("tables":[],"diagnostics":[])");
    file("csv_data/llama3_runs.csv",
         R"("parser":"csv","claim_reason":"x","status":"parsed","reason_code":null,"reason":null,)"
         R"("duplicate_of":"reports/llama3/llama3_runs.csv","tables":[],"diagnostics":[])");
}

inline ReportData sample_report() {
    ReportData report;
    report.run = R"({"assay":"0.1.0","pipeline":"llm-benchmarks","started":"2026-03-04T05:06:07Z",)"
                 R"("seconds":{"parse":0.218,"conclude":0.031},"plugins":[{"id":"csv","version":"0.1.0"},)"
                 R"({"id":"json","version":"0.1.0"}],"llm":null})";
    report.inventory =
        R"({"artifacts":106,"bytes":430962,"by_type":{"csv":28,"json":44,"markdown":29},)"
        R"("bytes_by_type":{"csv":80168},"by_directory":{"reports/gemma3":{"artifacts":16,"bytes":9000}},)"
        R"("modified":{"first":"2025-09-29T08:00:00Z","last":"2025-10-02T19:12:04Z"},)"
        R"("latest":{"path":"reports/ollama/20250930_run.csv","modified":"2025-10-02T19:12:04Z"},)"
        R"("excluded":3})";
    report.counts = R"({"artifacts":{"seen":106,"parsed":100,"failed":1,"skipped":0,"unclaimed":5},)"
                    R"("rows":{"read":274,"ok":197,"failed":77,"suspect":0,"rejected":0},"duplicates":4,)"
                    R"("facts":{"kept":6,"cut":0},"findings":{"critical":1,"high":0},"complete":true})";
    add_artifacts(report);
    report.add(ASSAY_RECORD_DATASET,
               R"({"id":"d1","title":"prompt runs","tables":[{"artifact":"reports/ollama/20250930_run.csv","table":)"
               R"("data"}],"rows":274,"rows_ok":197,"rows_failed":77,"rows_suspect":0,"rows_rejected":0,"columns":[)"
               R"({"name":"tokens_s","type":"float","role":"metric","unit":"{token}/s","unit_source":"inferred",)"
               R"("unit_reason":"a rate by its name","direction":"higher"},{"name":"mean_x","type":"float","role":)"
               R"("metric","unit":null,"unit_source":null,"unit_reason":null,"direction":null}]})");
    add_answers(report);
    report.add(ASSAY_RECORD_FINDING,
               R"({"rule":"Z3","slug":"failed-rows-as-values","severity":"critical","scope":"file","message":)"
               R"("Failed rows are stored as 0.00","counts":{"k":75,"n":100},"evidence":[{"artifact":)"
               R"("reports/ollama/20250930_run.csv","row":3,"excerpt":"0.00,connection refused"}],)"
               R"("fix":"write no value where a run failed","waived":null})");
    report.add(ASSAY_RECORD_CLAIM,
               R"({"document":"reports/Gemma3_Benchmark_Report.md","line":53,"text":"best config 102.31","value":)"
               R"(102.31,"status":"contradicted","fact":null,"reason":"the data say 101.78"})");
    return report;
}

} // namespace fake
