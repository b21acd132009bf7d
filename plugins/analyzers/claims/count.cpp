// Claims of how many: files of a type, rows, and different values of a column.
#include "claims/judge.hpp"
#include "claims/population.hpp"
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

std::optional<Verdict> files(const World& world, const Document& document, const Claim& claim, const Context& context) {
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

bool is_any(const std::string& word, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto w) { return alike(w, word); });
}
bool says_rows(const std::string& word) {
    return word == "n" ||
           is_any(word, {"row",         "run",    "sample",     "test",       "measurement", "entry",       "record",
                         "observation", "config", "iteration",  "repetition", "trial",       "request",     "call",
                         "response",    "answer", "attempt",    "execution",  "experiment",  "combination", "point",
                         "query",       "prompt", "generation", "case",       "task",        "job"});
}
/// A row of settings says how often: "10 iterations" is its `runs`.
bool repeats(const std::string& word) {
    return is_any(word, {"run", "iteration", "repetition", "repeat", "trial", "pass"});
}
bool says_tables(const std::string& word) {
    return is_any(word, {"file", "run", "folder", "directory", "batch", "session", "suite", "recording", "attempt",
                         "experiment", "benchmark", "artifact", "report", "sweep", "series"});
}
bool vague(const std::string& word) { return says_little(word) || word == "index" || word == "value"; }

/// What a number counts, as its words say.
struct Counted {
    std::vector<std::string> nouns;
    bool failed = false, ok = false; ///< of what was counted, those that failed, or did not
    bool part = false;               ///< k in "k of n"
    bool bare_state = false;         ///< a table's column says no more than "failed"
};

/// Words behind the number, to the end of its phrase.
std::string phrase_behind(const std::string& text, std::size_t at) {
    std::size_t end = at;
    for (int words = 0; end < text.size() && words < 5; ++end) {
        const char c = text[end];
        if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '|' || is_digit(c)) break;
        if (c == '.' && (end + 1 == text.size() || text[end + 1] == ' ')) break;
        words += c == ' ' && end > at ? 1 : 0;
    }
    return text.substr(at, end - at);
}

/// Words before the number, to the begin of its phrase.
std::string phrase_before(const std::string& text, std::size_t at) {
    std::size_t begin = at;
    for (int words = 0; begin > 0 && words < 4; --begin) {
        const char c = text[begin - 1];
        if (c == ',' || c == ';' || c == '.' || c == '(' || c == ')' || c == '|' || is_digit(c)) break;
        words += c == ' ' && begin < at ? 1 : 0;
    }
    return text.substr(begin, at - begin);
}

const Quantity* whole_of(const Document& document, const Claim& claim) {
    const Quantity& q = claim.quantity;
    for (std::size_t i = claim.peers_begin; i < claim.peers_end && q.of != SIZE_MAX; ++i)
        if (const Quantity& n = document.claims[i].quantity; n.begin > q.end && n.begin < q.end + 12) return &n;
    return nullptr;
}

bool is_whole(const Document& document, const Claim& claim) {
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i)
        if (whole_of(document, document.claims[i]) == &claim.quantity) return true;
    return false;
}

Counted counted(const Document& document, const Claim& claim, const Context& context) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    Counted out;
    const bool row = s.form == Statement::Form::row;
    const std::string& text = row && claim.cell < s.cells.size() ? s.cells[claim.cell] : s.text;
    const Quantity* whole = whole_of(document, claim);
    const std::string phrase = phrase_behind(text, whole ? whole->end : q.end);
    out.nouns = concepts(phrase);
    out.part = whole != nullptr;
    std::string state = phrase;
    const auto also = [&](const std::string& words) {
        for (auto& word : concepts(words)) out.nouns.push_back(std::move(word));
    };
    if (row) {
        const std::string header = claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : "";
        if (out.nouns.empty()) also(header);
        if (claim.cell > 0 && std::none_of(out.nouns.begin(), out.nouns.end(), says_rows)) also(s.first);
        state += " " + s.first + " " + header;
    } else {
        if (out.nouns.empty()) also(phrase_before(text, q.begin));
        also(s.label);
        state += " " + s.label + " " + context.near_text;
    }
    const auto words = concepts(state);
    const auto says = [&](std::initializer_list<std::string_view> any) {
        return std::any_of(any.begin(), any.end(), [&](auto w) { return holds(words, w); });
    };
    if (is_whole(document, claim)) return out;
    out.bare_state = row && claim.cell < s.columns->size() && concepts((*s.columns)[claim.cell]).size() < 3;
    out.failed = says({"failed", "failing", "error", "lost", "crashed", "timeout", "unsuccessful", "rejected"});
    out.ok = !out.failed && says({"ok", "success", "completed", "complete", "succeed", "passed", "pass", "good",
                                  "valid", "clean", "usable", "answered", "fine"});
    // "100 requests were sent and 75 failed": what was counted last.
    if ((out.failed || out.ok || out.nouns.empty()) && std::none_of(out.nouns.begin(), out.nouns.end(), says_rows))
        for (std::size_t i = 0; i < document.claims.size() && claim.peers_begin + i < claim.peers_end; ++i) {
            const Quantity& other = document.claims[claim.peers_begin + i].quantity;
            if (other.begin >= q.begin) break;
            also(other.end < q.begin ? phrase_behind(text.substr(0, q.begin), other.end) : "");
        }
    return out;
}

class Counting {
  public:
    Counting(const World& world, const Document& document, const Claim& claim, const Context& context,
             const Sources& sources)
        : q_{claim.quantity}, counted_{counted(document, claim, context)}, total_{context.total ||
                                                                                  context.stat == "total"},
          populations_{populations(world, document, claim, context, sources)} {
        if (const Quantity* whole = whole_of(document, claim)) whole_ = whole->value;
        // What is named much less than another is not meant; "k of n" says more, by its n.
        const double least = populations_.empty() ? 0 : (whole_ ? 0.2 : 0.4) * populations_[0].named;
        std::erase_if(populations_, [&](const Population& p) { return p.named < least; });
    }

    std::optional<Verdict> run() {
        if (counted_.nouns.empty()) return std::nullopt;
        for (const Population& p : populations_) {
            // Few of many rows fail: what is named less has as many by chance.
            if ((counted_.failed || counted_.ok) && !whole_ && p.named < 0.75 * populations_[0].named) break;
            if (auto found = rows(p)) return found;
        }
        for (const Population& p : populations_)
            if (auto found = values(p)) return found;
        for (const Population& p : populations_)
            if (auto found = cells(p)) return found;
        return other_part();
    }

  private:
    /// Of n rows that are so many, other than k are so.
    std::optional<Verdict> other_part() const {
        if (!whole_ || !any(says_rows)) return std::nullopt;
        for (const Population& p : populations_)
            if (static_cast<double>(p.rows) == *whole_ && (counted_.failed || counted_.ok)) {
                Verdict v = support(p, static_cast<double>(counted_.failed ? p.failed : p.rows - p.failed),
                                    counted_.failed ? "failed rows" : "rows that are ok");
                v.status = Status::contradicted;
                return v;
            }
        return std::nullopt;
    }
    bool any(bool (*says)(const std::string&)) const {
        return std::any_of(counted_.nouns.begin(), counted_.nouns.end(), says);
    }
    Verdict support(const Population& p, double value, const std::string& what) const {
        Verdict v = count_verdict(Status::supported, value, what + " in " + p.text);
        if (p.tables.size() == 1) {
            v.datum->artifact = p.tables[0]->artifact;
            v.datum->table = p.tables[0]->name;
        }
        v.datum->n = p.rows;
        return v;
    }
    bool is(std::size_t count) const { return static_cast<double>(count) == q_.value; }
    std::optional<Verdict> rows(const Population& p) const {
        const std::size_t ok = p.rows - p.failed;
        if ((counted_.failed || counted_.ok) && p.failed == 0 && !tells_status(p)) return std::nullopt;
        const bool of_rows = generic(p.tables[0]->name) ? any(says_rows) || counted_.bare_state : names(p);
        if (of_rows && (!whole_ || static_cast<double>(p.rows) == *whole_)) {
            if (counted_.failed && is(p.failed)) return support(p, q_.value, "failed rows");
            if ((counted_.ok || counted_.part) && !counted_.failed && is(ok) && p.rows > 0)
                return support(p, q_.value, "rows that are ok");
            if (!counted_.part && !counted_.failed && is(p.rows) && p.rows > 0) return support(p, q_.value, "rows");
        }
        const std::size_t all = p.tables.size();
        const bool of_files = p.tables[0]->name == "rows" || p.tables[0]->name == "document";
        if (all < 2 || !of_files || !any(says_tables) || (whole_ && static_cast<double>(all) != *whole_))
            return std::nullopt;
        if (counted_.failed && is(p.tables_failed)) return support(p, q_.value, "tables of which all rows failed");
        if ((counted_.ok || counted_.part) && !counted_.failed && is(all - p.tables_failed))
            return support(p, q_.value, "tables with rows that are ok");
        if (!counted_.part && !counted_.failed && is(all)) return support(p, q_.value, "tables");
        return std::nullopt;
    }
    /// Of a table whose name does not say what its rows are.
    static bool generic(const std::string& table) {
        const std::string name = table.substr(table.rfind('.') + 1);
        return is_any(name, {"rows", "results", "data", "records", "metrics", "samples", "measurements", "entries",
                             "items", "observations", "values"});
    }
    static bool tells_status(const Population& p) {
        const auto& columns = p.tables[0]->columns;
        return std::any_of(columns.begin(), columns.end(),
                           [](const DataColumn& column) { return column.source.role == ASSAY_ROLE_STATUS; });
    }
    /// Rows of a table inside a file are called by its name: `actions_taken`.
    bool names(const Population& p) const {
        const std::string& name = p.tables[0]->name;
        if (name == "document") return false;
        const auto words = concepts(name.substr(name.rfind('.') + 1));
        return !words.empty() && !vague(words[0]) && holds(counted_.nouns, words[0]);
    }
    bool meant(const DataColumn& column, bool repeated) const {
        const auto words = concepts(column.source.name.substr(column.source.name.rfind('.') + 1));
        bool specific = false;
        for (const auto& word : words) {
            if (vague(word) || word == "detected" || word == "taken") continue;
            const bool said =
                std::any_of(counted_.nouns.begin(), counted_.nouns.end(),
                            [&](const auto& noun) {
                                return noun == word ||
                                       (word.size() > 2 && noun.starts_with(word)); // seq_len, "sequence length"
                            }) ||
                (repeated && repeats(word) && any(repeats));
            if (!said) return false;
            specific = true;
        }
        return specific;
    }
    /// Different values of a column.
    std::optional<Verdict> values(const Population& p) const {
        if (counted_.failed || counted_.part) return std::nullopt;
        for (const DataColumn& column : p.tables[0]->columns) {
            if (column.source.document_scope || column.values.empty()) continue;
            const auto words = concepts(column.source.name);
            if (std::none_of(words.begin(), words.end(),
                             [&](const auto& word) { return !vague(word) && holds(counted_.nouns, word); }))
                continue;
            std::set<std::string> different;
            for (const DataTable* table : p.tables)
                for (const auto& other : table->columns)
                    if (other.source.name == column.source.name)
                        for (const auto& value : other.values) different.insert(value.text);
            if (different.size() > 1 && is(different.size()))
                return support(p, q_.value, "values of " + column.source.name);
        }
        return std::nullopt;
    }
    /// A count that the data hold as such, or its sum over files.
    std::optional<Verdict> cells(const Population& p) const {
        for (std::size_t c = 0; c < p.tables[0]->columns.size(); ++c) {
            const DataColumn& column = p.tables[0]->columns[c];
            if (column.source.type != ASSAY_TYPE_INT || column.unit.known() || !meant(column, true)) continue;
            if (!column.measured && column.values.size() > 1) continue; // a setting of some rows
            std::set<double> cells;
            double sum = 0;
            for (const DataTable* table : p.tables)
                for (std::size_t k = 0; k < table->columns.size(); ++k)
                    if (table->columns[k].source.name == column.source.name)
                        for (const double x : numbers(*table, k, table->ok)) cells.insert(x), sum += x;
            if (cells.size() == 1 && *cells.begin() == q_.value)
                return support(p, q_.value, "(" + column.source.name + ")");
            if (p.tables.size() > 1 && total_ && !column.source.document_scope && sum == q_.value)
                return support(p, q_.value, "(" + column.source.name + ") summed");
        }
        return std::nullopt;
    }

    const Quantity& q_;
    Counted counted_;
    bool total_;
    std::vector<Population> populations_;
    std::optional<double> whole_; ///< n in "k of n"
};

} // namespace

bool counts_rows(const std::string& noun) {
    const auto words = concepts(noun);
    return holds(words, "failed") || std::any_of(words.begin(), words.end(), says_rows);
}

std::optional<Verdict> judge_count(const World& world, const Document& document, const Claim& claim,
                                   const Context& context, const Sources& sources) {
    const Quantity& q = claim.quantity;
    if (q.unit.known() || q.value < 0 || q.value != std::floor(q.value) || q.step < 1 || q.bound == '<')
        return std::nullopt; // "over 10 runs" may be as many

    if (auto found = files(world, document, claim, context)) return found;
    return Counting{world, document, claim, context, sources}.run();
}

} // namespace assay::claims
