// Hits of parts of a tree, appended in order, are those of the whole.
#include "gaps/hits.hpp"
#include <boost/test/unit_test.hpp>
#include <random>

using namespace assay;
using namespace assay::gaps;

namespace {

Rule rule_called(std::string_view id) {
    Rule out{};
    out.id = id;
    return out;
}
const Rule first_rule = rule_called("A1"), second_rule = rule_called("A2");

/// What a rule might report, drawn from a few subjects, details and weights.
void report_something(std::mt19937& random, std::size_t at, Hits& hits) {
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random()) % n; };
    const Rule& rule = below(2) == 0 ? first_rule : second_rule;
    const std::string subject = "s" + std::to_string(below(3));
    switch (below(4)) {
    case 0: return hits.looked(rule, subject, below(10), below(20) == 0);
    case 1: return hits.not_evaluated(rule, "reason " + std::to_string(below(3)));
    default: break;
    }
    hits.add(rule, {.subject = subject,
                    .at = {.artifact = std::to_string(at)},
                    .k = below(4),
                    .detail = below(3) == 0 ? "" : "d" + std::to_string(below(4)),
                    .weight = static_cast<double>(below(5)) - 2,
                    .places = 1 + below(3)});
}

void check_same(const Hits& one, const Hits& other) {
    for (const Rule* rule : {&first_rule, &second_rule}) {
        BOOST_TEST((one.reasons(*rule) == other.reasons(*rule)));
        const auto *a = one.of(*rule), *b = other.of(*rule);
        BOOST_REQUIRE((a == nullptr) == (b == nullptr));
        if (a == nullptr) continue;
        BOOST_REQUIRE(a->groups.size() == b->groups.size());
        for (const auto& [subject, group] : a->groups) {
            const Group& same = b->groups.at(subject);
            BOOST_TEST(group.k == same.k);
            BOOST_TEST(group.n == same.n);
            BOOST_TEST(group.places == same.places);
            BOOST_TEST(group.sampled == same.sampled);
            BOOST_TEST(group.worst == same.worst);
            BOOST_TEST((group.details == same.details));
            BOOST_REQUIRE(group.where.size() == same.where.size());
            for (std::size_t i = 0; i < group.where.size(); ++i)
                BOOST_TEST(group.where[i].artifact == same.where[i].artifact);
        }
    }
}

struct Seen {
    std::vector<std::size_t> all;
    void append(Seen later) { all.insert(all.end(), later.all.begin(), later.all.end()); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_hits)

BOOST_AUTO_TEST_CASE(hits_of_parts_appended_in_order_are_those_of_the_whole) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random{seed}, again{seed};
        const std::size_t n = 1 + seed % 40, part = 1 + seed % 7;
        Hits whole, joined;
        for (std::size_t i = 0; i < n; ++i) report_something(random, i, whole);
        for (std::size_t begin = 0; begin < n; begin += part) {
            Hits found = joined.beside();
            for (std::size_t i = begin; i < std::min(n, begin + part); ++i) report_something(again, i, found);
            joined.append(std::move(found));
        }
        check_same(whole, joined);
    }
}

BOOST_AUTO_TEST_CASE(notes_are_appended_and_read_beside) {
    Hits all{{{"A1", 0.5}}};
    BOOST_TEST(all.beside().noted<Seen>().all.empty());
    for (const std::size_t part : {0U, 1U, 2U}) {
        Hits found = all.beside();
        found.notes<Seen>().all = {part, part + 10};
        all.append(std::move(found));
    }
    const Hits beside = all.beside();
    BOOST_TEST(beside.noted<Seen>().all == (std::vector<std::size_t>{0, 10, 1, 11, 2, 12}),
               boost::test_tools::per_element());
    BOOST_TEST(beside.threshold(first_rule) == 0.5);
}

BOOST_AUTO_TEST_SUITE_END()
