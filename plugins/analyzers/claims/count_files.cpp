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

/// Files of a folder that is written out, of a type where one is named.
std::optional<Verdict> files_of_folder(const World& world, const Document& document, const Claim& claim) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const std::string text = s.text + " ";
    const std::string beside =
        text.substr(q.begin > 60 ? q.begin - 60 : 0, q.end - std::min<std::size_t>(q.begin, 60) + 60);
    if (s.form != Statement::Form::sentence || !holds(concepts(text), "file")) return std::nullopt;
    std::map<std::string, double> folders;
    const std::string type = type_beside(s.text, q.begin, q.end);
    for (const auto& file : world.files)
        for (auto at = file.path.find('/'); at != file.path.npos; at = file.path.find('/', at + 1))
            folders[file.path.substr(0, at)] += type.empty() || file.extension == type ? 1 : 0;
    std::string longest;
    for (const auto& [folder, count] : folders)
        if (beside.find(folder) != beside.npos && folder.size() > longest.size()) longest = folder;
    if (longest.find('/') == longest.npos || folders[longest] != q.value) return std::nullopt;
    return count_verdict(Status::supported, q.value, (type.empty() ? "" : "*" + type + " ") + ("files in " + longest));
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
    if (auto found = files_of_folder(world, document, claim)) return found;
    std::string type;
    if (s.form == Statement::Form::row) {
        const std::string first = s.cells.empty() ? "" : s.cells[0];
        type = type_beside(first + " ", first.size(), first.size());
        if (type.empty() && !holds(concepts(first), "file") && !holds(context.near, "file")) return std::nullopt;
    } else {
        type = type_beside(s.text, q.begin, q.end);
    }
    std::map<std::string, double> by_type;
    std::set<std::string> read;
    for (const auto& file : world.files) {
        by_type[file.extension] += 1;
        if (file.parsed) read.insert(file.extension);
    }
    if (!type.empty()) {
        const double count = by_type.count(type) ? by_type[type] : 0;
        const bool same = std::abs(count - q.value) < 0.5;
        return count_verdict(same ? Status::supported : Status::contradicted, count, "*" + type + " files");
    }
    const bool all =
        holds(concepts(s.form == Statement::Form::row ? q.noun
                                                      : s.text.substr(q.begin > 24 ? q.begin - 24 : 0,
                                                                      q.end - (q.begin > 24 ? q.begin - 24 : 0) + 28)),
              "file") ||
        holds(concepts(s.label), "file") || holds(concepts(s.cells.empty() ? "" : s.cells[0]), "file");
    if (!all) return std::nullopt;
    double known = 0;
    std::string list;
    for (const auto& extension : read) known += by_type[extension], list += (list.empty() ? "" : ", ") + extension;
    if (std::abs(known - q.value) < 0.5) return count_verdict(Status::supported, known, "files (" + list + ")");
    const auto total = static_cast<double>(world.files.size());
    if (std::abs(total - q.value) < 0.5) return count_verdict(Status::supported, total, "files");
    const bool whole = holds(concepts(s.text), "total") || holds(concepts(s.label), "total");
    if (whole && q.bound == 0) return count_verdict(Status::contradicted, total, "files");
    return std::nullopt;
}

} // namespace assay::claims
