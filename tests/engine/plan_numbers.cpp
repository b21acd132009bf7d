// Records in a row: each plan stands once among them.
#include "engine/content_record.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::engine;

namespace {

plan::SharedPlan plan_named(const std::string& name, std::size_t columns = 1) {
    plan::TablePlan plan;
    plan.name = name;
    plan.kind = ASSAY_TABLE_DATA;
    for (std::size_t i = 0; i < columns; ++i) {
        plan.columns.emplace_back().name = "column " + std::to_string(i);
        plan.columns.back().type = Type::real;
    }
    return std::make_shared<const plan::TablePlan>(std::move(plan));
}

Partial partial_of(const std::vector<plan::SharedPlan>& plans) {
    Partial partial;
    partial.record.outcome = ASSAY_OUTCOME_PARSED;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        partial.record.tables.push_back({.plan = plans[i]});
        partial.record.tables.back().rows_ok = i + 1;
    }
    partial.states = {"state"};
    return partial;
}

/// As they stand in a row.
std::vector<std::string> saved(const std::vector<Partial>& partials) {
    PlanNumbers numbers;
    std::vector<std::string> out;
    for (const Partial& partial : partials) encode(partial, numbers, out.emplace_back());
    return out;
}

std::vector<std::string> names_in(const Partial& partial) {
    std::vector<std::string> out;
    for (const TableContent& table : partial.record.tables) out.push_back(table.plan->name);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plan_that_partials_share_stands_with_the_first_alone) {
    const auto wide = plan_named("wide", 50), other = plan_named("other", 50);
    const auto bytes = saved({partial_of({wide}), partial_of({wide, wide}), partial_of({other, wide})});
    BOOST_TEST(bytes[0].find("wide") != std::string::npos);
    BOOST_TEST(bytes[1].find("wide") == std::string::npos);
    BOOST_TEST(bytes[2].find("other") != std::string::npos);
    BOOST_TEST(3 * bytes[1].size() < bytes[0].size());
}

BOOST_AUTO_TEST_CASE(each_partial_of_a_row_is_read_back_once_the_plans_of_all_are_there) {
    const auto a = plan_named("a"), b = plan_named("b");
    const auto bytes = saved({partial_of({a}), partial_of({b, a}), partial_of({}), partial_of({a, b})});
    Plans plans;
    for (const auto& one : bytes) BOOST_REQUIRE(take_plans_of(one, plans));
    BOOST_TEST(plans.size() == 2U);
    const std::vector<std::vector<std::string>> expected{{"a"}, {"b", "a"}, {}, {"a", "b"}};
    for (std::size_t i = bytes.size(); i-- > 0;) {
        const auto partial = decode_partial(bytes[i], plans);
        BOOST_REQUIRE(partial.has_value());
        BOOST_TEST(names_in(*partial) == expected[i], boost::test_tools::per_element());
        BOOST_TEST(partial->states == std::vector<std::string>{"state"}, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_partial_without_the_plans_it_speaks_of_is_refused) {
    const auto plan = plan_named("rows");
    const auto bytes = saved({partial_of({plan}), partial_of({plan})});
    BOOST_TEST(!decode_partial(bytes[1], Plans{}));
    BOOST_TEST(!decode_partial(bytes[1]));
    BOOST_TEST(decode_partial(bytes[0]).has_value());
}

BOOST_AUTO_TEST_CASE(damaged_plans_are_refused) {
    PlanNumbers numbers;
    numbers.of(plan_named("rows"));
    const std::string whole = numbers.take_new();
    BOOST_TEST(numbers.take_new().empty());
    Plans plans;
    BOOST_TEST(add_plans(whole, plans));
    BOOST_TEST(plans.size() == 1U);
    for (std::size_t size = 1; size < whole.size(); ++size)
        BOOST_TEST(!add_plans(std::string_view{whole}.substr(0, size), plans));
}

BOOST_AUTO_TEST_CASE(a_partial_of_more_plans_than_are_remembered_is_read_back) {
    std::vector<plan::SharedPlan> many;
    for (std::size_t i = 0; i < 300; ++i) many.push_back(plan_named("plan " + std::to_string(i), 200));
    const auto whole = partial_of(many);
    const auto bytes = saved({whole, whole});
    Plans plans;
    for (const auto& one : bytes) {
        BOOST_REQUIRE(take_plans_of(one, plans));
        const auto partial = decode_partial(one, plans);
        BOOST_REQUIRE(partial.has_value());
        BOOST_TEST(names_in(*partial) == names_in(whole), boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(more_different_plans_than_are_remembered_get_new_numbers) {
    constexpr std::size_t columns = 200, count = 300; // some 20 kB each
    std::vector<Partial> partials;
    const auto first = plan_named("plan 0", columns);
    partials.push_back(partial_of({first}));
    for (std::size_t i = 1; i < count; ++i)
        partials.push_back(partial_of({plan_named("plan " + std::to_string(i), columns)}));
    partials.push_back(partial_of({first}));
    const auto bytes = saved(partials);
    Plans plans;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        BOOST_REQUIRE(take_plans_of(bytes[i], plans));
        const auto partial = decode_partial(bytes[i], plans);
        BOOST_REQUIRE(partial.has_value());
        BOOST_TEST(names_in(*partial) == names_in(partials[i]), boost::test_tools::per_element());
    }
    BOOST_TEST(plans.size() == count + 1);
}
