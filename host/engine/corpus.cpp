#include "engine/corpus.hpp"
#include <algorithm>
#include <set>
#include <unordered_map>

namespace assay::engine {

Corpus::Corpus(const std::vector<Placed>& artifacts, const plan::Rules& rules) : artifacts_{artifacts} {
    find_duplicates();
    find_datasets();
    find_dimensions(rules);
    build_abi();
}

void Corpus::find_duplicates() {
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t i = 0; i < artifacts_.size(); ++i) {
        const ContentRecord& record = artifacts_[i].partial.record;
        // Empty files are alike without being copies of one another.
        if (record.sha256.empty() || record.bytes == 0) {
            duplicate_of_.push_back(SIZE_MAX);
            continue;
        }
        const auto [known, fresh] = first.try_emplace(record.sha256, i);
        duplicate_of_.push_back(fresh ? SIZE_MAX : known->second);
    }
}

void Corpus::find_datasets() {
    std::vector<plan::GroupedTable> tables;
    for (std::size_t a = 0; a < artifacts_.size(); ++a) {
        const ContentRecord& record = artifacts_[a].partial.record;
        dataset_of_.emplace_back(record.tables.size(), SIZE_MAX);
        for (std::size_t t = 0; t < record.tables.size(); ++t) {
            const auto& plan = record.tables[t].plan;
            if (plan.kind != ASSAY_TABLE_DATA) continue;
            plan::GroupedTable table{a, t, record.parser, plan.name, artifacts_[a].found.path, {}};
            for (const auto& column : plan.columns)
                if (!column.document_scope) table.columns.push_back(column.name);
            tables.push_back(std::move(table));
        }
    }
    datasets_ = plan::datasets_of(tables);
    for (std::size_t d = 0; d < datasets_.size(); ++d)
        for (const auto& [a, t] : datasets_[d].tables) dataset_of_[a][t] = d;
}

void Corpus::find_dimensions(const plan::Rules& rules) {
    std::vector<plan::Placed> placed;
    for (std::size_t a = 0; a < artifacts_.size(); ++a) {
        plan::Placed p;
        p.path = artifacts_[a].found.path;
        p.primary = duplicate_of_[a] == SIZE_MAX;
        std::set<std::string> columns;
        for (std::size_t t = 0; t < artifacts_[a].partial.record.tables.size(); ++t) {
            const auto& table = artifacts_[a].partial.record.tables[t];
            if (table.plan.kind != ASSAY_TABLE_DATA) continue;
            p.datasets.push_back(dataset_of_[a][t]);
            p.constants.insert(p.constants.end(), table.constants.begin(), table.constants.end());
            for (const auto& column : table.plan.columns) {
                columns.insert(column.name);
                if (column.role == ASSAY_ROLE_PARAMETER && column.type == Type::text &&
                    plan::names_a_subject(column.name))
                    p.identified = true;
            }
        }
        p.columns.assign(columns.begin(), columns.end());
        placed.push_back(std::move(p));
    }
    dimensions_ = plan::dimensions_of(placed, rules);
}

void Corpus::build_abi() {
    for (std::size_t a = 0; a < artifacts_.size(); ++a) {
        const Placed& artifact = artifacts_[a];
        const ContentRecord& record = artifact.partial.record;
        auto& tables = abi_tables_.emplace_back();
        for (std::size_t t = 0; t < record.tables.size(); ++t) {
            const TableContent& table = record.tables[t];
            const auto* plan = abi_plans_.emplace_back(table.plan).get();
            tables.push_back({sizeof(assay_table_record), plan, table.rows_ok, table.rows_failed, table.rows_suspect,
                              table.rows_rejected, dataset_of_[a][t]});
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
