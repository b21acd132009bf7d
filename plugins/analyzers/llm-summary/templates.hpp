#pragma once
// The templates of the narrator: one function a sentence. An empty text: there is nothing to say.
#include "llm-summary/narrator.hpp"

namespace assay::narrative {

// Of files and rows.
Sentence files_claimed(const Material& material);
Sentence files_without_data(const Material& material); ///< claimed, but holding an error message
Sentence files_unclaimed(const Material& material);
Sentence rows_read(const Material& material);
Sentence copies(const Material& material);
Sentence failed_rows_in_short(const Material& material);

// Of figures.
Sentence best_of_all(const std::vector<const Family*>& families);
Sentence ranking(const Family& family);
Sentence pooled(const Material& material);

// Of findings.
Sentence about_rule(const Material& material, std::string_view slug);
Sentence in_short(const Material& material, std::string_view slug); ///< the worst finding of a rule, without details
Sentence failed_rows(const Material& material);
std::vector<Sentence> causes_of_failure(const Material& material);
Sentence not_identifiable(const Material& material);
/// An effect that cannot be told says why already.
bool told_with_another(const Material& material, const Gap& gap);
std::vector<Sentence> advice(const std::vector<const Gap*>& gaps);
Sentence waived(const Material& material);

/// Adds what a sentence shows to its sources; a null gap adds nothing.
void cite(Sentence& sentence, const Count& count);
void cite(Sentence& sentence, const Gap* gap);

const Gap* find_gap(const Material& material, std::string_view slug);
/// A name as a sentence shows it: in quotation marks where it is more than one word, or could be read as a number.
std::string in_quotes(std::string_view name);

} // namespace assay::narrative
