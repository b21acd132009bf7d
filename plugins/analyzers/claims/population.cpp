#include "claims/population.hpp"
#include "claims/subject.hpp"
#include <algorithm>

namespace assay::claims {

namespace {

/// What the names that all of these bear say for them.
double named(const World& world, const Context& context, const std::vector<const DataTable*>& tables) {
    double sum = 0;
    for (const std::size_t part : tables[0]->path_parts) {
        const bool all = std::all_of(tables.begin(), tables.end(), [&](const DataTable* table) {
            return std::binary_search(table->path_parts.begin(), table->path_parts.end(), part);
        });
        if (!all) continue;
        sum += context.weight[part] > 0 ? context.weight[part] * world.rarity[part] : world.entity[part] ? -0.2 : -0.02;
    }
    return sum;
}

class Collecting {
  public:
    Collecting(const World& world, const Document& document, const Claim& claim, const Context& context,
               const Sources& sources)
        : world_{world}, sources_{sources}, statement_{claim.statement}, context_{context} {
        const Statement& s = document.statements[claim.statement];
        said_ = s.text + " " + s.label + " " + *s.lead;
        if (!s.headings->empty()) heading_ = s.headings->back();
        for (std::size_t i = claim.statement, back = 0; i-- > 0 && back < 3; ++back)
            if (document.statements[i].block == s.block) said_ += " " + document.statements[i].text;
    }

    std::vector<Population> run() {
        // Something must be named, unless there is little to choose from.
        const double least = world_.tables.size() > 3 ? 0.5 : -1;
        for (const auto& table : world_.tables) {
            const auto index = static_cast<std::size_t>(&table - world_.tables.data());
            if (leaves_out(index)) continue;
            const double here = named(world_, context_, {&table}) + chosen({&table});
            if (here + worth({&table}) > least) add({&table}, here, table.path);
        }
        for (const auto& family : world_.families) several(family, least);
        for (const auto& family : alike()) several(family, least);
        std::stable_sort(out_.begin(), out_.end(), [](const auto& a, const auto& b) { return a.named > b.named; });
        return std::move(out_);
    }

  private:
    /// Where a time of day chooses files, no others are meant.
    bool leaves_out(std::size_t table) const {
        const auto& inside = context_.scope.inside;
        return context_.scope.excludes(table) || (!inside.empty() && !inside[table]);
    }
    /// For tables that a time of day chooses.
    double chosen(const std::vector<const DataTable*>& tables) const {
        const bool all = std::all_of(tables.begin(), tables.end(), [&](const DataTable* table) {
            return context_.scope.means(static_cast<std::size_t>(table - world_.tables.data()));
        });
        return !all ? 0 : tables.size() == 1 ? 3 : 2; // "batches of 5 rows": of each
    }
    /// Rows meant of a table, and how many of these failed.
    std::pair<std::size_t, std::size_t> counted(const DataTable& table) {
        const auto [at, fresh] = counted_.emplace(&table, std::pair<std::size_t, std::size_t>{});
        if (!fresh) return at->second;
        const auto rows = rows_meant(world_, table, context_);
        std::size_t failed = 0;
        for (const std::size_t row : rows) failed += (*table.rows)[row].went_wrong() ? 1U : 0U;
        return at->second = {rows.size(), failed};
    }
    /// How often numbers nearby are of these tables.
    double worth(const std::vector<const DataTable*>& tables) const {
        double sum = 0;
        for (const DataTable* table : tables)
            sum += sources_.worth(static_cast<std::size_t>(table - world_.tables.data()), statement_);
        return 3 * sum / static_cast<double>(tables.size());
    }
    /// For tables of the days said, against others.
    double of_day(const std::vector<const DataTable*>& tables) const {
        double sum = 0;
        for (const DataTable* table : tables) sum += on_day(*table, context_.days);
        return 1.5 * sum / static_cast<double>(tables.size());
    }
    void add(std::vector<const DataTable*> tables, double named, std::string text) {
        named += worth(tables) + of_day(tables);
        if (said_.find(tables[0]->path.substr(tables[0]->path.rfind('/') + 1)) != said_.npos && tables.size() == 1)
            named += 3;
        Population p;
        for (const DataTable* table : tables) {
            const auto [rows, failed] = counted(*table);
            p.rows += rows;
            p.failed += failed;
            p.tables_meant += rows > 0 ? 1U : 0U;
            p.tables_failed += rows > 0 && failed == rows ? 1U : 0U;
        }
        p.tables = std::move(tables);
        p.named = named;
        p.text = std::move(text);
        out_.push_back(std::move(p));
    }
    void several(const World::Family& family, double least) {
        std::vector<const DataTable*> all, of_days;
        for (const std::size_t member : family.members) {
            if (leaves_out(member)) continue;
            all.push_back(&world_.tables[member]);
            if (on_day(*all.back(), context_.days) > 0) of_days.push_back(all.back());
        }
        if (all.empty()) return;
        // Of the whole family one of its names is to be said, however many other things are.
        const double called = family.title == heading_ ? 3 : 0;
        if (const double here = named(world_, context_, all) + called + chosen(all); here > least)
            add(all, here, together(family, all));
        if (of_days.size() > 1 && of_days.size() < all.size())
            if (const double here = named(world_, context_, of_days); here + 1 > least)
                add(of_days, here, together(family, of_days) + " of that day");
        std::set<std::vector<const DataTable*>> known{all, of_days};
        const auto part_of = [&](const std::vector<const DataTable*>& base, const std::string& name, double sure,
                                 auto bears) {
            std::vector<const DataTable*> bearers;
            for (const DataTable* table : base)
                if (bears(*table)) bearers.push_back(table);
            if (bearers.size() < 2 || !known.insert(bearers).second) return;
            const double here = named(world_, context_, bearers) + sure;
            if (here > least) add(bearers, here, together(family, bearers) + " of " + name);
        };
        for (const auto* base : {&all, &of_days}) {
            std::set<std::string> folders;
            for (const DataTable* table : *base)
                for (auto at = table->path.find('/'); at != table->path.npos; at = table->path.find('/', at + 1))
                    folders.insert(table->path.substr(0, at + 1));
            for (const auto& folder : folders) // one that is written out is meant
                part_of(*base, folder, said_.find(folder.substr(0, folder.size() - 1)) != said_.npos ? 3 : 0,
                        [&](const DataTable& table) { return table.path.starts_with(folder); });
            for (std::size_t part = 0; part < context_.weight.size(); ++part)
                if (context_.weight[part] >= 0.5)
                    part_of(*base, world_.parts[part], 0, [&](const DataTable& table) {
                        return std::binary_search(table.path_parts.begin(), table.path_parts.end(), part);
                    });
        }
    }
    /// Tables with the same columns that are of several datasets, where a day or a time of day chooses among them.
    std::vector<World::Family> alike() const {
        if (context_.days.empty() && context_.scope.inside.empty()) return {};
        std::map<std::size_t, World::Family> by_kind;
        for (std::size_t t = 0; t < world_.tables.size(); ++t) by_kind[world_.kinds[t]].members.push_back(t);
        std::vector<World::Family> out;
        for (auto& entry : by_kind) {
            World::Family& family = entry.second;
            const bool known = std::any_of(world_.families.begin(), world_.families.end(),
                                           [&](const auto& other) { return other.members == family.members; });
            if (known || family.members.size() < 2) continue;
            family.title = "tables with the same columns";
            out.push_back(std::move(family));
        }
        return out;
    }
    static std::string together(const World::Family& family, const std::vector<const DataTable*>& tables) {
        return family.title + ", " + std::to_string(tables.size()) + " tables together";
    }

    const World& world_;
    const Sources& sources_;
    std::size_t statement_;
    const Context& context_;
    std::string said_, heading_; ///< around the claim, and the nearest above it
    std::map<const DataTable*, std::pair<std::size_t, std::size_t>> counted_;
    std::vector<Population> out_;
};

} // namespace

std::vector<Population> populations(const World& world, const Document& document, const Claim& claim,
                                    const Context& context, const Sources& sources) {
    return Collecting{world, document, claim, context, sources}.run();
}

} // namespace assay::claims
