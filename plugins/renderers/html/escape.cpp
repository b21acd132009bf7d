#include "escape.hpp"
#include <assay/uri.hpp>
#include <assay/utf8.hpp>
#include <assay/visible_text.hpp>

namespace assay::html {

std::string text(std::string_view plain) {
    std::string out;
    for (const char c : visible(plain)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string clipped(std::string_view plain, std::size_t most) {
    if (plain.size() <= most) return text(plain);
    std::size_t end = 0;
    while (end < most) {
        const std::size_t length = code_point(plain, end).length;
        if (end + length > most) break;
        end += length;
    }
    return text(plain.substr(0, end)) + "…";
}

std::string in_script(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
        switch (c) {
        case '<': out += "\\u003c"; break;
        case '>': out += "\\u003e"; break;
        case '&': out += "\\u0026"; break;
        default: out += c;
        }
    }
    return out;
}

std::string source_address(std::string_view url_template, std::string_view path, std::string_view line) {
    std::string out{url_template};
    const auto put = [&](std::string_view name, const std::string& value) {
        for (std::size_t at = out.find(name); at != std::string::npos; at = out.find(name, at + value.size()))
            out.replace(at, name.size(), value);
    };
    if (out.empty()) return out;
    put("{line}", percent_encoded(line.empty() ? "1" : line));
    put("{path}", percent_encoded(path));
    return out;
}

} // namespace assay::html
