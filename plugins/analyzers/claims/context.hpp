#pragma once
// What a claim is about, as its surroundings say: metric words, statistic, unit, entities and settings.
#include "claims/document.hpp"
#include "claims/scope.hpp"
#include "claims/world.hpp"
#include <cstdint>
#include <map>
#include <unordered_map>

namespace assay::claims {

/// A parameter's value that the surroundings name: num_gpu=40, "temperature 0.2", the cell under "GPU layers".
struct Setting {
    std::vector<std::string> words;
    double value = 0;
    bool counted = false; ///< "5 prompts": as many of these, and no index of one
    bool bare = false;    ///< a number whose words name no parameter of the data: "999/4096/0.2"
    bool alone = false;   ///< no word behind it says what it counts
    bool end = false;     ///< of a range, "from 0.2 to 0.8"
    /// How far it stands from the claim: in its clause, its row or its column's header; elsewhere in the sentence;
    /// in a label, a lead or a heading.
    enum class Place : std::uint8_t { beside, sentence, around } place = Place::sentence;
    /// May the column be one of which it gives a value? Of a bare one, its value tells.
    bool is_of(const DataColumn& column) const;
};
/// Which of the settings say what values of a column are meant: those that stand nearest. None where they go through
/// the column's values ("40, 60 and 80 layers").
std::vector<const Setting*> settings_of(const std::vector<Setting>& all, const DataTable& table, std::size_t column);

/// Is it a word before the place of a row: "sample 3"?
bool names_position(const std::string& word);
/// Bounds what is looked at around one number in texts that are no reports.
constexpr std::size_t most_bytes = 400;

struct Context {
    std::vector<std::string> near;      ///< metric words of the clause, or of the cell's column and row
    std::vector<std::string> wide;      ///< of the sentence, its label, lead and headings
    std::vector<bool> in_near, in_wide; ///< by word of the world's vocabulary
    std::vector<double> heard; ///< by word of the vocabulary: 1 where it stands beside the number, less further off
    bool extreme = false;      ///< the end of a range: from, to, between
    bool begin = false, close = false;  ///< how it began, or ended, is told
    bool total = false, spread = false; ///< a sum, or the width of a range, is told
    std::vector<Quantity> days;         ///< dates said nearest, of which there are data
    std::vector<std::size_t> positions; ///< of rows: "sample 3", "prompt 4"
    std::string section;                ///< headings, joined
    std::string stat;                   ///< claimed statistic; empty: none is named
    bool of_row = false;                ///< the claim stands in a table
    bool stat_near = false;             ///< named in the clause, the label or the table's headers
    bool stat_beside = false;           ///< named in the clause itself, or in the headers of the row and column
    bool stat_labelled = false;         ///< named there, or in the label: "Mean TTFT: 0.2 s"
    int edge = 0;                       ///< of a range in words: -1 its begin, 1 its end
    bool warm = false;                  ///< first observations are left out
    bool cold = false;                  ///< the first observation is meant
    bool partly = false;                ///< some rows are left out, whichever: "leaving the slow ones out"
    bool slow = false, quick = false;   ///< of the slow ones, or of the others, is told: "cold", "reloads", "the rest"
    std::vector<Quantity> bounds;       ///< that the sentence gives for others than the claim: "more than 2 s"
    /// Does it tell that rows on this side of a gap are meant?
    bool tells(const GapSide& side, const DataColumn& column) const;
    bool keyed = false;        ///< "latency_s=5.8": of any row
    bool guessed = false;      ///< what it is of is told from afar only: nothing contradicts it
    bool failed = false;       ///< the row says that its run failed
    bool failure_told = false; ///< it, or the sentence, speaks of failure
    std::string unresolved;    ///< "Model 2", where nothing in the data is called so
    Unit unit;                 ///< of the claim, or of its column's heading
    /// Of the values that the claim is about: a coefficient of variation has its own.
    Unit value_unit() const { return stat == "cv" && unit.measure == Measure::percent ? Unit{} : unit; }
    std::vector<double> weight; ///< by part id: 1 where it is named beside the number, less further off
    std::vector<Setting> settings;
    std::vector<std::string> row_words; ///< what a table's row, or a label, is about
    std::string near_text;
    std::string stem;               ///< the document's name without its extension
    Scope scope;                    ///< the files that it is of
    std::vector<std::uint8_t> said; ///< by part id: 0 never in the document, 1 after the claim only, 2 before it
};

/// 1 where the table's rows are of one of the days, -1 where they are of others; 0 where that is not known.
int on_day(const DataTable& table, const std::vector<Quantity>& days);

/// Makes contexts of a document's claims; keeps what they share.
class Contexts {
  public:
    Contexts(const World& world, const Document& document, const std::string& path);
    Context of(const Claim& claim) const;
    /// Of one side of a comparison, from the context of the claim: `own` names it, `other` the one that it is compared
    /// with. Without a unit. `base`: what else `other` says holds for this side too.
    Context side(Context claimed, const std::string& own, const std::string& other, bool base) const;

    /// Parts that a text names, and how surely (1, less for abbreviations).
    const std::vector<std::pair<std::size_t, double>>& names_in(const std::string& text) const;

  private:
    std::string unresolved(const std::string& name, const Context& context) const;
    /// Settings in running text, and where they stand: `num_gpu=40`, "temperature 0.2", "80 layers".
    const std::vector<std::pair<std::size_t, Setting>>& settings_in(const std::string& text) const;
    /// Those near `at`; `around`: words that hold for each.
    void add_settings(Context& context, const std::string& text, std::size_t at, const std::vector<std::string>& around,
                      Setting::Place place) const;
    /// Do the words name a parameter of any table that has the value?
    bool names_parameter(const Setting& setting) const;
    void weigh(Context& context, const std::string& text, double weight) const;
    /// Words of the vocabulary that a word is alike to.
    const std::vector<std::size_t>& known_words(const std::string& word) const;
    /// Is it n in "k of n"?
    bool is_whole(const Claim& claim) const;
    std::vector<Quantity> days_said(const Claim& claim) const;
    /// Parameters that have one value in each file of a kind, and not the same in all.
    struct Varied {
        std::vector<std::pair<std::size_t, const DataColumn*>> tables;
    };
    void find_parameters();
    /// Leaves out files whose rows all have another value of a parameter than the one that is set.
    void restrict_by_settings(Context& context, const Quantity& own) const;
    const std::vector<Quantity>& days_in(const std::string& text) const;
    /// What is left of a text without the names of the data in it: "torch.compile" speaks of no compiling.
    std::string without_names(const std::string& text) const;
    void hear(Context& context, const std::string& text, double weight) const;
    /// Of the names that a list of values belongs to, only its own is meant.
    void bind_list(Context& context, const Claim& claim) const;
    void hear_around(Context& context, const Claim& claim) const;
    /// Are the slow rows meant, or the others, or those past a bound?
    void hear_sides(Context& context, const Claim& claim) const;
    /// "Mean latency (s) | Before | After": the corner names what all of the table is, but for a row or a column that
    /// itself says what it measures; empty there.
    std::string corner_of(const Statement& s, std::size_t cell) const;
    /// Is each word of a column's header a name, a statistic or a setting of the data?
    bool resolved(const std::string& header) const;
    const World& world_;
    const Document& document_;
    std::vector<std::pair<std::size_t, std::vector<std::string>>> compounds_; ///< parts of several words: torch_compile
    std::vector<std::size_t> first_; ///< by part id: the statement that first names it
    std::string stem_;
    Scopes scopes_;
    mutable std::unordered_map<std::string, std::vector<std::pair<std::size_t, double>>> names_; ///< by text
    mutable std::unordered_map<std::string, std::vector<std::size_t>> words_, known_; ///< of the vocabulary, by text
    mutable std::unordered_map<std::string, std::vector<std::pair<std::size_t, Setting>>> settings_; ///< by text
    mutable std::unordered_map<std::string, std::vector<Quantity>> days_;                            ///< by text
    mutable std::map<std::pair<std::vector<std::string>, double>, bool> known_parameters_;
    std::vector<const DataColumn*> parameters_; ///< numbers that nobody measured
    std::set<std::string> parameter_names_;     ///< of these, in lower case, without what stands before a dot
    std::vector<Varied> varied_;
    std::vector<double> path_weight_;
    std::vector<std::vector<std::size_t>> by_block_; ///< statements of one block
};

} // namespace assay::claims
