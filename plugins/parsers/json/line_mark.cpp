#include "line_mark.hpp"
#include "scan.hpp"
#include <algorithm>
#include <utility>
#include <vector>

namespace assay::json {
namespace {

constexpr std::size_t longest_mark = 48, most_marks = 8, least_lines = 3, read_lines = 8;
constexpr std::size_t torn_share = 4; ///< one line in so many may be cut off, as where two processes write

struct Candidate {
    std::string_view mark;
    std::size_t lines = 0;
    std::vector<std::string_view> first = {}; ///< what stands behind it
};

struct Candidates {
    std::vector<Candidate> all = {};
    std::size_t lines = 0;

    void add(std::string_view line) {
        ++lines;
        const auto brace = line.substr(0, longest_mark).find('{');
        if (brace == line.npos || line.find_first_not_of(" \t") == brace) return; // blanks are no mark
        const auto mark = line.substr(0, brace);
        auto found = std::find_if(all.begin(), all.end(), [&](const Candidate& c) { return c.mark == mark; });
        if (found == all.end()) {
            if (all.size() == most_marks) return;
            found = all.insert(all.end(), Candidate{mark});
        }
        ++found->lines;
        if (found->first.size() < read_lines) found->first.push_back(line.substr(brace));
    }
};

Candidates candidates_in(std::string_view head, bool complete) {
    Candidates found;
    while (!head.empty()) {
        const auto end = head.find('\n');
        if (end == head.npos && !complete) break;
        const auto line = head.substr(0, end);
        if (line.find_first_not_of(" \t\r") != line.npos) found.add(line);
        head.remove_prefix(end == head.npos ? head.size() : end + 1);
    }
    return found;
}

bool is_object(std::string_view text, std::size_t max_depth) {
    const Scan found = scan(text, max_depth);
    return !found.fault && found.documents.size() == 1;
}

} // namespace

std::optional<LineMark> line_mark(std::string_view head, bool complete, std::size_t max_depth) {
    const auto begin = head.find_first_not_of(" \t\r\n");
    if (begin == head.npos || head[begin] == '{' || head[begin] == '[') return std::nullopt;
    const Candidates found = candidates_in(head.substr(begin), complete);
    const auto best = std::max_element(found.all.begin(), found.all.end(),
                                       [](const Candidate& a, const Candidate& b) { return a.lines < b.lines; });
    if (best == found.all.end() || best->lines < least_lines || 20 * best->lines < found.lines) return std::nullopt;
    const auto torn = std::count_if(best->first.begin(), best->first.end(),
                                    [&](std::string_view text) { return !is_object(text, max_depth); });
    if (torn_share * static_cast<std::size_t>(torn) > best->first.size()) return std::nullopt;
    return LineMark{std::string{best->mark}, best->lines, found.lines};
}

bool holds_object(std::string_view line, std::size_t max_depth) {
    const auto brace = line.find('{');
    return brace != line.npos && line.find('"', brace) != line.npos && is_object(line.substr(brace), max_depth);
}

} // namespace assay::json
