#include "engine/partial_file.hpp"
#include "intake/sha256.hpp"
#include <algorithm>
#include <assay/bytes.hpp>

namespace assay::engine {

namespace {

constexpr std::string_view mark = "assay partials 3\n", any_mark = "assay partials ";
constexpr std::size_t digest_bytes = 64;

std::string digest_of(std::string_view bytes) { return intake::hex(intake::sha256(bytes)); }

void put(ByteWriter& out, const std::vector<std::string>& texts) {
    out.put(static_cast<std::uint64_t>(texts.size()));
    for (const auto& text : texts) out.put(text);
}

std::vector<std::string> get_texts(ByteReader& in) {
    std::vector<std::string> out;
    const auto n = in.count(8);
    for (std::uint64_t i = 0; i < n && in.ok(); ++i) out.emplace_back(in.text());
    return out;
}

void put(ByteWriter& out, const Placed& placed) {
    const intake::Found& found = placed.found;
    out.put(found.path).put(found.bytes).put(found.modified_us).put(static_cast<std::int32_t>(found.kind));
    out.put(found.reason_code).put(found.reason);
    std::string partial;
    encode(placed.partial, partial);
    out.put(partial);
}

std::optional<Placed> get_placed(ByteReader& in) {
    intake::Found found;
    found.path = in.text();
    found.bytes = in.get<std::uint64_t>();
    found.modified_us = in.get<std::int64_t>();
    const auto kind = in.get<std::int32_t>();
    if (kind < 0 || kind > static_cast<std::int32_t>(intake::FileKind::unreadable)) return std::nullopt;
    found.kind = static_cast<intake::FileKind>(kind);
    found.reason_code = in.text();
    found.reason = in.text();
    auto partial = decode_partial(in.text());
    if (!in.ok() || !partial) return std::nullopt;
    return Placed{std::move(found), std::move(*partial)};
}

std::optional<PartialFile> get_file(std::string_view payload) {
    ByteReader in{payload};
    PartialFile file;
    file.shard.index = in.get<std::uint64_t>();
    file.shard.count = in.get<std::uint64_t>();
    if (file.shard.index < 1 || file.shard.index > file.shard.count) return std::nullopt;
    file.made_with = get_texts(in);
    file.tree = in.text();
    file.tree_files = in.get<std::uint64_t>();
    file.left_out.excluded = in.get<std::uint64_t>();
    file.left_out.hidden_folders = in.get<std::uint64_t>();
    file.trouble = get_texts(in);
    const auto n = in.count(8);
    for (std::uint64_t i = 0; i < n && in.ok(); ++i) {
        auto placed = get_placed(in);
        if (!placed) return std::nullopt;
        file.artifacts.push_back(std::move(*placed));
    }
    return in.at_end() ? std::optional{std::move(file)} : std::nullopt;
}

/// What a list says that the other does not.
std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    for (const auto& line : a)
        if (std::find(b.begin(), b.end(), line) == b.end()) return line;
    return {};
}

std::string numbers(const std::vector<std::uint64_t>& missing) {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(missing.size(), 10); ++i)
        out += (i > 0 ? ", " : "") + std::to_string(missing[i]);
    return missing.size() > 10 ? out + " and " + std::to_string(missing.size() - 10) + " more" : out;
}

} // namespace

std::string tree_digest(const std::vector<intake::Found>& files) {
    intake::Sha256 digest;
    for (const auto& found : files) digest.update(found.path + '\n');
    return intake::hex(digest.finish());
}

std::string encode(const PartialFile& file) {
    std::string payload;
    ByteWriter out{payload};
    out.put(file.shard.index).put(file.shard.count);
    put(out, file.made_with);
    out.put(file.tree).put(file.tree_files).put(file.left_out.excluded).put(file.left_out.hidden_folders);
    put(out, file.trouble);
    out.put(static_cast<std::uint64_t>(file.artifacts.size()));
    for (const auto& placed : file.artifacts) put(out, placed);
    const std::string digest = digest_of(payload);
    return std::string{mark}.append(payload).append(digest);
}

std::optional<PartialFile> decode_partial_file(std::string_view bytes, std::string& problem) {
    if (!bytes.starts_with(any_mark)) {
        problem = "is no file of partials";
    } else if (!bytes.starts_with(mark)) {
        problem = "is a file of partials of another format; this assay reads format 3";
    } else if (bytes.size() < mark.size() + digest_bytes) {
        problem = "ends early";
    } else {
        const auto payload = bytes.substr(mark.size(), bytes.size() - mark.size() - digest_bytes);
        if (digest_of(payload) != bytes.substr(bytes.size() - digest_bytes))
            problem = "is damaged or ends early: its checksum does not match";
        else if (auto file = get_file(payload))
            return file;
        else
            problem = "holds what this assay cannot read, though its checksum matches";
    }
    return std::nullopt;
}

std::optional<PartialFile> unite(std::vector<PartialFile> files, const std::vector<std::string>& names,
                                 std::string& problem) {
    std::vector<const std::string*> name_of(files.empty() ? 0 : files.front().shard.count, nullptr);
    for (std::size_t i = 0; i < files.size(); ++i) {
        const PartialFile &file = files[i], &first = files.front();
        const auto both = "'" + names[i] + "' and '" + names.front() + "' ";
        if (file.shard.count != first.shard.count)
            problem = both + "are of " + std::to_string(file.shard.count) + " and " +
                      std::to_string(first.shard.count) + " shards";
        else if (file.made_with != first.made_with)
            problem = both + "were not made in the same way: only one has " +
                      (first_difference(file.made_with, first.made_with).empty()
                           ? first_difference(first.made_with, file.made_with)
                           : first_difference(file.made_with, first.made_with));
        else if (file.tree != first.tree)
            problem = both + "are of different trees, of " + std::to_string(file.tree_files) + " and " +
                      std::to_string(first.tree_files) + " files";
        else if (const std::string*& known = name_of[file.shard.index - 1]; known != nullptr)
            problem = "shard " + std::to_string(file.shard.index) + " is there twice: '" + *known + "' and '" +
                      names[i] + "'";
        else
            known = &names[i];
        if (!problem.empty()) return std::nullopt;
    }
    std::vector<std::uint64_t> missing;
    for (std::size_t i = 0; i < name_of.size(); ++i)
        if (!name_of[i]) missing.push_back(i + 1);
    if (files.empty() || !missing.empty()) {
        problem = files.empty()
                      ? "no files of partials"
                      : "of " + std::to_string(name_of.size()) + " shards these are missing: " + numbers(missing);
        return std::nullopt;
    }
    PartialFile all = std::move(files.front());
    for (std::size_t i = 1; i < files.size(); ++i)
        std::move(files[i].artifacts.begin(), files[i].artifacts.end(), std::back_inserter(all.artifacts));
    std::sort(all.artifacts.begin(), all.artifacts.end(),
              [](const Placed& a, const Placed& b) { return a.found.path < b.found.path; });
    if (all.artifacts.size() != all.tree_files) {
        problem = "the shards hold " + std::to_string(all.artifacts.size()) + " of " + std::to_string(all.tree_files) +
                  " artifacts";
        return std::nullopt;
    }
    all.shard = {};
    return all;
}

} // namespace assay::engine
