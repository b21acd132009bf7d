#include "engine/known_files.hpp"
#include "engine/sealed.hpp"
#include <assay/bytes.hpp>

namespace assay::engine {

Stamp stamp_of(const intake::Found& found) { return {found.bytes, found.inode, found.modified_ns, found.changed_ns}; }

std::string encode(const std::vector<KnownFile>& files) {
    std::string bytes;
    ByteWriter out{bytes};
    out.put(static_cast<std::uint64_t>(files.size()));
    for (const auto& file : files) {
        out.put(file.name).put(file.sha256).put(file.stamp.bytes).put(file.stamp.inode);
        out.put(file.stamp.modified_ns).put(file.stamp.changed_ns).put(file.place.pack).put(file.place.at);
    }
    return seal(std::move(bytes));
}

std::optional<std::vector<KnownFile>> decode_known_files(std::string_view bytes) {
    const auto body = unseal(bytes);
    if (!body) return std::nullopt;
    ByteReader in{*body};
    std::vector<KnownFile> files(in.count(64));
    for (auto& file : files) {
        file.name = in.text();
        file.sha256 = in.text();
        file.stamp.bytes = in.get<std::uint64_t>();
        file.stamp.inode = in.get<std::uint64_t>();
        file.stamp.modified_ns = in.get<std::int64_t>();
        file.stamp.changed_ns = in.get<std::int64_t>();
        file.place.pack = in.get<std::int64_t>();
        file.place.at = in.get<std::uint64_t>();
    }
    return in.at_end() ? std::optional{std::move(files)} : std::nullopt;
}

} // namespace assay::engine
