#include "table.hpp"
#include <algorithm>
#include <assay/visible_text.hpp>

namespace assay::markdown {
namespace {

constexpr std::size_t widest_padding = 48; ///< one long cell must not make every line long

std::string padded(const std::string& cell, std::size_t width, bool right, const DisplayWidth& display) {
    const std::size_t own = display.of(cell);
    const std::string space(own < width ? width - own : 0, ' ');
    return right ? space + cell : cell + space;
}

} // namespace

std::string Table::text() const {
    const DisplayWidth display;
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = std::max<std::size_t>(3, display.of(columns_[i].title));
        for (const auto& row : rows_) width = std::max(width, display.of(row[i]));
        widths.push_back(std::min(width, widest_padding));
    }
    std::string out = "|", rule = "|";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const bool right = columns_[i].align == Align::right;
        out += ' ' + padded(columns_[i].title, widths[i], right, display) + " |";
        rule += ' ' + std::string(widths[i] - (right ? 1 : 0), '-') + (right ? ": |" : " |");
    }
    out += '\n' + rule + '\n';
    for (const auto& row : rows_) {
        out += '|';
        for (std::size_t i = 0; i < columns_.size(); ++i)
            out += ' ' + padded(row[i], widths[i], columns_[i].align == Align::right, display) + " |";
        out += '\n';
    }
    return out;
}

} // namespace assay::markdown
