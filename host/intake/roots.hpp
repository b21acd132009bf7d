#pragma once

#include <intake/discover.hpp>
#include <intake/glob.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::intake {

/// The absolute path without links or dots, or nothing where there is none (errno says why).
std::string real_path(const std::string& path);

/// Is `path` the folder itself or below it? Both real paths.
bool lies_in(std::string_view path, std::string_view folder);

/// What one input takes of the root it belongs to.
struct Selection {
    std::size_t input = 0; // index
    std::string below;     // the input relative to the root, empty if it is the root itself
    bool single_file = false;
    std::vector<Glob> include, exclude;
    std::uint64_t selected = 0; // counted by the walk

    bool selects(std::string_view path) const;
    /// Does a hidden folder hold something that is asked for by name?
    bool enters_hidden(std::string_view folder) const;
};

/// An outermost input: a folder, or a file outside all folders given; with all inputs that lie in it.
struct Root {
    std::string real;  // absolute
    std::string label; // what report paths begin with, as bytes
    bool folder = true;
    std::vector<Selection> selections;
};

/// Sorted by real path. Inputs that do not exist become problems in `out`, nested and repeated ones notes.
std::vector<Root> find_roots(std::span<const Input> inputs, Discovery& out);

} // namespace assay::intake
