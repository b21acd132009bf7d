#include "engine/row_spool.hpp"
#include "engine/arrow_check.hpp"
#include <algorithm>
#include <assay/bytes.hpp>
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <stdexcept>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

namespace assay::engine {

namespace {

constexpr std::size_t spool_write_bytes = std::size_t{1} << 20U;

enum class SpoolEntry : std::uint64_t { table_begin = 1, batch = 2, table_end = 3 };

struct SpoolHead {
    SpoolEntry entry;
    std::uint64_t bytes; ///< behind it, a multiple of 8
};

int open_nameless(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) return descriptor;
    std::string name = folder + "/assay-rows.XXXXXX";
    const int made = ::mkostemp(name.data(), O_CLOEXEC);
    if (made >= 0) ::unlink(name.c_str());
    return made;
}

void pad(std::string& out) { out.resize((out.size() + 7) / 8 * 8, '\0'); }

void put(std::string& out, const void* bytes, std::size_t size) {
    if (size > 0) out.append(static_cast<const char*>(bytes), size);
    pad(out);
}
void put(std::string& out, std::uint64_t number) { put(out, &number, sizeof number); }

/// Bits from any offset on, moved to begin at a byte.
void put_bits(std::string& out, const void* bits, std::int64_t offset, std::size_t rows) {
    const auto* from = static_cast<const std::uint8_t*>(bits);
    const auto first = static_cast<std::size_t>(offset);
    if (first % 8 == 0) return put(out, from + first / 8, (rows + 7) / 8);
    std::string moved((rows + 7) / 8, '\0');
    for (std::size_t i = 0; i < rows; ++i)
        if ((unsigned{from[(first + i) / 8]} >> (first + i) % 8 & 1U) != 0)
            moved[i / 8] = static_cast<char>(static_cast<unsigned char>(moved[i / 8]) | 1U << i % 8);
    put(out, moved.data(), moved.size());
}

void put_column(std::string& out, const ArrowArray& column, Type type, std::size_t rows) {
    const bool nulls = column.buffers[0] != nullptr && column.null_count != 0;
    put(out, nulls ? 1U : 0U);
    if (nulls) put_bits(out, column.buffers[0], column.offset, rows);
    if (type == Type::boolean) return put_bits(out, column.buffers[1], column.offset, rows);
    if (type != Type::text)
        return put(out, static_cast<const std::uint64_t*>(column.buffers[1]) + column.offset,
                   rows * sizeof(std::uint64_t));
    const auto* offsets = static_cast<const std::int32_t*>(column.buffers[1]) + column.offset;
    std::vector<std::int32_t> moved(rows + 1);
    for (std::size_t i = 0; i <= rows; ++i) moved[i] = offsets[i] - offsets[0];
    put(out, static_cast<std::uint64_t>(moved.back()));
    put(out, moved.data(), moved.size() * sizeof moved[0]);
    put(out, static_cast<const char*>(column.buffers[2]) + offsets[0], static_cast<std::size_t>(moved.back()));
}

[[noreturn]] void damaged() { throw std::runtime_error{"rows that were written cannot be read back"}; }

/// The bytes of one batch, and the Arrow structs that point into them.
class BatchInSpool {
  public:
    std::vector<std::uint64_t> words;

    /// Valid until the next call, or until `words` changes.
    const assay_batch& read(const std::vector<Type>& types) {
        at_ = 0;
        rows_ = number();
        if (rows_ > static_cast<std::uint64_t>(most_batch_rows)) damaged();
        batch_ = {};
        batch_.struct_size = sizeof batch_;
        batch_.chunk = number();
        batch_.first_row = number();
        const bool lines = number() != 0;
        batch_.status = static_cast<const std::uint8_t*>(bytes(rows_));
        if (lines) batch_.line = static_cast<const std::uint64_t*>(bytes(rows_ * 8));
        buffers_.assign(types.size() * 3, nullptr);
        columns_.assign(types.size(), {});
        children_.resize(types.size());
        for (std::size_t i = 0; i < types.size(); ++i) {
            read_column(columns_[i], &buffers_[i * 3], types[i]);
            children_[i] = &columns_[i];
        }
        array_ = {};
        array_.length = static_cast<std::int64_t>(rows_);
        array_.n_buffers = 1;
        array_.buffers = &no_buffer_;
        array_.n_children = static_cast<std::int64_t>(types.size());
        array_.children = children_.data();
        array_.release = [](ArrowArray* self) { self->release = nullptr; };
        if (!problem_of(array_, types).empty()) damaged();
        batch_.rows = &array_;
        return batch_;
    }

  private:
    const void* bytes(std::uint64_t size) {
        const std::uint64_t needed = size / 8 + (size % 8 != 0 ? 1 : 0);
        if (needed > words.size() - at_) damaged();
        const void* out = words.data() + at_;
        at_ += needed;
        return out;
    }
    std::uint64_t number() { return *static_cast<const std::uint64_t*>(bytes(8)); }
    void read_column(ArrowArray& column, const void** buffers, Type type) {
        column.length = static_cast<std::int64_t>(rows_);
        column.n_buffers = type == Type::text ? 3 : 2;
        column.buffers = buffers;
        column.release = [](ArrowArray* self) { self->release = nullptr; };
        if (number() != 0) {
            buffers[0] = bytes((rows_ + 7) / 8);
            column.null_count = -1;
        }
        if (type == Type::boolean) {
            buffers[1] = bytes((rows_ + 7) / 8);
        } else if (type != Type::text) {
            buffers[1] = bytes(rows_ * 8);
        } else {
            const std::uint64_t size = number();
            const auto* offsets = static_cast<const std::int32_t*>(bytes((rows_ + 1) * sizeof(std::int32_t)));
            buffers[1] = offsets;
            buffers[2] = bytes(size);
            if (offsets[0] != 0 || offsets[rows_] < 0 || static_cast<std::uint64_t>(offsets[rows_]) != size) damaged();
        }
    }
    std::size_t at_ = 0;
    std::uint64_t rows_ = 0;
    assay_batch batch_{};
    ArrowArray array_{};
    const void* no_buffer_ = nullptr;
    std::vector<ArrowArray> columns_;
    std::vector<ArrowArray*> children_;
    std::vector<const void*> buffers_;
};

/// Reads an artifact's extents one after another.
class ExtentReader {
  public:
    ExtentReader(const RowSpool& spool, const std::vector<Extent>& extents) : spool_{spool}, extents_{extents} {
        for (const auto& extent : extents) left_ += extent.bytes;
    }
    std::uint64_t left() const { return left_; }
    void read(void* to, std::size_t size) {
        if (size > left_) damaged();
        left_ -= size;
        for (auto* out = static_cast<char*>(to); size > 0;) {
            const Extent& extent = extents_[index_];
            const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, extent.bytes - in_extent_));
            spool_.read(extent.begin + in_extent_, out, part);
            out += part;
            size -= part;
            if ((in_extent_ += part) == extent.bytes) ++index_, in_extent_ = 0;
        }
    }

  private:
    const RowSpool& spool_;
    const std::vector<Extent>& extents_;
    std::size_t index_ = 0;
    std::uint64_t in_extent_ = 0, left_ = 0;
};

std::vector<Type> types_of(const plan::TablePlan& plan) {
    std::vector<Type> types;
    for (const auto& column : plan.columns) types.push_back(column.type);
    return types;
}

} // namespace

std::string encode(const std::vector<Extent>& extents) {
    std::string out;
    for (const auto& extent : extents) {
        put(out, extent.begin);
        put(out, extent.bytes);
    }
    return out;
}

std::vector<Extent> decode_extents(std::string_view text) {
    std::vector<Extent> extents(text.size() / sizeof(Extent));
    if (text.size() % sizeof(Extent) != 0) return {};
    if (!extents.empty()) std::memcpy(extents.data(), text.data(), text.size());
    return extents;
}

RowSpool::RowSpool(const std::string& folder) : descriptor_{open_nameless(folder)} {
    if (descriptor_ < 0) {
        boost::system::error_code error;
        const auto temporary = boost::filesystem::temp_directory_path(error);
        if (!error) descriptor_ = open_nameless(temporary.string());
    }
    if (descriptor_ < 0)
        throw std::system_error{errno, std::generic_category(), "no room for rows in '" + folder + "'"};
    void* memory = ::mmap(nullptr, sizeof *end_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        const int code = errno;
        ::close(descriptor_);
        throw std::system_error{code, std::generic_category(), "memory for workers"};
    }
    end_ = new (memory) std::atomic<std::uint64_t>{0};
}

RowSpool::~RowSpool() {
    ::munmap(end_, sizeof *end_);
    ::close(descriptor_);
}

Extent RowSpool::append(std::string_view bytes) {
    const Extent extent{end_->fetch_add(bytes.size()), bytes.size()};
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t wrote =
            ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(extent.begin + done));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) throw std::system_error{errno, std::generic_category(), "rows cannot be kept"};
        done += static_cast<std::size_t>(wrote);
    }
    return extent;
}

void RowSpool::read(std::uint64_t at, void* to, std::size_t size) const {
    for (std::size_t done = 0; done < size;) {
        const ssize_t got =
            ::pread(descriptor_, static_cast<char*>(to) + done, size - done, static_cast<off_t>(at + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::system_error{errno, std::generic_category(), "rows cannot be read back"};
        if (got == 0) damaged();
        done += static_cast<std::size_t>(got);
    }
}

void SpoolWriter::table_begin(std::size_t place, const plan::TablePlan& plan) {
    types_ = types_of(plan);
    put(buffer_, static_cast<std::uint64_t>(SpoolEntry::table_begin));
    put(buffer_, sizeof(std::uint64_t));
    put(buffer_, place);
}

void SpoolWriter::batch(const assay_batch& batch) {
    const auto rows = static_cast<std::size_t>(batch.rows->length);
    put(buffer_, static_cast<std::uint64_t>(SpoolEntry::batch));
    const std::size_t size_at = buffer_.size();
    put(buffer_, std::uint64_t{0});
    const std::size_t from = buffer_.size();
    put(buffer_, rows);
    put(buffer_, batch.chunk);
    put(buffer_, batch.first_row);
    put(buffer_, batch.line ? 1U : 0U);
    put(buffer_, batch.status, rows);
    if (batch.line) put(buffer_, batch.line, rows * sizeof(std::uint64_t));
    for (std::size_t i = 0; i < types_.size(); ++i) put_column(buffer_, *batch.rows->children[i], types_[i], rows);
    const std::uint64_t size = buffer_.size() - from;
    std::memcpy(buffer_.data() + size_at, &size, sizeof size);
    if (buffer_.size() >= spool_write_bytes) flush();
}

void SpoolWriter::table_end() {
    put(buffer_, static_cast<std::uint64_t>(SpoolEntry::table_end));
    put(buffer_, std::uint64_t{0});
}

void SpoolWriter::start_over() {
    buffer_.clear();
    extents_.clear(); // what they held stays in the file, and nobody reads it
}

std::vector<Extent> SpoolWriter::finish() {
    flush();
    return std::move(extents_);
}

void SpoolWriter::flush() {
    if (buffer_.empty()) return;
    const Extent extent = spool_.append(buffer_);
    buffer_.clear();
    if (!extents_.empty() && extents_.back().begin + extents_.back().bytes == extent.begin)
        extents_.back().bytes += extent.bytes;
    else
        extents_.push_back(extent);
}

std::int32_t take_rows(const RowSpool& spool, const std::vector<Extent>& extents,
                       const std::vector<TableContent>& tables, const SpoolTaker& taker) {
    ExtentReader reader{spool, extents};
    BatchInSpool batch;
    std::vector<Type> types;
    std::optional<plan::AbiTable> abi;
    std::int32_t code = ASSAY_OK;
    while (reader.left() > 0 && code == ASSAY_OK) {
        SpoolHead head{};
        reader.read(&head, sizeof head);
        if (head.bytes > reader.left() || head.bytes % 8 != 0) damaged();
        batch.words.resize(head.bytes / 8);
        reader.read(batch.words.data(), head.bytes);
        if (head.entry == SpoolEntry::table_begin) {
            if (batch.words.empty() || batch.words[0] >= tables.size()) damaged();
            const plan::TablePlan& plan = *tables[batch.words[0]].plan;
            types = types_of(plan);
            code = taker.table_begin(batch.words[0], *abi.emplace(plan).get());
        } else if (head.entry == SpoolEntry::batch && abi) {
            code = taker.batch(batch.read(types));
        } else if (head.entry == SpoolEntry::table_end && abi) {
            abi.reset();
            code = taker.table_end();
        } else {
            damaged();
        }
    }
    return code;
}

} // namespace assay::engine
