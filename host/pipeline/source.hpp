#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// A text that mistakes can be found in, and places within it.
namespace assay::pipeline {

struct Source {
    std::string name;      // as messages name it: the file as given, "--set", "--var"
    std::string directory; // what relative paths in it are relative to; empty: the working directory
    std::string text;
};
using SourcePtr = std::shared_ptr<const Source>;

// `line` and `column` count from 1; a column is one Unicode code point. No source: line 0.
struct Place {
    SourcePtr source;
    std::size_t offset = 0, length = 0; // bytes
    std::uint32_t line = 0, column = 0;
};

// Counts lines and columns from the beginning: for short sources.
Place place_in(const SourcePtr&, std::size_t offset, std::size_t length);

} // namespace assay::pipeline
