#pragma once
// What rules look at: artifacts with their tables' profiles and kept rows, and datasets. Copies count once: only what
// asks the corpus itself sees them.
#include "gaps/layout.hpp"
#include <assay/analyzer.hpp>
#include <assay/dataset.hpp>
#include <assay/kept_rows.hpp>
#include <assay/profile.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::gaps {

struct TableView {
    std::string name;
    std::string title; ///< of its dataset; its name where it belongs to none
    const assay_table_record* record;
    const Layout* layout;          ///< what its plan alone tells
    Strided<assay_column> columns; ///< the plan
    const TableProfile* profile;   ///< null where the artifact has none
    const KeptRows* rows;          ///< null where none were kept
    template <class Known> const Known& known() const { return layout->known<Known>(); }
    template <auto holds> const std::vector<std::size_t>& where() const { return layout->where<holds>(); }
    bool is_data() const { return record->plan->kind == ASSAY_TABLE_DATA; }
    bool is_in_prose() const { return record->plan->kind == ASSAY_TABLE_CLAIMS; }
    std::uint64_t n_rows() const {
        return record->rows_ok + record->rows_failed + record->rows_suspect + record->rows_rejected;
    }
    /// The dataset that it belongs to.
    std::size_t dataset() const { return record->dataset; }
};

/// A parser's remark.
struct Diagnostic {
    std::string code, message, table, column;
    std::uint64_t line = ASSAY_UNKNOWN, count = 1;
    std::string pointer;
};

/// Prose, with or without tables.
bool is_document(const assay_artifact& artifact);

struct ArtifactView {
    std::size_t index;
    std::int64_t now_us; ///< of the report
    const assay_artifact* artifact;
    std::string path;
    std::shared_ptr<const Profile> profile;
    std::vector<KeptRows> kept;
    std::vector<TableView> tables; ///< all but @diagnostics
    std::vector<Diagnostic> diagnostics;

    bool is_document() const { return gaps::is_document(*artifact); }
    /// A row of a table, with what stands in the named columns as excerpt.
    Evidence row(const TableView& table, std::size_t kept_row, std::initializer_list<std::size_t> columns) const;
    Evidence file(std::string excerpt = {}) const { return {path, {}, {}, {}, std::move(excerpt)}; }
};

/// A table of a dataset, and the artifact that holds it.
struct Member {
    std::shared_ptr<const ArtifactView> artifact;
    const TableView* table; ///< its title is the subject of findings about it
};

/// Artifacts may be read in one thread while rules look at others in another.
class Tree {
  public:
    explicit Tree(const Corpus& all);

    const Corpus& corpus;
    /// Read anew each time: rules look at all tables once, in path order, and come back to few. Never null.
    std::shared_ptr<const ArtifactView> artifact(std::size_t index) const;
    /// Rows and columns of its tables. Never null.
    std::shared_ptr<const Profile> profile(std::size_t artifact) const;
    Member member(std::size_t artifact, std::size_t table) const {
        auto holder = this->artifact(artifact);
        const TableView& found = holder->tables[table];
        return {std::move(holder), &found};
    }
    const Layout& layout(const assay_table& plan) const { return layouts_.find(&plan)->second; }

  private:
    std::unordered_map<const assay_table*, Layout> layouts_; ///< of all plans: many tables share one
};

struct DatasetView {
    const Tree& tree;
    std::size_t index;            ///< among the corpus's
    const data::Dataset* dataset; ///< its title is the subject of findings about it
    Member member(const data::Source& source) const { return tree.member(source.artifact, source.table_index); }
    const Layout& layout(const data::Source& source) const;
    std::string_view name_of(const data::Source& source) const; ///< its table's
};

std::string path_of(const assay_artifact& artifact);
/// The cell of a kept row that says why it failed: the text of a status column, best of one that is called an error.
std::string error_of(const TableView& table, std::size_t kept_row);
/// A cell as a reader would write it; empty where there is none.
std::string text_of(const KeptCell& cell);
/// Of cells of one column.
bool same_text(const KeptCell& a, const KeptCell& b);

} // namespace assay::gaps
