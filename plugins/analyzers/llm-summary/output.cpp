#include "llm-summary/output.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>

namespace assay::narrative {

std::string narrative_record(std::string_view by, std::string_view note, const std::vector<Part>& parts,
                             const Tally* tally) {
    JsonWriter json;
    json.object().field("by", by).key("note");
    if (note.empty())
        json.null();
    else
        json.value(note);
    json.key("counts");
    if (tally) {
        json.object().field("generated", tally->generated).field("verified", tally->verified);
        json.field("repaired", tally->repaired).field("replaced", tally->replaced);
        json.field("dropped", tally->dropped).end();
    } else {
        json.null();
    }
    json.key("sections").array();
    for (const Part& part : parts) {
        json.object().field("title", part.title).key("sentences").array();
        for (const Sentence& sentence : part.sentences) {
            json.object().field("text", sentence.text).key("facts").array();
            std::vector<std::string> sources = sentence.sources;
            std::sort(sources.begin(), sources.end());
            sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
            for (const auto& source : sources)
                if (!source.empty()) json.value(source);
            json.end().field("status", sentence.status).end();
        }
        json.end().end();
    }
    json.end().end();
    return json.take();
}

} // namespace assay::narrative
