#pragma once
// What a host hands to a parser, from memory: options and an artifact.
#include <assay/testkit/seen.hpp>
#include <cstdint>
#include <deque>

namespace assay::testkit::detail {

/// Options as the values a host passes; the tree lives as long as this.
class OptionTree {
  public:
    explicit OptionTree(const Options& options) {
        std::vector<assay_value> items;
        for (const auto& [name, value] : options) items.push_back(keyed(name, make(value)));
        root_ = collection(ASSAY_VALUE_MAP, std::move(items));
    }
    const assay_value* root() const { return &root_; }

  private:
    static assay_value scalar(std::int32_t kind) {
        assay_value value{};
        value.struct_size = sizeof value;
        value.kind = kind;
        return value;
    }
    static assay_value keyed(const std::string& key, assay_value value) {
        value.key = to_abi(key);
        return value;
    }
    static assay_value text(const std::string& content) {
        assay_value value = scalar(ASSAY_VALUE_TEXT);
        value.text = to_abi(content);
        return value;
    }
    assay_value collection(std::int32_t kind, std::vector<assay_value> items) {
        const auto& kept = lists_.emplace_back(std::move(items));
        assay_value value = scalar(kind);
        value.items = kept.data();
        value.n_items = kept.size();
        return value;
    }
    assay_value make(const OptionValue& option) {
        if (const auto* content = std::get_if<std::string>(&option)) return text(*content);
        if (const auto* list = std::get_if<TextList>(&option)) {
            std::vector<assay_value> items;
            for (const auto& item : *list) items.push_back(text(item));
            return collection(ASSAY_VALUE_LIST, std::move(items));
        }
        if (const auto* map = std::get_if<TextMap>(&option)) {
            std::vector<assay_value> items;
            for (const auto& [key, item] : *map) items.push_back(keyed(key, text(item)));
            return collection(ASSAY_VALUE_MAP, std::move(items));
        }
        return plain(option);
    }
    static assay_value plain(const OptionValue& option) {
        assay_value value{};
        if (const auto* truth = std::get_if<bool>(&option)) {
            value = scalar(ASSAY_VALUE_BOOL);
            value.boolean = *truth ? 1 : 0;
        } else if (const auto* whole = std::get_if<std::int64_t>(&option)) {
            value = scalar(ASSAY_VALUE_INT);
            value.integer = *whole;
            value.number = static_cast<double>(*whole);
        } else if (const auto* number = std::get_if<double>(&option)) {
            value = scalar(ASSAY_VALUE_FLOAT);
            value.number = *number;
            if (*number == std::floor(*number) && std::abs(*number) < 9e15)
                value.integer = static_cast<std::int64_t>(*number);
        }
        return value;
    }

    std::deque<std::vector<assay_value>> lists_;
    assay_value root_{};
};

/// An artifact in memory.
class MemoryInput {
  public:
    MemoryInput(std::string_view bytes, std::string_view name, const Settings& settings)
        : bytes_{bytes}, limit_{settings.read_limit} {
        input_.struct_size = sizeof input_;
        input_.self = this;
        input_.name = to_abi(name);
        input_.size = settings.size_known ? bytes.size() : ASSAY_UNKNOWN;
        input_.read_at = [](assay_input* self, std::uint64_t offset, void* buffer, std::size_t size, std::size_t* got,
                            assay_error*) -> std::int32_t {
            const auto& me = *static_cast<MemoryInput*>(self->self);
            *got = 0;
            if (offset >= me.bytes_.size()) return ASSAY_OK;
            *got = std::min(size, me.bytes_.size() - static_cast<std::size_t>(offset));
            if (me.limit_ > 0) *got = std::min(*got, me.limit_);
            std::memcpy(buffer, me.bytes_.data() + offset, *got);
            return ASSAY_OK;
        };
        input_.view = [](assay_input* self, assay_str* out, assay_error*) -> std::int32_t {
            auto& me = *static_cast<MemoryInput*>(self->self);
            if (me.padded_.empty()) me.padded_.assign(me.bytes_).append(64, '\0');
            *out = {me.padded_.data(), me.bytes_.size()};
            return ASSAY_OK;
        };
    }
    MemoryInput(const MemoryInput&) = delete;
    MemoryInput& operator=(const MemoryInput&) = delete;
    assay_input* get() { return &input_; }

  private:
    std::string_view bytes_;
    std::string padded_;
    std::size_t limit_;
    assay_input input_{};
};

} // namespace assay::testkit::detail
