// The assembler takes the files as they are: as string literals, half a megabyte would take the compiler seconds.
#include "assets.hpp"

__asm__(R"(
    .section .rodata
    .local assay_html_vega, assay_html_script, assay_html_style, assay_html_templates, assay_html_end
assay_html_vega:
    .incbin ")" MADE R"(/vega.js"
assay_html_script:
    .incbin ")" SOURCES R"(/page.js"
assay_html_style:
    .incbin ")" SOURCES R"(/page.css"
assay_html_templates:
    .incbin ")" MADE R"(/templates.json"
assay_html_end:
    .byte 0
    .previous
)");

extern "C" {
[[gnu::visibility("hidden")]] extern const char assay_html_vega[], assay_html_script[], assay_html_style[],
    assay_html_templates[], assay_html_end[];
}

namespace assay::html {

std::string_view vega_script() { return {assay_html_vega, assay_html_script}; }
std::string_view page_script() { return {assay_html_script, assay_html_style}; }
std::string_view page_style() { return {assay_html_style, assay_html_templates}; }
std::string_view chart_templates() { return {assay_html_templates, assay_html_end}; }

} // namespace assay::html
