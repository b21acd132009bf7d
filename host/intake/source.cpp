#include <intake/source.hpp>

#include <intake/discover.hpp>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace assay::intake {
namespace {

constexpr std::size_t small_file = std::size_t{1} << 20;  // read whole, once
constexpr std::size_t first_read = std::size_t{64} << 10; // of larger files
constexpr std::size_t window_bytes = std::size_t{256} << 10;
constexpr std::size_t small_read = std::size_t{16} << 10; // larger ones are not worth a copy
constexpr std::size_t stream_step = std::size_t{1} << 20; // limits are checked at least this often

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

ReadError too_large(const char* what, std::uint64_t limit) {
    return {"too-large", std::string(what) + " exceeds the limit of " + std::to_string(limit) + " bytes"};
}

int32_t report(assay_error* error, std::string_view reason, std::string_view message) {
    if (error && error->set) error->set(error, {reason.data(), reason.size()}, {message.data(), message.size()});
    return ASSAY_FAILED;
}

// Nothing thrown may reach a plugin.
template <class Body> int32_t answer(assay_error* error, Body&& body) {
    try {
        body();
        return ASSAY_OK;
    } catch (const ReadError& failure) {
        return report(error, failure.reason(), failure.what());
    } catch (const std::bad_alloc&) {
        return report(error, "too-large", "there is not enough memory for the content");
    } catch (const std::exception& failure) {
        return report(error, "unreadable", failure.what());
    }
}

Source& source_of(assay_input* input) { return *static_cast<Source*>(input->self); }

int32_t input_read_at(assay_input* input, uint64_t offset, void* buffer, size_t size, size_t* got, assay_error* error) {
    *got = 0;
    return answer(error, [&] { *got = source_of(input).read_at(offset, buffer, size); });
}

int32_t input_view(assay_input* input, assay_str* out, assay_error* error) {
    *out = {nullptr, 0};
    return answer(error, [&] {
        const std::string_view all = source_of(input).view();
        *out = {all.data(), all.size()};
    });
}

} // namespace

Source::Source(const Found& found, ReadLimits read_limits) : file(found), limits(read_limits) {
    const auto first =
        static_cast<std::size_t>(file.size() <= small_file ? file.size() : static_cast<std::uint64_t>(first_read));
    first_bytes.reserve(first);
    first_bytes.append(file.read_at(0, first_bytes.end(), first));
    kind = detect_compression(first_bytes.view());
    content_name = inner_name(last_name(found.path), kind);
    if (kind == Compression::none) total = file.size();
}

// Runs `body`; a ReadError is kept, so that the source fails alike from then on.
template <class Body> auto Source::guarded(Body&& body) {
    if (failed) throw ReadError(*failed);
    try {
        return body();
    } catch (const ReadError& error) {
        failed = error;
        throw;
    }
}

std::size_t Source::read_raw(std::uint64_t offset, void* buffer, std::size_t count) {
    return guarded([&] {
        if (offset >= first_bytes.size()) return file.read_at(offset, buffer, count);
        const std::size_t held =
            first_bytes.view().substr(static_cast<std::size_t>(offset)).copy(static_cast<char*>(buffer), count);
        return held + file.read_at(offset + held, static_cast<char*>(buffer) + held, count - held);
    });
}

std::string_view Source::head(std::size_t count) {
    guarded([&] { grow_prefix(count); });
    return prefix().view().substr(0, count);
}

std::string_view Source::view() {
    guarded([&] {
        if (!total) { // compressed: one byte beyond the limit is enough to know
            const std::uint64_t most = std::numeric_limits<std::size_t>::max() - 1024;
            grow_prefix(std::min(limits.view, most) + 1);
        }
    });
    if (prefix().size() > limits.view || (total && *total > limits.view)) throw too_large("the content", limits.view);
    guarded([&] { grow_prefix(*total); });
    return prefix().view();
}

void Source::grow_prefix(std::uint64_t count) {
    PaddedBytes& held = prefix();
    const auto wanted = static_cast<std::size_t>(total ? std::min(count, *total) : count);
    while (held.size() < wanted && !prefix_is_all()) {
        const std::size_t missing = wanted - held.size();
        if (held.size() == held.capacity()) {
            // The size of compressed content is not known: double, rather than take all that was allowed.
            held.reserve(total ? wanted : held.size() + std::min(missing, std::max(held.size(), window_bytes)));
        }
        const std::size_t step = std::min(missing, held.capacity() - held.size());
        if (kind == Compression::none) {
            held.append(file.read_at(held.size(), held.end(), step));
        } else {
            open_stream_at(held.size());
            held.append(decompress(held.end(), std::min(step, stream_step)));
        }
    }
    if (held.capacity() == 0) held.reserve(0); // so that a view of nothing is padded too
}

std::size_t Source::read_at(std::uint64_t offset, void* buffer, std::size_t count) {
    return guarded([&] {
        auto* const to = static_cast<char*>(buffer);
        std::size_t have = 0;
        while (have < count) {
            const std::size_t got = read_content(offset + have, to + have, count - have);
            if (got == 0) break;
            have += got;
        }
        if (watch && have > 0) watch(offset, {to, have});
        return have;
    });
}

// Some of the bytes: from what is held, from the window, or straight into the buffer if many are wanted.
std::size_t Source::read_content(std::uint64_t offset, char* buffer, std::size_t count) {
    if (offset < prefix().size()) return prefix().view().substr(static_cast<std::size_t>(offset)).copy(buffer, count);
    if (total && offset >= *total) return 0;
    if (in_window(offset) || (count < small_read && fill_window(offset))) {
        const auto begin = static_cast<std::size_t>(offset - window_offset);
        return std::string_view(window.get() + begin, window_size - begin).copy(buffer, count);
    }
    if (kind == Compression::none) return file.read_at(offset, buffer, count);
    open_stream_at(offset);
    return stream_offset == offset ? decompress(buffer, std::min(count, stream_step)) : 0;
}

bool Source::in_window(std::uint64_t offset) const {
    return offset >= window_offset && offset - window_offset < window_size;
}

bool Source::fill_window(std::uint64_t offset) {
    if (!window) window = std::make_unique_for_overwrite<char[]>(window_bytes);
    window_size = 0;
    if (kind == Compression::none) {
        window_size = file.read_at(offset, window.get(), window_bytes);
    } else {
        open_stream_at(offset);
        if (stream_offset == offset) window_size = decompress(window.get(), window_bytes);
    }
    window_offset = offset;
    return window_size > 0;
}

// Afterwards the stream stands at `offset`, or at the content's end if that comes first.
void Source::open_stream_at(std::uint64_t offset) {
    if (!stream || stream_offset > offset) {
        stream_raw = stream_offset = 0;
        stream = make_decompressor(kind, [this](char* to, std::size_t n) {
            const std::size_t got = read_raw(stream_raw, to, n);
            stream_raw += got;
            return got;
        });
    }
    if (stream_offset == offset) return;
    const auto skipped = std::make_unique_for_overwrite<char[]>(window_bytes);
    while (stream_offset < offset) {
        const std::uint64_t left = offset - stream_offset;
        if (decompress(skipped.get(), static_cast<std::size_t>(std::min<std::uint64_t>(left, window_bytes))) == 0) {
            return;
        }
    }
}

std::size_t Source::decompress(char* buffer, std::size_t count) {
    const std::size_t got = stream->read(buffer, count);
    stream_offset += got;
    if (got < count) total = stream_offset;
    if (stream_offset > limits.decompressed) throw too_large("the decompressed content", limits.decompressed);
    if (stream_offset > limits.ratio_applies_above && stream_offset / limits.ratio > size()) {
        throw ReadError("ratio-limit", "decompresses to more than " + std::to_string(limits.ratio) + " times its size");
    }
    return got;
}

void Source::fill(assay_input& input) {
    input = {};
    input.struct_size = sizeof(assay_input);
    input.self = this;
    input.name = {content_name.data(), content_name.size()};
    input.size = total.value_or(ASSAY_UNKNOWN);
    input.read_at = input_read_at;
    input.view = input_view;
}

} // namespace assay::intake
