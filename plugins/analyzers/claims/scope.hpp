#pragma once
// Which files a claim is of, by what tells those of a dataset apart: a date, the name of a folder or of a file.
#include "claims/document.hpp"
#include "claims/world.hpp"
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::claims {

/// What the surroundings of a claim say of its files.
struct Scope {
    std::vector<bool> outside; ///< by table: of another date, folder or file than the claim; empty: none is
    std::vector<bool> inside;  ///< by table: of the time of day that is said; empty: none is
    std::string said;          ///< what is said, for people
    bool other = false;        ///< of another night than the one that is named: "instead of 61.3 ms"
    bool excludes(std::size_t table) const { return table < outside.size() && outside[table]; }
    bool means(std::size_t table) const { return table < inside.size() && inside[table] && !excludes(table); }
};

/// A name or a date in a text.
struct Mark {
    std::size_t slot = 0; ///< what it is one of; 0: dates, 1: times of day
    std::size_t name = 0; ///< in the scopes' names
    Quantity day{};
    std::size_t begin = 0, end = 0;
    bool known = true; ///< data have it
};

/// Is a day, which may lack its year, that one?
bool is_day(const Quantity& q, std::int64_t day);

class Scopes {
  public:
    Scopes(const World& world, const Document& document);
    /// By the nearest of sentence or row, label, lead, heading and title that names any.
    Scope of(const Claim& claim) const;
    /// Of one side of a comparison.
    Scope of_text(const std::string& text) const;

  private:
    struct Name {
        std::vector<std::string> words; ///< that the others of its slot lack
        std::size_t slot = 0;
        std::vector<std::size_t> parts; ///< ids
        std::vector<bool> bearers;      ///< by table: those of this name, or that say it in their rows
    };
    struct Slot {
        std::vector<std::size_t> tables; ///< that have one of its names
    };
    struct Level {
        std::string text;
        bool own = false, title = false, dates_only = false;
    };
    void add_slot(const std::vector<std::size_t>& tables, const std::vector<std::string>& components);
    void find_columns();
    bool says(const DataTable& table, const std::vector<std::size_t>& parts) const;
    const std::vector<Mark>& marks_in(const std::string& text) const;
    std::vector<Mark> chosen(const std::vector<Mark>& marks, const std::string& text, const Claim& claim) const;
    std::vector<Level> levels(const Claim& claim) const;
    /// `nightly`: only files that other nights have too.
    void exclude(Scope& scope, const std::vector<Mark>& marks, bool nightly) const;
    void find_nightly();
    void find_minutes();
    void exclude_strangers(Scope& scope, const Claim& claim, const std::vector<bool>& told) const;

    const World& world_;
    const Document& document_;
    std::vector<Slot> slots_;   ///< the first two are of dates and of times of day
    std::vector<bool> nightly_; ///< by table: there are files of other dates whose paths differ in nothing else
    std::vector<Name> names_;
    std::map<std::int64_t, std::vector<bool>>
        minutes_; ///< tables by minute of the day, at which others of their kind are not
    std::unordered_map<std::string, std::vector<std::size_t>> by_word_;               ///< names by their first word
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> columns_; ///< slots by table and column
    mutable std::unordered_map<std::string, std::vector<Mark>> marks_;                ///< by text
};

} // namespace assay::claims
