#pragma once
// The values of lines that are no plain JSON: mended where they can be, else rejected.
#include "line_reader.hpp"
#include "remarks.hpp"
#include <cstdint>
#include <simdjson.h>

namespace assay::json {

class LineParser {
  public:
    LineParser(std::size_t max_depth, Remarks& remarks) : max_depth_{max_depth}, remarks_{remarks} {}

    /// The JSON of a line: itself, or mended; several values are parted by commas. Empty if it is none, which is then
    /// remarked.
    std::string_view values(const Line& line, std::size_t& count);
    simdjson::dom::element root() const { return root_; } ///< of the last line; an array of them where it held several

  private:
    bool parse(std::string_view text);
    void reject(const Line& line, const std::string& why, std::uint64_t offset);

    std::size_t max_depth_;
    Remarks& remarks_;
    simdjson::dom::parser parser_;
    simdjson::dom::element root_;
    std::string mended_;
};

} // namespace assay::json
