#pragma once
// The path pattern that the folders of a tree suggest: `nightly/{run:time}/{folder}/*`.
#include <set>
#include <string>
#include <vector>

namespace assay::cli {

/// The folders of a file below its input, outermost first, and which of them are time stamps.
struct FoldersOfFile {
    std::vector<std::string> names;
    std::set<std::string> times;
};

/// A level that is a time in all files is `{run:time}`, one that differs otherwise is `{folder}`, to be given its name.
/// Empty where no level differs.
std::string path_pattern(const std::vector<FoldersOfFile>& files);

} // namespace assay::cli
