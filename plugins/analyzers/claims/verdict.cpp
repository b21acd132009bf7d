#include "claims/verdict.hpp"
#include <assay/stats/display.hpp>

namespace assay::claims {

std::string told(const Datum& d, const std::string& path, bool failed) {
    std::string text = (d.stat == "value" ? "" : d.stat + " of ") + d.column;
    if (!d.rows.empty()) text += " where " + d.rows;
    text += " in " + path;
    if (d.line > 0) text += ":" + std::to_string(d.line);
    if (failed) text += ", a failed row,";
    return text + " is " + stats::display(d.value) + (d.unit.empty() || d.unit[0] == '{' ? "" : " " + d.unit);
}

} // namespace assay::claims
