// What a value costs in each accumulator of assay::stats. One iteration folds `range(0)` values into a fresh one.
#include <algorithm>
#include <assay/stats/distinct.hpp>
#include <assay/stats/extrema.hpp>
#include <assay/stats/moment_tree.hpp>
#include <assay/stats/moments.hpp>
#include <assay/stats/sample.hpp>
#include <assay/stats/top.hpp>
#include <assay/stats/values.hpp>
#include <benchmark/benchmark.h>

namespace {

using namespace assay::stats;

constexpr std::int64_t few = 1 << 10, many = 1 << 20;

// Latencies as they are measured: positive, skewed to the right.
std::vector<double> latencies(std::size_t n) {
    std::vector<double> values;
    values.reserve(n);
    for (std::uint64_t i = 0; i < n; ++i) {
        const double share = static_cast<double>(combine(1, i) >> 11) * 0x1p-53; // uniform in [0, 1)
        values.push_back(10.0 - 4.0 * std::log1p(-share));
    }
    return values;
}

template <class Fold> void measure(benchmark::State& state, Fold fold) {
    const std::vector<double> values = latencies(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) fold(values);
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(state.iterations() * state.range(0) * static_cast<std::int64_t>(sizeof(double)));
}

void moments(benchmark::State& state) {
    measure(state, [](const std::vector<double>& values) {
        Moments moments;
        moments.add(values);
        benchmark::DoNotOptimize(moments);
    });
}

void moment_tree(benchmark::State& state) {
    measure(state, [](const std::vector<double>& values) {
        MomentTree tree;
        tree.add(0, values);
        benchmark::DoNotOptimize(tree.total());
    });
}

void extrema(benchmark::State& state) {
    measure(state, [](const std::vector<double>& values) {
        Extrema extrema;
        extrema.add(range_of(values), {}, [&](double value) {
            const auto at = std::find(values.begin(), values.end(), value);
            return Extreme{*at, {0, static_cast<std::uint64_t>(at - values.begin())}};
        });
        benchmark::DoNotOptimize(extrema);
    });
}

void values_and_median(benchmark::State& state) { // exact up to 65,536 values, a sketch beyond
    measure(state, [](const std::vector<double>& values) {
        Values bag;
        bag.add(values);
        benchmark::DoNotOptimize(bag.quantile(0.5));
    });
}

void distinct(benchmark::State& state) { // exact up to 65,536 values, a HyperLogLog beyond
    measure(state, [](const std::vector<double>& values) {
        Distinct distinct;
        for (const double value : values) distinct.add(combine(0, std::bit_cast<std::uint64_t>(value)));
        benchmark::DoNotOptimize(distinct.count(values.size()));
    });
}

void sample(benchmark::State& state) {
    measure(state, [](const std::vector<double>& values) {
        Sample<double> sample;
        for (std::uint64_t row = 0; row < values.size(); ++row) {
            const Position at{0, row};
            sample.add(sample_key(1, at), at, values[row]);
        }
        benchmark::DoNotOptimize(sample.size());
    });
}

void top(benchmark::State& state) { // the texts of an error column
    const std::vector<std::string> texts{"ok", "ok", "ok", "timeout", "out of memory", "connection refused", "killed"};
    for (auto _ : state) {
        Top top;
        for (std::int64_t i = 0; i < state.range(0); ++i) top.add(texts[static_cast<std::size_t>(i) % texts.size()]);
        benchmark::DoNotOptimize(top.entries().data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(moments)->Arg(few)->Arg(many);
BENCHMARK(moment_tree)->Arg(few)->Arg(many);
BENCHMARK(extrema)->Arg(few)->Arg(many);
BENCHMARK(values_and_median)->Arg(few)->Arg(many);
BENCHMARK(distinct)->Arg(few)->Arg(many);
BENCHMARK(sample)->Arg(few)->Arg(many);
BENCHMARK(top)->Arg(few)->Arg(many);

} // namespace

BENCHMARK_MAIN();
