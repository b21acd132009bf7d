#include "claims/analyzer.hpp"
#include "claims/judge.hpp"
#include "claims/output.hpp"
#include "claims/pool.hpp"
#include "claims/text_rules.hpp"
#include "claims/words.hpp"
#include <algorithm>

namespace assay {

using namespace claims;

std::vector<RuleText> ClaimsAnalyzer::rules() { return listed_rules(); }

void ClaimsAnalyzer::artifact_begin(const assay_content&) { nodes_.clear(); }

void ClaimsAnalyzer::table_begin(const assay_table& table) { in_nodes_ = table.kind == ASSAY_TABLE_NODES; }

void ClaimsAnalyzer::update(const Batch& batch) {
    if (in_nodes_) add_nodes(batch, nodes_);
}

void ClaimsAnalyzer::table_end(std::uint64_t) { in_nodes_ = false; }

void ClaimsAnalyzer::save(std::string& out) const { encode(out, nodes_); }

void ClaimsAnalyzer::load(std::string_view state) {
    auto read = decode(state);
    if (!read) throw BadState{"the saved document is damaged"};
    nodes_ = std::move(*read);
}

void ClaimsAnalyzer::merge(std::string_view state) {
    auto read = decode(state);
    if (!read) throw BadState{"the saved document is damaged"};
    claims::merge(nodes_, std::move(*read));
}

namespace {

World::File file_of(const assay_artifact& artifact) {
    World::File file;
    file.path = view(artifact.path);
    const std::string_view name = view(artifact.name);
    const auto dot = name.rfind('.');
    if (dot != name.npos) file.extension = lower(name.substr(dot));
    file.parsed = artifact.outcome == ASSAY_OUTCOME_PARSED;
    return file;
}

std::vector<std::string> left_out(const World& world) {
    std::vector<std::string> out;
    for (const std::string& table : world.tables_left_out)
        out.push_back("Not looked at: " + table +
                      ", which is larger than what is kept of a table. A number that only it holds is unsupported.");
    if (const std::size_t n = world.index->left_out; n > 0)
        out.push_back("Not looked up by their values: " + std::to_string(n) +
                      " rows and groups of rows, past the bounds. A number that only they hold is unsupported, unless "
                      "its words name them.");
    if (const std::size_t n = world.pools_left_out; n > 0)
        out.push_back("Not joined: " + std::to_string(n) +
                      " datasets of several files, which are too large. A statistic over their files is not "
                      "supported.");
    return out;
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
    std::vector<std::vector<std::string>> names_of(all.size()); // its path, and those of its copies
    for (std::size_t i = 0; i < all.size(); ++i)
        names_of[all[i].duplicate_of == SIZE_MAX ? i : all[i].duplicate_of].emplace_back(view(all[i].path));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const assay_artifact& artifact = all[i];
        const std::string& path = paths.emplace_back(view(artifact.path));
        auto nodes = read_nodes(corpus.partial(i));
        if (!nodes) throw BadState{"the saved document of " + path + " is damaged"};
        const bool document = !nodes->empty();
        if (!(*apart && document && wanted(path))) world.files.push_back(file_of(artifact));
        if (document && wanted(path)) {
            judged.push_back({path, read_document(*nodes), {}, {}});
            texts.push_back(std::move(*nodes));
        }
        if (artifact.duplicate_of != SIZE_MAX || document) continue;
        const auto rows = read_kept_rows(corpus.partial(i, "rows/1"));
        if (!rows) throw BadState{"the kept rows of " + path + " are damaged"};
        std::vector<Dimension> dimensions;
        for (std::size_t d = 0; d < artifact.n_dimensions; ++d)
            dimensions.push_back(
                {std::string{view(artifact.dimensions[d].key)}, std::string{view(artifact.dimensions[d].value)}});
        auto [sources, too_large] = source_tables(artifact, *rows);
        for (const auto& table : too_large) {
            auto& name = world.tables_left_out.emplace_back(path);
            if (table != "rows") name.append(", ").append(table);
        }
        add_tables(world, i, names_of[i], dimensions, std::move(sources));
    }
    add_pools(world, corpus);
    weigh(world);
    for (std::size_t i = 0; i < judged.size(); ++i) {
        Judged& one = judged[i];
        one.verdicts = judge(world, one.document, one.path);
        one.fired = text_findings(world, texts[i], one.document);
    }
    give(paths, judged, left_out(world), out);
}

} // namespace assay
