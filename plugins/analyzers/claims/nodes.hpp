#pragma once
// A document's blocks as they are written: what is kept of one artifact.
#include <assay/analyzer.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::claims {

/// A block of a document, as the parser's table of nodes gives it.
struct KeptNode {
    std::string type, text, info, section;
    std::int64_t level = 0;
    std::uint64_t line = 0;
};

void add_nodes(const Batch& batch, std::vector<KeptNode>& nodes);
/// Joins what other chunks gave; any order gives the same.
void merge(std::vector<KeptNode>& nodes, std::vector<KeptNode> others);
void encode(std::string& out, const std::vector<KeptNode>& nodes);
std::optional<std::vector<KeptNode>> decode(std::string_view bytes);
/// From a partial as the host hands it out: skips what the SDK puts in front. Empty partial: no nodes.
std::optional<std::vector<KeptNode>> read_nodes(std::string_view partial);

} // namespace assay::claims
