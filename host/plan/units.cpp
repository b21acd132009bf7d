#include "plan/units.hpp"
#include "plan/name_words.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <utility>
#include <vector>

namespace assay::plan {

namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

/// As words of a name, lower case. Left out on purpose: min (minimum), m, h, c, k, b: too often something else.
constexpr std::array word_units{Spelling{"s", "s"},
                                Spelling{"sec", "s"},
                                Spelling{"secs", "s"},
                                Spelling{"second", "s"},
                                Spelling{"seconds", "s"},
                                Spelling{"ms", "ms"},
                                Spelling{"msec", "ms"},
                                Spelling{"millis", "ms"},
                                Spelling{"milliseconds", "ms"},
                                Spelling{"us", "us"},
                                Spelling{"usec", "us"},
                                Spelling{"micros", "us"},
                                Spelling{"microseconds", "us"},
                                Spelling{"ns", "ns"},
                                Spelling{"nsec", "ns"},
                                Spelling{"nanos", "ns"},
                                Spelling{"nanoseconds", "ns"},
                                Spelling{"mins", "min"},
                                Spelling{"minutes", "min"},
                                Spelling{"hours", "h"},
                                Spelling{"days", "d"},
                                Spelling{"bytes", "By"},
                                Spelling{"byte", "By"},
                                Spelling{"kb", "kBy"},
                                Spelling{"mb", "MBy"},
                                Spelling{"gb", "GBy"},
                                Spelling{"tb", "TBy"},
                                Spelling{"kib", "KiBy"},
                                Spelling{"mib", "MiBy"},
                                Spelling{"gib", "GiBy"},
                                Spelling{"tib", "TiBy"},
                                Spelling{"kbyte", "kBy"},
                                Spelling{"mbyte", "MBy"},
                                Spelling{"gbyte", "GBy"},
                                Spelling{"bits", "bit"},
                                Spelling{"pct", "%"},
                                Spelling{"percent", "%"},
                                Spelling{"percentage", "%"},
                                Spelling{"hz", "Hz"},
                                Spelling{"khz", "kHz"},
                                Spelling{"mhz", "MHz"},
                                Spelling{"ghz", "GHz"},
                                Spelling{"watts", "W"},
                                Spelling{"w", "W"},
                                Spelling{"mw", "mW"},
                                Spelling{"kw", "kW"},
                                Spelling{"joules", "J"},
                                Spelling{"j", "J"},
                                Spelling{"mj", "mJ"},
                                Spelling{"kj", "kJ"},
                                Spelling{"celsius", "Cel"},
                                Spelling{"degc", "Cel"},
                                Spelling{"rpm", "{rotation}/min"},
                                Spelling{"volts", "V"},
                                Spelling{"amps", "A"},
                                Spelling{"fps", "{frame}/s"},
                                Spelling{"qps", "{query}/s"},
                                Spelling{"rps", "{request}/s"},
                                Spelling{"tps", "{token}/s"},
                                Spelling{"iops", "{operation}/s"},
                                Spelling{"gbps", "Gbit/s"},
                                Spelling{"mbps", "Mbit/s"},
                                Spelling{"kbps", "kbit/s"},
                                Spelling{"flops", "{operation}/s"},
                                Spelling{"gflops", "G{operation}/s"},
                                Spelling{"tflops", "T{operation}/s"}};

/// As symbols in brackets or behind a number, case as written.
constexpr std::array symbol_units{Spelling{"%", "%"},
                                  Spelling{"s", "s"},
                                  Spelling{"ms", "ms"},
                                  Spelling{"us", "us"},
                                  Spelling{"µs", "us"},
                                  Spelling{"μs", "us"},
                                  Spelling{"ns", "ns"},
                                  Spelling{"min", "min"},
                                  Spelling{"h", "h"},
                                  Spelling{"B", "By"},
                                  Spelling{"kB", "kBy"},
                                  Spelling{"KB", "kBy"},
                                  Spelling{"MB", "MBy"},
                                  Spelling{"GB", "GBy"},
                                  Spelling{"TB", "TBy"},
                                  Spelling{"KiB", "KiBy"},
                                  Spelling{"MiB", "MiBy"},
                                  Spelling{"GiB", "GiBy"},
                                  Spelling{"TiB", "TiBy"},
                                  Spelling{"Hz", "Hz"},
                                  Spelling{"kHz", "kHz"},
                                  Spelling{"MHz", "MHz"},
                                  Spelling{"GHz", "GHz"},
                                  Spelling{"W", "W"},
                                  Spelling{"mW", "mW"},
                                  Spelling{"kW", "kW"},
                                  Spelling{"J", "J"},
                                  Spelling{"V", "V"},
                                  Spelling{"A", "A"},
                                  Spelling{"C", "Cel"},
                                  Spelling{"°C", "Cel"},
                                  Spelling{"tok/s", "{token}/s"},
                                  Spelling{"tokens/s", "{token}/s"},
                                  Spelling{"tokens/sec", "{token}/s"},
                                  Spelling{"t/s", "{token}/s"},
                                  Spelling{"req/s", "{request}/s"},
                                  Spelling{"ops/s", "{operation}/s"},
                                  Spelling{"B/s", "By/s"},
                                  Spelling{"kB/s", "kBy/s"},
                                  Spelling{"KB/s", "kBy/s"},
                                  Spelling{"MB/s", "MBy/s"},
                                  Spelling{"GB/s", "GBy/s"},
                                  Spelling{"KiB/s", "KiBy/s"},
                                  Spelling{"MiB/s", "MiBy/s"},
                                  Spelling{"GiB/s", "GiBy/s"},
                                  Spelling{"bit/s", "bit/s"},
                                  Spelling{"Mbit/s", "Mbit/s"},
                                  Spelling{"Gbit/s", "Gbit/s"},
                                  Spelling{"x", "1"}};

/// Things that are counted; with a time behind them they make a rate.
constexpr std::array counted{Spelling{"tokens", "{token}"},
                             Spelling{"token", "{token}"},
                             Spelling{"tok", "{token}"},
                             Spelling{"toks", "{token}"},
                             Spelling{"requests", "{request}"},
                             Spelling{"reqs", "{request}"},
                             Spelling{"req", "{request}"},
                             Spelling{"queries", "{query}"},
                             Spelling{"failures", "{failure}"},
                             Spelling{"ops", "{operation}"},
                             Spelling{"operations", "{operation}"},
                             Spelling{"frames", "{frame}"},
                             Spelling{"samples", "{sample}"},
                             Spelling{"images", "{image}"},
                             Spelling{"items", "{item}"},
                             Spelling{"rows", "{row}"},
                             Spelling{"records", "{record}"},
                             Spelling{"messages", "{message}"},
                             Spelling{"packets", "{packet}"},
                             Spelling{"events", "{event}"},
                             Spelling{"steps", "{step}"},
                             Spelling{"iterations", "{iteration}"},
                             Spelling{"transactions", "{transaction}"},
                             Spelling{"chars", "{char}"},
                             Spelling{"characters", "{char}"},
                             Spelling{"words", "{word}"},
                             Spelling{"errors", "{error}"},
                             Spelling{"bytes", "By"},
                             Spelling{"mb", "MBy"},
                             Spelling{"gb", "GBy"},
                             Spelling{"kb", "kBy"},
                             Spelling{"mib", "MiBy"},
                             Spelling{"gib", "GiBy"}};

template <class Table> std::optional<std::string> look_up(const Table& table, std::string_view key) {
    for (const auto& [written, symbol] : table)
        if (written == key) return std::string{symbol};
    return std::nullopt;
}

bool is_second(std::string_view word) { return word == "s" || word == "sec" || word == "second" || word == "seconds"; }

/// `tokens per second`, `tokens_per_s`, `bytes_per_request`.
std::optional<Unit> ratio(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (words[i] != "per") continue;
        auto above = look_up(counted, words[i - 1]);
        if (!above) above = look_up(word_units, words[i - 1]);
        const std::string plural = words[i + 1] + "s";
        auto below = look_up(word_units, words[i + 1]);
        if (!below) below = look_up(counted, words[i + 1]);
        if (!below) below = look_up(counted, plural);
        if (above && below)
            return Unit{*above + "/" + *below, "'" + words[i - 1] + " per " + words[i + 1] + "' in the name"};
    }
    return std::nullopt;
}

/// `temperature_c`, `temp_f`, `temperature.gpu`: of parts of machines every tool tells degrees Celsius.
std::optional<Unit> temperature(const std::vector<std::string>& words) {
    const auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
    if (words.size() < 2 || !(has("temperature") || has("temp"))) return std::nullopt;
    static constexpr std::array degrees{Spelling{"c", "Cel"}, Spelling{"f", "[degF]"}, Spelling{"k", "K"}};
    if (const auto symbol = look_up(degrees, words.back()))
        return Unit{*symbol, "'" + words.back() + "' ends the name"};
    for (const auto* part : {"gpu", "cpu"})
        if (has(part)) return Unit{"Cel", std::string{"the temperature of a "} + part};
    return std::nullopt;
}

std::optional<Unit> bracketed(std::string_view name) {
    name = cell::trim(name);
    if (name.empty()) return std::nullopt;
    const char close = name.back();
    if (close != ')' && close != ']') return std::nullopt;
    const auto open = name.rfind(close == ')' ? '(' : '[');
    // "f(x)" is a function and its argument.
    if (open == std::string_view::npos || open == 1) return std::nullopt;
    const auto inside = name.substr(open + 1, name.size() - open - 2);
    auto symbol = unit_symbol(inside);
    if (!symbol) return std::nullopt;
    return Unit{*symbol, "'" + std::string{name.substr(open)} + "' in the name"};
}

} // namespace

namespace {

std::string lowered(std::string_view text) {
    std::string low;
    for (const char c : text) low += cell::lower(c);
    return low;
}

/// What is counted as one: `op` of `ns/op`.
std::optional<std::string> counted_one(const std::string& low) {
    if (auto thing = look_up(counted, low)) return thing;
    return look_up(counted, low + "s");
}

/// `req/s`, `queries/sec`, `ops/ms`, `ns/op`, `B/op`.
std::optional<std::string> quotient(std::string_view written) {
    const auto slash = written.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == written.size()) return std::nullopt;
    const auto above = written.substr(0, slash), below = written.substr(slash + 1);
    const std::string low_above = lowered(above), low_below = lowered(below);
    if (const auto time = look_up(word_units, low_below); time && is_duration(*time)) {
        if (const auto thing = counted_one(low_above)) return *thing + "/" + *time;
        const auto symbol = look_up(symbol_units, above);
        return symbol && !is_duration(*symbol) ? std::optional{*symbol + "/" + *time} : std::nullopt;
    }
    const auto thing = counted_one(low_below);
    auto symbol = look_up(symbol_units, above);
    if (!symbol && low_above.size() > 1) symbol = look_up(word_units, low_above);
    return thing && symbol && thing->starts_with('{') ? std::optional{*symbol + "/" + *thing} : std::nullopt;
}

} // namespace

std::optional<std::string> unit_symbol(std::string_view written) {
    written = cell::trim(written);
    if (auto symbol = look_up(symbol_units, written)) return symbol;
    const std::string low = lowered(written);
    if (low.size() > 1)
        if (auto symbol = look_up(word_units, low)) return symbol;
    return quotient(written);
}

namespace {

std::optional<Unit> find_unit(std::string_view name) {
    if (auto unit = bracketed(name)) return unit;
    if (const auto symbol = quotient(cell::trim(name))) return Unit{*symbol, "the name is a unit"};
    auto words = name_words(name);
    if (auto unit = ratio(words)) return unit;
    if (auto unit = temperature(words)) return unit;
    while (words.size() > 1 && is_statistic_word(words.back())) words.pop_back();
    if (words.empty()) return std::nullopt;
    if (words.size() >= 2 && is_second(words.back())) {
        if (const auto thing = look_up(counted, words[words.size() - 2]))
            return Unit{*thing + "/s",
                        "'" + words[words.size() - 2] + "' before '" + words.back() + "' in the name: a rate"};
    }
    // One letter alone is a name, not a unit.
    if (words.size() == 1 && words[0].size() == 1) return std::nullopt;
    // `size_per_sec` is no time.
    if (words.size() >= 2 && words[words.size() - 2] == "per") return std::nullopt;
    if (const auto symbol = look_up(word_units, words.back()))
        return Unit{*symbol, "'" + words.back() + "' ends the name"};
    if (const auto thing = look_up(counted, words.back())) return Unit{*thing, "counts '" + words.back() + "'"};
    for (const auto& word : words)
        if (word == "percent" || word == "pct" || word == "percentage") return Unit{"%", "'" + word + "' in the name"};
    return std::nullopt;
}

} // namespace

std::optional<Unit> unit_of_name(std::string_view name) {
    static ByName<std::optional<Unit>> known;
    return known.of(name, find_unit);
}

bool is_duration(std::string_view symbol) {
    const auto each = symbol.find("/{");
    if (each != std::string_view::npos) symbol = symbol.substr(0, each);
    return symbol == "s" || symbol == "ms" || symbol == "us" || symbol == "ns" || symbol == "min" || symbol == "h";
}

bool is_rate(std::string_view symbol) {
    const auto slash = symbol.rfind('/');
    return slash != std::string_view::npos && slash > 0 && symbol.find('{', slash) == std::string_view::npos &&
           is_duration(symbol.substr(slash + 1));
}

} // namespace assay::plan
