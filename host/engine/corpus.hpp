#pragma once
// All partials in path order, with what only all of them together can tell: copies, datasets, dimensions.
#include "engine/content_record.hpp"
#include "intake/discover.hpp"
#include "plan/datasets.hpp"
#include <assay/abi.h>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::engine {

/// An artifact where it was found, with what its content gave.
struct Placed {
    intake::Found found;
    Partial partial;
};

/// By artifact: the first one of its content, SIZE_MAX for that one.
std::vector<std::size_t> duplicates_in(const std::vector<Placed>& artifacts);

class Corpus {
  public:
    /// Artifacts in path order; they must stay in place.
    Corpus(const std::vector<Placed>& artifacts, const plan::Rules& rules);
    Corpus(const Corpus&) = delete;
    Corpus& operator=(const Corpus&) = delete;

    const std::vector<Placed>& artifacts() const { return artifacts_; }
    const std::vector<std::size_t>& duplicate_of() const {
        return duplicate_of_;
    } ///< SIZE_MAX: the first of its content
    const std::vector<plan::Dataset>& datasets() const { return datasets_; }
    const std::vector<std::vector<plan::Dimension>>& dimensions() const { return dimensions_; }
    /// All columns of a dataset's tables, by name, each as the first table that has it.
    const std::vector<const plan::ColumnPlan*>& columns_of(std::size_t dataset) const { return columns_[dataset]; }
    /// True where a table's columns are those of its dataset, but for the reasons of what was inferred.
    bool has_columns_of(std::size_t dataset, const plan::TablePlan& plan) const {
        return as_dataset_.contains({dataset, &plan});
    }
    /// Dataset of a table, SIZE_MAX for none.
    std::size_t dataset_of(std::size_t artifact, std::size_t table) const { return dataset_of_[artifact][table]; }

    /// The ABI's view of artifacts and datasets; the calls and the stage's name are the caller's to fill.
    assay_corpus abi() const;

  private:
    void find_datasets();
    void find_columns();
    void find_dimensions(const plan::Rules& rules);
    void build_abi();

    const std::vector<Placed>& artifacts_;
    std::vector<std::size_t> duplicate_of_;
    std::vector<plan::Dataset> datasets_;
    std::vector<std::vector<std::size_t>> dataset_of_;
    std::vector<std::vector<const plan::ColumnPlan*>> columns_; ///< by dataset
    std::set<std::pair<std::size_t, const plan::TablePlan*>> as_dataset_;
    std::vector<std::vector<plan::Dimension>> dimensions_;

    std::unordered_map<const plan::TablePlan*, plan::AbiTable> abi_plans_;
    std::deque<std::vector<assay_table_record>> abi_tables_;
    std::deque<std::vector<assay_key_value>> abi_dimensions_;
    std::deque<std::vector<std::size_t>> abi_pairs_;
    std::vector<assay_artifact> abi_artifacts_;
    std::vector<assay_dataset> abi_datasets_;
};

} // namespace assay::engine
