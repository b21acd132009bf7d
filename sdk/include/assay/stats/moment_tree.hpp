// Moments kept per chunk of the content and combined along the aligned binary tree over chunk index. The state is a
// function of the set of (chunk, values in row order): same bits whoever folded which chunk, in any order of merging.
// Two siblings combine as soon as both are there, so that a stream of ascending chunks holds O(log n) nodes.
#pragma once
#include <assay/stats/boxed.hpp>
#include <assay/stats/moments.hpp>
#include <cstdint>
#include <vector>

namespace assay::stats {

class MomentTree {
  public:
    // The values of a chunk come in row order, one chunk after another; how they are cut into calls does not matter.
    // False, and nothing added: the chunk was finished before (by a later chunk, `insert` or `merge`).
    bool add(std::uint64_t chunk, std::span<const double> values);
    bool add(std::uint64_t chunk, double value) {
        if (!open || chunk != open->chunk || open->pending.size() + 1 >= Moments::block) return add(chunk, {&value, 1});
        open->pending.push_back(value);
        return true;
    }

    // All values of a chunk: nothing is kept until it ends. False: already there.
    bool add_whole(std::uint64_t chunk, std::span<const double> values) {
        Moments all;
        all.add(values);
        return insert(chunk, all);
    }

    // A whole chunk. An empty one may be noted too, so that its sibling need not wait for it. False: already there.
    bool insert(std::uint64_t chunk, const Moments& moments);

    // Chunks of the other tree, which must not be in this one: else false, and nothing is changed.
    bool merge(const MomentTree& other);

    Moments total() const;
    std::size_t nodes() const { return tree.size(); }

    friend void encode(std::string& out, const MomentTree&);
    friend bool decode(std::string_view& in, MomentTree& out);
    // What total() of a saved tree gives; most have one node, which needs no tree.
    static bool decode_total(std::string_view& in, Moments& out);

  private:
    struct Node { // of the chunks [first, first + 2^level)
        std::uint64_t first;
        std::uint8_t level;
        Moments moments;
    };
    static std::uint64_t last(const Node& node) { return node.first + ((std::uint64_t{1} << node.level) - 1); }
    static std::uint64_t sibling(const Node& node) { return node.first ^ (std::uint64_t{1} << node.level); }
    static bool insert(std::vector<Node>& tree, const Node& node);
    struct Open { // the chunk whose values are coming in
        std::uint64_t chunk;
        Moments moments;
        std::vector<double> pending; // values that do not fill a block yet
    };
    static bool take_node(std::string_view& in, Node& node);
    void close();                     // the open chunk becomes a node
    std::vector<Node> closed() const; // the tree with the open chunk in it
    bool begin(std::uint64_t chunk);

    std::vector<Node> tree; // by `first`, disjoint
    Boxed<Open> open;       // trees that were read back have none
};

} // namespace assay::stats
