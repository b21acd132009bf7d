#pragma once
// The encoding of saved state: little-endian, length-prefixed, no padding. A reader never reads past the end: it turns
// `ok` false and answers zeros from then on.
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace assay {

static_assert(std::endian::native == std::endian::little, "saved state is little-endian and copied as it stands");

class ByteWriter {
  public:
    explicit ByteWriter(std::string& out) : out_{out} {}
    template <class T>
    requires std::is_arithmetic_v<T> ByteWriter& put(T value) {
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
        return *this;
    }
    ByteWriter& put(std::string_view text) {
        put(static_cast<std::uint64_t>(text.size()));
        out_.append(text);
        return *this;
    }
    ByteWriter& put(const std::string& text) { return put(std::string_view{text}); }
    /// As a text, what `write` appends to the string that it is given.
    template <class Write> ByteWriter& put_written(Write write) {
        const std::size_t at = out_.size();
        put(std::uint64_t{0});
        write(out_);
        const std::uint64_t size = out_.size() - at - sizeof(std::uint64_t);
        std::memcpy(out_.data() + at, &size, sizeof size);
        return *this;
    }

  private:
    std::string& out_;
};

class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_{bytes} {}
    template <class T>
    requires std::is_arithmetic_v<T> T get() {
        T value{};
        if (rest_.size() < sizeof value) {
            ok_ = false;
            rest_ = {};
        } else {
            std::memcpy(&value, rest_.data(), sizeof value);
            rest_.remove_prefix(sizeof value);
        }
        return value;
    }
    std::string_view text() {
        const auto size = get<std::uint64_t>();
        if (size > rest_.size()) {
            ok_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view out = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return out;
    }
    /// A count of items that take at least `item_bytes` each; refuses one that cannot be true.
    std::uint64_t count(std::uint64_t item_bytes = 1) {
        const auto n = get<std::uint64_t>();
        if (item_bytes != 0 && n > rest_.size() / item_bytes) {
            ok_ = false;
            rest_ = {};
            return 0;
        }
        return n;
    }
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && rest_.empty(); }
    std::string_view rest() const { return rest_; }
    void skip(std::size_t bytes) { rest_.remove_prefix(bytes < rest_.size() ? bytes : rest_.size()); }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

} // namespace assay
