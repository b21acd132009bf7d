// Gates, baselines and waivers: what ends a run with exit 1, and what does not.
#include "findings.hpp"

using namespace assay::test;

namespace {

/// A tree whose two failed rows hold values (Z3, high; N6 would say that they failed) and that has a NaN (Z7, medium).
struct Gated : Folder {
    explicit Gated(const std::string& fail_on, const std::string& options = R"({"off": ["N6"]})") {
        write("tree/a.csv", "model,tokens_s,error\nx,50.5,\nx,51.5,\nx,52.5,\nx,53.5,\nx,0,timeout\nx,0,refused\n");
        write("tree/b.csv", "kernel,power_w\nk,1.5\nk,nan\n");
        write("p.json", R"({"name": "p", "inputs": [{"path": "tree"}], "fail_on": )" + fail_on +
                            R"(, "analyzers": [{"use": "gaps", "with": )" + options +
                            R"(}], "renderers": [{"use": "json", "to": "report.json"}]})");
    }
    Ran run(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"run", "p.json", "--output", "out"};
        words.insert(words.end(), more.begin(), more.end());
        return run_program(words, {.folder = path});
    }
    nlohmann::json report() const { return read_json(*this / "out/report.json"); }
};

nlohmann::json only_gate(const Gated& tree) {
    const auto gates = tree.report()["counts"]["gates"];
    BOOST_TEST_REQUIRE(gates.size() == 1U);
    return gates[0];
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_gates)

BOOST_AUTO_TEST_CASE(a_finding_of_the_severity_or_worse_fails_the_gate) {
    const Gated tree{R"("high")"};
    const auto ran = tree.run();
    BOOST_TEST(ran.status == 1);
    BOOST_TEST(has(ran.out, "gate failed: severity high: findings 1, at most 0"));
    const auto gate = only_gate(tree);
    BOOST_TEST(gate["gate"] == "severity high");
    BOOST_TEST(gate["value"] == 1);
    BOOST_TEST(gate["failed"] == true);
    BOOST_TEST(Gated{R"("critical")"}.run().status == 0);
    BOOST_TEST(tree.run({"--fail-on", "critical"}).status == 0);
}

BOOST_AUTO_TEST_CASE(a_rule_has_a_gate_of_its_own_with_a_limit) {
    const Gated none{R"({"rules": {"Z3": 1}})"};
    BOOST_TEST(none.run().status == 1);
    BOOST_TEST(only_gate(none)["value"] == 2);
    BOOST_TEST(only_gate(none)["limit"] == 1);
    BOOST_TEST(Gated{R"({"rules": {"failed-rows-as-values": 2}})"}.run().status == 0);
}

BOOST_AUTO_TEST_CASE(a_gate_on_a_rule_that_nobody_has_is_a_mistake_with_the_nearest_name) {
    const auto ran = Gated{R"({"rules": {"failed-rows-as-value": 0}})"}.run();
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(has(ran.err, "no analyzer of this pipeline has a rule 'failed-rows-as-value'"));
    BOOST_TEST(has(ran.err, "failed-rows-as-values"));
}

BOOST_AUTO_TEST_CASE(a_ratchet_fails_only_on_what_the_baseline_does_not_have) {
    const Gated tree{R"({"new": "medium"})"};
    const Gated before{R"("none")"};
    BOOST_REQUIRE(before.run().status == 0);
    const auto baseline = before / "out/report.json";
    BOOST_TEST(tree.run({"--baseline", baseline}).status == 0);
    BOOST_TEST(fired(tree.report(), "Z3").at(0)["state"] == "existing");
    tree.write("tree/c.csv", "step,latency_ms\n1,1.5\n2,-3.5\n");
    BOOST_TEST(tree.run({"--baseline", baseline}).status == 1);
    BOOST_TEST(fired(tree.report(), "Z8").at(0)["state"] == "new");
}

BOOST_AUTO_TEST_CASE(what_is_mended_is_told_against_the_baseline) {
    const Gated tree{R"("none")"};
    BOOST_REQUIRE(tree.run().status == 0);
    std::filesystem::rename(tree.path / "out/report.json", tree.path / "old.json");
    tree.write("tree/b.csv", "kernel,power_w\nk,1.5\nk,2.5\n");
    BOOST_REQUIRE(tree.run({"--baseline", "old.json"}).status == 0);
    const auto fixed = tree.report()["counts"]["baseline"]["fixed"];
    BOOST_TEST_REQUIRE(fixed.size() >= 1U);
    BOOST_TEST(std::any_of(fixed.begin(), fixed.end(), [](const auto& one) { return one["rule"] == "Z7"; }));
}

BOOST_AUTO_TEST_CASE(a_gate_on_new_findings_needs_a_baseline) {
    const auto ran = Gated{R"({"new": "high"})"}.run();
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(has(ran.err, "needs --baseline FILE"));
}

BOOST_AUTO_TEST_CASE(a_baseline_that_is_no_report_is_refused_by_name) {
    const Gated tree{R"("none")"};
    BOOST_TEST(has(tree.run({"--baseline", "p.json"}).err, "--baseline p.json: it is no report.json"));
    BOOST_TEST(has(tree.run({"--baseline", "tree/a.csv"}).err, "--baseline tree/a.csv: it is no JSON"));
    BOOST_TEST(tree.run({"--baseline", "none.json"}).status == 2);
}

BOOST_AUTO_TEST_CASE(a_waived_finding_stays_in_the_report_and_passes_every_gate) {
    const Gated tree{R"("high")",
                     R"({"off": ["N6"], "waive": {"Z3": "known, to be measured again; until 2999-12-31"}})"};
    BOOST_TEST(tree.run().status == 0);
    BOOST_TEST(fired(tree.report(), "Z3").at(0)["waived"] == "known, to be measured again (until 2999-12-31)");
}

BOOST_AUTO_TEST_CASE(a_waiver_for_one_scope_covers_no_other) {
    const Gated tree{R"("high")", R"({"waive": {"Z3 elsewhere": "known; until 2999-12-31"}})"};
    BOOST_TEST(tree.run().status == 1);
}

BOOST_AUTO_TEST_CASE(an_expired_waiver_is_a_finding_and_covers_nothing) {
    const Gated tree{R"("high")", R"({"waive": {"Z3": "known; until 2020-01-31"}})"};
    BOOST_TEST(tree.run().status == 1);
    BOOST_TEST(fired(tree.report(), "Z3").at(0)["waived"].is_null());
    BOOST_TEST(fired(tree.report(), "W1").size() == 1U);
}

BOOST_AUTO_TEST_CASE(options_that_name_no_rule_or_no_day_are_refused_before_anything_runs) {
    const auto refusal = [](const std::string& options) {
        const auto ran = Gated{R"("none")", options}.run();
        BOOST_TEST(ran.status == 2);
        return ran.err;
    };
    BOOST_TEST(has(refusal(R"({"off": ["Q9"]})"), "no rule is called 'Q9'"));
    BOOST_TEST(has(refusal(R"({"waive": {"Z3": "because"}})"), "needs a reason and a last day"));
    BOOST_TEST(has(refusal(R"({"thresholds": {"Z3": "1"}})"), "rule Z3 has none"));
    BOOST_TEST(has(refusal(R"({"thresholds": {"Z6": "many"}})"), "is not a number"));
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_switched_off_gives_no_finding_and_says_so) {
    const Gated tree{R"("high")", R"({"off": ["N6", "failed-rows-as-values"]})"};
    BOOST_TEST(tree.run().status == 0);
    BOOST_TEST(fired(tree.report(), "Z3").empty());
    BOOST_TEST(has(tree.report()["sections"].dump(), "Rules that are switched off"));
}

BOOST_AUTO_TEST_CASE(a_rule_that_found_nothing_to_look_at_is_not_evaluated) {
    const auto report = report_of({{"a.csv", "model,tokens_s\nx,1.5\n"}});
    BOOST_TEST(has(report["sections"].dump(), "there are no sensor metrics with 5 samples"));
}

BOOST_AUTO_TEST_SUITE_END()
