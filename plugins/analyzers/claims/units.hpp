#pragma once
// What a number is measured in, and how units of one measure convert.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::claims {

enum class Measure { none, time, bytes, rate, bandwidth, percent, ratio, temperature, power, energy, frequency };

struct Unit {
    Measure measure = Measure::none;
    double scale = 1;     ///< of one unit in the measure's own: s, By, 1/s, By/s, %, 1, Cel, W, J, Hz
    std::string noun{};   ///< of a rate: what is counted ("token"); empty: any
    bool decimal = false; ///< GB and the like, which people also write for GiB
    bool known() const { return measure != Measure::none; }
};

/// The unit of a column, by its UCUM code; measure none where it is not one of these.
Unit ucum_unit(std::string_view code);

struct UnitText {
    Unit unit;
    std::size_t end; ///< behind it
};
/// The unit that stands at `at` (behind a number, after one blank at most), as a whole word.
std::optional<UnitText> unit_at(std::string_view text, std::size_t at);
/// The unit that a heading names: "TTFT (s)", "Tokens/s", "Mean latency [ms]", "load_ms".
Unit unit_in_heading(std::string_view heading);

/// Rates as columns write them, `tokens_s` for tokens/s, and what they count.
const std::vector<std::pair<std::string, std::string>>& rate_names();

/// Could a value in `a` be the same as one in `b`?
bool comparable(const Unit& a, const Unit& b);

} // namespace assay::claims
