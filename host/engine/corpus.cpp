#include "engine/corpus.hpp"
#include <algorithm>
#include <tuple>

namespace assay::engine {

namespace {

/// All that a report says of a column, but for the reasons: these count the cells of each table.
bool said_alike(const plan::ColumnPlan& a, const plan::ColumnPlan& b) {
    const auto said = [](const plan::ColumnPlan& c) {
        return std::tie(c.name, c.label, c.type, c.role, c.role_source, c.unit, c.unit_source, c.direction, c.aggregate,
                        c.document_scope);
    };
    return said(a) == said(b);
}

} // namespace

Corpus::Corpus(const std::vector<Placed>& artifacts, const plan::Rules& rules)
    : artifacts_{artifacts}, duplicate_of_{duplicates_in(artifacts)} {
    find_datasets();
    find_columns();
    find_dimensions(rules);
    build_abi();
}

std::vector<std::size_t> duplicates_in(const std::vector<Placed>& artifacts) {
    std::vector<std::size_t> duplicate_of;
    duplicate_of.reserve(artifacts.size());
    std::unordered_map<std::string_view, std::size_t> first;
    first.reserve(artifacts.size());
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const ContentRecord& record = artifacts[i].partial.record;
        // Empty files are alike without being copies of one another.
        if (record.sha256.empty() || record.bytes == 0) {
            duplicate_of.push_back(SIZE_MAX);
            continue;
        }
        const auto [known, fresh] = first.try_emplace(record.sha256, i);
        duplicate_of.push_back(fresh ? SIZE_MAX : known->second);
    }
    return duplicate_of;
}

void Corpus::find_datasets() {
    std::vector<plan::GroupedTable> tables;
    tables.reserve(artifacts_.size());
    dataset_of_.reserve(artifacts_.size());
    for (std::size_t a = 0; a < artifacts_.size(); ++a) {
        const ContentRecord& record = artifacts_[a].partial.record;
        dataset_of_.emplace_back(record.tables.size(), SIZE_MAX);
        for (std::size_t t = 0; t < record.tables.size(); ++t) {
            const plan::TablePlan& plan = *record.tables[t].plan;
            if (plan.kind == ASSAY_TABLE_DATA) tables.push_back({a, t, record.parser, artifacts_[a].found.path, &plan});
        }
    }
    datasets_ = plan::datasets_of(tables);
    for (std::size_t d = 0; d < datasets_.size(); ++d)
        for (const auto& [a, t] : datasets_[d].tables) dataset_of_[a][t] = d;
}

void Corpus::find_columns() {
    for (std::size_t d = 0; d < datasets_.size(); ++d) {
        auto& columns = columns_.emplace_back();
        std::set<std::string_view> names;
        std::set<const plan::TablePlan*> plans;
        for (const auto& [a, t] : datasets_[d].tables) {
            const plan::TablePlan& plan = *artifacts_[a].partial.record.tables[t].plan;
            if (!plans.insert(&plan).second) continue;
            for (const auto& column : plan.columns)
                if (names.insert(column.name).second) columns.push_back(&column);
        }
        for (const auto* plan : plans)
            if (std::equal(plan->columns.begin(), plan->columns.end(), columns.begin(), columns.end(),
                           [](const auto& mine, const auto* column) { return said_alike(mine, *column); }))
                as_dataset_.emplace(d, plan);
    }
}

void Corpus::find_dimensions(const plan::Rules& rules) {
    std::vector<plan::Placed> placed;
    placed.reserve(artifacts_.size());
    std::unordered_map<const plan::TablePlan*, bool> known;
    const auto identifying = [&](const plan::TablePlan& plan) {
        const auto [answer, fresh] = known.try_emplace(&plan, false);
        if (fresh)
            answer->second = std::any_of(plan.columns.begin(), plan.columns.end(), [](const auto& column) {
                return column.role == ASSAY_ROLE_PARAMETER && column.type == Type::text &&
                       plan::names_a_subject(column.name);
            });
        return answer->second;
    };
    for (std::size_t a = 0; a < artifacts_.size(); ++a) {
        plan::Placed p;
        p.path = artifacts_[a].found.path;
        p.primary = duplicate_of_[a] == SIZE_MAX;
        std::size_t columns = 0;
        for (const auto& table : artifacts_[a].partial.record.tables) columns += table.plan->columns.size();
        p.columns.reserve(columns);
        for (std::size_t t = 0; t < artifacts_[a].partial.record.tables.size(); ++t) {
            const auto& table = artifacts_[a].partial.record.tables[t];
            if (table.plan->kind != ASSAY_TABLE_DATA) continue;
            p.datasets.push_back(dataset_of_[a][t]);
            for (const auto& constant : table.constants) p.constants.push_back(&constant);
            for (const auto& column : table.plan->columns) p.columns.push_back(column.name);
            p.identified = p.identified || identifying(*table.plan);
        }
        placed.push_back(std::move(p));
    }
    dimensions_ = plan::dimensions_of(placed, rules);
}

void Corpus::build_abi() {
    abi_artifacts_.reserve(artifacts_.size());
    for (std::size_t a = 0; a < artifacts_.size(); ++a) {
        const Placed& artifact = artifacts_[a];
        const ContentRecord& record = artifact.partial.record;
        auto& tables = abi_tables_.emplace_back();
        tables.reserve(record.tables.size());
        for (std::size_t t = 0; t < record.tables.size(); ++t) {
            const TableContent& table = record.tables[t];
            const auto& plan = abi_plans_.try_emplace(table.plan.get(), *table.plan).first->second;
            tables.push_back({sizeof(assay_table_record), plan.get(), table.rows_ok, table.rows_failed,
                              table.rows_suspect, table.rows_rejected, dataset_of_[a][t], table.rows_published});
        }
        auto& dimensions = abi_dimensions_.emplace_back();
        for (const auto& d : dimensions_[a]) dimensions.push_back({to_abi(d.name), to_abi(d.value), to_abi(d.source)});
        const std::string_view path = artifact.found.path;
        const auto slash = path.rfind('/');
        assay_artifact out{};
        out.struct_size = sizeof out;
        out.path = to_abi(path);
        out.directory = to_abi(slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash));
        out.name = to_abi(slash == std::string_view::npos ? path : path.substr(slash + 1));
        out.sha256 = to_abi(record.sha256);
        out.parser = to_abi(record.parser);
        out.bytes = record.bytes;
        out.modified_us = artifact.found.modified_us;
        out.outcome = record.outcome;
        out.reason_code = to_abi(record.reason_code);
        out.reason = to_abi(record.reason);
        out.duplicate_of = duplicate_of_[a];
        out.tables = tables.data();
        out.n_tables = tables.size();
        out.table_size = sizeof(assay_table_record);
        out.dimensions = dimensions.data();
        out.n_dimensions = dimensions.size();
        out.diagnostics = record.remarks.size() + record.remarks_left_out;
        abi_artifacts_.push_back(out);
    }
    for (const auto& dataset : datasets_) {
        auto& pairs = abi_pairs_.emplace_back();
        for (const auto& [a, t] : dataset.tables) {
            pairs.push_back(a);
            pairs.push_back(t);
        }
        abi_datasets_.push_back({sizeof(assay_dataset), to_abi(dataset.id), to_abi(dataset.title),
                                 reinterpret_cast<const std::size_t(*)[2]>(pairs.data()), dataset.tables.size()});
    }
}

assay_corpus Corpus::abi() const {
    assay_corpus out{};
    out.struct_size = sizeof out;
    out.artifacts = abi_artifacts_.data();
    out.n_artifacts = abi_artifacts_.size();
    out.artifact_size = sizeof(assay_artifact);
    out.datasets = abi_datasets_.data();
    out.n_datasets = abi_datasets_.size();
    out.dataset_size = sizeof(assay_dataset);
    return out;
}

} // namespace assay::engine
