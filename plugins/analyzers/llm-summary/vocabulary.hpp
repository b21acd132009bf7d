#pragma once
// The words that a model's sentence may hold. What is not here might be a name, a number or a claim that nobody checks,
// so it is refused.
#include <string_view>

namespace assay::narrative {

/// A plain word of reports, in lower case, in any of its forms.
bool is_plain_word(std::string_view word);
/// CPU, GPU and the like, as written.
bool is_acronym(std::string_view word);

bool is_number_word(std::string_view word);

/// Words that say something that must be recomputed.
enum class Claiming {
    none,
    greater, ///< of two values
    less,
    better, ///< by the metric's direction
    worse,
    highest, ///< of all of a family
    lowest,
    best,
    worst,
    majority,
    all,
    equal,
    trend,
    significant,
    associated,
    absent,
};
Claiming claim_of_word(std::string_view word);
/// A word that names something measured: beside a metric's label it would be a second metric.
bool is_quantity(std::string_view word);
bool is_negation(std::string_view word);
/// Of a word that says how something went, such as "fails" or "valid": the same text for all its forms. Else empty.
std::string_view outcome_of(std::string_view word);
bool is_hedge(std::string_view word);
bool is_first_person(std::string_view word);
/// should, must, need: only in a recommendation.
bool is_advice(std::string_view word);

} // namespace assay::narrative
