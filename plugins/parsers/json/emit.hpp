#pragma once
// Shaped tables go out. Their rows carry what identifies them from outside:
//
//   from parent rows    key columns, `<parent>.index`, and what is text (up to 120 bytes), bool, integer or time; at
//                       most 32 columns, nearest parent first
//   from the document   text (up to 120 bytes), bool and integer scalars that are no dates; at most 32, those of the
//                       objects around the table first. Field::document_scope.
//
// Real numbers are not repeated: they are measurements, and belong to one row.
#include "shape.hpp"

namespace assay::json {

struct Repeat {
    bool document = true;
};
/// What a shape was made of, and how it is to be shown.
struct Origin {
    std::string_view file; ///< its name, without folders
    Repeat repeat = {};
};
/// What there is to say about the types of a column.
void remark_on(Remarks& remarks, const Census& census, const std::string& table, const std::string& column,
               const std::string& pointer);

/// Arrow columns need a name, and JSON keys may be empty.
inline std::string column_name(const std::string& key) { return key.empty() ? "(empty)" : key; }

void emit(const Shape& shape, const Origin& source, Remarks& remarks, Sink& out);

} // namespace assay::json
