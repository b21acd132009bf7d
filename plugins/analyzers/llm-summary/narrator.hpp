#pragma once
// The narrative without a model: sentences from counts, figures and findings, by templates.
#include "llm-summary/material.hpp"
#include <set>

namespace assay::narrative {

struct Sentence {
    std::string text;
    std::vector<std::string> sources; ///< ids of facts and fingerprints of findings that it shows
    std::string status = "template";  ///< template, verified, repaired; replaced: a template in place of a rejected one
};

struct Part {
    std::string id, title;
    std::vector<Sentence> sentences;
};

/// Executive summary, data, comparisons, findings, risks, recommendations, limits; a part with nothing to say is
/// absent.
std::vector<Part> narrate(const Material& material);

/// All seven, also where one has nothing to say, and without the counts of what they leave out.
std::vector<Part> template_parts(const Material& material);
/// Adds what these parts leave out to the limits, and takes away parts with nothing to say. `told`: ids of facts and
/// findings that their sentences show.
std::vector<Part> close_parts(const Material& material, std::vector<Part> parts, const std::set<std::string>& told);

/// The sentence of one finding, or of several by one rule.
Sentence sentence_of(const Gap& gap);

/// "gemma3:270m", "conv, eager"; the dataset where nothing tells groups apart.
std::string name_of(const Family& family, const Figure& figure);
/// "295 tokens/s (5 rows, 93.8 % interval 238–299)".
std::string figure_text(const Figure& figure);

/// Figures whose interval reaches the best one's: the best cannot be told from them. Without intervals of both nothing
/// can be told.
std::vector<const Figure*> best_set(const Family& family);

/// Families that rank something: two groups or more, some with repetitions; the same figures of a second file left out.
std::vector<const Family*> rankings(const Material& material);

} // namespace assay::narrative
