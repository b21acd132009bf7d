#include <assay/stats/bytes.hpp>
#include <assay/stats/lanes.hpp>
#include <assay/stats/moments.hpp>
#include <cmath>
#include <limits>

namespace assay::stats {
namespace {

struct Sum {
    double high, low;
};

// Knuth's exact sum of two doubles.
Sum two_sum(double a, double b) {
    const double high = a + b;
    const double b_part = high - a;
    return {high, (a - (high - b_part)) + (b - b_part)};
}

void set_mean(Moments& m, double high, double low) {
    const Sum parts = two_sum(high, low);
    m.mean = parts.high;
    m.mean_low = parts.low;
}

// Not std::max, which would make 0 of what overflowed.
double at_least_zero(double value) { return value < 0 ? 0 : value; }

// Distances are taken from the first value, so that constant data has a deviation of exactly 0.
ASSAY_VECTORIZED Moments of_block(std::span<const double> values) {
    const double origin = values.front();
    const double n = static_cast<double>(values.size());
    Lanes s1{};
    by_lane(
        values, [&](const Lanes& x) { s1 += x - origin; }, [&](std::size_t lane, double x) { s1[lane] += x - origin; });
    const double centre = origin + sum(s1) / n;

    s1 = Lanes{};
    Lanes s2{}, s3{}, s4{};
    by_lane(
        values,
        [&](const Lanes& x) {
            const Lanes d = x - centre, d2 = d * d;
            s1 += d;
            s2 += d2;
            s3 += d2 * d;
            s4 += d2 * d2;
        },
        [&](std::size_t lane, double x) {
            const double d = x - centre, d2 = d * d;
            s1[lane] += d;
            s2[lane] += d2;
            s3[lane] += d2 * d;
            s4[lane] += d2 * d2;
        });
    // `centre` is the mean but for rounding; move the sums by what it is off.
    const double off = sum(s1) / n, m2 = sum(s2), m3 = sum(s3), m4 = sum(s4);
    Moments m;
    m.n = values.size();
    set_mean(m, centre, off);
    m.m2 = at_least_zero(m2 - n * off * off);
    m.m3 = m3 - 3 * off * m2 + 2 * n * off * off * off;
    m.m4 = at_least_zero(m4 - 4 * off * m3 + 6 * off * off * m2 - 3 * n * off * off * off * off);
    return m;
}

std::optional<double> finite(double value) { return std::isfinite(value) ? std::optional{value} : std::nullopt; }

// Spread that is only the rounding of the mean has no shape.
bool has_shape(const Moments& m) {
    const double noise = std::numeric_limits<double>::epsilon() * m.mean;
    return m.n > 0 && m.m2 > 0 && m.m2 / static_cast<double>(m.n) > noise * noise;
}

} // namespace

void Moments::add(double value) {
    Moments one;
    one.n = 1;
    one.mean = value;
    merge(one);
}

void Moments::add(std::span<const double> values) {
    while (!values.empty()) {
        const std::size_t size = std::min(block, values.size());
        merge(of_block(values.first(size)));
        values = values.subspan(size);
    }
}

void Moments::merge(const Moments& other) {
    if (other.n == 0) return;
    if (n == 0) {
        *this = other;
        return;
    }
    const double na = static_cast<double>(n), nb = static_cast<double>(other.n), all = na + nb;
    const double delta = (other.mean - mean) + (other.mean_low - mean_low);
    const double step = delta / all;
    const double a2 = m2, b2 = other.m2, a3 = m3, b3 = other.m3;
    const double between = delta * step * na * nb;
    m4 += other.m4 + between * step * step * (na * na - na * nb + nb * nb) +
          6 * step * step * (na * na * b2 + nb * nb * a2) + 4 * step * (na * b3 - nb * a3);
    m3 += b3 + between * step * (na - nb) + 3 * step * (na * b2 - nb * a2);
    m2 += b2 + between;
    set_mean(*this, mean, mean_low + step * nb);
    n += other.n;
}

std::optional<double> mean(const Moments& m) {
    if (m.n == 0) return std::nullopt;
    return finite(m.mean);
}

std::optional<double> variance(const Moments& m) {
    if (m.n < 2) return std::nullopt;
    return finite(m.m2 / static_cast<double>(m.n - 1));
}

std::optional<double> sd(const Moments& m) {
    const auto v = variance(m);
    return v ? std::optional{std::sqrt(*v)} : std::nullopt;
}

std::optional<double> sem(const Moments& m) {
    const auto deviation = sd(m);
    return deviation ? std::optional{*deviation / std::sqrt(static_cast<double>(m.n))} : std::nullopt;
}

std::optional<double> cv(const Moments& m) {
    const auto deviation = sd(m);
    if (!deviation || !(m.mean > 0)) return std::nullopt;
    return finite(*deviation / m.mean);
}

std::optional<double> skewness(const Moments& m) {
    if (!has_shape(m)) return std::nullopt;
    const double n = static_cast<double>(m.n), v = m.m2 / n;
    return finite(m.m3 / n / (v * std::sqrt(v)));
}

std::optional<double> kurtosis(const Moments& m) {
    if (!has_shape(m)) return std::nullopt;
    const double n = static_cast<double>(m.n), v = m.m2 / n;
    return finite(m.m4 / n / (v * v) - 3);
}

void encode(std::string& out, const Moments& m) {
    put_tag(out, "MOM1");
    put(out, m.n);
    for (double part : {m.mean, m.mean_low, m.m2, m.m3, m.m4}) put(out, part);
}

bool decode(std::string_view& in, Moments& out) {
    std::string_view rest = in;
    Moments m;
    if (!take_tag(rest, "MOM1") || !take(rest, m.n)) return false;
    for (double* part : {&m.mean, &m.mean_low, &m.m2, &m.m3, &m.m4})
        if (!take(rest, *part)) return false;
    if (m.m2 < 0 || (m.n == 0 && m != Moments{})) return false;
    out = m;
    in = rest;
    return true;
}

} // namespace assay::stats
