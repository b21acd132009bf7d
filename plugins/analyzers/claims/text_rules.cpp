#include "claims/text_rules.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/utf8.hpp>
#include <set>

namespace assay::claims {

namespace {

using Places = std::vector<std::pair<std::uint64_t, std::string>>;

/// Calls `take` with each line of text, code left out, and its number.
template <class Take> void each_line(const std::vector<KeptNode>& nodes, Take take) {
    for (const auto& node : nodes) {
        if (node.type == "code" || node.type == "front-matter" || node.type == "link" || node.type == "table") continue;
        std::uint64_t line = node.line;
        for (std::size_t begin = 0; begin <= node.text.size(); ++line) {
            const std::size_t end = std::min(node.text.find('\n', begin), node.text.size());
            take(line, std::string_view{node.text}.substr(begin, end - begin), node);
            begin = end + 1;
        }
    }
}

bool whole_word(const std::string& text, std::string_view word) {
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word(text[at - 1])) && (end >= text.size() || !is_word(text[end]))) return true;
    }
    return false;
}

Places placeholders(const std::vector<KeptNode>& nodes) {
    static constexpr std::array<std::string_view, 4> marks{"TBD", "TODO", "FIXME", "XXX"};
    static constexpr std::array<std::string_view, 8> sayings{"lorem ipsum",   "placeholder", "to be determined",
                                                             "example value", "[insert ",    "insert here",
                                                             "coming soon",   "to be filled"};
    Places found;
    each_line(nodes, [&](std::uint64_t line, std::string_view text, const KeptNode&) {
        const std::string as_is{text}, low = lower(text);
        const bool mark = std::any_of(marks.begin(), marks.end(), [&](auto m) { return whole_word(as_is, m); });
        const bool phrase =
            std::any_of(sayings.begin(), sayings.end(), [&](auto p) { return low.find(p) != low.npos; });
        if (mark || phrase) found.emplace_back(line, as_is);
    });
    return found;
}

/// `<unused12>`, `<|endoftext|>`, `[INST]`.
bool model_token(const std::string& text) {
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
        if (text.compare(at, 2, "<|") == 0 && text.find("|>", at + 2) != text.npos && text.find("|>", at + 2) - at < 40)
            return true;
        std::size_t end = at + 7;
        if (text.compare(at, 7, "<unused") != 0) continue;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end > at + 7 && end < text.size() && text[end] == '>') return true;
    }
    return text.find("[INST]") != text.npos || text.find("<<SYS>>") != text.npos;
}

bool chat(const std::string& low) {
    static constexpr std::array<std::string_view, 9> heads{"okay, here", "ok, here",        "sure, here",
                                                           "sure! here", "certainly! here", "here's a ",
                                                           "here is a ", "of course! here", "alright, here"};
    static constexpr std::array<std::string_view, 11> turns{
        "would you like me to", "let me know if",         "as an ai ",       "as a language model",
        "i hope this helps",    "i'd be happy to",        "i cannot access", "i don't have access",
        "feel free to ask",     "is there anything else", "i will now "};
    const auto head = cell::trim(low);
    return std::any_of(heads.begin(), heads.end(), [&](auto h) { return head.starts_with(h); }) ||
           std::any_of(turns.begin(), turns.end(), [&](auto p) { return low.find(p) != low.npos; });
}

enum class Script { latin, greek, cyrillic, hebrew_arabic, indic, east_asian, other };
Script script_of(char32_t c) {
    if (c < 0x370) return Script::latin;
    if (c < 0x400) return Script::greek; // symbols of formulas
    if (c < 0x530) return Script::cyrillic;
    if (c >= 0x590 && c < 0x780) return Script::hebrew_arabic;
    if (c >= 0x900 && c < 0xE00) return Script::indic;
    if ((c >= 0x3040 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0x20000 && c < 0x32000))
        return Script::east_asian;
    return Script::other;
}
bool is_text(Script script) {
    return script == Script::cyrillic || script == Script::hebrew_arabic || script == Script::indic ||
           script == Script::east_asian;
}

/// Lines with letters of a script that less than a hundredth of the document is written in.
Places strange_scripts(const std::vector<KeptNode>& nodes) {
    std::array<std::uint64_t, 7> counts{};
    std::uint64_t letters = 0;
    const auto scan = [](std::string_view text, auto take) {
        for (std::size_t i = 0; i < text.size();) {
            const CodePoint c = code_point(text, i);
            if (c.value >= 0x80 || is_letter(static_cast<char>(c.value))) take(script_of(c.value));
            i += c.length;
        }
    };
    each_line(nodes, [&](std::uint64_t, std::string_view text, const KeptNode&) {
        scan(text, [&](Script s) { ++counts[static_cast<std::size_t>(s)], ++letters; });
    });
    Places found;
    each_line(nodes, [&](std::uint64_t line, std::string_view text, const KeptNode&) {
        bool strange = false;
        scan(text, [&](Script s) {
            strange = strange || (is_text(s) && counts[static_cast<std::size_t>(s)] * 100 < letters);
        });
        if (strange) found.emplace_back(line, std::string{text});
    });
    return found;
}

Places residue(const std::vector<KeptNode>& nodes) {
    Places found = strange_scripts(nodes);
    each_line(nodes, [&](std::uint64_t line, std::string_view text, const KeptNode& node) {
        const std::string as_is{text};
        const bool html = node.type == "html" && !model_token(as_is);
        if (!html && (model_token(as_is) || chat(lower(text)))) found.emplace_back(line, as_is);
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

/// Paths that a text names: with a folder and an extension, no address and no pattern.
std::vector<std::string> paths_in(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = text.find_first_of(" \t,;()[]{}<>\"'`|*", begin);
        if (end == text.npos) end = text.size();
        std::string word{text.substr(begin, end - begin)};
        while (!word.empty() && !is_word(word.back())) word.pop_back();
        std::replace(word.begin(), word.end(), '\\', '/');
        const auto dot = word.rfind('.'), slash = word.rfind('/');
        const bool file = dot != word.npos && slash != word.npos && dot > slash + 1 && word.size() - dot >= 3 &&
                          word.size() - dot <= 8 && is_letter(word[dot + 1]);
        if (file && word.find("://") == word.npos && word.find(':') == word.npos && word.find("...") == word.npos)
            out.push_back(word);
        begin = end + 1;
    }
    return out;
}

struct Missing {
    Places places;
    std::uint64_t named = 0;
};
Missing missing_files(const World& world, const std::vector<KeptNode>& nodes) {
    std::set<std::string> present, types;
    for (const auto& file : world.files) {
        present.insert(lower(file.path.substr(file.path.rfind('/') + 1)));
        types.insert(file.extension);
    }
    Missing out;
    std::set<std::string> seen;
    const auto look = [&](std::uint64_t line, const std::string& path) {
        const std::string name = lower(path.substr(path.rfind('/') + 1));
        // Of a type that the data hold: what else is not among them is no wonder.
        if (types.count(name.substr(name.rfind('.'))) == 0 || !seen.insert(lower(path)).second) return;
        ++out.named;
        if (present.count(name) == 0) out.places.emplace_back(line, path);
    };
    for (const auto& node : nodes)
        if (node.type == "link")
            for (const auto& path : paths_in(node.info.find('/') == node.info.npos ? "./" + node.info : node.info))
                look(node.line, path);
    each_line(nodes, [&](std::uint64_t line, std::string_view text, const KeptNode&) {
        for (const auto& path : paths_in(text)) look(line, path);
    });
    std::sort(out.places.begin(), out.places.end());
    return out;
}

/// Dates that the document gives for itself, where they are not all the same.
Places own_dates(const Document& document) {
    static constexpr std::array<std::string_view, 6> labels{"date",    "report date", "generated", "report generated",
                                                            "created", "generated on"};
    Places found;
    std::optional<std::int64_t> first;
    bool differ = false;
    for (const auto& claim : document.claims) {
        if (claim.quantity.kind != Kind::date || claim.quantity.day_span != 1) continue;
        const std::string label = lower(document.statements[claim.statement].label);
        if (std::find(labels.begin(), labels.end(), label) == labels.end()) continue;
        if (!first) first = claim.quantity.day;
        differ = differ || claim.quantity.day != *first;
        found.emplace_back(claim.line, claim.text);
    }
    return differ ? found : Places{};
}

} // namespace

std::vector<Fired> text_findings(const World& world, const std::vector<KeptNode>& nodes, const Document& document) {
    Missing missing = missing_files(world, nodes);
    std::vector<Fired> out{{&placeholder_text, placeholders(nodes)},
                           {&model_residue, residue(nodes)},
                           {&missing_file, std::move(missing.places), missing.named},
                           {&own_dates_differ, own_dates(document)}};
    std::erase_if(out, [](const Fired& fired) { return fired.places.empty(); });
    return out;
}

} // namespace assay::claims
