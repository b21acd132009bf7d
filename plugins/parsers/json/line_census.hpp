#pragma once
// What reading lines has shown: columns in the order of their first appearance with what they hold, counts, remarks.
#include "cells.hpp"
#include "remarks.hpp"
#include <cstdint>

namespace assay::json {

struct LineCensus {
    struct Column {
        std::string name, pointer;
        Census cells = {};
    };
    std::vector<Column> columns;
    std::uint64_t rows = 0, rejected = 0;
    Remarks remarks; ///< on lines

    /// What was seen of later lines.
    void add(const LineCensus& later);
    Remarks all_remarks() const; ///< on lines, then on columns

    std::string encode() const;
    /// Of parts of a content, in order. Throws BadState where one cannot be read.
    static LineCensus joined(const std::vector<std::string_view>& parts);
};

} // namespace assay::json
