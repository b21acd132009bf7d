#pragma once
// Rows as exporters of tables give them. Tidy: one observation - a metric's value in a row - a line, for all datasets.
// Wide: the rows of one dataset with its own columns. Needs simdjson.
//
// A writer has `begin(names)`, the cells `text`, `number`, `integer`, `truth`, `null` in the order of the names,
// `end_row()`, and to repeat what several rows begin with: `mark()` after these cells, `back_to_mark()` before the
// others, `drop_row()` at the end. One that nests has `open_labels()`, `label(name)` before each value and
// `close_labels()`: then the dimensions are one cell, which holds those that the table has.
#include <assay/flat_records.hpp>
#include <assay/rows.hpp>
#include <assay/utc.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::flat {

template <class Cells> void put(Cells& out, const ColumnView& column, std::size_t row) {
    if (column.is_null(row)) return out.null();
    switch (column.type()) {
    case Type::boolean: return out.truth(column.boolean(row));
    case Type::integer: return out.integer(column.integer(row));
    case Type::real: return out.number(column.real(row));
    case Type::time: return out.text(utc(column.time(row)));
    case Type::text: return out.text(column.text(row));
    }
}

inline std::string_view name_of_status(std::uint8_t status) {
    return status == ASSAY_ROW_OK          ? "ok"
           : status == ASSAY_ROW_FAILED    ? "failed"
           : status == ASSAY_ROW_PUBLISHED ? "published"
                                           : "suspect";
}

/// A value that says which observation it is, rather than what was measured or remarked.
inline bool labels(std::int32_t role) {
    return role == ASSAY_ROLE_PARAMETER || role == ASSAY_ROLE_IDENTIFIER || role == ASSAY_ROLE_TIMESTAMP;
}
inline bool labels(std::string_view role) { return role == "parameter" || role == "identifier" || role == "timestamp"; }
/// Not of the document around the table: its repeats would make one observation many.
inline bool is_observed(const assay_column& column) {
    return column.role == ASSAY_ROLE_METRIC && column.document_scope == 0 &&
           (column.type == ASSAY_TYPE_INT || column.type == ASSAY_TYPE_FLOAT || column.type == ASSAY_TYPE_BOOL);
}

/// Where the tables that are given belong.
class TablePlaces {
  public:
    explicit TablePlaces(const Report& report) : report_{report} {}
    /// Its record; valid until another artifact is asked for.
    const ReportArtifact& artifact(std::size_t index) {
        if (index != index_) known_ = reader_.artifact(report_.record(ASSAY_RECORD_ARTIFACT, index));
        index_ = index;
        return known_;
    }
    const ReportTable& table(const RowTable& table) { return artifact(table.artifact).tables.at(table.table); }

  private:
    const Report& report_;
    RecordReader reader_;
    std::size_t index_ = SIZE_MAX;
    ReportArtifact known_;
};

/// Where a label's value comes from in one table: a column of it, or the artifact's own, or nowhere.
struct LabelSource {
    std::size_t column = SIZE_MAX;
    std::optional<std::string> value = {};
};

/// A column that divides the rows outranks a dimension of the artifact of the same name, and that any other column.
inline std::vector<LabelSource> label_sources(const std::vector<std::string>& names, const assay_table& plan,
                                              const ReportArtifact& artifact) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < names.size(); ++i) places.emplace(names[i], i);
    std::vector<LabelSource> out(names.size());
    for (const auto& [name, value] : artifact.dimensions)
        if (const auto found = places.find(name); found != places.end()) out[found->second].value = value;
    const auto columns = assay::columns(plan);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = places.find(view(columns[i].name));
        if (found == places.end() || !labels(columns[i].role)) continue;
        if (columns[i].dimension != 0 || !out[found->second].value) out[found->second].column = i;
    }
    return out;
}

template <class Cells>
void put_labels(Cells& out, std::span<const LabelSource> sources, const std::vector<ColumnView>& columns,
                std::size_t row) {
    for (const auto& source : sources) {
        if (source.column != SIZE_MAX)
            put(out, columns[source.column], row);
        else if (source.value)
            out.text(*source.value);
        else
            out.null();
    }
}

inline std::vector<ColumnView> columns_of(const Batch& batch, std::size_t count) {
    std::vector<ColumnView> columns;
    for (std::size_t i = 0; i < count; ++i) columns.push_back(batch.column(i));
    return columns;
}

/// Names of dimensions, first those of artifacts.
class LabelNames {
  public:
    void add(std::string_view name) {
        if (known_.emplace(name).second) all.emplace_back(name);
    }
    std::vector<std::string> all;

  private:
    std::set<std::string, std::less<>> known_;
};

inline void add_dimensions_of_artifacts(const Report& report, std::string_view dataset, LabelNames& names) {
    RecordReader reader;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_ARTIFACT); ++i) {
        const auto artifact = reader.artifact(report.record(ASSAY_RECORD_ARTIFACT, i));
        const bool belongs = artifact.duplicate_of.empty() &&
                             std::any_of(artifact.tables.begin(), artifact.tables.end(), [&](const ReportTable& table) {
                                 return table.kind == "data" && (dataset.empty() || table.dataset == dataset);
                             });
        for (std::size_t d = 0; belongs && d < artifact.dimensions.size(); ++d) names.add(artifact.dimensions[d].first);
    }
}

/// Of the tables whose columns are not as their dataset's: there a column may label what it does not elsewhere.
inline void add_labels_of_tables(const Report& report, LabelNames& names) {
    each_record(report, ASSAY_RECORD_ARTIFACT, [&](const simdjson::dom::element& artifact) {
        detail::each(artifact, "tables", [&](const detail::Json& table) {
            if (detail::text(table, "dataset").empty()) return;
            detail::each(table, "columns", [&](const detail::Json& column) {
                if (labels(detail::text(column, "role"))) names.add(detail::text(column, "name"));
            });
        });
    });
}

template <class Writer>
concept NestsLabels = requires(Writer& out) {
    out.open_labels();
};

template <class Writer> class TidyRows final : public RowReceiver {
  public:
    TidyRows(const Report& report, Writer& out) : places_{report}, out_{out} {
        LabelNames labelled;
        add_dimensions_of_artifacts(report, {}, labelled);
        RecordReader reader;
        for (std::size_t i = 0; i < report.size(ASSAY_RECORD_DATASET); ++i)
            for (const auto& column : reader.dataset(report.record(ASSAY_RECORD_DATASET, i)).columns)
                if (labels(column.role)) labelled.add(column.name);
        add_labels_of_tables(report, labelled);
        labels_ = std::move(labelled.all);
        std::vector<std::string> header{"dataset", "artifact", "table", "row", "line", "status"};
        const std::vector<std::string> last{"metric", "value", "unit"};
        Names names;
        for (const auto& name : header) names.fresh(name);
        for (const auto& name : last) names.fresh(name);
        if constexpr (NestsLabels<Writer>)
            header.emplace_back("dimensions");
        else
            for (const auto& name : labels_) header.push_back(names.fresh(name));
        header.insert(header.end(), last.begin(), last.end());
        out_.begin(header);
    }
    void table(const RowTable& table) override {
        const ReportArtifact& artifact = places_.artifact(table.artifact);
        path_ = artifact.path;
        dataset_ = places_.table(table).dataset;
        plan_ = &table.plan;
        sources_ = label_sources(labels_, table.plan, artifact);
        row_ = 0;
    }
    void rows(const Batch& batch) override {
        const auto plans = columns(*plan_);
        const auto cells = columns_of(batch, plans.size());
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            ++row_;
            out_.text(dataset_);
            out_.text(path_);
            out_.text(view(plan_->name));
            out_.integer(static_cast<std::int64_t>(row_));
            put_line(batch, row);
            out_.text(name_of_status(batch.status()[row]));
            put_dimensions(cells, row);
            out_.mark();
            for (std::size_t i = 0; i < plans.size(); ++i) {
                if (!is_observed(plans[i])) continue;
                out_.back_to_mark();
                out_.text(view(plans[i].name));
                if (cells[i].type() == Type::boolean && !cells[i].is_null(row))
                    out_.integer(cells[i].boolean(row) ? 1 : 0);
                else
                    put(out_, cells[i], row);
                view(plans[i].unit).empty() ? out_.null() : out_.text(view(plans[i].unit));
                out_.end_row();
            }
            out_.drop_row();
        }
    }

  private:
    void put_dimensions(const std::vector<ColumnView>& cells, std::size_t row) {
        if constexpr (!NestsLabels<Writer>) {
            put_labels(out_, sources_, cells, row);
        } else {
            out_.open_labels();
            for (std::size_t i = 0; i < sources_.size(); ++i) {
                if (sources_[i].column == SIZE_MAX && !sources_[i].value) continue;
                out_.label(labels_[i]);
                put_labels(out_, std::span{&sources_[i], 1}, cells, row);
            }
            out_.close_labels();
        }
    }
    void put_line(const Batch& batch, std::size_t row) {
        const std::uint64_t line = batch.line(row);
        line == ASSAY_UNKNOWN ? out_.null() : out_.integer(static_cast<std::int64_t>(line));
    }
    TablePlaces places_;
    Writer& out_;
    std::vector<std::string> labels_;
    std::string path_, dataset_;
    const assay_table* plan_ = nullptr;
    std::vector<LabelSource> sources_;
    std::uint64_t row_ = 0;
};

/// The dataset that is meant, by id, or by a title that no other has. Throws Failure, with those there are.
inline ReportDataset find_dataset(const Report& report, std::string_view wanted) {
    RecordReader reader;
    std::string known;
    std::optional<ReportDataset> titled;
    std::size_t n_titled = 0;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_DATASET); ++i) {
        auto dataset = reader.dataset(report.record(ASSAY_RECORD_DATASET, i));
        if (dataset.id == wanted) return dataset;
        if (dataset.title == wanted && n_titled++ == 0) titled = dataset;
        if (i < 20 || dataset.title == wanted)
            known += (known.empty() ? "" : ", ") + dataset.id + " (" + dataset.title + ")";
    }
    if (n_titled == 1) return *titled;
    if (n_titled > 1)
        throw Failure{"ambiguous-dataset", std::to_string(n_titled) + " datasets are titled '" + std::string{wanted} +
                                               "': name one by its id; there are: " + known};
    throw Failure{"no-dataset",
                  "there is no dataset '" + std::string{wanted} + "'; there are: " + (known.empty() ? "none" : known)};
}

template <class Writer> class WideRows final : public RowReceiver {
  public:
    WideRows(const Report& report, std::string_view wanted, Writer& out)
        : places_{report}, dataset_{find_dataset(report, wanted)}, out_{out} {
        LabelNames dimensions;
        add_dimensions_of_artifacts(report, dataset_.id, dimensions);
        for (auto& name : dimensions.all)
            if (std::none_of(dataset_.columns.begin(), dataset_.columns.end(),
                             [&](const auto& column) { return column.name == name; }))
                dimensions_.push_back(std::move(name));
        Names names;
        std::vector<std::string> header;
        for (const char* name : {"artifact", "table", "row", "line", "status"}) header.push_back(names.fresh(name));
        for (const auto& name : dimensions_) header.push_back(names.fresh(name));
        for (const auto& column : dataset_.columns) header.push_back(names.fresh(column.name));
        out_.begin(header);
    }
    void table(const RowTable& table) override {
        wanted_ = places_.table(table).dataset == dataset_.id;
        if (!wanted_) return;
        const ReportArtifact& artifact = places_.artifact(table.artifact);
        path_ = artifact.path;
        plan_ = &table.plan;
        sources_ = label_sources(dimensions_, table.plan, artifact);
        std::unordered_map<std::string_view, std::size_t> places;
        const auto plans = columns(table.plan);
        for (std::size_t i = 0; i < plans.size(); ++i) places.emplace(view(plans[i].name), i);
        column_of_.clear();
        for (const auto& column : dataset_.columns) {
            const auto found = places.find(column.name);
            column_of_.push_back(found == places.end() ? SIZE_MAX : found->second);
        }
        row_ = 0;
    }
    void rows(const Batch& batch) override {
        if (!wanted_) return;
        const auto cells = columns_of(batch, plan_->n_columns);
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            out_.text(path_);
            out_.text(view(plan_->name));
            out_.integer(static_cast<std::int64_t>(++row_));
            const std::uint64_t line = batch.line(row);
            line == ASSAY_UNKNOWN ? out_.null() : out_.integer(static_cast<std::int64_t>(line));
            out_.text(name_of_status(batch.status()[row]));
            put_labels(out_, sources_, cells, row);
            for (const auto column : column_of_) column == SIZE_MAX ? out_.null() : put(out_, cells[column], row);
            out_.end_row();
        }
    }

  private:
    TablePlaces places_;
    ReportDataset dataset_;
    Writer& out_;
    std::vector<std::string> dimensions_; ///< of the artifacts
    bool wanted_ = false;
    std::string path_;
    const assay_table* plan_ = nullptr;
    std::vector<LabelSource> sources_;
    std::vector<std::size_t> column_of_; ///< by column of the dataset, SIZE_MAX for none
    std::uint64_t row_ = 0;
};

} // namespace assay::flat
