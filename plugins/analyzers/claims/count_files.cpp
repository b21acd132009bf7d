// Counts of files: of a type, of a folder, of all.
#include "claims/count.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace assay::claims {

namespace {

/// Names of file types, as people say them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> type_names{{{"csv", ".csv"},
                                                                                    {"json", ".json"},
                                                                                    {"markdown", ".md"},
                                                                                    {"md", ".md"},
                                                                                    {"text", ".txt"},
                                                                                    {"txt", ".txt"},
                                                                                    {"parquet", ".parquet"},
                                                                                    {"yaml", ".yaml"},
                                                                                    {"log", ".log"},
                                                                                    {"xml", ".xml"}}};

/// The type named nearest to the number, before it if there is one; empty where none is.
std::string type_beside(const std::string& text, std::size_t begin, std::size_t end) {
    std::string best;
    std::size_t distance = 40;
    const std::string low = lower(text);
    for (const auto& [name, extension] : type_names) {
        for (std::size_t at = low.find(name); at != low.npos; at = low.find(name, at + 1)) {
            const auto inner = [](char c) { return is_word(c) || c == '/' || c == '-'; };
            const std::size_t behind = at + name.size();
            const bool path = at > 1 && low[at - 1] == '.' && inner(low[at - 2]); // of a file that is named
            const bool whole =
                (at == 0 || !inner(low[at - 1])) && (behind >= low.size() || !inner(low[behind])) && !path;
            if (!whole) continue;
            if (end > begin && at == end + 1) return std::string{extension}; // "28 csv"
            const std::size_t gap = at >= end                   ? (at - end) * 2
                                    : begin >= at + name.size() ? begin - at - name.size()
                                                                : 0;
            // Another number between them has the type for itself.
            const std::size_t from = at < begin ? at : end, to = at < begin ? begin : at;
            const auto digits = from < to ? low.substr(from, to - from) : std::string{};
            const bool taken =
                std::any_of(digits.begin(), digits.end(), [](char c) { return is_digit(c) || c == ';'; });
            if (gap < distance && !taken) distance = gap, best = extension;
        }
    }
    return best;
}

/// The folder of the data, two or more names deep, that a text writes out; the longest.
std::string folder_in(const World& world, const std::string& text) {
    std::string longest;
    for (const auto& file : world.files)
        for (auto at = file.path.find('/', file.path.find('/') + 1); at != file.path.npos;
             at = file.path.find('/', at + 1))
            if (at > longest.size() && text.find(file.path.substr(0, at)) != text.npos)
                longest = file.path.substr(0, at);
    return longest;
}

/// The nearest that is written out: beside the number, in its statement, its lead, its headings.
std::string folder_meant(const World& world, const Statement& s, const Quantity& q) {
    constexpr std::size_t beside = 60;
    std::vector<std::string> texts;
    if (s.form != Statement::Form::row) {
        const std::size_t from = q.begin > beside ? q.begin - beside : 0;
        texts.push_back(s.text.substr(from, q.end - from + beside));
    }
    texts.insert(texts.end(), {s.text, *s.lead});
    texts.insert(texts.end(), s.headings->rbegin(), s.headings->rend());
    for (const auto& text : texts)
        if (auto folder = folder_in(world, text); !folder.empty()) return folder;
    return {};
}

struct FileCounts {
    std::map<std::string, double> by_type;
    double all = 0, read = 0;
    std::string types_read; ///< for people
};
FileCounts count_in(const World& world, const std::string& folder) {
    FileCounts out;
    std::set<std::string> read;
    for (const auto& file : world.files) {
        if (!folder.empty() && !file.path.starts_with(folder + "/")) continue;
        out.by_type[file.extension] += 1;
        out.all += 1;
        if (file.parsed) read.insert(file.extension);
    }
    for (const auto& type : read)
        out.read += out.by_type[type], out.types_read += (out.types_read.empty() ? "" : ", ") + type;
    return out;
}

/// Does a phrase say that these are all: "63 files in total", `JSON files | 63`?
bool says_all(const Statement& s, const Claim& claim, bool typed) {
    const Quantity& q = claim.quantity;
    if (s.form == Statement::Form::row) {
        const auto header = concepts(claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : ""),
                   first = concepts(s.first);
        const bool files = holds(header, "file") || (holds(first, "file") && s.cells.size() < 3);
        return files && (typed || (first.size() < 3 && (holds(first, "total") || holds(header, "total"))));
    }
    const auto named = [&](const auto& type) { return lower(s.label) == type.first; }; // "CSV: 3 files"
    if (holds(concepts(s.label), "total") || std::any_of(type_names.begin(), type_names.end(), named)) return true;
    const std::size_t from = q.begin > 16 ? q.begin - 16 : 0;
    const std::string near = lower(s.text.substr(from, q.end - from + 32));
    return near.find("total") != near.npos || near.find("altogether") != near.npos ||
           lower(s.text.substr(q.end, 32)).find(" in all") != near.npos;
}

} // namespace

Verdict count_verdict(Status status, double value, const std::string& what) {
    Verdict v;
    v.status = status;
    v.expected = value;
    v.datum.emplace();
    v.datum->value = value;
    v.datum->stat = "count";
    v.datum->column = what;
    v.datum->selector = what;
    v.reason = "there are " + std::to_string(static_cast<long long>(value)) + " " + what;
    return v;
}

std::optional<Verdict> judge_files(const World& world, const Document& document, const Claim& claim,
                                   const Context& context) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const bool speaks = holds(context.wide, "file") || holds(context.wide, "artifact");
    if (!speaks) return std::nullopt;
    std::string type;
    if (s.form == Statement::Form::row) {
        const std::string first = s.cells.empty() ? "" : s.cells[0];
        type = type_beside(first + " ", first.size(), first.size());
        if (type.empty() && !holds(concepts(first), "file") && !holds(context.near, "file")) return std::nullopt;
    } else {
        type = type_beside(s.text, q.begin, q.end);
    }
    const std::string folder = folder_meant(world, s, q), in = folder.empty() ? "" : " in " + folder;
    const FileCounts counts = count_in(world, folder);
    const auto given = [&](double count, const std::string& what) -> std::optional<Verdict> {
        if (count == q.value) return count_verdict(Status::supported, count, what + in);
        if (!says_all(s, claim, !type.empty()) || q.bound != 0) return std::nullopt;
        return count_verdict(Status::contradicted, count, what + in);
    };
    if (!type.empty()) {
        const auto at = counts.by_type.find(type);
        return given(at == counts.by_type.end() ? 0 : at->second, "*" + type + " files");
    }
    const bool all =
        holds(concepts(s.form == Statement::Form::row ? q.noun
                                                      : s.text.substr(q.begin > 24 ? q.begin - 24 : 0,
                                                                      q.end - (q.begin > 24 ? q.begin - 24 : 0) + 28)),
              "file") ||
        holds(concepts(s.label), "file") || holds(concepts(s.cells.empty() ? "" : s.cells[0]), "file");
    if (!all) return std::nullopt;
    if (counts.read == q.value)
        return count_verdict(Status::supported, counts.read, "files (" + counts.types_read + ")" + in);
    if (auto found = given(counts.all, "files"); found && (found->status == Status::supported || folder.empty()))
        return found;
    return std::nullopt;
}

} // namespace assay::claims
