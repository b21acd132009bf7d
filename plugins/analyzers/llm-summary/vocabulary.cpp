#include "llm-summary/vocabulary.hpp"
#include "llm-summary/embedded.hpp"
#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

namespace assay::narrative {

namespace {

template <std::size_t N> bool is_one_of(std::string_view word, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

using namespace std::string_view_literals;

constexpr std::array number_words{
    "zero"sv,       "one"sv,       "two"sv,       "three"sv,    "four"sv,     "five"sv,      "six"sv,      "seven"sv,
    "eight"sv,      "nine"sv,      "ten"sv,       "eleven"sv,   "twelve"sv,   "thirteen"sv,  "fifteen"sv,  "twenty"sv,
    "thirty"sv,     "forty"sv,     "fifty"sv,     "sixty"sv,    "seventy"sv,  "eighty"sv,    "ninety"sv,   "hundred"sv,
    "hundreds"sv,   "thousand"sv,  "thousands"sv, "million"sv,  "millions"sv, "billion"sv,   "billions"sv, "trillion"sv,
    "dozen"sv,      "dozens"sv,    "half"sv,      "halves"sv,   "third"sv,    "thirds"sv,    "quarter"sv,  "quarters"sv,
    "fifth"sv,      "tenth"sv,     "first"sv,     "second"sv,   "double"sv,   "doubled"sv,   "doubles"sv,  "triple"sv,
    "tripled"sv,    "twice"sv,     "thrice"sv,    "fold"sv,     "twofold"sv,  "threefold"sv, "tenfold"sv,  "percent"sv,
    "percentage"sv, "pair"sv,      "couple"sv,    "few"sv,      "several"sv,  "many"sv,      "numerous"sv, "fourteen"sv,
    "sixteen"sv,    "seventeen"sv, "eighteen"sv,  "nineteen"sv, "fourth"sv,   "sixth"sv};

constexpr std::array negations{"not"sv,    "no"sv,     "none"sv,    "never"sv,  "without"sv, "neither"sv,
                               "nor"sv,    "cannot"sv, "nothing"sv, "nobody"sv, "nowhere"sv, "hardly"sv,
                               "barely"sv, "except"sv, "unlike"sv,  "despite"sv};
constexpr std::array hedges{"likely"sv,  "unlikely"sv, "probably"sv, "presumably"sv,  "perhaps"sv,    "possibly"sv,
                            "may"sv,     "might"sv,    "could"sv,    "would"sv,       "appears"sv,    "appear"sv,
                            "seems"sv,   "seem"sv,     "suggests"sv, "suggest"sv,     "arguably"sv,   "approximately"sv,
                            "roughly"sv, "nearly"sv,   "almost"sv,   "potentially"sv, "apparently"sv, "generally"sv};
constexpr std::array first_persons{"i"sv,  "we"sv,  "my"sv,   "our"sv,  "us"sv,
                                   "me"sv, "you"sv, "your"sv, "ours"sv, "yours"sv};
constexpr std::array quantities{"latency"sv, "throughput"sv, "duration"sv, "accuracy"sv, "power"sv,    "memory"sv,
                                "loss"sv,    "precision"sv,  "quality"sv,  "speed"sv,    "latencies"sv};
constexpr std::array advices{"should"sv, "must"sv, "need"sv, "needs"sv, "needed"sv};
constexpr std::array acronyms{"CPU"sv, "GPU"sv, "CSV"sv, "JSON"sv, "LLM"sv};

/// How words begin that say how something went.
constexpr std::array outcomes{"fail"sv,       "succe"sv,      "valid"sv,      "invalid"sv,     "complete"sv,
                              "incomplete"sv, "correct"sv,    "incorrect"sv,  "usabl"sv,       "unusabl"sv,
                              "readabl"sv,    "unreadabl"sv,  "true"sv,       "false"sv,       "pass"sv,
                              "error"sv,      "claimed"sv,    "unclaimed"sv,  "measured"sv,    "unmeasured"sv,
                              "verified"sv,   "unverified"sv, "supported"sv,  "unsupported"sv, "confounded"sv,
                              "parsed"sv,     "unparsed"sv,   "conclusive"sv, "inconclusive"sv};

struct ClaimingWord {
    std::string_view word;
    Claiming claim;
};
using enum Claiming;
constexpr ClaimingWord claiming_words[] = {{"higher", greater},
                                           {"greater", greater},
                                           {"more", greater},
                                           {"larger", greater},
                                           {"bigger", greater},
                                           {"longer", greater},
                                           {"above", greater},
                                           {"exceeds", greater},
                                           {"exceed", greater},
                                           {"exceeded", greater},
                                           {"lower", less},
                                           {"less", less},
                                           {"fewer", less},
                                           {"smaller", less},
                                           {"shorter", less},
                                           {"below", less},
                                           {"faster", better},
                                           {"quicker", better},
                                           {"better", better},
                                           {"ahead", better},
                                           {"outperforms", better},
                                           {"outperform", better},
                                           {"beats", better},
                                           {"surpasses", better},
                                           {"slower", worse},
                                           {"worse", worse},
                                           {"trails", worse},
                                           {"lags", worse},
                                           {"highest", highest},
                                           {"greatest", highest},
                                           {"largest", highest},
                                           {"longest", highest},
                                           {"biggest", highest},
                                           {"maximum", highest},
                                           {"peak", highest},
                                           {"lowest", lowest},
                                           {"least", lowest},
                                           {"smallest", lowest},
                                           {"shortest", lowest},
                                           {"minimum", lowest},
                                           {"fewest", lowest},
                                           {"best", best},
                                           {"fastest", best},
                                           {"quickest", best},
                                           {"top", best},
                                           {"leading", best},
                                           {"leads", best},
                                           {"lead", best},
                                           {"leader", best},
                                           {"superior", best},
                                           {"optimal", best},
                                           {"wins", best},
                                           {"winner", best},
                                           {"worst", worst},
                                           {"slowest", worst},
                                           {"inferior", worst},
                                           {"most", majority},
                                           {"mostly", majority},
                                           {"majority", majority},
                                           {"largely", majority},
                                           {"mainly", majority},
                                           {"predominantly", majority},
                                           {"all", all},
                                           {"every", all},
                                           {"each", all},
                                           {"always", all},
                                           {"entire", all},
                                           {"entirely", all},
                                           {"whole", all},
                                           {"wholly", all},
                                           {"fully", all},
                                           {"any", all},
                                           {"everything", all},
                                           {"equal", equal},
                                           {"equals", equal},
                                           {"same", equal},
                                           {"identical", equal},
                                           {"equivalent", equal},
                                           {"similar", equal},
                                           {"comparable", equal},
                                           {"alike", equal},
                                           {"matches", equal},
                                           {"match", equal},
                                           {"similarly", equal},
                                           {"increase", trend},
                                           {"increases", trend},
                                           {"increased", trend},
                                           {"increasing", trend},
                                           {"rise", trend},
                                           {"rises", trend},
                                           {"rising", trend},
                                           {"rose", trend},
                                           {"grow", trend},
                                           {"grows", trend},
                                           {"growing", trend},
                                           {"growth", trend},
                                           {"decrease", trend},
                                           {"decreases", trend},
                                           {"decreased", trend},
                                           {"decreasing", trend},
                                           {"fall", trend},
                                           {"falls", trend},
                                           {"falling", trend},
                                           {"fell", trend},
                                           {"drop", trend},
                                           {"drops", trend},
                                           {"dropped", trend},
                                           {"dropping", trend},
                                           {"decline", trend},
                                           {"declines", trend},
                                           {"declined", trend},
                                           {"drift", trend},
                                           {"drifts", trend},
                                           {"trend", trend},
                                           {"trends", trend},
                                           {"improves", trend},
                                           {"improve", trend},
                                           {"improved", trend},
                                           {"improvement", trend},
                                           {"degrades", trend},
                                           {"degrade", trend},
                                           {"degraded", trend},
                                           {"degradation", trend},
                                           {"regression", trend},
                                           {"significant", significant},
                                           {"significantly", significant},
                                           {"associated", associated},
                                           {"association", associated},
                                           {"correlated", associated},
                                           {"correlates", associated},
                                           {"correlation", associated},
                                           {"because", associated},
                                           {"cause", associated},
                                           {"causes", associated},
                                           {"caused", associated},
                                           {"due", associated},
                                           {"affect", associated},
                                           {"affects", associated},
                                           {"affected", associated},
                                           {"influence", associated},
                                           {"influences", associated},
                                           {"impact", associated},
                                           {"impacts", associated},
                                           {"drives", associated},
                                           {"driven", associated},
                                           {"depends", associated},
                                           {"depend", associated},
                                           {"effect", associated},
                                           {"effects", associated},
                                           {"missing", absent},
                                           {"absent", absent},
                                           {"absence", absent},
                                           {"lack", absent},
                                           {"lacks", absent},
                                           {"lacking", absent},
                                           {"unavailable", absent}};

const std::unordered_set<std::string_view>& words() {
    static const auto* all_words = [] {
        auto* set = new std::unordered_set<std::string_view>;
        for (std::string_view rest = plain_words; !rest.empty();) {
            const auto end = rest.find('\n');
            if (end != 0) set->insert(rest.substr(0, end));
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
        return set;
    }();
    return *all_words;
}

} // namespace

bool is_number_word(std::string_view word) { return is_one_of(word, number_words); }
bool is_quantity(std::string_view word) { return is_one_of(word, quantities); }
bool is_negation(std::string_view word) { return is_one_of(word, negations); }
std::string_view outcome_of(std::string_view word) {
    const auto* found =
        std::find_if(outcomes.begin(), outcomes.end(), [&](auto outcome) { return word.starts_with(outcome); });
    return found == outcomes.end() ? std::string_view{} : *found;
}
bool is_hedge(std::string_view word) { return is_one_of(word, hedges); }
bool is_first_person(std::string_view word) { return is_one_of(word, first_persons); }
bool is_advice(std::string_view word) { return is_one_of(word, advices); }
bool is_acronym(std::string_view word) { return is_one_of(word, acronyms); }

Claiming claim_of_word(std::string_view word) {
    const auto* found = std::find_if(std::begin(claiming_words), std::end(claiming_words),
                                     [&](const auto& known) { return known.word == word; });
    return found == std::end(claiming_words) ? none : found->claim;
}

bool is_plain_word(std::string_view word) {
    // Number words come first: "second" is one, whatever its stem.
    if (is_number_word(word)) return false;
    if (words().contains(word)) return true;
    const auto has = [&](const std::string& stem) { return !is_number_word(stem) && words().contains(stem); };
    const auto without = [&](std::size_t n) { return std::string{word.substr(0, word.size() - n)}; };
    if (word.size() < 4) return false;
    if (word.ends_with("ies") || word.ends_with("ied")) return has(without(3) + "y");
    if (word.ends_with("s") && (has(without(1)) || (word.ends_with("es") && has(without(2))))) return true;
    if (word.ends_with("ly")) return has(without(2));
    for (const std::string_view ending : {"ed"sv, "ing"sv}) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 3) continue;
        const std::string stem = without(ending.size());
        const bool doubled = stem[stem.size() - 1] == stem[stem.size() - 2];
        if (has(stem) || has(stem + "e") || (doubled && has(stem.substr(0, stem.size() - 1)))) return true;
    }
    return false;
}

} // namespace assay::narrative
