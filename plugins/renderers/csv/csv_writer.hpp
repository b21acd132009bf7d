#pragma once
// CSV by RFC 4180, cell by cell.
#include <assay/report.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class CsvWriter {
  public:
    CsvWriter(Output& out, bool escape_formulas) : out_{out}, escape_formulas_{escape_formulas} {}
    void begin(const std::vector<std::string>& names);
    void text(std::string_view text);
    void number(double number);
    void integer(std::int64_t number);
    void truth(bool truth) { plain(truth ? "true" : "false"); }
    void null() { separate(); }
    void end_row();
    /// What stands in the row now is what the next rows begin with, each after `back_to_mark`.
    void mark() { mark_ = row_.size(), mark_first_ = first_; }
    void back_to_mark() { row_.resize(mark_), first_ = mark_first_; }
    void drop_row() { row_.clear(), first_ = true; }
    void flush();

  private:
    void separate();
    void plain(std::string_view text);
    Output& out_;
    bool escape_formulas_;
    std::string row_, buffer_;
    std::size_t mark_ = 0;
    bool first_ = true, mark_first_ = true;
};

} // namespace assay
