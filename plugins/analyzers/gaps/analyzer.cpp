#include "gaps/analyzer.hpp"
#include "gaps/family.hpp"
#include "gaps/findings.hpp"

namespace assay {

namespace {

using namespace gaps;

const Rule& rule_named(std::string_view option, const std::string& name) {
    if (const Rule* rule = find_rule(name)) return *rule;
    std::string message{option};
    message.append(": no rule is called '").append(name).append("'; `assay plugins gaps` lists them");
    throw BadOption{message};
}

Hits::Thresholds read_thresholds(const TextMap& given) {
    Hits::Thresholds out;
    for (const auto& [name, text] : given) {
        const Rule& rule = rule_named("thresholds", name);
        const auto value = cell::number(text);
        if (rule.threshold.meaning.empty()) throw BadOption{"thresholds: rule " + std::string{rule.id} + " has none"};
        if (!value || !std::isfinite(*value))
            throw BadOption{std::string{"thresholds: '"}.append(text).append("' for ").append(name).append(" is not a "
                                                                                                           "number")};
        out[std::string{rule.id}] = *value;
    }
    return out;
}

Terms read_terms(const TextList& off, const TextMap& waive) {
    Terms terms;
    for (const auto& name : off) terms.off.insert(&rule_named("off", name));
    for (const auto& [key, text] : waive) terms.waivers.push_back(read_waiver(key, text));
    return terms;
}

/// Belongs to a dataset, and has the profile that its plan promises.
bool is_of_dataset(const TableView& table, const Corpus& corpus) {
    return table.dataset() < corpus.datasets().size() && table.profile != nullptr &&
           table.profile->columns.size() == table.columns.size();
}

void look_at_artifacts(Tree& tree, Hits& hits) {
    const auto artifacts = tree.corpus.artifacts();
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        if (artifacts[i].duplicate_of != SIZE_MAX) continue;
        const auto artifact = tree.artifact(i);
        for (const Family* family : families())
            if (family->artifact) family->artifact(*artifact, hits);
        for (const TableView& table : artifact->tables)
            for (const Family* family : families())
                if (family->table && is_of_dataset(table, tree.corpus)) family->table({artifact, &table}, hits);
    }
}

void look(Tree& tree, Hits& hits) {
    look_at_artifacts(tree, hits);
    const auto datasets = tree.corpus.datasets();
    for (std::size_t i = 0; i < datasets.size(); ++i) {
        const data::Dataset dataset = data::read_dataset(tree.corpus, datasets[i]);
        if (dataset.sources.empty()) continue;
        for (const Family* family : families())
            if (family->dataset) family->dataset({tree, i, &dataset}, hits);
    }
    for (const Family* family : families())
        if (family->tree) family->tree(tree, hits);
}

} // namespace

std::vector<RuleText> GapsAnalyzer::rules() {
    std::vector<RuleText> out;
    const auto add = [&](std::string_view family, const Rule& rule) {
        std::string threshold{rule.threshold.meaning};
        if (!threshold.empty()) threshold += ": " + number_text(rule.threshold.standard);
        out.push_back({rule.id, rule.slug, family, name_of(rule.severity), rule.definition, rule.fix, threshold});
    };
    for (const Family* family : families())
        for (const Rule* rule : family->rules) add(family->name, *rule);
    add("Waivers", expired_waiver);
    return out;
}

void GapsAnalyzer::configured() {
    read_thresholds(*thresholds);
    read_terms(*off, *waive);
}

void GapsAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    Hits hits{read_thresholds(*thresholds)};
    Terms terms = read_terms(*off, *waive);
    terms.now_us = corpus.now_us();
    Tree tree{corpus};
    look(tree, hits);
    give_findings(hits, terms, out);
}

} // namespace assay
