// What workers send, and what becomes of it where part of it cannot be read.
#include "engine/workers.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::engine;

namespace {

constexpr std::int32_t no_role = 99; ///< of a plan that is damaged

plan::SharedPlan plan_of(std::size_t number, std::int32_t role = ASSAY_ROLE_METRIC) {
    plan::TablePlan plan;
    plan.name = "plan " + std::to_string(number);
    plan.kind = ASSAY_TABLE_DATA;
    plan.columns.emplace_back().type = Type::real;
    plan.columns.back().role = role;
    return std::make_shared<const plan::TablePlan>(std::move(plan));
}

Partial partial_of(const plan::SharedPlan& plan) {
    Partial partial;
    partial.record.outcome = ASSAY_OUTCOME_PARSED;
    partial.record.tables.push_back({.plan = plan});
    return partial;
}

/// What `read` gives of so many files, which have names and no content.
std::vector<std::optional<Partial>> read_files(std::size_t n, unsigned jobs,
                                               const std::function<Partial(std::size_t file)>& read) {
    std::vector<intake::Found> files(n);
    for (std::size_t i = 0; i < n; ++i) files[i].path = "file " + std::to_string(i);
    Stages none;
    const Reading reading{[&](std::size_t file, Activity&) { return read(file); },
                          [](std::size_t, const std::string& code, const std::string& reason) {
                              Partial lost;
                              lost.record.outcome = ASSAY_OUTCOME_FAILED;
                              lost.record.reason_code = code;
                              lost.record.reason = reason;
                              return lost;
                          }};
    return read_in_workers(files, reading, none, {}, {.jobs = jobs},
                           [](std::span<const InWork>, std::size_t, std::uint64_t) { return true; });
}

std::string plan_in(const std::optional<Partial>& partial) {
    return partial && partial->record.tables.size() == 1 ? partial->record.tables.front().plan->name : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(each_file_has_the_plan_that_its_worker_gave_it) {
    std::vector<plan::SharedPlan> plans;
    for (std::size_t i = 0; i < 10; ++i) plans.push_back(plan_of(i));
    for (const unsigned jobs : {1U, 2U, 7U}) {
        const auto partials = read_files(500, jobs, [&](std::size_t file) { return partial_of(plans[file % 10]); });
        BOOST_REQUIRE(partials.size() == 500U);
        for (std::size_t i = 0; i < partials.size(); ++i) BOOST_TEST(plan_in(partials[i]) == plans[i % 10]->name);
    }
}

BOOST_AUTO_TEST_CASE(a_plan_that_cannot_be_read_costs_its_files_and_gives_no_other_a_wrong_one) {
    constexpr std::size_t damaged = 3;
    std::vector<plan::SharedPlan> plans;
    for (std::size_t i = 0; i < 10; ++i) plans.push_back(plan_of(i, i == damaged ? no_role : ASSAY_ROLE_METRIC));
    for (const unsigned jobs : {1U, 2U}) {
        const auto partials = read_files(30, jobs, [&](std::size_t file) { return partial_of(plans[file % 10]); });
        BOOST_REQUIRE(partials.size() == 30U);
        for (std::size_t i = 0; i < partials.size(); ++i) {
            BOOST_REQUIRE(partials[i].has_value());
            if (i % 10 == damaged)
                BOOST_TEST(partials[i]->record.reason_code == "crashed");
            else
                BOOST_TEST(plan_in(partials[i]) == plans[i % 10]->name);
        }
    }
}
