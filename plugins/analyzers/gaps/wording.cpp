#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::gaps {

namespace {

constexpr std::string_view separators = "_.- /:[]()";

/// p50, p99, p99.9, p95th: 0.5, 0.99, 0.999, 0.95.
std::optional<double> percentile(std::string_view word) {
    if (word.size() < 2 || word.front() != 'p') return std::nullopt;
    word.remove_prefix(1);
    if (word.ends_with("th")) word.remove_suffix(2);
    const auto value = cell::number(word);
    return value && *value > 0 && *value < 1000 && word.find('.') == std::string_view::npos
               ? std::optional{*value >= 100 ? *value / 1000 : *value / 100}
               : std::nullopt;
}

std::optional<double> rank_of(std::string_view word) {
    struct Known {
        std::string_view word;
        double rank;
    };
    // Used and total never share a stem with percentiles, so that one scale serves both.
    static constexpr std::array<Known, 6> known{
        {{"min", 0}, {"minimum", 0}, {"median", 0.5}, {"max", 1}, {"maximum", 1}, {"total", 2}}};
    for (const Known& one : known)
        if (one.word == word) return one.rank;
    if (word == "used") return 1.5;
    return percentile(word);
}

/// The name's words, in lower case and joined by `_`, without the first that `is_it` knows.
template <class Known> std::string without_word(std::string_view name, Known is_it) {
    const std::string text = lower_case(name);
    std::string stem;
    bool found = false;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        const std::string_view word = std::string_view{text}.substr(begin, end - begin);
        if (!found && is_it(word))
            found = true;
        else
            stem.append(stem.empty() || word.empty() ? "" : "_").append(word);
        begin = end + 1;
    }
    return stem;
}

} // namespace

std::string lower_case(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), cell::lower);
    return out;
}

std::vector<std::string> name_words(std::string_view name) {
    std::vector<std::string> out(1);
    for (const char c : name) {
        const char low = cell::lower(c);
        if ((low >= 'a' && low <= 'z') || cell::is_digit(low))
            out.back() += low;
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

bool is_limit(std::string_view code) {
    static constexpr std::string_view codes[]{"too-large",        "ratio-limit",     "too-deep",
                                              "too-wide",         "too-many-tables", "too-many-columns",
                                              "record-too-large", "timed-out",       "out-of-memory"};
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

double seconds_in(std::string_view unit) {
    struct Known {
        std::string_view unit;
        double seconds;
    };
    static constexpr std::array<Known, 6> known{
        {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"min", 60}, {"h", 3600}}};
    for (const Known& one : known)
        if (one.unit == unit) return one.seconds;
    return 0;
}

bool is_duration_unit(std::string_view unit) { return seconds_in(unit) > 0; }

bool looks_like_error(std::string_view text) {
    constexpr std::size_t most = 300;
    static constexpr std::string_view anywhere[]{"traceback (most recent call last)",
                                                 "connectionpool(",
                                                 "connection refused",
                                                 "connection aborted",
                                                 "connection reset by peer",
                                                 "connection attempts failed",
                                                 "max retries exceeded",
                                                 "command not found",
                                                 "no such file or directory",
                                                 "segmentation fault",
                                                 "core dumped",
                                                 "cuda out of memory",
                                                 "==error==",
                                                 "internal server error",
                                                 "404 client error",
                                                 "500 server error",
                                                 "unhandled exception",
                                                 "failed to establish a new connection"};
    static constexpr std::string_view at_start[]{"error:", "[error]", "fatal:", "exception:", "error during"};
    // All of these hold one of these characters; most texts in tables are single words.
    const auto is_of_one = [](char c) { return c == ' ' || c == ':' || c == '(' || c == '=' || c == ']'; };
    if (std::none_of(text.begin(), text.end(), is_of_one)) return false;
    const std::string head = lower_case(text.substr(0, most));
    return std::any_of(std::begin(at_start), std::end(at_start), [&](auto word) { return head.starts_with(word); }) ||
           std::any_of(std::begin(anywhere), std::end(anywhere),
                       [&](auto word) { return head.find(word) != std::string::npos; });
}

std::string_view folder_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string short_text(std::string_view text, std::size_t most) {
    std::string out;
    for (const char c : text) {
        if (out.size() == most) {
            while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80) out.pop_back();
            if (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U) != 0) out.pop_back();
            return out + "...";
        }
        out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return out;
}

Evidence line_of(const std::string& path, std::uint64_t line, std::string excerpt) {
    Evidence out{path};
    if (line != ASSAY_UNKNOWN) out.line = line;
    out.excerpt = std::move(excerpt);
    return out;
}

std::string run_name(std::string_view path) {
    static constexpr std::array<std::string_view, 16> roles{
        "runs",  "run",   "raw",    "results", "result",    "summary", "summaries", "environment",
        "stats", "means", "report", "env",     "telemetry", "system",  "samples",   "aggregate"};
    const std::size_t name = path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1;
    const std::string stem = lower_case(path.substr(name, std::max(path.rfind('.'), name) - name));
    std::string out{path.substr(0, name)};
    std::size_t begin = 0;
    while (begin <= stem.size()) {
        const std::size_t end = std::min(stem.find_first_of("_-", begin), stem.size());
        const std::string_view word = std::string_view{stem}.substr(begin, end - begin);
        if (std::find(roles.begin(), roles.end(), word) == roles.end()) out.append(word).append("_");
        begin = end + 1;
    }
    return out;
}

bool is_summary_name(std::string_view path) {
    const std::string stem = lower_case(path.substr(path.rfind('/') + 1));
    return stem.find("summar") != std::string::npos || stem.find("aggregate") != std::string::npos ||
           stem.find("means") != std::string::npos || stem.find("stats") != std::string::npos;
}

std::optional<OrderInName> order_in_name(std::string_view name) {
    std::optional<double> rank;
    std::string stem = without_word(name, [&](std::string_view word) { return (rank = rank_of(word)).has_value(); });
    if (!rank) return std::nullopt;
    return OrderInName{std::move(stem), *rank};
}

std::optional<StatisticInName> statistic_in_name(std::string_view name) {
    struct Known {
        std::string_view word, statistic;
    };
    static constexpr Known known[]{{"mean", "mean"}, {"avg", "mean"}, {"average", "mean"}, {"median", "median"},
                                   {"std", "sd"},    {"sd", "sd"},    {"stdev", "sd"},     {"stddev", "sd"},
                                   {"min", "min"},   {"max", "max"},  {"minimum", "min"},  {"maximum", "max"}};
    std::string_view statistic;
    std::string stem = without_word(name, [&](std::string_view word) {
        for (const Known& one : known)
            if (one.word == word) statistic = one.statistic;
        return !statistic.empty();
    });
    if (statistic.empty()) return std::nullopt;
    return StatisticInName{std::move(stem), statistic};
}

} // namespace assay::gaps
