#include "llm-summary/analyzer.hpp"
#include "llm-summary/comparison.hpp"
#include "llm-summary/models.hpp"
#include "llm-summary/prompt.hpp"
#include "llm-summary/singly.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>

namespace assay {

namespace {

using namespace narrative;

Personas personas_of(const TextMap& given) {
    Personas out;
    for (const auto& [name, text] : given) {
        if (name != "collector" && name != "insight")
            throw BadOption{std::string{"personas: '"}.append(name).append("' is neither collector nor insight")};
        (name == "collector" ? out.collector : out.insight) = text;
    }
    return out;
}

/// All models get the same facts: as many as the least of them has room for.
std::optional<std::uint64_t> smallest_window(const std::vector<Model>& models) {
    std::optional<std::uint64_t> least;
    for (const Model& one : models)
        if (one.window) least = std::min(least.value_or(UINT64_MAX), *one.window);
    return least;
}

/// Why the model was not used, or what it was not given and did not select.
std::string note_of(const Written& written, const FactTable& table) {
    if (!written.failure.empty())
        return "The model could not be used (" + written.failure + "): " + written.reason + "; written by templates.";
    if (table.cut == 0) return written.note;
    return counted(table.cut, "fact of least relevance was", "facts of least relevance were") +
           " beyond what a prompt may hold, and not given to the model." + (written.note.empty() ? "" : " ") +
           written.note;
}

} // namespace

void LlmSummaryAnalyzer::configured() {
    // Neither the templates nor the closed vocabulary of the checks have another one.
    if (*language != "en")
        throw BadOption{"language: '" + *language +
                        "' is not available: the templates write English, and the checks know English words only, so "
                        "that no model's sentence in another language could be verified; the only value is en"};
    personas_of(*personas);
    settings_of(*this);
}

std::vector<std::string> LlmSummaryAnalyzer::sends() const {
    std::vector<std::string> out;
    for (const auto& [name, settings] : settings_of(*this)) out.push_back(chat::sends(settings));
    return out;
}

void LlmSummaryAnalyzer::finish(const Corpus& corpus, Fragment& out) { finish_with(models_of(*this), corpus, out); }

void LlmSummaryAnalyzer::finish_with(const std::vector<Model>& asked, const Corpus& corpus, Fragment& out) {
    const Material material = read_material(corpus, out);
    if (asked.empty()) {
        out.add(ASSAY_RECORD_NARRATIVE, narrative_record("template", "", narrate(material), nullptr));
        return;
    }
    const TokenBudget budget{static_cast<std::uint64_t>(*collect_tokens), static_cast<std::uint64_t>(*phrase_tokens)};
    const FactBudget most{static_cast<std::size_t>(*facts), static_cast<std::size_t>(*fact_tokens)};
    const auto window = smallest_window(asked);
    const Personas roles = personas_of(*personas);
    const bool singly = *phrasing == "singly"; // then the table itself is never sent
    const FactTable table =
        singly ? build_fact_table(material, most) : table_for(material, most, roles, budget, window);
    std::vector<Run> runs;
    for (const Model& one : asked) {
        runs.push_back({one.name, singly ? write_singly(one.ask, material, table, roles, budget, window)
                                         : write_with(one.ask, material, table, roles, budget)});
        const Written& written = runs.back().written;
        if (!written.failure.empty() && *on_error == "fail")
            throw Failure{"no-narrative", written.failure + ": " + written.reason};
    }
    // Models that failed would all tell the template's narrative: it is told once.
    bool told_template = false;
    for (const Run& run : runs) {
        const Written& written = run.written;
        const bool used = written.failure.empty();
        if (!used && told_template) continue;
        told_template = told_template || !used;
        const std::string note = note_of(written, table);
        if (!used) host().log(ASSAY_LOG_WARNING, run.name + ": " + note);
        out.add(ASSAY_RECORD_NARRATIVE,
                narrative_record(written.by, note, written.parts, used ? &written.tally : nullptr));
    }
    give_comparison(runs, out);
}

} // namespace assay
