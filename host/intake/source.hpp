#pragma once

#include <intake/decompress.hpp>
#include <intake/padded_bytes.hpp>
#include <intake/raw_file.hpp>
#include <intake/read_error.hpp>

#include <assay/abi.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::intake {

struct Found;

/// How far a content is followed. All in bytes but `ratio`.
struct ReadLimits {
    std::uint64_t ratio = 1000;                                  // decompressed to compressed ("ratio-limit")
    std::uint64_t ratio_applies_above = std::uint64_t{16} << 20; // less content than this harms nobody
    std::uint64_t decompressed = std::uint64_t{64} << 30;        // "too-large"
    std::uint64_t view = std::uint64_t{2} << 30;                 // `view` only ("too-large")
};

/// The bytes of one artifact: decompressed for whoever parses it, raw for its digest. Small files are read once.
/// Errors are ReadError; but for a view that is too large, a failed source stays failed. Used by one thread at a time.
class Source {
  public:
    explicit Source(const Found& found, ReadLimits limits = {});
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    /// The file's own name, printable, without the suffix of its compression.
    const std::string& name() const { return content_name; }
    Compression compression() const { return kind; }
    /// Of the file.
    std::uint64_t size() const { return file.size(); }
    /// Of the content; none while it is compressed and was not read to its end.
    std::optional<std::uint64_t> content_size() const { return total; }

    /// The first bytes of the content, `count` if it has as many. Valid until a larger head or a view is asked for.
    std::string_view head(std::size_t count);
    /// Bytes copied, fewer than `count` only at the end. Forward is fast; back in compressed content starts again.
    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t count);
    /// Shows what each read_at gives, from here on.
    using Watch = std::function<void(std::uint64_t offset, std::string_view bytes)>;
    void watch_reads(Watch watch_by) { watch = std::move(watch_by); }
    /// The whole content, followed by 64 zero bytes. Valid as long as the source.
    std::string_view view();

    /// The first bytes of the file itself that are in memory anyway: all of them, if it is small.
    std::string_view raw_head() const { return first_bytes.view(); }
    std::size_t read_raw(std::uint64_t offset, void* buffer, std::size_t count);

    /// This source as a plugin sees it; it borrows the source.
    void fill(assay_input& input);
    /// What went wrong while reading, also where a plugin kept it to itself.
    const std::optional<ReadError>& failure() const { return failed; }

  private:
    template <class Body> auto guarded(Body&& body);
    // What is held of the content from its start on: the file's own bytes unless it is compressed.
    PaddedBytes& prefix() { return kind == Compression::none ? first_bytes : first_content; }
    bool prefix_is_all() { return total && prefix().size() == *total; }
    void grow_prefix(std::uint64_t count);
    std::size_t read_content(std::uint64_t offset, char* buffer, std::size_t count);
    void open_stream_at(std::uint64_t offset);
    std::size_t decompress(char* buffer, std::size_t count);
    bool fill_window(std::uint64_t offset);
    bool in_window(std::uint64_t offset) const;

    RawFile file;
    ReadLimits limits;
    Compression kind = Compression::none;
    std::string content_name;
    std::optional<std::uint64_t> total;
    std::optional<ReadError> failed;
    Watch watch;
    PaddedBytes first_bytes, first_content;

    std::unique_ptr<Decompressor> stream;
    std::uint64_t stream_raw = 0;    // compressed bytes the stream has taken
    std::uint64_t stream_offset = 0; // content bytes it has given

    std::unique_ptr<char[]> window; // content somewhere behind the prefix, for small reads
    std::uint64_t window_offset = 0;
    std::size_t window_size = 0;
};

} // namespace assay::intake
