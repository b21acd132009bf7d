#pragma once
// Text to a parsed document.
#include "remarks.hpp"
#include <memory>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace assay::json {

/// Without its byte order mark; UTF-16 with a mark becomes UTF-8 in `owned`, padded for the fast parser.
std::string_view decoded(std::string_view text, std::string& owned);

/// A document and the memory it lies in.
struct Document {
    std::unique_ptr<simdjson::dom::parser> parser = std::make_unique<simdjson::dom::parser>();
    simdjson::dom::element root;
};

/// Reads all of `text`, behind which simdjson::SIMDJSON_PADDING bytes must be readable. What can be mended is, with a
/// remark; several documents become one array. Throws Failure with the place of the fault where nothing can be read.
Document read(std::string_view text, std::size_t max_depth, Remarks& remarks);

} // namespace assay::json
