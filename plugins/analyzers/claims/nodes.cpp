#include "claims/nodes.hpp"
#include <algorithm>
#include <assay/bytes.hpp>

namespace assay::claims {

void merge(std::vector<KeptNode>& nodes, std::vector<KeptNode> others) {
    nodes.insert(nodes.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
}

void add_nodes(const Batch& batch, std::vector<KeptNode>& nodes) {
    // index, type, level, line, text, info, section: see the Markdown parser.
    const auto text = [&](std::size_t column, std::size_t row) {
        const ColumnView view = batch.column(column);
        return view.is_null(row) ? std::string{} : std::string{view.text(row)};
    };
    const auto number = [&](std::size_t column, std::size_t row) {
        const ColumnView view = batch.column(column);
        return view.is_null(row) ? std::int64_t{0} : view.integer(row);
    };
    for (std::size_t r = 0; r < batch.rows(); ++r)
        nodes.push_back(
            {text(1, r), text(4, r), text(5, r), text(6, r), number(2, r), static_cast<std::uint64_t>(number(3, r))});
}

void encode(std::string& out, const std::vector<KeptNode>& nodes) {
    ByteWriter writer{out};
    writer.put(static_cast<std::uint64_t>(nodes.size()));
    for (const auto& n : nodes) writer.put(n.type).put(n.text).put(n.info).put(n.section).put(n.level).put(n.line);
}

std::optional<std::vector<KeptNode>> decode(std::string_view bytes) {
    ByteReader in{bytes};
    std::vector<KeptNode> nodes(in.count(48));
    for (auto& n : nodes) {
        n.type = in.text();
        n.text = in.text();
        n.info = in.text();
        n.section = in.text();
        n.level = in.get<std::int64_t>();
        n.line = in.get<std::uint64_t>();
    }
    if (!in.at_end()) return std::nullopt;
    return nodes;
}

std::optional<std::vector<KeptNode>> read_nodes(std::string_view partial) {
    if (partial.empty()) return std::vector<KeptNode>{};
    for (int line = 0; line < 2; ++line) {
        const auto end = partial.find('\n');
        if (end == partial.npos) return std::nullopt;
        partial.remove_prefix(end + 1);
    }
    return decode(partial);
}

} // namespace assay::claims
