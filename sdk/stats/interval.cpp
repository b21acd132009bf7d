#include <algorithm>
#include <array>
#include <assay/stats/interval.hpp>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace assay::stats {
namespace {

constexpr double rounding = 1e-12; // ties and sums that only rounding tells apart

// Point probabilities of Binomial(n, p) next to k, from the one at k.
struct Binomial {
    double n, p;
    double left(double k, double at_k) const { return k > 0 ? at_k * k / (n - k + 1) * ((1 - p) / p) : 0; }
    double right(double k, double at_k) const { return k < n ? at_k * (n - k) / (k + 1) * (p / (1 - p)) : 0; }
};

bool is_confidence(double confidence) { return confidence > 0 && confidence < 1; }

// What depends on a sample's size and the level alone. Many groups of one report are of the same size: the last of each
// of some sizes are kept.
template <class Result> class BySize {
  public:
    template <class Make> Result of(std::uint64_t n, double confidence, Make make) {
        Kept& kept = kept_[n % kept_.size()];
        if (kept.n != n || kept.confidence != confidence) kept = {n, confidence, make()};
        return kept.result;
    }

  private:
    struct Kept {
        std::uint64_t n = 0;
        double confidence = 0; // which is none
        Result result = {};
    };
    std::array<Kept, 256> kept_;
};

double students_quantile(std::uint64_t n, double confidence) {
    thread_local BySize<double> known;
    return known.of(n, confidence, [&] {
        const boost::math::students_t_distribution<> t{static_cast<double>(n - 1)};
        return quantile(complement(t, (1 - confidence) / 2));
    });
}

} // namespace

std::optional<OrderInterval> quantile_interval(std::uint64_t n, double p, double confidence) {
    if (n == 0 || !(p > 0 && p < 1) || !is_confidence(confidence)) return std::nullopt;
    const Binomial binomial{static_cast<double>(n), p};
    // The number of values below the quantile is k with the binomial probability of k; then the quantile lies between
    // order statistics k and k + 1 (from 1). [lo, hi] are the k taken so far.
    double lo = std::max(0.0, std::ceil((binomial.n + 1) * p - rounding) - 1), hi = lo;
    double at_lo = boost::math::pdf(boost::math::binomial_distribution<>{binomial.n, p}, lo), at_hi = at_lo;
    double taken = 0, inside = 0; // inside: of those k that have an order statistic on both sides
    const auto take = [&](double k, double probability) {
        taken += probability;
        if (k >= 1 && k <= binomial.n - 1) inside += probability;
    };
    take(lo, at_lo);
    while (taken < confidence - rounding) {
        const double left = binomial.left(lo, at_lo), right = binomial.right(hi, at_hi);
        if (left <= 0 && right <= 0) break;
        const bool go_left = left >= right * (1 - rounding);
        if (go_left) {
            --lo;
            at_lo = left;
        } else {
            ++hi;
            at_hi = right;
        }
        take(go_left ? lo : hi, go_left ? left : right);
    }
    const double first = std::max(lo, 1.0), last = std::min(hi + 1, binomial.n);
    return OrderInterval{static_cast<std::uint64_t>(first) - 1, static_cast<std::uint64_t>(last) - 1,
                         std::min(inside, 1.0), inside >= confidence - rounding};
}

std::optional<OrderInterval> median_interval(std::uint64_t n, double confidence) {
    thread_local BySize<std::optional<OrderInterval>> known;
    return known.of(n, confidence, [&] { return quantile_interval(n, 0.5, confidence); });
}

std::optional<Interval> mean_interval(const Moments& m, double confidence) {
    const auto error = sem(m);
    if (!error || !is_confidence(confidence)) return std::nullopt;
    const double half = students_quantile(m.n, confidence) * *error;
    if (!std::isfinite(m.mean - half) || !std::isfinite(m.mean + half)) return std::nullopt;
    return Interval{m.mean - half, m.mean + half};
}

bool mean_interval_doubtful(const Moments& m) {
    const auto skew = skewness(m);
    return m.n < 10 && skew && std::fabs(*skew) > 1;
}

std::optional<Interval> wilson(std::uint64_t hits, std::uint64_t n, double confidence) {
    if (n == 0 || hits > n || !is_confidence(confidence)) return std::nullopt;
    const double z = quantile(complement(boost::math::normal_distribution<>{}, (1 - confidence) / 2));
    const double count = static_cast<double>(n), share = static_cast<double>(hits) / count, z2 = z * z / count;
    const double centre = (share + z2 / 2) / (1 + z2);
    const double half = z / (1 + z2) * std::sqrt(share * (1 - share) / count + z2 / (4 * count));
    // Exactly 0 and 1 where nothing or everything was hit.
    return Interval{hits == 0 ? 0 : std::max(0.0, centre - half), hits == n ? 1 : std::min(1.0, centre + half)};
}

std::optional<Interval> clopper_pearson(std::uint64_t hits, std::uint64_t n, double confidence) {
    if (n == 0 || hits > n || !is_confidence(confidence)) return std::nullopt;
    const double tail = (1 - confidence) / 2, k = static_cast<double>(hits), count = static_cast<double>(n);
    using Beta = boost::math::beta_distribution<>;
    return Interval{hits == 0 ? 0 : quantile(Beta{k, count - k + 1}, tail),
                    hits == n ? 1 : quantile(complement(Beta{k + 1, count - k}, tail))};
}

std::optional<double> rule_of_three(std::uint64_t n) {
    if (n == 0) return std::nullopt;
    return std::min(1.0, 3 / static_cast<double>(n));
}

} // namespace assay::stats
