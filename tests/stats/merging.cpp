// Any split, any order of merging, any save and load in between: the same bytes. One test for all that merges freely.
#include "state.hpp"
#include <algorithm>
#include <assay/stats/distinct.hpp>
#include <assay/stats/extrema.hpp>
#include <assay/stats/sample.hpp>
#include <assay/stats/top.hpp>
#include <assay/stats/values.hpp>
#include <random>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(merging)

struct Observation {
    double value;
    Position at;
};

std::vector<Observation> observations(std::size_t n) {
    std::mt19937_64 random{7};
    std::vector<Observation> all(n);
    for (std::size_t i = 0; i < n; ++i) {
        all[i].value = static_cast<double>(random() % 700) * 0.37 - 60; // with repeats, both signs
        all[i].at = {i / 100, i % 100};
    }
    return all;
}

void add(Extrema& state, const Observation& o) { state.add(o.value, o.at); }
void add(Values& state, const Observation& o) { state.add(o.value); }
void add(Distinct& state, const Observation& o) { state.add(hash(o.value)); }
void add(Top& state, const Observation& o) { state.add(std::to_string(o.value)); }
void add(Sample<double>& state, const Observation& o) { state.add(sample_key(42, o.at), o.at, o.value); }
void add(Sample<std::string>& state, const Observation& o) {
    state.add(hash(o.at.row % 5), o.at, std::to_string(o.value)); // many equal keys
}

template <class State> void check_any_way_gives_the_same_bytes(const State& empty, std::size_t n) {
    auto all = observations(n);
    State serial = empty;
    for (const Observation& o : all) add(serial, o);
    std::mt19937_64 random{n};
    for (int trial = 0; trial < 12; ++trial) {
        std::shuffle(all.begin(), all.end(), random);
        std::vector<State> parts(1 + random() % 6, empty);
        const std::uint64_t reload_every = 1 + random() % 400;
        for (const Observation& o : all) {
            State& part = parts[random() % parts.size()];
            add(part, o);
            if (random() % reload_every == 0 && trial % 2 == 0) part = reloaded(part);
        }
        while (parts.size() > 1) {
            const std::size_t i = random() % (parts.size() - 1);
            const State other = trial % 3 == 0 ? reloaded(parts.back()) : parts.back();
            parts.pop_back();
            parts[i].merge(other);
        }
        if (encoded(parts[0]) != encoded(serial)) BOOST_FAIL("n " << n << ", trial " << trial);
    }
}

template <class State> void check_below_and_beyond_the_cap(const State& empty) {
    for (std::size_t n : {0U, 1U, 90U, 100U, 101U, 350U, 3'000U}) check_any_way_gives_the_same_bytes(empty, n);
}

BOOST_AUTO_TEST_CASE(extrema_are_free_of_order) { check_below_and_beyond_the_cap(Extrema{}); }
BOOST_AUTO_TEST_CASE(values_are_free_of_order) { check_below_and_beyond_the_cap(Values{100}); }
BOOST_AUTO_TEST_CASE(distinct_sets_are_free_of_order) { check_below_and_beyond_the_cap(Distinct{100, 8}); }
BOOST_AUTO_TEST_CASE(top_texts_are_free_of_order) { check_below_and_beyond_the_cap(Top{50}); }
BOOST_AUTO_TEST_CASE(samples_are_free_of_order) {
    check_below_and_beyond_the_cap(Sample<double>{40});
    check_below_and_beyond_the_cap(Sample<std::string>{40});
}

BOOST_AUTO_TEST_SUITE_END()
