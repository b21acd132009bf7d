#include "cli/path_pattern.hpp"
#include <algorithm>

namespace assay::cli {

namespace {

/// One level of the tree, as a segment of a pattern; `named` counts the levels that need a name.
std::string segment(const std::vector<FoldersOfFile>& files, std::size_t level, bool& timed, std::size_t& named) {
    const std::string& first = files.front().names[level];
    const bool differs =
        std::any_of(files.begin(), files.end(), [&](auto& file) { return file.names[level] != first; });
    const bool time =
        std::all_of(files.begin(), files.end(), [&](auto& file) { return file.times.contains(file.names[level]); });
    if (time && !timed) {
        timed = true;
        return "{run:time}";
    }
    if (differs) return ++named == 1 ? "{folder}" : "{folder_" + std::to_string(named) + "}";
    return first.find_first_of("*?{}") == std::string::npos ? first : "*";
}

} // namespace

std::string path_pattern(const std::vector<FoldersOfFile>& files) {
    if (files.empty()) return {};
    const auto shallower = [](const FoldersOfFile& a, const FoldersOfFile& b) {
        return a.names.size() < b.names.size();
    };
    const auto [least, most] = std::minmax_element(files.begin(), files.end(), shallower);
    std::string pattern;
    bool timed = false;
    std::size_t named = 0;
    for (std::size_t level = 0; level < least->names.size(); ++level)
        pattern += segment(files, level, timed, named) + "/";
    if (!timed && named == 0) return {};
    return pattern + (least->names.size() == most->names.size() ? "*" : "**/*");
}

} // namespace assay::cli
