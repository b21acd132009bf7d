#pragma once
// The parser: which content is JSON, and the way of a document or of lines to tables.
#include "lines.hpp"
#include <assay/sdk.hpp>
#include <cstdint>
#include <optional>

namespace assay::json {

struct JsonParser final : Parser {
    static constexpr Manifest manifest{.id = "json",
                                       .summary = "JSON documents and JSON Lines as tidy tables",
                                       .extensions = {".json", ".jsonl", ".ndjson"}};
    option<std::int64_t> max_depth{*this, "max_depth", 256, range(1, 1024), "deepest nesting that is read"};
    option<std::string> lines{*this, "lines", "auto", choices({"auto", "yes", "no"}),
                              "whether the content is one JSON value a line"};
    option<bool> repeat_document{*this, "repeat_document", true,
                                 "repeat a document's scalars on the rows of its tables"};

    Confidence probe(const Head& head) const override;
    void parse(Input& in, Sink& out) override;
    /// Only large lines are read in parts.
    std::string survey(Input& in, std::uint64_t begin, std::uint64_t end);
    void parse_part(Input& in, Part& part, Sink& out);
    void join_parts(const std::vector<std::string_view>& found, Sink& out);

  private:
    /// How the content is read line by line, if it is; the head of it decides.
    std::optional<LineSettings> by_lines(Input& in) const;
};

} // namespace assay::json
