#pragma once
// Any text as HTML, as JSON in a page, or as part of an address, that means that text and nothing else. Hidden
// characters are written out (visible_text.hpp).
#include <string>
#include <string_view>

namespace assay::html {

/// Element content and quoted attributes alike.
std::string text(std::string_view plain);

/// The same of at most `most` bytes of it, with "…" where more was there.
std::string clipped(std::string_view plain, std::size_t most);

/// JSON text as the content of a script element: '<', '>' and '&' are escapes, so that nothing ends the element.
std::string in_script(std::string_view json);

/// `template` with {path} and {line}; empty where there is no template.
std::string source_address(std::string_view url_template, std::string_view path, std::string_view line);

} // namespace assay::html
