#pragma once
// What every page carries, as the build embedded it.
#include <string_view>

namespace assay::html {

std::string_view vega_script();     ///< Vega, with its licence
std::string_view page_script();     ///< page.js
std::string_view page_style();      ///< page.css
std::string_view chart_templates(); ///< JSON object: specification of each kind of chart

} // namespace assay::html
