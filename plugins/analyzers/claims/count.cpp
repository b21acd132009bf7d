// Claims of how many: files of a type, rows, and different values of a column.
#include "claims/judge.hpp"
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
            const bool whole = (at == 0 || !is_word(low[at - 1])) &&
                               (at + name.size() >= low.size() || !is_word(low[at + name.size()]));
            if (!whole) continue;
            const std::size_t gap = at >= end                   ? (at - end) * 2
                                    : begin >= at + name.size() ? begin - at - name.size()
                                                                : 0;
            // Another number between them has the type for itself.
            const std::size_t from = std::min(at, end), to = std::max(at, begin);
            const auto digits = from < to ? low.substr(from, to - from) : std::string{};
            const bool taken = at < begin && std::any_of(digits.begin(), digits.end(), is_digit);
            if (gap < distance && !taken) distance = gap, best = extension;
        }
    }
    return best;
}

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

std::optional<Verdict> files(const World& world, const Document& document, const Claim& claim, const Context& context) {
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

bool says_rows(const std::string& word) {
    static constexpr std::array<std::string_view, 9> words{"row",   "run",    "sample",      "test",  "measurement",
                                                           "entry", "record", "observation", "config"};
    return std::any_of(words.begin(), words.end(), [&](auto w) { return alike(w, word); });
}

} // namespace

bool counts_rows(const std::string& noun) {
    const auto words = concepts(noun);
    return holds(words, "failed") || std::any_of(words.begin(), words.end(), says_rows);
}

std::optional<Verdict> judge_count(const World& world, const Document& document, const Claim& claim,
                                   const Context& context) {
    const Quantity& q = claim.quantity;
    if (q.unit.known() || q.value < 0 || q.value != std::floor(q.value) || q.step < 1 || q.bound != 0)
        return std::nullopt;
    if (auto found = files(world, document, claim, context)) return found;
    const Statement& s = document.statements[claim.statement];
    std::vector<std::string> nouns = concepts(q.noun);
    // "8 of 8" below "runs that worked", "Runs: 48".
    if (s.form == Statement::Form::row && claim.cell < s.columns->size()) nouns = concepts((*s.columns)[claim.cell]);
    if (s.form == Statement::Form::sentence)
        for (auto& word : concepts(s.label)) nouns.push_back(std::move(word));
    if (nouns.empty()) return std::nullopt;
    const bool spoken = s.form == Statement::Form::sentence;
    // Tables that the surroundings mean, nearest first.
    double best = world.tables.size() > 3 ? 0.5 : -1; // something must be named, unless there is little to choose from
    std::optional<Verdict> found;
    for (const auto& table : world.tables) {
        double entity = 0;
        for (const std::size_t part : table.parts)
            entity += context.weight[part] > 0 ? context.weight[part] * world.rarity[part]
                      : world.entity[part]     ? -0.2
                                               : -0.02;
        if (entity <= best) continue;
        const auto support = [&](double value, const std::string& what) {
            best = entity;
            found = count_verdict(Status::supported, value, what + " in " + table.path);
            found->datum->artifact = table.artifact;
            found->datum->table = table.name;
            found->datum->n = table.rows->size();
        };
        if (std::any_of(nouns.begin(), nouns.end(), says_rows)) {
            const auto rows = rows_meant(world, table, context);
            const auto failed = static_cast<double>(std::count_if(
                rows.begin(), rows.end(), [&](std::size_t row) { return (*table.rows)[row].status != ASSAY_ROW_OK; }));
            const auto all = static_cast<double>(rows.size());
            const bool of_failed = holds(concepts(context.near_text), "failed"), part = q.of != SIZE_MAX || of_failed;
            if (of_failed ? failed == q.value : q.value > 0 && all == q.value && !part)
                support(q.value, of_failed ? "failed rows" : "rows");
            else if (part && !of_failed && all - failed == q.value && all > 0)
                support(q.value, "rows that are ok");
        }
        for (const auto& column : table.columns) {
            if (!spoken || column.source.document_scope || column.values.size() < 2) continue;
            const bool meant = std::any_of(nouns.begin(), nouns.end(), [&](const auto& noun) {
                return !says_rows(noun) && holds(concepts(column.source.name), noun);
            });
            if (meant && static_cast<double>(column.values.size()) == q.value)
                support(q.value, "values of " + column.source.name);
        }
    }
    return found;
}

} // namespace assay::claims
