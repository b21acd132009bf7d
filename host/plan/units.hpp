#pragma once
// Units from names and cells. UCUM symbols as OpenTelemetry writes them: s, ms, By, MiBy, %, {token}/s. What is not
// known stays unknown.
#include <optional>
#include <string>
#include <string_view>

namespace assay::plan {

struct Unit {
    std::string symbol; ///< UCUM
    std::string reason; ///< for people: "suffix _ms of the name"
};

/// The UCUM symbol of a unit as people write it ("ms", "MiB", "seconds", "%"); nothing if it is not known.
std::optional<std::string> unit_symbol(std::string_view written);

/// The unit a column's name states: `(ms)`, `[MiB]`, `_ns`, `_pct`, `tokens_s`, `Tokens per Second`.
std::optional<Unit> unit_of_name(std::string_view name);

/// True for seconds and their parts, also for each of something: `ns/{operation}`.
bool is_duration(std::string_view symbol);
/// True for something per time.
bool is_rate(std::string_view symbol);

} // namespace assay::plan
