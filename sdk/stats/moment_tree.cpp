#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/moment_tree.hpp>

namespace assay::stats {

bool MomentTree::insert(std::vector<Node>& tree, const Node& node) {
    auto at = std::lower_bound(tree.begin(), tree.end(), node.first,
                               [](const Node& n, auto first) { return n.first < first; });
    if (at != tree.end() && at->first <= last(node)) return false;
    if (at != tree.begin() && last(*std::prev(at)) >= node.first) return false;
    at = tree.insert(at, node);
    const auto is_sibling = [&](auto other) { return other->first == sibling(*at) && other->level == at->level; };
    for (;;) { // the left child first, whichever came last
        if (at != tree.begin() && is_sibling(std::prev(at)))
            --at;
        else if (std::next(at) == tree.end() || !is_sibling(std::next(at)))
            return true;
        at->moments.merge(std::next(at)->moments);
        ++at->level;
        tree.erase(std::next(at));
    }
}

bool MomentTree::insert(std::uint64_t chunk, const Moments& moments) {
    if (is_open && chunk == open_chunk) return false;
    return insert(tree, Node{chunk, 0, moments});
}

void MomentTree::close() {
    if (!is_open) return;
    open_moments.add(pending);
    pending.clear();
    insert(tree, Node{open_chunk, 0, open_moments});
    open_moments = {};
    is_open = false;
}

std::vector<MomentTree::Node> MomentTree::closed() const {
    std::vector<Node> nodes = tree;
    if (!is_open) return nodes;
    Moments moments = open_moments;
    moments.add(pending);
    insert(nodes, Node{open_chunk, 0, moments});
    return nodes;
}

bool MomentTree::open(std::uint64_t chunk) {
    const bool behind_all = (!is_open || chunk > open_chunk) && (tree.empty() || chunk > last(tree.back()));
    if (!behind_all) {
        std::vector<Node> probe = closed();
        if (!insert(probe, Node{chunk, 0, {}})) return false;
    }
    close();
    open_chunk = chunk;
    is_open = true;
    return true;
}

bool MomentTree::add(std::uint64_t chunk, std::span<const double> values) {
    if ((!is_open || chunk != open_chunk) && !open(chunk)) return false;
    while (!values.empty()) {
        if (pending.empty() && values.size() >= Moments::block) {
            const std::size_t whole = values.size() / Moments::block * Moments::block;
            open_moments.add(values.first(whole));
            values = values.subspan(whole);
            continue;
        }
        const std::size_t part = std::min(values.size(), Moments::block - pending.size());
        pending.insert(pending.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(part));
        values = values.subspan(part);
        if (pending.size() < Moments::block) break;
        open_moments.add(pending);
        pending.clear();
    }
    return true;
}

bool MomentTree::merge(const MomentTree& other) {
    std::vector<Node> all = closed();
    for (const Node& node : other.closed())
        if (!insert(all, node)) return false;
    close();
    tree = std::move(all);
    return true;
}

// Level by level, where a missing sibling counts for nothing.
Moments MomentTree::total() const {
    if (!is_open && tree.size() == 1) return tree.front().moments;
    std::vector<Node> rest = closed();
    if (rest.empty()) return {};
    for (std::uint8_t level = 0; rest.size() > 1; ++level) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            Node node = rest[i];
            if (node.level == level) {
                if (i + 1 < rest.size() && rest[i + 1].level == level && rest[i + 1].first == sibling(node))
                    node.moments.merge(rest[++i].moments);
                node.first &= ~(std::uint64_t{1} << level);
                ++node.level;
            }
            rest[kept++] = node;
        }
        rest.resize(kept);
    }
    return rest.front().moments;
}

void encode(std::string& out, const MomentTree& tree) {
    const auto nodes = tree.closed();
    put_tag(out, "MTR1");
    put(out, std::uint64_t{nodes.size()});
    for (const auto& node : nodes) {
        put(out, node.first);
        put(out, node.level);
        encode(out, node.moments);
    }
}

bool decode(std::string_view& in, MomentTree& out) {
    constexpr std::size_t node_size = 1 + 1 + 4 + 1 + 5 * 8;
    std::string_view rest = in;
    std::uint64_t count = 0;
    if (!take_tag(rest, "MTR1") || !take_count(rest, count, node_size)) return false;
    MomentTree read;
    for (std::uint64_t i = 0; i < count; ++i) {
        MomentTree::Node node{};
        if (!take(rest, node.first) || !take(rest, node.level) || !decode(rest, node.moments)) return false;
        if (node.level > 63 || node.first % (std::uint64_t{1} << node.level) != 0) return false;
        // As written: ascending, and no siblings left to combine.
        if (!read.tree.empty() && read.tree.back().first >= node.first) return false;
        if (!MomentTree::insert(read.tree, node) || read.tree.size() != i + 1) return false;
    }
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats
