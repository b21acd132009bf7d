#include "llm-summary/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/utf8.hpp>

namespace assay::narrative {

namespace {

struct Meaning {
    std::string_view part, label;
};

/// By a part of the name; the first that fits.
constexpr std::array known_metrics{
    Meaning{"ttft", "time to first token"},  Meaning{"time_to_first_token", "time to first token"},
    Meaning{"compile_time", "compile time"}, Meaning{"prompt_eval", "prompt evaluation time"},
    Meaning{"latency", "latency"},           Meaning{"throughput", "throughput"}};

constexpr std::array known_errors{Meaning{"timed out", "time-out"},
                                  Meaning{"timeout", "time-out"},
                                  Meaning{"out of memory", "out of memory"},
                                  Meaning{"not installed", "missing dependency"},
                                  Meaning{"no module", "missing dependency"},
                                  Meaning{"cannot find", "missing dependency"},
                                  Meaning{"connect", "no connection"},
                                  Meaning{"refused", "no connection"},
                                  Meaning{"requested address", "no connection"},
                                  Meaning{"protocol is missing", "malformed address"},
                                  Meaning{"missing an 'http", "malformed address"},
                                  Meaning{"permission", "no permission"},
                                  Meaning{"not found", "not found"},
                                  Meaning{"no such file", "not found"}};

bool is_duration(std::string_view unit) {
    return unit == "s" || unit == "ms" || unit == "us" || unit == "ns" || unit == "min" || unit == "h";
}

/// Direction marks and the like change how other text is read.
bool is_hidden(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t length) {
    static constexpr std::array<unsigned char, 5> masks{0, 0x7F, 0x1F, 0x0F, 0x07};
    std::uint32_t c = static_cast<unsigned char>(text[at]) & masks[length];
    for (std::size_t i = 1; i < length; ++i) c = c << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    return c;
}

std::string last_part(std::string_view metric) {
    const auto dot = metric.rfind('.');
    return std::string{dot == std::string_view::npos ? metric : metric.substr(dot + 1)};
}

} // namespace

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool begins_with_letter(std::string_view text) {
    return !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

std::string clean_name(std::string_view text) { return clean_line(text, most_name_characters); }

std::string clean_line(std::string_view text, std::size_t most) {
    std::string out;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : utf8_length(text, i);
        const bool hidden = length == 0 || is_hidden(code_point(text, i, length));
        if (characters + 1 == most && i + std::max<std::size_t>(length, 1) < text.size()) {
            out += "…";
            break;
        }
        if (hidden)
            out += out.empty() || out.back() == ' ' ? "" : " ";
        else
            out += text.substr(i, length);
        ++characters;
        i += std::max<std::size_t>(length, 1);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string prompt_name(std::string_view text) {
    std::string out = clean_name(text);
    // A sentence shows names in such quotation marks.
    for (const std::string_view mark : {"“", "”"})
        for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark)) out.replace(at, mark.size(), "'");
    for (char& c : out) {
        if (c == '`') c = '\'';
        if (c == '<' || c == '{' || c == '[') c = '(';
        if (c == '>' || c == '}' || c == ']') c = ')';
    }
    return out;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const std::string low = lower(text);
    for (const char c : low) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string unit_text(std::string_view ucum) {
    std::string out;
    if (ucum == "By") return "bytes";
    for (std::size_t i = 0; i < ucum.size(); ++i) {
        const auto close = ucum[i] == '{' ? ucum.find('}', i) : std::string_view::npos;
        if (close == std::string_view::npos) {
            out += ucum[i];
            continue;
        }
        // What is counted: in the plural before a slash, one of it behind.
        out += ucum.substr(i + 1, close - i - 1);
        out += i == 0 ? "s" : "";
        i = close;
    }
    if (out.size() == 3 && out.ends_with("By")) out.pop_back(); // MBy: MB
    return clean_name(out);
}

std::string with_unit(std::string_view display, std::string_view ucum) {
    const std::string unit = unit_text(ucum);
    std::string out{display};
    if (!unit.empty() && !out.ends_with(unit)) out += ' ' + unit;
    return out;
}

std::string metric_label(std::string_view metric, std::string_view unit) {
    const std::string name = lower(metric);
    for (const auto& [part, label] : known_metrics)
        if (contains(name, part)) return std::string{label};
    if (unit.starts_with("{token}/")) return "token rate";
    std::vector<std::string> words = words_of(last_part(metric));
    if (words.size() > 1 && (is_duration(words.back()) || words.back() == unit)) words.pop_back();
    std::string label;
    for (const auto& word : words) label += (label.empty() ? "" : " ") + word;
    if (is_duration(unit) && !contains(label, "time") && !contains(label, "duration")) label += " time";
    return label.empty() ? std::string{metric} : label;
}

std::string error_class(std::string_view text) {
    const std::string low = lower(text);
    for (const auto& [part, label] : known_errors)
        if (contains(low, part)) return std::string{label};
    return {};
}

std::string listed(const std::vector<std::string>& items, std::size_t most) {
    std::string out;
    // "and 1 more" is no shorter than the one.
    const std::size_t shown = items.size() <= most + 1 ? items.size() : most;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == items.size();
        out += (i == 0 ? "" : last ? " and " : ", ") + items[i];
    }
    if (shown < items.size()) out += " and " + std::to_string(items.size() - shown) + " more";
    return out;
}

} // namespace assay::narrative
