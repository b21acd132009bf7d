#pragma once
// What of all that the data say a number may be: found by its value, ranked by the words around it.
#include "claims/context.hpp"
#include "claims/value_index.hpp"

namespace assay::claims {

struct Ranked {
    const Said* said = nullptr;
    double score = -1e9;  ///< what the words around the number say for it, and what the digits are worth
    double converted = 0; ///< in the claim's unit
};

/// How often the numbers of a document are said by a table, so that its sources are known.
struct Sources {
    std::vector<double> document; ///< by table
    std::vector<std::vector<std::pair<std::size_t, double>>>
        places; ///< by table: statements in order, and what they count

    /// What a number of a statement may count for being of a table: at most `most_worth`.
    double worth(std::size_t table, std::size_t statement) const;
    static constexpr double most_worth = 1.3;
};

class Ranking {
  public:
    Ranking(const World& world, const Context& context) : world_{world}, context_{context} { prepare(); }
    /// What rounds to the number and may be the best once sources count, best first.
    std::vector<Ranked> find(const Quantity& q) const;
    /// What the words say for a column of a table, for rows, and for a statistic.
    double metric(const Said& said) const;
    double metric(std::size_t table, std::size_t column) const;
    double subject(std::size_t group) const;
    double statistic(const Said& said) const;

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
    double unspoken(const Group& group) const;
    double texts(const Group& group) const;
    bool bears(const Group& group, std::size_t part) const;
    double score(const Said& said) const;
    /// How much better the words fit other rows, or another column, of the same table.
    double behind(const Said& said) const;
    double metric_behind(const Said& said) const;

    const World& world_;
    const Context& context_;
    std::vector<Name> named_;              ///< that the surroundings name
    mutable std::vector<double> subjects_; ///< by group; NaN: not looked at yet
    mutable std::unordered_map<std::size_t, double> metrics_, best_metric_,
        best_subject_; ///< by table and column; by table
};

} // namespace assay::claims
