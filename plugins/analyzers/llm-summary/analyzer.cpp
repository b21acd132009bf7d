#include "llm-summary/analyzer.hpp"
#include "llm-summary/output.hpp"

namespace assay {

void LlmSummaryAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    const narrative::Material material = narrative::read_material(corpus, out);
    out.add(ASSAY_RECORD_NARRATIVE, narrative::narrative_record("template", narrative::narrate(material), nullptr));
}

} // namespace assay
