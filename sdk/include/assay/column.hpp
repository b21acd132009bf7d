#pragma once
// Building and reading Arrow columns.
#include <algorithm>
#include <array>
#include <assay/abi.h>
#include <assay/failure.hpp>
#include <assay/strings.hpp>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

enum class Type : std::int32_t {
    boolean = ASSAY_TYPE_BOOL,
    integer = ASSAY_TYPE_INT,
    real = ASSAY_TYPE_FLOAT,
    text = ASSAY_TYPE_TEXT,
    time = ASSAY_TYPE_TIME ///< microseconds since 1970 UTC
};

inline const char* arrow_format(Type type) {
    switch (type) {
    case Type::boolean: return "b";
    case Type::integer: return "l";
    case Type::real: return "g";
    case Type::text: return "u";
    case Type::time: return "tsu:UTC";
    }
    return "u";
}

/// A column as a parser declares it; empty fields mean "not known here", and the host infers.
struct Field {
    std::string name;
    Type type = Type::text;
    std::string unit = {};      ///< UCUM: s, ms, By, {token}/s, %
    std::string role = {};      ///< metric, parameter, identifier, timestamp, status, text
    std::string direction = {}; ///< higher, lower
    std::string label = {};
    std::string pointer = {};    ///< JSON pointer pattern, `*` for the row
    bool untyped = false;        ///< text whose type the host decides
    bool document_scope = false; ///< repeated from the document around the table
};

namespace detail {

inline std::string arrow_metadata(std::span<const std::pair<std::string_view, std::string_view>> pairs) {
    std::string bytes;
    std::size_t size = sizeof(std::int32_t);
    for (const auto& [key, value] : pairs) size += 2 * sizeof(std::int32_t) + key.size() + value.size();
    bytes.reserve(size);
    const auto number = [&](std::size_t value) {
        const auto n = static_cast<std::int32_t>(value);
        bytes.append(reinterpret_cast<const char*>(&n), sizeof n);
    };
    number(pairs.size());
    for (const auto& [key, value] : pairs) {
        number(key.size());
        bytes += key;
        number(value.size());
        bytes += value;
    }
    return bytes;
}

struct SchemaStorage {
    std::string name, metadata;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
};

inline void release_schema(ArrowSchema* schema) {
    for (std::int64_t i = 0; i < schema->n_children; ++i)
        if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    delete static_cast<SchemaStorage*>(schema->private_data);
    schema->release = nullptr;
}

inline ArrowSchema make_schema_node(const char* format, std::unique_ptr<SchemaStorage> storage) {
    ArrowSchema schema{};
    schema.format = format;
    schema.name = storage->name.c_str();
    schema.metadata = storage->metadata.empty() ? nullptr : storage->metadata.data();
    schema.flags = ARROW_FLAG_NULLABLE;
    storage->pointers.reserve(storage->children.size());
    for (auto& child : storage->children) storage->pointers.push_back(&child);
    schema.n_children = static_cast<std::int64_t>(storage->pointers.size());
    schema.children = storage->pointers.data();
    schema.release = release_schema;
    schema.private_data = storage.release();
    return schema;
}

} // namespace detail

/// The Arrow schema of a table; the caller releases it.
inline ArrowSchema make_schema(const std::vector<Field>& fields) {
    auto root = std::make_unique<detail::SchemaStorage>();
    root->children.reserve(fields.size());
    for (const Field& field : fields) {
        auto node = std::make_unique<detail::SchemaStorage>();
        node->name = field.name;
        std::array<std::pair<std::string_view, std::string_view>, 7> pairs;
        std::size_t n_pairs = 0;
        const auto add = [&](std::string_view key, std::string_view value) {
            if (!value.empty()) pairs[n_pairs++] = {key, value};
        };
        add("assay.unit", field.unit);
        add("assay.role", field.role);
        add("assay.direction", field.direction);
        add("assay.label", field.label);
        add("assay.pointer", field.pointer);
        add("assay.untyped", field.untyped ? "1" : "");
        add("assay.scope", field.document_scope ? "document" : "");
        if (n_pairs > 0) node->metadata = detail::arrow_metadata(std::span{pairs}.first(n_pairs));
        root->children.push_back(detail::make_schema_node(arrow_format(field.type), std::move(node)));
    }
    return detail::make_schema_node("+s", std::move(root));
}

namespace detail {

/// Characters one behind the other. Room that is not used yet is not set.
class TextBuffer {
  public:
    static constexpr std::size_t behind = 16; ///< bytes that can be written behind those asked for
    std::size_t size() const { return used_; }
    const char* data() const { return used_ > 0 ? bytes_.get() : ""; }
    /// Where `size` more can be written, before take(size) counts them in.
    char* room_for(std::size_t size) {
        if (used_ + size + behind > room_) reserve(std::max(2 * room_, used_ + size));
        return bytes_.get() + used_;
    }
    void take(std::size_t size) { used_ += size; }
    void reserve(std::size_t room) {
        room_ = room + behind;
        auto larger = std::make_unique_for_overwrite<char[]>(room_);
        if (used_ > 0) std::memcpy(larger.get(), bytes_.get(), used_);
        bytes_ = std::move(larger);
    }

  private:
    std::unique_ptr<char[]> bytes_;
    std::size_t used_ = 0, room_ = 0;
};

} // namespace detail

/// Collects the cells of one column and hands them over as an Arrow array.
class ColumnBuilder {
  public:
    explicit ColumnBuilder(Type type) : type_{type} {
        if (type_ == Type::text) begin_text();
    }
    Type type() const { return type_; }
    std::int64_t size() const { return length_; }
    /// Bytes held, roughly; for deciding when a batch is large enough.
    std::size_t bytes() const { return type_ == Type::text ? text_.size() : static_cast<std::size_t>(length_) * 8; }

    void null() {
        if (type_ == Type::text)
            offsets_.push_back(static_cast<std::int32_t>(text_.size()));
        else
            push_word(0);
        lengthen();
        clear(static_cast<std::size_t>(length_ - 1));
    }
    void integer(std::int64_t value) { word(static_cast<std::uint64_t>(value)); }
    void time(std::int64_t microseconds) { word(static_cast<std::uint64_t>(microseconds)); }
    void boolean(bool value) { word(value ? 1 : 0); }
    void real(double value) { word(bits_of(value)); }
    /// Many cells of an integer, time or real column, none of them null; set and set_null change some of them. `words`:
    /// the bits of the values.
    void append_words(std::span<const std::uint64_t> words) {
        words_.insert(words_.end(), words.begin(), words.end());
        length_ += static_cast<std::int64_t>(words.size());
        if (null_count_ > 0) valid_.resize(static_cast<std::size_t>((length_ + 7) / 8), 0xFF);
    }
    template <class T> void set(std::size_t cell, T value) { words_[cell] = bits_of(value); }
    void set_null(std::size_t cell) {
        words_[cell] = 0;
        clear(cell);
    }
    /// Throws Failure where a batch would hold more than 2 GiB of text: Arrow's offsets end there.
    void text(std::string_view value) {
        if (value.size() > most_text - text_.size()) throw_too_much();
        char* const to = text_.room_for(value.size());
        if (!value.empty()) std::memcpy(to, value.data(), value.size());
        text_.take(value.size());
        offsets_.push_back(static_cast<std::int32_t>(text_.size()));
        lengthen();
    }

    /// Many texts at once: read(i) is one, or nothing. Behind each 16 bytes can be read, as short ones are copied
    /// whole.
    template <class Read> void append_texts(std::size_t count, Read read) {
        offsets_.resize(offsets_.size() + count);
        std::int32_t* const ends = offsets_.data() + length_ + 1;
        length_ += static_cast<std::int64_t>(count);
        if (null_count_ > 0) valid_.resize(static_cast<std::size_t>((length_ + 7) / 8), 0xFF);
        const std::size_t first = static_cast<std::size_t>(length_) - count;
        for (std::size_t i = 0; i < count; ++i) {
            if (const std::optional<std::string_view> text = read(i)) {
                if (text->size() > most_text - text_.size()) throw_too_much();
                char* const to = text_.room_for(text->size());
                std::memcpy(to, text->data(), text->size() <= text_.behind ? text_.behind : text->size());
                text_.take(text->size());
            } else {
                clear(first + i);
            }
            ends[i] = static_cast<std::int32_t>(text_.size());
        }
    }

    /// Moves the cells out and starts anew.
    ArrowArray finish() {
        auto storage = std::make_unique<Storage>();
        ArrowArray array{};
        array.length = length_;
        array.null_count = null_count_;
        storage->valid = std::exchange(valid_, {});
        if (type_ == Type::text) {
            storage->offsets.swap(offsets_);
            storage->text = std::exchange(text_, {});
            // The next batch is likely to be as large, where there is one: small ones are the last.
            if (length_ >= many) offsets_.reserve(storage->offsets.size());
            begin_text();
            if (length_ >= many) text_.reserve(storage->text.size());
            storage->buffers = {null_count_ ? storage->valid.data() : nullptr, storage->offsets.data(),
                                storage->text.data()};
        } else if (type_ == Type::boolean) {
            storage->truths.resize(static_cast<std::size_t>((length_ + 7) / 8));
            for (std::size_t i = 0; i < words_.size(); ++i)
                if (words_[i])
                    storage->truths[i / 8] = static_cast<std::uint8_t>(storage->truths[i / 8] | (1U << (i % 8)));
            words_.clear();
            storage->buffers = {null_count_ ? storage->valid.data() : nullptr, storage->truths.data()};
        } else {
            storage->words.swap(words_);
            if (length_ >= many) words_.reserve(storage->words.size());
            storage->buffers = {null_count_ ? storage->valid.data() : nullptr, storage->words.data()};
        }
        array.n_buffers = type_ == Type::text ? 3 : 2;
        array.buffers = storage->buffers.data();
        array.private_data = storage.release();
        array.release = [](ArrowArray* self) {
            delete static_cast<Storage*>(self->private_data);
            self->release = nullptr;
        };
        length_ = null_count_ = 0;
        return array;
    }

  private:
    template <class T> static std::uint64_t bits_of(T value) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        return bits;
    }
    struct Storage {
        std::vector<std::uint8_t> valid, truths;
        std::vector<std::uint64_t> words;
        std::vector<std::int32_t> offsets;
        detail::TextBuffer text;
        std::array<const void*, 3> buffers;
    };
    void begin_text() {
        if (offsets_.capacity() == 0) offsets_.reserve(few + 1);
        offsets_.push_back(0);
    }
    void word(std::uint64_t bits) {
        push_word(bits);
        lengthen();
    }
    void push_word(std::uint64_t bits) {
        if (words_.capacity() == 0) words_.reserve(few); // most tables are small: their columns grow no more
        words_.push_back(bits);
    }
    void lengthen() {
        ++length_;
        if (null_count_ > 0) valid_.resize(static_cast<std::size_t>((length_ + 7) / 8), 0xFF);
    }
    /// Makes a cell that is there null.
    void clear(std::size_t cell) {
        if (null_count_++ == 0) valid_.assign(static_cast<std::size_t>((length_ + 7) / 8), 0xFF);
        valid_[cell / 8] = static_cast<std::uint8_t>(valid_[cell / 8] & ~(1U << (cell % 8)));
    }

    [[noreturn]] static void throw_too_much() { throw Failure{"too-large", "more than 2 GiB of text in one batch"}; }

    static constexpr std::int64_t few = 16, many = 1024;  ///< rows
    static constexpr std::size_t most_text = 0x7FFFFFFFU; ///< bytes
    Type type_;
    std::int64_t length_ = 0, null_count_ = 0;
    std::vector<std::uint8_t> valid_;
    std::vector<std::uint64_t> words_;
    std::vector<std::int32_t> offsets_;
    detail::TextBuffer text_;
};

/// Joins finished columns of equal length to a record batch.
inline ArrowArray make_batch(std::vector<ArrowArray> columns, std::int64_t length) {
    struct Storage {
        std::vector<ArrowArray> columns;
        std::vector<ArrowArray*> pointers;
        const void* buffers[1] = {nullptr};
    };
    auto storage = std::make_unique<Storage>();
    storage->columns = std::move(columns);
    storage->pointers.reserve(storage->columns.size());
    for (auto& column : storage->columns) storage->pointers.push_back(&column);
    ArrowArray array{};
    array.length = length;
    array.n_buffers = 1;
    array.buffers = storage->buffers;
    array.n_children = static_cast<std::int64_t>(storage->pointers.size());
    array.children = storage->pointers.data();
    array.private_data = storage.release();
    array.release = [](ArrowArray* self) {
        auto* owned = static_cast<Storage*>(self->private_data);
        for (auto& column : owned->columns)
            if (column.release) column.release(&column);
        delete owned;
        self->release = nullptr;
    };
    return array;
}

/// Reads one column of a batch. Borrowed from the batch. `row` counts from 0 within the batch.
class ColumnView {
  public:
    ColumnView(const ArrowArray& batch, std::size_t column, Type type) : ColumnView{*batch.children[column], type} {
        offset_ += batch.offset;
    }
    ColumnView(const ArrowArray& array, Type type)
        : array_{&array}, type_{type}, offset_{array.offset}, valid_{
                                                                  static_cast<const std::uint8_t*>(array.buffers[0])} {}
    Type type() const { return type_; }
    bool has_nulls() const { return valid_ != nullptr && array_->null_count != 0; }
    bool is_null(std::size_t row) const { return valid_ != nullptr && !bit(valid_, row); }
    /// Calls use(row) for each of the first `rows` that is null; 64 are looked at together.
    template <class Use> void each_null(std::size_t rows, Use use) const {
        if (!has_nulls()) return;
        const auto begin = static_cast<std::size_t>(offset_);
        std::size_t row = 0;
        for (; begin % 8 == 0 && row + 64 <= rows; row += 64) {
            std::uint64_t nulls = 0;
            for (std::size_t byte = 0; byte < 8; ++byte)
                nulls |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(~valid_[(begin + row) / 8 + byte]))
                         << (8 * byte);
            for (; nulls != 0; nulls &= nulls - 1) use(row + static_cast<std::size_t>(std::countr_zero(nulls)));
        }
        for (; row < rows; ++row)
            if (!bit(valid_, row)) use(row);
    }
    bool boolean(std::size_t row) const { return bit(static_cast<const std::uint8_t*>(array_->buffers[1]), row); }
    std::int64_t integer(std::size_t row) const { return integers()[row]; }
    std::int64_t time(std::size_t row) const { return integers()[row]; }
    double real(std::size_t row) const { return reals()[row]; }
    /// Any numeric type as a double.
    double number(std::size_t row) const {
        if (type_ == Type::real) return real(row);
        return type_ == Type::boolean ? (boolean(row) ? 1 : 0) : static_cast<double>(integer(row));
    }
    std::string_view text(std::size_t row) const { return texts()(row); }
    /// For loops over many texts.
    struct Texts {
        const std::int32_t* offsets;
        const char* data;
        std::string_view operator()(std::size_t row) const {
            return {data + offsets[row], static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
        }
    };
    Texts texts() const {
        return {static_cast<const std::int32_t*>(array_->buffers[1]) + offset_,
                static_cast<const char*>(array_->buffers[2])};
    }
    /// The values themselves, nulls included, for loops over a whole batch.
    const double* reals() const { return static_cast<const double*>(array_->buffers[1]) + offset_; }
    const std::int64_t* integers() const { return static_cast<const std::int64_t*>(array_->buffers[1]) + offset_; }

  private:
    bool bit(const std::uint8_t* bits, std::size_t row) const {
        const std::size_t at = row + static_cast<std::size_t>(offset_);
        return (bits[at / 8] >> (at % 8) & 1U) != 0;
    }
    const ArrowArray* array_;
    Type type_;
    std::int64_t offset_;
    const std::uint8_t* valid_;
};

} // namespace assay
