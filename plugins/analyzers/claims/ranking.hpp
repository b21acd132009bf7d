#pragma once
// What of all that the data say a number may be: found by its value, ranked by the words around it.
#include "claims/context.hpp"
#include "claims/value_index.hpp"
#include <map>

namespace assay::claims {

struct Ranked {
    const Said* said = nullptr;
    double score = -1e9;  ///< what the words around the number say for it, and what the digits are worth
    double converted = 0; ///< in the claim's unit
};

/// A column and a statistic, of one table or of all tables of a kind: what numbers that belong together are alike in.
struct Signature {
    bool of_kind = false;
    std::size_t place = 0;    ///< table, or kind
    std::uint32_t column = 0; ///< `name_id`
    Stat stat = Stat::value;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
    auto operator<=>(const Signature&) const = default;
};

/// A value that rounds to a number, of rows that its names choose at least as well as any others.
struct Fit {
    const Said* said = nullptr;
    double converted = 0;
    bool in_table = false, in_kind = false; ///< as well as others of the table, of all tables of the kind
};

/// How often the numbers of a document are said by a table, so that its sources are known.
struct Sources {
    std::vector<double> document; ///< by table
    std::vector<std::vector<std::pair<std::size_t, double>>>
        places; ///< by table: statements in order, and what they count
    struct Vote {
        std::size_t claim;
        double weight;
    };
    std::map<Signature, std::vector<Vote>> votes; ///< of numbers whose value and names fit, in order

    /// What a number of a statement may count for being of a table: at most `most_worth`.
    double worth(std::size_t table, std::size_t statement) const;
    static constexpr double most_worth = 1.3;
};

class Ranking {
  public:
    Ranking(const World& world, const Context& context) : world_{world}, context_{context} { prepare(); }
    /// What rounds to the number and may be the best once sources count, best first.
    std::vector<Ranked> find(const Quantity& q) const;
    /// Smallest values that round to one end of a range, of rows whose largest rounds to the other, best first.
    std::vector<Ranked> extents(const Quantity& low, const Quantity& high) const;
    /// What rounds to the number and is of the rows named, whatever the words say of the metric.
    std::vector<Fit> fits(const Quantity& q) const;
    /// Of one of these. `agreed`: numbers around are of the same column, which needs no naming again.
    Ranked ranked(const Said& said, double converted, const Quantity& q, bool agreed) const;
    /// What the words say for a column of a table, for rows, and for a statistic.
    double metric(const Said& said) const;
    double metric(std::size_t table, std::size_t column) const;
    double subject(std::size_t group) const;
    double best_subject(std::size_t table) const;
    double statistic(const Said& said) const;
    /// Is a single row's value the largest, or the smallest, of its column? "The longest is alpha's, 7 s."
    bool is_extreme(const Said& said, bool largest) const;
    /// Do the words fit no other rows, of this table or of those of its kind, better?
    bool meant(const Said& said) const;
    /// How much better they fit the best of these.
    double kind_behind(const Said& said) const;

  private:
    struct Name {
        std::size_t part;
        double weight;
    };
    void prepare();
    double fit(const DataTable& table, const DataColumn& column) const;
    double unit_fit(const DataColumn& column) const;
    double names(const Group& group) const;
    double settings(const Group& group) const;
    const std::vector<const Setting*>& settings_meant(std::size_t table, std::size_t column) const;
    double unspoken(const Group& group) const;
    /// Are its rows those on a side of a gap that the words tell of?
    bool of_side(const Group& group) const;
    double texts(const Group& group) const;
    bool bears(const Group& group, std::size_t part) const;
    double score(const Said& said) const;
    /// How much better the words fit other rows, or another column, of the same table.
    double subject_behind(const Said& said) const;
    /// Calls `each(said, converted)` for what rounds to the number, in the claim's unit.
    template <class Each> void rounding(const Quantity& q, const Each& each) const;
    bool plausible(const Said& said, double converted, const Quantity& q) const;
    double behind(const Said& said) const;
    double metric_behind(const Said& said) const;

    const World& world_;
    const Context& context_;
    std::vector<Name> named_;                                                    ///< that the surroundings name
    mutable std::unordered_map<std::size_t, std::vector<const Setting*>> meant_; ///< by table and column
    mutable std::unordered_map<std::size_t, std::pair<double, double>> extent_;  ///< by table and column
    mutable std::vector<double> subjects_;                                       ///< by group; NaN: not looked at yet
    mutable std::unordered_map<std::size_t, double> metrics_, best_metric_, best_subject_,
        best_of_kind_; ///< by table and column; by table; by kind
};

} // namespace assay::claims
