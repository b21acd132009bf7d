#pragma once
// The rows of each dataset as a table of its own, and all of them as observations.
#include "database.hpp"
#include <assay/observations.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// SQLite takes 2,000 columns in a table; what is beyond is named in `columns`, without a place.
inline constexpr std::size_t most_own_columns = 1900;

struct DataTable {
    std::size_t number = 0; ///< of the dataset, from 1
    ReportDataset dataset;
    std::string table, view_name;
    std::vector<std::string> dimensions;      ///< of the artifacts
    std::vector<std::string> dimension_names; ///< as columns of the table
    std::vector<std::string> column_names;    ///< of the dataset's columns that have a place
    std::vector<std::string> types;           ///< by column; empty where tables differ
    std::vector<bool> labels;                 ///< by column: some table has it as a parameter or the like
    std::vector<bool> observed;               ///< by column: some table has it as a metric
    std::size_t left_out = 0;                 ///< dimensions and columns that have no place in the table
    std::unique_ptr<Insert> insert;
};

class DataTables final : public RowReceiver {
  public:
    /// Makes the tables; `taken` are names that no view may have.
    DataTables(const Report& report, NewDatabase& database, flat::Names& taken);
    void table(const RowTable& table) override;
    void rows(const Batch& batch) override;
    void lost(std::size_t artifact, std::string_view code, std::string_view reason) override;
    /// Indices and views, once all rows are there.
    void finish();
    const std::vector<DataTable>& all() const { return tables_; }
    /// How many dimensions and parameters `observations` does not show, as its JSON has no room; known once rows are
    /// there.
    static std::size_t labels_left_out(const DataTable& table);

  private:
    void make(DataTable& table);
    std::string observations_of(const DataTable& table) const;
    NewDatabase& database_;
    std::optional<Insert> metrics_;
    flat::TablePlaces places_;
    std::vector<DataTable> tables_;
    std::map<std::string, std::size_t> by_id_;
    DataTable* current_ = nullptr;
    std::vector<std::uint64_t> first_table_; ///< by artifact: id of the first of its `tables`
    std::uint64_t artifact_ = 0, table_ = 0; ///< their ids
    const assay_table* plan_ = nullptr;
    std::vector<flat::LabelSource> sources_;
    std::vector<std::size_t> column_of_;
    std::uint64_t row_ = 0;
};

} // namespace assay
