#include <intake/decompress.hpp>

#include <intake/read_error.hpp>
#include <intake/zstd_frames.hpp>

#include <boost/iostreams/filter/bzip2.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <boost/iostreams/read.hpp>

#include <array>
#include <cstdlib>

namespace assay::intake {
namespace {

namespace io = boost::iostreams;
using namespace std::string_view_literals;

constexpr std::streamsize buffer_bytes = 65'536;

constexpr std::size_t shortest_gzip = 20; // header 10, an empty block 2, checksum and length 8

// The values of liblzma's and libzstd's codes for a stream that needs too much memory, and of liblzma's for one that
// stops early; Boost.Iostreams names only some of them.
constexpr int lzma_memory_limit = 6, lzma_buffer_error = 10, zstd_window_too_large = 16;

// Where the compressed bytes come from, as Boost.Iostreams asks for them. Copied into the chain, hence the reference.
struct CompressedDevice {
    using char_type = char;
    using category = io::source_tag;
    std::function<std::streamsize(char*, std::streamsize)> next;
    std::streamsize read(char* buffer, std::streamsize size) const { return next(buffer, size); }
};

class BoostDecompressor : public Decompressor {
  public:
    BoostDecompressor(Compression kind, CompressedBytes bytes) : compression(kind), compressed(std::move(bytes)) {
        const int size = static_cast<int>(buffer_bytes);
        if (kind == Compression::gzip) chain.push(io::gzip_decompressor(io::gzip::default_window_bits, size), size);
        if (kind == Compression::bzip2) chain.push(io::bzip2_decompressor(false, size), size);
        if (kind == Compression::xz) chain.push(io::lzma_decompressor(size), size);
        if (kind == Compression::zstd) chain.push(io::zstd_decompressor(size), size);
        chain.push(CompressedDevice{[this](char* to, std::streamsize n) { return pull(to, n); }}, size);
    }

    std::size_t read(char* buffer, std::size_t size) override {
        const std::size_t got = translate_errors([&] { return read_chain(buffer, size); });
        if (got < size && compression == Compression::zstd && !frames.between_frames()) truncated();
        return got;
    }

  private:
    [[noreturn]] static void truncated() {
        throw ReadError("truncated", "the compressed stream ends before its content does");
    }
    [[noreturn]] static void corrupt(std::string_view why) {
        throw ReadError("corrupt", "the compressed stream is damaged: " + std::string(why));
    }
    [[noreturn]] static void needs_memory() {
        throw ReadError("too-large", "decompressing needs more working memory than is allowed");
    }

    std::streamsize pull(char* to, std::streamsize n) {
        const std::size_t got = compressed(to, static_cast<std::size_t>(n));
        taken += got;
        if (compression == Compression::zstd) frames.follow({to, got});
        return got == 0 ? -1 : static_cast<std::streamsize>(got);
    }

    std::size_t read_chain(char* buffer, std::size_t size) {
        std::size_t have = 0;
        while (have < size) {
            const std::streamsize got = io::read(chain, buffer + have, static_cast<std::streamsize>(size - have));
            if (got <= 0) break;
            have += static_cast<std::size_t>(got);
        }
        return have;
    }

    template <class Read> std::size_t translate_errors(Read&& body) {
        try {
            return body();
        } catch (const io::gzip_error& error) {
            gzip_failed(error);
        } catch (const io::zlib_error& error) {
            if (error.error() == io::zlib::buf_error) truncated();
            corrupt("invalid deflate data");
        } catch (const io::bzip2_error& error) {
            if (error.error() == io::bzip2::unexpected_eof) truncated();
            corrupt(error.error() == io::bzip2::data_error_magic ? "no bzip2 stream where one should begin"
                                                                 : "a block's checksum or data is wrong");
        } catch (const io::lzma_error& error) {
            if (error.error() == lzma_buffer_error) truncated();
            if (error.error() == lzma_memory_limit) needs_memory();
            corrupt("invalid xz data or checksum");
        } catch (const io::zstd_error& error) {
            if (std::abs(error.error()) == zstd_window_too_large) needs_memory();
            corrupt(std::string_view(error.what()).substr(0, std::string_view(error.what()).find(": iostream")));
        }
    }

    [[noreturn]] void gzip_failed(const io::gzip_error& error) const {
        if (error.error() == io::gzip::zlib_error && error.zlib_error_code() == io::zlib::buf_error) truncated();
        if (error.error() == io::gzip::bad_footer) truncated();
        if (error.error() == io::gzip::bad_header && taken < shortest_gzip) truncated();
        if (error.error() == io::gzip::bad_header) corrupt("a header is incomplete, or what follows is not gzip");
        if (error.error() == io::gzip::bad_crc) corrupt("the checksum is wrong");
        if (error.error() == io::gzip::bad_length) corrupt("the length is wrong");
        corrupt("invalid deflate data");
    }

    Compression compression;
    CompressedBytes compressed;
    ZstdFrames frames;
    std::size_t taken = 0; // compressed bytes
    io::filtering_streambuf<io::input> chain;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> archive_suffixes{
    {{".tgz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"}}};

std::string_view suffix_of(Compression compression) {
    switch (compression) {
    case Compression::gzip: return ".gz";
    case Compression::zstd: return ".zst";
    case Compression::xz: return ".xz";
    case Compression::bzip2: return ".bz2";
    case Compression::none: break;
    }
    return "";
}

} // namespace

Compression detect_compression(std::string_view head) {
    if (head.starts_with("\x1f\x8b\x08"sv)) return Compression::gzip;
    if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return Compression::zstd;
    if (head.starts_with("\xfd"
                         "7zXZ\0"sv)) {
        return Compression::xz;
    }
    // "BZh", the level, then the first block's magic number (pi) or that of the end (the root of pi).
    const bool bzip2 = head.size() >= 10 && head.starts_with("BZh") && head[3] >= '1' && head[3] <= '9';
    const std::string_view block = bzip2 ? head.substr(4, 6) : "";
    if (block == "\x31\x41\x59\x26\x53\x59"sv || block == "\x17\x72\x45\x38\x50\x90"sv) return Compression::bzip2;
    return Compression::none;
}

std::string inner_name(std::string_view name, Compression compression) {
    if (compression == Compression::none) return std::string(name);
    const std::string_view suffix = suffix_of(compression);
    if (name.ends_with(suffix) && name.size() > suffix.size()) {
        return std::string(name.substr(0, name.size() - suffix.size()));
    }
    for (const auto& [archive, inner] : archive_suffixes) {
        if (name.ends_with(archive) && name.size() > archive.size()) {
            return std::string(name.substr(0, name.size() - archive.size())) + std::string(inner);
        }
    }
    return std::string(name);
}

std::unique_ptr<Decompressor> make_decompressor(Compression compression, CompressedBytes compressed) {
    return std::make_unique<BoostDecompressor>(compression, std::move(compressed));
}

} // namespace assay::intake
