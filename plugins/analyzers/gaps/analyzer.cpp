#include "gaps/analyzer.hpp"
#include "gaps/family.hpp"
#include "gaps/findings.hpp"
#include <algorithm>
#include <assay/in_order.hpp>

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

void look_at_artifacts(const Tree& tree, std::size_t begin, std::size_t end, Hits& hits) {
    const auto artifacts = tree.corpus.artifacts();
    for (std::size_t i = begin; i < end; ++i) {
        if (artifacts[i].duplicate_of != SIZE_MAX) continue;
        if (i + 1 < end) tree.corpus.expect(i + 1, "profile/1"), tree.corpus.expect(i + 1, "rows/1");
        const auto artifact = tree.artifact(i);
        for (const Family* family : families())
            if (family->artifact) family->artifact(*artifact, hits);
        for (const TableView& table : artifact->tables)
            for (const Family* family : families())
                if (family->table && is_of_dataset(table, tree.corpus)) family->table({artifact, &table}, hits);
    }
}

void look_at_dataset(const Tree& tree, std::size_t index, Hits& hits) {
    const data::Dataset dataset = data::read_dataset(tree.corpus, tree.corpus.datasets()[index]);
    if (dataset.sources.empty()) return;
    for (const Family* family : families())
        if (family->dataset) family->dataset({tree, index, &dataset}, hits);
}

void look(const Corpus& corpus, std::size_t jobs, Hits& hits) {
    const std::vector<Tree> trees(jobs, Tree{corpus}); // one for each thread
    // Parts of the artifacts do not depend on the number of threads, so that what is found does not either.
    constexpr std::size_t parts = 16;
    const std::size_t artifacts = corpus.artifacts().size();
    const auto append = [&](std::size_t, Hits found) { hits.append(std::move(found)); };
    each_in_order(
        jobs, parts,
        [&](std::size_t worker, std::size_t part) {
            Hits found = hits.beside();
            look_at_artifacts(trees[worker], artifacts * part / parts, artifacts * (part + 1) / parts, found);
            return found;
        },
        append);
    const std::size_t datasets = corpus.datasets().size();
    each_in_order(
        jobs, datasets + families().size(),
        [&](std::size_t worker, std::size_t at) {
            Hits found = hits.beside();
            if (at < datasets)
                look_at_dataset(trees[worker], at, found);
            else if (const Family* family = families()[at - datasets]; family->tree)
                family->tree(trees[worker], found);
            return found;
        },
        append);
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
    look(corpus, host().jobs(), hits);
    give_findings(hits, terms, out);
}

} // namespace assay
