#include "claims/units.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>

namespace assay::claims {

namespace {

struct Spelling {
    std::string_view text;
    Measure measure;
    double scale;
    std::string_view noun = {};
    bool exact_case = false;
};

constexpr double kib = 1024, mib = kib * 1024, gib = mib * 1024, tib = gib * 1024;

/// As people write them; longer ones first where one begins another.
constexpr std::array spellings{
    Spelling{"milliseconds", Measure::time, 1e-3},
    Spelling{"millisecond", Measure::time, 1e-3},
    Spelling{"microseconds", Measure::time, 1e-6},
    Spelling{"nanoseconds", Measure::time, 1e-9},
    Spelling{"seconds", Measure::time, 1},
    Spelling{"second", Measure::time, 1},
    Spelling{"secs", Measure::time, 1},
    Spelling{"sec", Measure::time, 1},
    Spelling{"minutes", Measure::time, 60},
    Spelling{"minute", Measure::time, 60},
    Spelling{"mins", Measure::time, 60},
    Spelling{"min", Measure::time, 60},
    Spelling{"hours", Measure::time, 3600},
    Spelling{"hour", Measure::time, 3600},
    Spelling{"hrs", Measure::time, 3600},
    Spelling{"days", Measure::time, 86400},
    Spelling{"weeks", Measure::time, 604800},
    Spelling{"ms", Measure::time, 1e-3},
    Spelling{"us", Measure::time, 1e-6},
    Spelling{"ns", Measure::time, 1e-9},
    Spelling{"tokens per second", Measure::rate, 1, "token"},
    Spelling{"tokens/second", Measure::rate, 1, "token"},
    Spelling{"tokens/sec", Measure::rate, 1, "token"},
    Spelling{"tokens/s", Measure::rate, 1, "token"},
    Spelling{"token/s", Measure::rate, 1, "token"},
    Spelling{"tok/sec", Measure::rate, 1, "token"},
    Spelling{"tok/s", Measure::rate, 1, "token"},
    Spelling{"toks/s", Measure::rate, 1, "token"},
    Spelling{"t/s", Measure::rate, 1, "token"},
    Spelling{"tps", Measure::rate, 1},
    Spelling{"requests per second", Measure::rate, 1, "request"},
    Spelling{"requests/s", Measure::rate, 1, "request"},
    Spelling{"req/s", Measure::rate, 1, "request"},
    Spelling{"rps", Measure::rate, 1, "request"},
    Spelling{"qps", Measure::rate, 1, "query"},
    Spelling{"ops/s", Measure::rate, 1, "operation"},
    Spelling{"ops/sec", Measure::rate, 1, "operation"},
    Spelling{"iops", Measure::rate, 1, "operation"},
    Spelling{"items/s", Measure::rate, 1, "item"},
    Spelling{"rows/s", Measure::rate, 1, "row"},
    Spelling{"frames/s", Measure::rate, 1, "frame"},
    Spelling{"fps", Measure::rate, 1, "frame"},
    Spelling{"tb/s", Measure::bandwidth, 1e12},
    Spelling{"gb/s", Measure::bandwidth, 1e9},
    Spelling{"mb/s", Measure::bandwidth, 1e6},
    Spelling{"kb/s", Measure::bandwidth, 1e3},
    Spelling{"gib/s", Measure::bandwidth, gib},
    Spelling{"mib/s", Measure::bandwidth, mib},
    Spelling{"kib/s", Measure::bandwidth, kib},
    Spelling{"bytes", Measure::bytes, 1},
    Spelling{"byte", Measure::bytes, 1},
    Spelling{"kib", Measure::bytes, kib},
    Spelling{"mib", Measure::bytes, mib},
    Spelling{"gib", Measure::bytes, gib},
    Spelling{"tib", Measure::bytes, tib},
    Spelling{"kb", Measure::bytes, 1e3},
    Spelling{"mb", Measure::bytes, 1e6},
    Spelling{"gb", Measure::bytes, 1e9},
    Spelling{"tb", Measure::bytes, 1e12},
    Spelling{"percentage points", Measure::percent, 1},
    Spelling{"percent", Measure::percent, 1},
    Spelling{"%", Measure::percent, 1},
    Spelling{"pp", Measure::percent, 1},
    Spelling{"times", Measure::ratio, 1},
    Spelling{"fold", Measure::ratio, 1},
    Spelling{"x", Measure::ratio, 1},
    Spelling{"ghz", Measure::frequency, 1e9},
    Spelling{"mhz", Measure::frequency, 1e6},
    Spelling{"khz", Measure::frequency, 1e3},
    Spelling{"hz", Measure::frequency, 1},
    Spelling{"watts", Measure::power, 1},
    Spelling{"mW", Measure::power, 1e-3, {}, true},
    Spelling{"kW", Measure::power, 1e3, {}, true},
    Spelling{"W", Measure::power, 1, {}, true},
    Spelling{"kJ", Measure::energy, 1e3, {}, true},
    Spelling{"J", Measure::energy, 1, {}, true},
    Spelling{"C", Measure::temperature, 1, {}, true},
    Spelling{"s", Measure::time, 1, {}, true},
    Spelling{"h", Measure::time, 3600, {}, true},
};

bool boundary(std::string_view text, std::size_t at) {
    if (at >= text.size()) return true;
    const char c = text[at];
    return !is_word(c) && c != '/' && !(c == '-' && at + 1 < text.size() && is_letter(text[at + 1]));
}

/// `low` is lower case.
bool same_letters(std::string_view text, std::string_view low) {
    return std::equal(text.begin(), text.end(), low.begin(), low.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

std::optional<UnitText> match(std::string_view text, std::size_t at) {
    for (const Spelling& s : spellings) {
        if (text.size() - at < s.text.size()) continue;
        const std::string_view piece = text.substr(at, s.text.size());
        if (s.exact_case ? piece != s.text : !same_letters(piece, s.text)) continue;
        const std::size_t end = at + s.text.size();
        if (s.text != "%" && !boundary(text, end)) continue;
        const bool decimal = (s.measure == Measure::bytes || s.measure == Measure::bandwidth) && s.scale >= 1e3 &&
                             s.text.find('i') == s.text.npos;
        return UnitText{{s.measure, s.scale, std::string{s.noun}, decimal}, end};
    }
    return std::nullopt;
}

struct Prefix {
    std::string_view text;
    double scale;
};

} // namespace

Unit ucum_unit(std::string_view code) {
    static constexpr std::array<std::pair<std::string_view, double>, 7> times{
        {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"min", 60}, {"h", 3600}, {"d", 86400}}};
    for (const auto& [text, scale] : times)
        if (code == text) return {Measure::time, scale, {}, false};
    if (code == "%") return {Measure::percent, 1, {}, false};
    if (code == "1") return {Measure::ratio, 1, {}, false};
    if (code == "Cel") return {Measure::temperature, 1, {}, false};
    if (code.ends_with("/s") && code.starts_with("{"))
        return {Measure::rate, 1, std::string{code.substr(1, code.find('}') - 1)}, false};
    static constexpr std::array<Prefix, 9> prefixes{
        {{"Ki", kib}, {"Mi", mib}, {"Gi", gib}, {"Ti", tib}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"m", 1e-3}, {"", 1}}};
    for (const Prefix& p : prefixes) {
        if (!code.starts_with(p.text)) continue;
        const std::string_view rest = code.substr(p.text.size());
        const bool decimal = p.scale >= 1e3 && p.text.size() == 1;
        if (rest == "By") return {Measure::bytes, p.scale, {}, decimal};
        if (rest == "By/s") return {Measure::bandwidth, p.scale, {}, decimal};
        if (rest == "W") return {Measure::power, p.scale, {}, false};
        if (rest == "J") return {Measure::energy, p.scale, {}, false};
        if (rest == "Hz") return {Measure::frequency, p.scale, {}, false};
    }
    return {};
}

std::optional<UnitText> unit_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    if (auto found = match(text, at)) return found;
    if (text.substr(at, 2) == "  ") ++at; // a tag was there
    if (text[at] == '-' || text[at] == ' ')
        if (at + 1 < text.size())
            if (auto found = match(text, at + 1)) {
                // "5 x 3", "2 C" and "3 times" are seldom units when they stand apart.
                const bool apart = found->unit.measure == Measure::temperature ||
                                   (found->unit.measure == Measure::ratio && found->end == at + 2);
                if (!apart) return found;
            }
    return std::nullopt;
}

const std::vector<std::pair<std::string, std::string>>& rate_names() {
    static const auto names = [] {
        std::vector<std::pair<std::string, std::string>> out;
        for (const Spelling& spelling : spellings) {
            if (spelling.measure != Measure::rate || !spelling.text.ends_with("s/s")) continue;
            std::string name{spelling.text};
            name[name.size() - 2] = '_';
            out.emplace_back(std::move(name), spelling.noun);
        }
        return out;
    }();
    return names;
}

/// "tokens_per_s", but "mb_per_s", which is a bandwidth, and "tokens_per_sample".
std::optional<Unit> rate_in_name(std::string_view name) {
    const std::string low = lower(name);
    const auto per = low.find("_per_s");
    if (per == low.npos || per == 0) return std::nullopt;
    const std::string behind = low.substr(per + 6);
    if (!behind.empty() && behind != "ec" && behind != "econd" && is_word(behind[0])) return std::nullopt;
    std::size_t begin = per;
    while (begin > 0 && is_letter(low[begin - 1])) --begin;
    const std::string counted = low.substr(begin, per - begin);
    if (counted.empty() || match(counted, 0)) return std::nullopt;
    return Unit{Measure::rate, 1, concepts(counted).empty() ? counted : concepts(counted)[0], false};
}

Unit unit_in_heading(std::string_view heading) {
    if (auto rate = rate_in_name(heading)) return *rate;
    // Brackets first: what stands in them is said to be the unit.
    for (std::size_t i = 0; i < heading.size(); ++i)
        if ((heading[i] == '(' || heading[i] == '[') &&
            !(i > 0 && is_letter(heading[i - 1]) && heading.substr(i, 3) == "(s)"))
            if (const auto found = match(heading, i + 1))
                if (found->end < heading.size() && (heading[found->end] == ')' || heading[found->end] == ']'))
                    return found->unit;
    for (std::size_t i = 0; i < heading.size(); ++i) {
        const bool begins = i == 0 || !is_word(heading[i - 1]) || heading[i - 1] == '_';
        if (!begins) continue;
        const auto found = match(heading, i);
        if (!found) continue;
        const Measure m = found->unit.measure;
        const bool written_out = found->end - i > 1 || heading[i] == '%';
        const std::string low = lower(heading);
        for (const auto& [name, noun] : rate_names())
            if (low.find(name) != low.npos) return {Measure::rate, 1, noun, false};
        const bool suffix = i > 0 && heading[i - 1] == '_' && found->end == heading.size();
        if (m == Measure::rate || m == Measure::percent || m == Measure::bandwidth || suffix ||
            (written_out && found->end == heading.size() && i > 0 && m != Measure::ratio))
            return found->unit;
    }
    return {};
}

bool comparable(const Unit& a, const Unit& b) {
    if (a.measure != b.measure) return false;
    return a.measure != Measure::rate || a.noun.empty() || b.noun.empty() || a.noun == b.noun;
}

} // namespace assay::claims
