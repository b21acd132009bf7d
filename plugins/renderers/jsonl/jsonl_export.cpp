#include "jsonl_export.hpp"
#include <algorithm>
#include <assay/observations.hpp>

namespace assay {
namespace {

constexpr std::size_t jsonl_buffer_bytes = std::size_t{256} << 10U;

/// Objects whose members are given by their values, in the order of the names.
class JsonlWriter {
  public:
    explicit JsonlWriter(Output& out) : out_{out} {}
    void begin(const std::vector<std::string>& names) {
        for (const auto& name : names) {
            std::string& key = keys_.emplace_back(keys_.empty() ? "{" : ",");
            append_json_string(key, name);
            key += ':';
        }
    }
    void text(std::string_view text) { append_json_string(next(), text); }
    void number(double number) { append_json_number(next(), number); }
    void integer(std::int64_t number) { next() += std::to_string(number); }
    void truth(bool truth) { next() += truth ? "true" : "false"; }
    void null() { next() += "null"; }
    void open_labels() {
        next() += '{';
        labels_ = true;
    }
    void label(std::string_view name) {
        if (row_.back() != '{') row_ += ',';
        append_json_string(row_, name);
        row_ += ':';
    }
    void close_labels() {
        row_ += '}';
        labels_ = false;
    }
    void end_row() {
        line(row_, "}\n");
        if (mark_ == 0) drop_row();
    }
    void mark() { mark_ = row_.size(), mark_cell_ = cell_; }
    void back_to_mark() { row_.resize(mark_), cell_ = mark_cell_; }
    void drop_row() { row_.clear(), cell_ = 0; }
    /// A record is JSON already; a line feed in it can only be white space.
    void record(std::string_view json) {
        row_.assign(json);
        std::replace_if(
            row_.begin(), row_.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
        line(row_, "\n");
        drop_row();
    }
    void flush() {
        if (!buffer_.empty()) out_.write(buffer_);
        buffer_.clear();
    }

  private:
    std::string& next() { return labels_ ? row_ : row_ += keys_[cell_++]; }
    void line(std::string_view text, std::string_view end) {
        buffer_ += text;
        buffer_ += end;
        if (buffer_.size() >= jsonl_buffer_bytes) flush();
    }
    Output& out_;
    std::vector<std::string> keys_; ///< with what stands before and behind them
    std::string row_, buffer_;
    bool labels_ = false; ///< in the object of a row's dimensions
    std::size_t cell_ = 0, mark_ = 0, mark_cell_ = 0;
};

void write_records(const Report& report, std::int32_t kind, JsonlWriter& out) {
    for (std::size_t i = 0; i < report.size(kind); ++i) out.record(report.record(kind, i));
}

} // namespace

void JsonlExport::configured() {
    if (!dataset->empty() && *what != "observations")
        throw BadOption{"'dataset' goes with \"what\": \"observations\" only"};
}

void JsonlExport::render(const Report& report, Output& out) {
    JsonlWriter jsonl{out};
    if (*what == "facts") {
        write_records(report, ASSAY_RECORD_FACT, jsonl);
    } else if (*what == "findings") {
        write_records(report, ASSAY_RECORD_FINDING, jsonl);
    } else if (dataset->empty()) {
        flat::TidyRows rows{report, jsonl};
        read_rows(report, rows);
    } else {
        flat::WideRows rows{report, *dataset, jsonl};
        read_rows(report, rows);
    }
    jsonl.flush();
}

} // namespace assay
