#include "claims/analyzer.hpp"
#include "claims/judge.hpp"
#include "claims/output.hpp"
#include "claims/words.hpp"
#include <algorithm>

namespace assay {

using namespace claims;

void ClaimsAnalyzer::artifact_begin(const assay_content&) { kept_ = {}; }

void ClaimsAnalyzer::table_begin(const assay_table& table) {
    nodes_ = table.kind == ASSAY_TABLE_NODES;
    if (table.kind != ASSAY_TABLE_DATA) return;
    KeptTable& kept = kept_.tables.emplace_back();
    kept.name = view(table.name);
    kept.kind = table.kind;
    for (const assay_column& column : columns(table)) {
        KeptColumn& c = kept.columns.emplace_back();
        c.name = view(column.name);
        c.unit = view(column.unit);
        c.type = column.type;
        c.role = column.role;
        c.direction = column.direction;
        c.aggregate = column.aggregate != 0;
        c.dimension = column.dimension != 0;
        c.document_scope = column.document_scope != 0;
    }
    data_ = true;
}

void ClaimsAnalyzer::update(const Batch& batch) {
    if (nodes_)
        add_nodes(batch, kept_.nodes);
    else if (data_)
        kept_.tables.back().add(batch);
}

void ClaimsAnalyzer::table_end(std::uint64_t) { nodes_ = data_ = false; }

void ClaimsAnalyzer::save(std::string& out) const { encode(out, kept_); }

void ClaimsAnalyzer::load(std::string_view state) {
    auto read = decode(state);
    if (!read) throw BadState{"the saved claims are damaged"};
    kept_ = std::move(*read);
}

void ClaimsAnalyzer::merge(std::string_view state) {
    auto read = decode(state);
    if (!read) throw BadState{"the saved claims are damaged"};
    kept_.merge(std::move(*read));
}

namespace {

World::File file_of(const assay_artifact& artifact) {
    World::File file;
    file.path = view(artifact.path);
    const std::string_view name = view(artifact.name);
    const auto dot = name.rfind('.');
    if (dot != name.npos) file.extension = lower(name.substr(dot));
    file.sha256 = view(artifact.sha256);
    file.modified_us = artifact.modified_us;
    file.parsed = artifact.outcome == ASSAY_OUTCOME_PARSED;
    return file;
}

} // namespace

void ClaimsAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    World world;
    std::vector<Judged> judged;
    std::vector<std::vector<KeptNode>> texts;
    std::vector<std::string> paths;
    const auto all = corpus.artifacts();
    const auto wanted = [&](const std::string& path) {
        return documents->empty() || std::find(documents->begin(), documents->end(), path) != documents->end();
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        const assay_artifact& artifact = all[i];
        paths.emplace_back(view(artifact.path));
        const std::string_view partial = corpus.partial(i);
        auto kept = read_partial(partial);
        if (!kept) kept.emplace();
        const bool document = !kept->nodes.empty();
        if (document && wanted(paths.back())) {
            judged.push_back({paths.back(), read_document(kept->nodes), {}, {}});
            texts.push_back(kept->nodes);
        }
        if (!(*apart && document && wanted(paths.back()))) world.files.push_back(file_of(artifact));
        if (artifact.duplicate_of != SIZE_MAX || document) continue;
        std::vector<std::string> names_of_it{paths.back()};
        for (std::size_t copy = i + 1; copy < all.size(); ++copy)
            if (all[copy].duplicate_of == i) names_of_it.emplace_back(view(all[copy].path));
        std::vector<std::string> names;
        for (std::size_t d = 0; d < artifact.n_dimensions; ++d) names.emplace_back(view(artifact.dimensions[d].value));
        add_tables(world, i, names_of_it, names, std::move(*kept));
    }
    weigh(world);
    for (std::size_t i = 0; i < judged.size(); ++i) {
        Judged& one = judged[i];
        one.verdicts = judge(world, one.document, one.path);
        one.findings = text_findings(world, texts[i], one.document);
    }
    give(paths, judged, out);
}

} // namespace assay
