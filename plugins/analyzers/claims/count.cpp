// Claims of how many: rows, files together, different values of a column, counts that the data hold as such.
#include "claims/count.hpp"
#include "claims/population.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <cmath>
#include <set>

namespace assay::claims {

namespace {

/// A row of settings says how often: "10 iterations" is its `runs`.
bool repeats(const std::string& word) {
    return is_any(word, {"run", "iteration", "repetition", "repeat", "trial", "pass"});
}
bool says_tables(const std::string& word) {
    return is_any(word, {"file", "run", "folder", "directory", "batch", "session", "suite", "recording", "attempt",
                         "experiment", "benchmark", "artifact", "report", "sweep", "series"});
}
/// Of what one thing comes in several: each has a file of its own.
bool says_variants(const std::string& word) {
    return is_any(word, {"model", "environment", "host", "machine", "device", "node", "backend"});
}
bool vague(const std::string& word) { return says_little(word) || word == "index" || word == "value"; }

/// Is what stands behind "n of n" no word of the data, and no word for rows or files or their state?
bool counts_other(const World& world, const Document& document, const Claim& claim) {
    const Quantity* whole = whole_of(document, claim);
    const Quantity* part = part_of(document, claim);
    if ((!whole || whole->value != claim.quantity.value) && (!part || part->value != claim.quantity.value))
        return false;
    const Statement& s = document.statements[claim.statement];
    const std::string& text = text_around(s, claim);
    const std::string behind = text.substr(whole ? whole->end : claim.quantity.end, 80);
    const auto words = concepts(behind.substr(0, behind.find_first_of(",;:.()|")));
    for (const auto& word : words) {
        if (says_nothing(word) || word == "our" || word == "unit") continue;
        const bool state = is_any(word, {"failed", "ok", "success", "completed", "passed", "pass", "valid", "answered",
                                         "fine", "error", "timeout", "good", "clean", "usable", "rejected"});
        const bool known = std::any_of(world.vocabulary.begin(), world.vocabulary.end(),
                                       [&](const auto& own) { return alike(word, own); });
        return !(state || known || says_rows(word) || says_tables(word) || says_little(word) || word == "item" ||
                 world.part_ids.count(word) > 0);
    }
    return false;
}

class Counting {
  public:
    Counting(const World& world, const Document& document, const Claim& claim, const Context& context,
             const Sources& sources)
        : world_{world}, context_{context}, q_{claim.quantity}, counted_{counted(document, claim, context)},
          total_{context.total || context.stat == "total"}, populations_{
                                                                populations(world, document, claim, context, sources)} {
        strange_ = counts_other(world, document, claim);
        in_column_ = document.statements[claim.statement].form == Statement::Form::row;
        if (const Quantity* whole = whole_of(document, claim)) whole_ = whole->value;
        if (const Quantity* part = part_of(document, claim)) part_ = part->value;
        // What is named much less than another is not meant; "k of n" says more, by its n.
        const double least = populations_.empty() ? 0 : (whole_ ? 0.2 : 0.4) * populations_[0].named;
        std::erase_if(populations_, [&](const Population& p) { return p.named < least; });
    }

    std::optional<Verdict> run() {
        if ((counted_.nouns.empty() && !whole_ && !part_) || strange_) return std::nullopt;
        if (!counted_.failed && !counted_.ok && !whole_)
            for (const Population& p : populations_)
                if (auto found = variants(p)) return found;
        // Small numbers, and those of failures, are had by chance too: only what is named best is meant.
        const bool common = counted_.failed || counted_.ok || q_.value < 10;
        for (const auto count : {&Counting::rows, &Counting::sides, &Counting::values, &Counting::cells})
            for (const Population& p : populations_) {
                if (common && !whole_ && p.named < 0.75 * populations_[0].named) break;
                if (auto found = (this->*count)(p)) return found;
            }
        return other_part();
    }

  private:
    /// Of n rows that are so many, other than k are so.
    std::optional<Verdict> other_part() const {
        if (!whole_ || counted_.nouns.empty() || !says_rows(counted_.nouns.front()) || populations_.empty())
            return std::nullopt;
        const Population& p = populations_.front();
        if (static_cast<double>(p.rows) != *whole_ || !(counted_.failed || counted_.ok)) return std::nullopt;
        Verdict v = support(p, static_cast<double>(counted_.failed ? p.failed : p.rows - p.failed),
                            counted_.failed ? "failed rows" : "rows that are ok");
        v.status = Status::contradicted;
        return v;
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
    bool holds_exactly(std::string_view noun) const {
        return std::find(counted_.nouns.begin(), counted_.nouns.end(), noun) != counted_.nouns.end();
    }
    bool is(std::size_t count) const { return static_cast<double>(count) == q_.value; }
    std::optional<Verdict> rows(const Population& p) const {
        const std::size_t ok = p.rows - p.failed;
        if ((counted_.failed || counted_.ok) && p.failed == 0 && !tells_status(p)) return std::nullopt;
        const bool told = any(says_rows) || counted_.bare_state;
        // "10 of 25" says it by both numbers.
        const bool both = whole_ && (p.failed > 0 || counted_.ok) && static_cast<double>(p.rows) == *whole_;
        if (both && !told && generic(p.tables[0]->name) && p.named >= 0.5 * populations_[0].named) {
            if (is(ok) && !counted_.failed) return support(p, q_.value, "rows that are ok");
            if (is(p.failed) && !counted_.ok) return support(p, q_.value, "failed rows");
        }
        if (part_ && !told && (p.failed > 0 || *part_ == static_cast<double>(ok)) && is(p.rows) &&
            generic(p.tables[0]->name) && p.named >= 0.5 * populations_[0].named &&
            (*part_ == static_cast<double>(ok) || *part_ == static_cast<double>(p.failed)))
            return support(p, q_.value, "rows");
        const bool of_rows = generic(p.tables[0]->name) ? told : names(p);
        if (of_rows && (!whole_ || static_cast<double>(p.rows) == *whole_)) {
            if (counted_.failed && is(p.failed)) return support(p, q_.value, "failed rows");
            if ((counted_.ok || counted_.part) && !counted_.failed && is(ok) && p.rows > 0)
                return support(p, q_.value, "rows that are ok");
            if (!counted_.part && !counted_.failed && is(p.rows) && p.rows > 0) return support(p, q_.value, "rows");
        }
        // A column of a report of statistics: how many values were counted, and of how many files.
        if (in_column_ && !whole_ && p.rows > 0) {
            if (holds_exactly("n") && is(ok)) return support(p, q_.value, "rows that are ok");
            if (holds_exactly("artifact") && is(p.tables_meant)) return support(p, q_.value, "files with such rows");
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
    /// Does a text column that is called so name one of the tables in its values: gemma3_270m, of models?
    bool are_of(const Population& p, const std::string& noun) const {
        const auto names = [&](const DataColumn& column) {
            return !column.source.is_number() && holds(column.words, noun) &&
                   std::any_of(column.values.begin(), column.values.end(), [&](const DataColumn::Value& value) {
                       return std::any_of(value.parts.begin(), value.parts.end(), [&](std::size_t part) {
                           return world_.entity[part] &&
                                  std::any_of(p.tables.begin(), p.tables.end(), [&](const DataTable* table) {
                                      return std::binary_search(table->path_parts.begin(), table->path_parts.end(),
                                                                part);
                                  });
                       });
                   });
        };
        return std::any_of(world_.tables.begin(), world_.tables.end(), [&](const DataTable& table) {
            return std::any_of(table.columns.begin(), table.columns.end(), names);
        });
    }
    /// "3 models", where three files of a dataset are of one each.
    std::optional<Verdict> variants(const Population& p) const {
        constexpr std::size_t heard = 2; // "model", "different models"
        const bool rows = p.tables[0]->name == "rows" || p.tables[0]->name == "document";
        if (p.tables.size() < 2 || !rows || p.tables_meant != p.tables.size() || !is(p.tables.size()))
            return std::nullopt;
        for (std::size_t i = 0; i < std::min(heard, counted_.nouns.size()); ++i)
            if (says_variants(counted_.nouns[i]) && are_of(p, counted_.nouns[i]))
                return support(p, q_.value, "files of one each");
        return std::nullopt;
    }
    /// Rows on one side of a gap: "12 of 36 are cold", "8 took more than a second".
    std::optional<Verdict> sides(const Population& p) const {
        if (p.tables.size() != 1 || counted_.failed || (whole_ && static_cast<double>(p.rows) != *whole_) ||
            !(whole_ || any(says_rows)))
            return std::nullopt;
        const auto table = static_cast<std::size_t>(p.tables[0] - world_.tables.data());
        const ValueIndex& index = *world_.index;
        for (std::size_t g = index.first_group[table]; g < index.first_group[table + 1]; ++g)
            for (const GapSide& side : index.groups[g].sides)
                if (is(index.groups[g].rows.size()) && context_.tells(side, p.tables[0]->columns[side.column]))
                    return support(p, q_.value, "rows with " + side.text);
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
            if (column.source.is_number() && std::any_of(column.words.begin(), column.words.end(), repeats))
                continue; // "2 warmups" are its value
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

    const World& world_;
    const Context& context_;
    const Quantity& q_;
    Counted counted_;
    bool total_, in_column_ = false;
    bool strange_ = false; ///< "7 of 7 reviewers", of whom the data know nothing
    std::vector<Population> populations_;
    std::optional<double> whole_, part_; ///< n in "k of n", and k of an n
};

} // namespace

std::optional<Verdict> judge_count(const World& world, const Document& document, const Claim& claim,
                                   const Context& context, const Sources& sources) {
    const Quantity& q = claim.quantity;
    if (q.unit.known() || q.value < 0 || q.value != std::floor(q.value) || q.step < 1 || q.bound == '<')
        return std::nullopt; // "over 10 runs" may be as many

    if (auto found = judge_files(world, document, claim, context)) return found;
    return Counting{world, document, claim, context, sources}.run();
}

} // namespace assay::claims
