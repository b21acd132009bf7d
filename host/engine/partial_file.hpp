#pragma once
// The partials of one shard of a tree as a file: what one machine leaves for `assay merge`. Little-endian; a line that
// names the format, the payload, its SHA-256.
#include "engine/corpus.hpp"
#include "engine/describe.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

/// One of `count` parts of a tree, from 1: every `count`th file in path order.
struct Shard {
    std::uint64_t index = 1, count = 1;
};

struct PartialFile {
    Shard shard;
    std::vector<std::string> made_with; ///< all that decides what is in a partial, a sentence each
    std::string tree;                   ///< digest of the paths of the whole tree
    std::uint64_t tree_files = 0;
    LeftOut left_out;
    std::vector<std::string> trouble; ///< inputs that are missing
    std::vector<Placed> artifacts;    ///< of the shard, in path order
};

std::string encode(const PartialFile& file);
/// Nothing, and in `problem` why, behind the file's name: "is no file of partials".
std::optional<PartialFile> decode_partial_file(std::string_view bytes, std::string& problem);

/// The artifacts of all shards in path order. Nothing, and in `problem` why, where shards are missing or given twice,
/// or belong to different trees, pipelines or plugins; `names` are the files', for the message.
std::optional<PartialFile> unite(std::vector<PartialFile> files, const std::vector<std::string>& names,
                                 std::string& problem);

/// Digest of a list of paths.
std::string tree_digest(const std::vector<intake::Found>& files);

} // namespace assay::engine
