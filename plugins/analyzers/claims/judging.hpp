#pragma once
// The judging of one document, claim by claim; a comparison asks for the verdicts of what it compares.
#include "claims/direction.hpp"
#include "claims/judge.hpp"
#include "claims/ranking.hpp"
#include <memory>

namespace assay::claims {

class Judging {
  public:
    Judging(const World& world, const Document& document, const std::string& path)
        : world_{world}, document_{document}, contexts_{world, document, path}, measured_(document.claims.size()),
          candidates_(document.claims.size()), fits_(document.claims.size()), contexts_of_(document.claims.size()) {}
    /// Bounds the time for documents that are no reports: what stands behind so many numbers is not judged.
    static constexpr std::size_t most_claims = 20'000;
    static constexpr std::size_t most_kept_bytes = 64U << 20U; ///< of contexts; those past it are made again
    std::vector<Verdict> run();

  private:
    Verdict judged(std::size_t index);
    Verdict checked(std::size_t index);
    /// A comparison, a ratio, a share, a change.
    std::optional<Verdict> related(std::size_t index, const Context& context);
    /// Of a number that is no relation of others: what a relation may be computed from, so that none leads to another.
    const Verdict& measured(std::size_t index);
    Verdict measured(std::size_t index, const Context& context);
    std::optional<Verdict> comparison(std::size_t index);
    /// Is it a count of rows, and the datum no count of them?
    bool is_no_count(const Claim& claim, const Datum& datum, const Context& context) const;
    bool bracketed_count(const Claim& claim) const;
    bool is_change(const Claim& claim) const;
    bool is_spread(const Claim& claim, const Datum& datum) const;
    bool leaves_setting(const Claim& claim, const Datum& datum) const;
    Verdict date(const Claim& claim) const;
    Verdict clock(const Claim& claim) const;
    /// A ratio, a share, a change or a difference of two numbers that stand beside it, or that the document gives
    /// elsewhere and whose names stand beside it, as the data have them.
    std::optional<Verdict> derived(std::size_t index, const Context& context);
    /// A relation of two data that the statement names and need not give: of two names, two statistics or two metrics.
    std::optional<Verdict> between(std::size_t index, const Context& context);
    /// A place in an order that the data have too.
    std::optional<Verdict> rank(std::size_t index);
    bool is_rank(const Claim& claim) const;
    /// Is it, by the number in a cell of its row, that place from the top or from the bottom, best first?
    struct Standing {
        bool top, bottom;
        std::size_t of;
        Datum datum;
    };
    const std::optional<Standing>& standing(std::size_t index, std::size_t cell);
    std::optional<Standing> stands(std::size_t index, std::size_t cell);
    /// A relation of a number that stands beside it to one of its column that is named alone.
    std::optional<Verdict> against(std::size_t index, const Context& context);
    struct Place {
        std::size_t table = 0, column = 0;
    };
    std::optional<Place> place_of(const Datum& datum) const;
    /// What the words behind "than" name.
    struct Base {
        std::vector<std::size_t> things;
        std::string stat;
        std::vector<double> settings;
    };
    Base base_of(const Direction& direction) const;
    /// `x`, which is at `at`, against what the base names.
    std::optional<Verdict> held_against(const Quantity& q, Relation relation, const Direction& direction,
                                        const Datum& x, const Place& at, const Context& context) const;
    /// May it be that, and of something else than `x`?
    bool is_of_base(const Said& said, const Base& base, const Datum& x, const Place& at) const;
    /// Two names that a relation may be of: of the subject and of the base, where the words tell which is which.
    struct Pair {
        std::size_t subject, base; ///< parts
        Direction direction;
        bool ordered;
    };
    std::vector<Pair> names_paired(const std::string& text, const std::vector<Direction>& directions) const;
    std::vector<std::size_t> things_in(const std::string& text) const;
    bool share_slot(std::size_t part, std::size_t other) const;
    /// Is the datum of one of two things, and not of the other?
    bool is_of(const Meant& meant, std::size_t own, std::size_t other) const;
    /// Leaves out tables that nowhere bear a part.
    void restrict_to(std::size_t part, Context& context);
    /// Which of two data is held against which; the direction is empty where the words do not tell. `far`: neither
    /// stands beside the relation. Nothing where they are not of what it names.
    struct Ordered {
        Direction direction;
        bool swapped, known;
    };
    std::optional<Ordered> ordered(const std::vector<Direction>& directions, const Datum& x, const Datum& y,
                                   bool far) const;
    /// Faster and slower are of every time and every rate of the two.
    std::optional<Verdict> by_any_speed(const Quantity& q, Relation relation, const std::vector<Pair>& pairs,
                                        const Context& context, const std::vector<std::string>& stats, bool& several);
    /// May a relation be of a metric that its statement does not name?
    bool leaves_metric_open(const Statement& s, const Claim& claim) const;
    /// Is it, by the words of its statement, a relation of such data?
    bool may_be_of(const Statement& s, const Claim& claim, const Datum& datum) const;
    /// Hears the metrics of the numbers before it that the data support: a relation seldom names one.
    void hear_metrics_before(std::size_t index, Context& context);
    std::optional<Verdict> total_row(std::size_t index);
    bool is_limit(const Datum& datum, const Datum& other) const;
    bool both_named(const Datum& x, const Datum& y, const Context& context, double least);
    std::vector<std::size_t> operands_around(std::size_t index, std::size_t& near) const;
    /// Which tables say most of the document's numbers.
    void find_sources();
    /// Which columns and statistics the numbers around each other have in common.
    void find_votes();
    /// How many other numbers nearby are of the same column and statistic as one that this one may be.
    static bool votes(const Claim& claim);
    double agreement(std::size_t index, const Said& said) const;
    Signature signature_of(const Said& said) const;
    Signature of_kind(const Signature& own) const;
    double proximity(const Claim& one, const Claim& other) const;
    /// What the data say in the very number, where the words around it agree. `doubt`: how much more they have to.
    std::optional<Verdict> found(std::size_t index, const Context& context, double doubt);
    /// A range whose ends are the smallest and the largest value of rows that the words around it name.
    std::optional<Verdict> found_range(std::size_t index, const Context& context);
    /// A setting that the data hold as such: of the file that is meant, and of all its rows.
    std::optional<Verdict> setting_said(std::size_t index, const Context& context);
    /// Has a parameter, in all tables that have it, one and the same value?
    bool only_value(std::size_t table, std::size_t column, const Context& context) const;
    /// Do the numbers beside it agree on another statistic of its column, or on another table of its kind?
    bool odd(std::size_t index, const Signature& own, const Context& context) const;
    bool odd(std::size_t index, const Datum& datum, const Context& context) const;
    Verdict said_by(const Ranked& best) const;
    /// Do the data have the number under some reading that the words around it allow?
    bool allowed(std::size_t index, const Context& context);
    /// Where the data have the number, of other files than those that the claim is of; empty: nowhere.
    std::string elsewhere(const Claim& claim, const Context& context) const;
    /// What the claim's number may be; looked up once.
    const std::vector<Ranked>& candidates(std::size_t index, const Context& context);
    std::shared_ptr<const Context> context_of(std::size_t index);
    const World& world_;
    const Document& document_;
    Contexts contexts_;
    Sources sources_;
    std::vector<std::optional<Verdict>> measured_;
    std::vector<std::optional<std::vector<Ranked>>> candidates_;
    std::vector<std::vector<Fit>> fits_;
    std::vector<std::shared_ptr<const Context>> contexts_of_;
    std::size_t kept_bytes_ = 0;
    std::map<std::pair<std::size_t, std::size_t>, std::optional<Standing>> standings_; ///< by claim and cell
    std::vector<std::vector<std::size_t>> tables_of_; ///< by part: that bear it; made when first asked for
};

} // namespace assay::claims
