#pragma once
// A pipe table, padded so that the source reads as a table too.
#include <string>
#include <utility>
#include <vector>

namespace assay::markdown {

class Table {
  public:
    enum class Align { left, right };
    /// Titles and cells are Markdown already.
    void column(std::string title, Align align = Align::left) { columns_.push_back({std::move(title), align}); }
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    bool empty() const { return rows_.empty(); }
    std::string text() const;

  private:
    struct Column {
        std::string title;
        Align align;
    };
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace assay::markdown
