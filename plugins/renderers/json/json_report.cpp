#include "json_report.hpp"
#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t buffer_bytes = 1U << 18U;

/// Collects small pieces, so that the output is written in few calls.
class Pieces {
  public:
    explicit Pieces(Output& out) : out_{out} { text_.reserve(buffer_bytes); }
    void add(std::string_view piece) {
        text_ += piece;
        if (text_.size() >= buffer_bytes) flush();
    }
    /// A record is JSON already; a line feed in it can only be white space, and would break "one record a line".
    void add_record(std::string_view json) {
        const std::size_t from = text_.size();
        text_ += json;
        // Two searches for one character each: find_first_of looks at every character apart.
        if (json.find('\n') != std::string_view::npos || json.find('\r') != std::string_view::npos)
            std::replace_if(
                text_.begin() + static_cast<std::ptrdiff_t>(from), text_.end(),
                [](char c) { return c == '\n' || c == '\r'; }, ' ');
        if (text_.size() >= buffer_bytes) flush();
    }
    void flush() {
        if (!text_.empty()) out_.write(text_);
        text_.clear();
    }

  private:
    Output& out_;
    std::string text_;
};

void add_object(Pieces& out, std::string_view key, std::string_view json) {
    out.add(",\n\"");
    out.add(key);
    out.add("\":");
    out.add_record(json.empty() ? "null" : json);
}

void add_records(Pieces& out, std::string_view key, const Report& report, std::int32_t kind) {
    out.add(",\n\"");
    out.add(key);
    out.add("\":[");
    const std::size_t n = report.size(kind);
    for (std::size_t i = 0; i < n; ++i) {
        out.add(i == 0 ? "\n" : ",\n");
        out.add_record(report.record(kind, i));
    }
    out.add(n == 0 ? "]" : "\n]");
}

/// null, the narrative, or a list where several stages wrote one.
void add_narrative(Pieces& out, const Report& report) {
    const std::size_t n = report.size(ASSAY_RECORD_NARRATIVE);
    if (n > 1)
        add_records(out, "narrative", report, ASSAY_RECORD_NARRATIVE);
    else
        add_object(out, "narrative", n == 0 ? "" : report.record(ASSAY_RECORD_NARRATIVE, 0));
}

} // namespace

void JsonReport::render(const Report& report, Output& out) {
    Pieces pieces{out};
    pieces.add("{\"schema\":1");
    add_object(pieces, "run", report.run());
    add_object(pieces, "inventory", report.inventory());
    add_object(pieces, "counts", report.summary());
    add_records(pieces, "artifacts", report, ASSAY_RECORD_ARTIFACT);
    add_records(pieces, "datasets", report, ASSAY_RECORD_DATASET);
    add_records(pieces, "facts", report, ASSAY_RECORD_FACT);
    add_records(pieces, "findings", report, ASSAY_RECORD_FINDING);
    add_records(pieces, "claims", report, ASSAY_RECORD_CLAIM);
    add_narrative(pieces, report);
    add_records(pieces, "sections", report, ASSAY_RECORD_SECTION);
    pieces.add("\n}\n");
    pieces.flush();
}

} // namespace assay
