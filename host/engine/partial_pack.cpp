#include "engine/partial_pack.hpp"
#include "engine/sealed.hpp"
#include <assay/bytes.hpp>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <span>

namespace assay::engine {

namespace {

namespace io = boost::iostreams;

constexpr std::streamsize zstd_buffer = std::streamsize{1} << 17U;
constexpr int zstd_level = 1;

void compress(std::string_view raw, std::string& out) {
    io::filtering_ostream chain;
    chain.push(io::zstd_compressor(io::zstd_params{zstd_level}, zstd_buffer), zstd_buffer);
    chain.push(io::back_inserter(out));
    chain.write(raw.data(), static_cast<std::streamsize>(raw.size()));
}

/// Fills `raw`, whose size is that of the content.
bool decompress(std::string_view bytes, std::span<char> raw) {
    io::filtering_istream chain;
    chain.push(io::zstd_decompressor(zstd_buffer), zstd_buffer);
    chain.push(io::array_source{bytes.data(), bytes.size()});
    chain.read(raw.data(), static_cast<std::streamsize>(raw.size()));
    return static_cast<std::size_t>(chain.gcount()) == raw.size();
}

} // namespace

void PartialPack::add(const Partial& partial) {
    ByteWriter{bytes_}.put_written([&](std::string& out) { encode(partial, plans_, out); });
    ++count_;
}

std::string PartialPack::take() {
    std::string body;
    ByteWriter{body}.put(static_cast<std::uint64_t>(bytes_.size()));
    compress(bytes_, body);
    bytes_.clear();
    plans_ = {};
    count_ = 0;
    return seal(std::move(body));
}

Unpacked unpack(std::string_view blob, std::string& room) {
    Unpacked out;
    const auto body = unseal(blob);
    if (!body) return out;
    ByteReader front{*body};
    const auto size = front.get<std::uint64_t>();
    if (room.size() < size) room.resize(size);
    if (!front.ok() || !decompress(front.rest(), std::span{room}.first(size))) return out;
    std::vector<std::string_view> partials;
    ByteReader in{std::string_view{room}.substr(0, size)};
    bool whole = true;
    while (whole && in.ok() && !in.rest().empty()) {
        partials.push_back(in.text());
        whole = take_plans_of(partials.back(), out.plans);
    }
    if (whole && in.ok()) out.partials = std::move(partials);
    return out;
}

} // namespace assay::engine
