#include "layout.hpp"
#include <array>
#include <assay/cell.hpp>

namespace assay::csv {
namespace {

struct Spelling {
    std::string_view tool, ucum;
};

/// Spellings that depend on case come as they are; those below are compared in lower case.
constexpr std::array exact{
    Spelling{"B", "By"},     Spelling{"KB", "kBy"},   Spelling{"kB", "kBy"},   Spelling{"MB", "MBy"},
    Spelling{"GB", "GBy"},   Spelling{"TB", "TBy"},   Spelling{"KiB", "KiBy"}, Spelling{"MiB", "MiBy"},
    Spelling{"GiB", "GiBy"}, Spelling{"TiB", "TiBy"}, Spelling{"C", "Cel"},    Spelling{"W", "W"},
    Spelling{"mW", "mW"},    Spelling{"J", "J"},      Spelling{"V", "V"},      Spelling{"A", "A"}};

constexpr std::array any_case{Spelling{"ns", "ns"},
                              Spelling{"nsecond", "ns"},
                              Spelling{"nanosecond", "ns"},
                              Spelling{"nanoseconds", "ns"},
                              Spelling{"us", "us"},
                              Spelling{"usecond", "us"},
                              Spelling{"microsecond", "us"},
                              Spelling{"microseconds", "us"},
                              Spelling{"\xC2\xB5s", "us"},
                              Spelling{"\xCE\xBCs", "us"},
                              Spelling{"ms", "ms"},
                              Spelling{"msecond", "ms"},
                              Spelling{"millisecond", "ms"},
                              Spelling{"milliseconds", "ms"},
                              Spelling{"s", "s"},
                              Spelling{"sec", "s"},
                              Spelling{"second", "s"},
                              Spelling{"seconds", "s"},
                              Spelling{"min", "min"},
                              Spelling{"minute", "min"},
                              Spelling{"minutes", "min"},
                              Spelling{"h", "h"},
                              Spelling{"hour", "h"},
                              Spelling{"hours", "h"},
                              Spelling{"%", "%"},
                              Spelling{"percent", "%"},
                              Spelling{"pct", "%"},
                              Spelling{"byte", "By"},
                              Spelling{"bytes", "By"},
                              Spelling{"kbyte", "kBy"},
                              Spelling{"mbyte", "MBy"},
                              Spelling{"gbyte", "GBy"},
                              Spelling{"tbyte", "TBy"},
                              Spelling{"kib", "KiBy"},
                              Spelling{"mib", "MiBy"},
                              Spelling{"gib", "GiBy"},
                              Spelling{"bit", "bit"},
                              Spelling{"bits", "bit"},
                              Spelling{"hz", "Hz"},
                              Spelling{"khz", "kHz"},
                              Spelling{"mhz", "MHz"},
                              Spelling{"ghz", "GHz"},
                              Spelling{"watt", "W"},
                              Spelling{"watts", "W"},
                              Spelling{"joule", "J"},
                              Spelling{"joules", "J"},
                              Spelling{"celsius", "Cel"},
                              Spelling{"\xC2\xB0"
                                       "c",
                                       "Cel"},
                              Spelling{"block", "{block}"},
                              Spelling{"thread", "{thread}"},
                              Spelling{"warp", "{warp}"},
                              Spelling{"inst", "{inst}"},
                              Spelling{"cycle", "{cycle}"},
                              Spelling{"register", "{register}"},
                              Spelling{"sector", "{sector}"},
                              Spelling{"request", "{request}"},
                              Spelling{"requests", "{request}"},
                              Spelling{"token", "{token}"},
                              Spelling{"tokens", "{token}"},
                              Spelling{"tok", "{token}"}};

std::string_view known(std::string_view unit) {
    for (const auto& [tool, ucum] : exact)
        if (unit == tool) return ucum;
    for (const auto& [tool, ucum] : any_case)
        if (cell::equals_ignoring_case(unit, tool)) return ucum;
    return "";
}

/// Every part of "a/b/c" in UCUM; empty if one is not known.
std::string convert(std::string_view unit) {
    std::string out;
    while (true) {
        const std::size_t slash = unit.find('/');
        const std::string_view part = known(cell::trim(unit.substr(0, slash)));
        if (part.empty()) return "";
        out += part;
        if (slash == unit.npos) return out;
        out += '/';
        unit.remove_prefix(slash + 1);
    }
}

} // namespace

bool is_known_unit(std::string_view unit) { return !convert(cell::trim(unit)).empty(); }

std::string to_ucum(std::string_view unit) {
    unit = cell::trim(unit);
    const std::string ucum = convert(unit);
    return ucum.empty() ? std::string{unit} : ucum;
}

} // namespace assay::csv
