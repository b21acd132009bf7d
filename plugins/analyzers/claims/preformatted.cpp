#include "claims/preformatted.hpp"
#include <algorithm>
#include <assay/cell.hpp>

namespace assay::claims {

namespace {

constexpr std::size_t most_lines = 2000; ///< longer ones are logs

/// "----  ----", "+----+".
bool is_ruler(std::string_view line) { return line.find_first_not_of("-=+| \t:") == line.npos; }

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> out;
    const auto add = [&](std::string_view cell) {
        if (cell = cell::trim(cell); !cell.empty()) out.emplace_back(cell);
    };
    std::size_t begin = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool wide = line[i] == ' ' && i + 1 < line.size() && line[i + 1] == ' ';
        if (!wide && line[i] != '\t' && line[i] != '|') continue;
        add(line.substr(begin, i - begin));
        begin = i + 1;
    }
    add(line.substr(begin));
    return out;
}

bool is_numeric(const std::string& cell) { return cell::number(cell).has_value(); }

} // namespace

std::vector<PreformattedRow> preformatted_table(std::string_view text) {
    std::vector<PreformattedRow> out;
    std::uint64_t line = 0;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view here = text.substr(begin, end - begin);
        begin = end + 1;
        if (is_ruler(here)) continue;
        out.push_back({line, cells_of(here)});
        if (out.back().cells.size() != out.front().cells.size() || line > most_lines) return {};
    }
    if (out.size() < 3 || out[0].cells.size() < 2) return {};
    if (std::any_of(out[0].cells.begin(), out[0].cells.end(), is_numeric)) return {};
    const bool numbers = std::all_of(out.begin() + 1, out.end(), [](const PreformattedRow& row) {
        return std::any_of(row.cells.begin() + 1, row.cells.end(), [](const std::string& cell) {
            return !cell.empty() && cell.find_first_of("0123456789") != cell.npos;
        });
    });
    return numbers ? out : std::vector<PreformattedRow>{};
}

} // namespace assay::claims
