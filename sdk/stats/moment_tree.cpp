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
    if (open && chunk == open->chunk) return false;
    return insert(tree, Node{chunk, 0, moments});
}

void MomentTree::close() {
    if (!open) return;
    open->moments.add(open->pending);
    insert(tree, Node{open->chunk, 0, open->moments});
    open.reset();
}

std::vector<MomentTree::Node> MomentTree::closed() const {
    std::vector<Node> nodes = tree;
    if (!open) return nodes;
    Moments moments = open->moments;
    moments.add(open->pending);
    const Node node{open->chunk, 0, moments};
    if (nodes.empty())
        nodes.push_back(node);
    else
        insert(nodes, node);
    return nodes;
}

bool MomentTree::begin(std::uint64_t chunk) {
    const bool behind_all = (!open || chunk > open->chunk) && (tree.empty() || chunk > last(tree.back()));
    if (!behind_all) {
        std::vector<Node> probe = closed();
        if (!insert(probe, Node{chunk, 0, {}})) return false;
    }
    close();
    open.emplace({chunk, {}, {}});
    return true;
}

bool MomentTree::add(std::uint64_t chunk, std::span<const double> values) {
    if ((!open || chunk != open->chunk) && !begin(chunk)) return false;
    auto& [number, moments, pending] = *open;
    while (!values.empty()) {
        if (pending.empty() && values.size() >= Moments::block) {
            const std::size_t whole = values.size() / Moments::block * Moments::block;
            moments.add(values.first(whole));
            values = values.subspan(whole);
            continue;
        }
        const std::size_t part = std::min(values.size(), Moments::block - pending.size());
        pending.insert(pending.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(part));
        values = values.subspan(part);
        if (pending.size() < Moments::block) break;
        moments.add(pending);
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
    if (!open && tree.size() == 1) return tree.front().moments;
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

bool MomentTree::take_node(std::string_view& in, Node& node) {
    return take(in, node.first) && take(in, node.level) && decode(in, node.moments) && node.level <= 63 &&
           node.first % (std::uint64_t{1} << node.level) == 0;
}

bool decode(std::string_view& in, MomentTree& out) {
    constexpr std::size_t node_size = 1 + 1 + 4 + 1 + 5 * 8;
    std::string_view rest = in;
    std::uint64_t count = 0;
    if (!take_tag(rest, "MTR1") || !take_count(rest, count, node_size)) return false;
    MomentTree read;
    for (std::uint64_t i = 0; i < count; ++i) {
        MomentTree::Node node{};
        if (!MomentTree::take_node(rest, node)) return false;
        // As written: ascending, and no siblings left to combine.
        if (!read.tree.empty() && read.tree.back().first >= node.first) return false;
        if (!MomentTree::insert(read.tree, node) || read.tree.size() != i + 1) return false;
    }
    out = std::move(read);
    in = rest;
    return true;
}

bool MomentTree::decode_total(std::string_view& in, Moments& out) {
    std::string_view rest = in;
    std::uint64_t count = 0;
    if (!take_tag(rest, "MTR1") || !take(rest, count)) return false;
    if (count == 1) {
        Node node{};
        if (!take_node(rest, node)) return false;
        out = node.moments;
        in = rest;
        return true;
    }
    MomentTree tree;
    if (!decode(in, tree)) return false;
    out = tree.total();
    return true;
}

} // namespace assay::stats
