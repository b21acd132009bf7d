#pragma once
// How an untyped column is to be read: its type, and how its numbers are written.
#include "plan/sample.hpp"
#include <assay/abi.h>
#include <optional>
#include <string>

namespace assay::plan {

struct CellFormat {
    char decimal = '.';
    char grouping = 0;
    std::string suffix = {};
    double scale = 1.0;
};

struct Reading {
    Type type = Type::text;
    CellFormat format;
    std::string unit = {};  ///< from a suffix of the cells, UCUM; empty if none
    bool ambiguous = false; ///< grouping or decimal mark could be read in two ways
    bool no_zone = false;   ///< times, of which some name no time zone
};

/// The narrowest type that reads at least 99 % of the sample's cells; text where there are none. `decimal`: somebody
/// knows which mark it is, and so `3,211` is not ambiguous.
Reading reading_of(const ColumnSample& sample, std::optional<char> decimal = {});

/// `type`, or what holds both it and `needed`: integer < real < text; anything else together is text.
Type widened(Type type, Type needed);

/// The narrowest type that holds one cell, whatever its column.
Type type_of_cell(std::string_view text);

} // namespace assay::plan
