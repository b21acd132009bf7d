#include "rows.hpp"
#include "shape.hpp"
#include <assay/decimal.hpp>
#include <assay/failure.hpp>
#include <cstring>

namespace assay::json {
namespace {

namespace ondemand = simdjson::ondemand;
using ondemand::json_type;
using simdjson::SUCCESS;

/// What a result without an error holds, where it is: copies of what was just stored in parts are slow.
template <class T> T& in_place(simdjson::simdjson_result<T>& result) {
    T&& held = std::move(result).value_unsafe();
    return held;
}

/// Newer versions of simdjson want to hear whether broken surrogates may be replaced.
template <class Field> simdjson::simdjson_result<std::string_view> unescaped_key(Field& field) {
    if constexpr (requires { field.unescaped_key(); })
        return field.unescaped_key();
    else
        return field.unescaped_key(false);
}

bool is_escaped(std::string_view written) { return written.find('\\') != written.npos; }

/// A scalar as it is written; `token` may have blanks behind it.
std::string_view scalar_text(std::string_view token) {
    while (!token.empty() && cell::is_space(token.back())) token.remove_suffix(1);
    return token;
}

/// The text of a string's token, between its quotes, as it is written. `token` may have blanks behind it.
std::string_view between_quotes(std::string_view token) {
    token = scalar_text(token);
    return token.size() < 2 ? std::string_view{} : token.substr(1, token.size() - 2);
}

bool has_leading_zero(std::string_view number) {
    if (number.starts_with('-')) number.remove_prefix(1);
    return number.size() > 1 && number[0] == '0' && cell::is_digit(number[1]);
}

bool has_fraction(std::string_view number) {
    for (const char c : number)
        if (c == '.' || c == 'e' || c == 'E') return true;
    return false;
}

bool has_blank(std::string_view text) {
    bool any = false;
    for (const char c : text) any = any || c == ' ' || c == '\t' || c == '\r';
    return any;
}

} // namespace

std::size_t RowReader::column(const std::string& name) {
    const auto found = by_name_.find(name);
    if (found != by_name_.end()) return found->second;
    if (columns_.size() == max_columns)
        throw Failure{"too-wide", "more than " + std::to_string(max_columns) + " columns"};
    std::string pointer = "/*/" + name;
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    columns_.push_back({name, std::move(pointer)});
    return by_name_[name] = columns_.size() - 1;
}

void RowReader::learn(simdjson::dom::element value) { learn(value, value.is_object() ? root_ : plain_); }

void RowReader::learn(simdjson::dom::element value, Member& at) {
    if (!value.is_object()) {
        at.column = column(at.path);
        return;
    }
    for (const auto [key, item] : simdjson::dom::object(value)) learn(item, member(at, key));
}

RowReader::Member& RowReader::member(Member& of, std::string_view key) {
    if (const auto found = of.by_key.find(key); found != of.by_key.end()) return *of.members[found->second];
    auto made = std::make_unique<Member>();
    made->key = key;
    made->path = of.prefix + made->key;
    made->prefix = made->path + '.';
    if (key.find_first_of("\"\\") == key.npos) made->written = made->key + '"';
    of.by_key.emplace(made->key, of.members.size());
    return *of.members.emplace_back(std::move(made));
}

bool RowReader::begin(std::string_view text, ondemand::document& document) {
    constexpr std::size_t least = 65536;
    if (parser_.capacity() < text.size() && parser_.allocate(std::max(least, 2 * text.size())) != SUCCESS) return false;
    end_ = text.data() + text.size();
    return parser_.iterate(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING).get(document) == SUCCESS;
}

void RowReader::begin_row() {
    ++row_;
    notes_.clear();
    texts_.clear();
}

bool RowReader::read(std::string_view text) {
    begin_row();
    if (read_alike(text)) {
        ++alike_;
        strange_ = 0;
        if (patience_ > least_patience) --patience_;
        return true;
    }
    begin_row();
    learns_ = ++strange_ >= patience_;
    tokens_.clear();
    const bool read = read_any(text);
    const bool learned = std::exchange(learns_, false);
    if (!read || !learned) return read;
    strange_ = 0;
    patience_ = std::min(2 * patience_, most_patience);
    if (learn_shape(text)) return true;
    shape_.clear();
    begin_row();
    return read_any(text);
}

bool RowReader::read_any(std::string_view text) {
    ondemand::document document;
    ondemand::object object;
    if (!begin(text, document) || document.get_object().get(object) != SUCCESS) return false;
    const char* behind = nullptr;
    return members(object, root_, 1) && document.current_location().get(behind) != SUCCESS;
}

bool RowReader::members(ondemand::object object, Member& of, std::size_t depth) {
    if (depth > max_depth_) return false;
    std::size_t next = 0;
    for (auto item : object) {
        if (item.error() != SUCCESS) return false;
        ondemand::field& field = in_place(item);
        Member* const at = find(of, field, next);
        if (at == nullptr || !put(field.value(), *at, depth)) return false;
    }
    return true;
}

/// Null where it is not known.
RowReader::Member* RowReader::find(Member& of, ondemand::field& field, std::size_t& next) const {
    const char* const written = field.key().raw();
    const auto left = static_cast<std::size_t>(end_ - written);
    if (next < of.members.size()) {
        Member& likely = *of.members[next];
        const std::size_t size = likely.written.size();
        if (size > 0 && size <= left && std::memcmp(written, likely.written.data(), size) == 0) {
            ++next;
            return &likely;
        }
    }
    const void* const quote = std::memchr(written, '"', left);
    if (quote == nullptr) return nullptr;
    std::string_view key{written, static_cast<std::size_t>(static_cast<const char*>(quote) - written)};
    if (is_escaped(key) && unescaped_key(field).get(key) != SUCCESS) return nullptr;
    const auto found = of.by_key.find(key);
    if (found == of.by_key.end()) return nullptr;
    next = found->second + 1;
    return of.members[found->second].get();
}

bool RowReader::put(Value& value, Member& at, std::size_t depth) {
    json_type type{};
    if (value.type().get(type) != SUCCESS) return false;
    if (type == json_type::object) {
        ondemand::object object;
        return value.get_object().get(object) == SUCCESS && members(object, at, depth + 1);
    }
    if (at.column == SIZE_MAX) return false;
    Column& column = columns_[at.column];
    const bool again = column.row == row_;
    const char* fate = nullptr;
    if (learns_) tokens_.push_back({scalar_text(value.raw_json_token()), at.column, type == json_type::array});
    if (type == json_type::array) {
        if (!array_text(value, depth + 1, column.cell)) return false;
        if (learns_) tokens_.back().text = {tokens_.back().text.data(), column.cell.length};
        notes_.push_back({"nested-array", nested_array, at.column});
    } else if (!scalar(value, type, column.cell, fate)) {
        return false;
    }
    if (fate != nullptr) notes_.push_back({"big-integer", fate, at.column});
    if (again) notes_.push_back({"duplicate-key", "the key stands twice in one object; the last counts", at.column});
    column.row = row_;
    return true;
}

/// `fate`: of an integer that is too large.
bool RowReader::scalar(Value& value, json_type type, Cell& cell, const char*& fate) {
    switch (type) {
    case json_type::string: {
        const std::string_view written = between_quotes(value.raw_json_token());
        std::string_view text = written;
        simdjson::ondemand::raw_json_string passed;
        const bool read = is_escaped(written) ? value.get_string().get(text) == SUCCESS
                                              : value.get_raw_json_string().get(passed) == SUCCESS;
        cell.set(text);
        return read;
    }
    case json_type::boolean: {
        bool truth = false;
        const bool read = value.get_bool().get(truth) == SUCCESS;
        cell.set(truth);
        return read;
    }
    case json_type::null: {
        bool null = false;
        cell.kind = Kind::null;
        return value.is_null().get(null) == SUCCESS && null;
    }
    default: return number(value, cell, fate);
    }
}

bool RowReader::number(Value& value, Cell& cell, const char*& fate) const {
    const std::string_view text = scalar_text(value.raw_json_token());
    if (const auto decimal = cell::short_decimal(text); decimal.read && !has_leading_zero(text)) {
        if (decimal.places == 0)
            cell.set(decimal.digits);
        else
            cell.set(decimal.value());
        return true; // what is not taken is passed over
    }
    if (has_fraction(text)) {
        double real = 0;
        const bool read = value.get_double().get(real) == SUCCESS;
        cell.set(real);
        return read;
    }
    std::int64_t whole = 0;
    if (value.get_int64().get(whole) == SUCCESS) {
        if (is_big(whole)) fate = fate_of_big(true);
        cell.set(whole);
        return true;
    }
    std::uint64_t larger = 0;
    const bool read = value.get_uint64().get(larger) == SUCCESS;
    fate = fate_of_big(false);
    cell.set(static_cast<double>(larger));
    return read;
}

/// As it is written, without blanks.
bool RowReader::array_text(Value& value, std::size_t depth, Cell& cell) {
    const char* const begin = value.raw_json_token().data();
    const char* behind = nullptr;
    if (!pass_over(value, depth) || value.current_location().get(behind) != SUCCESS) return false;
    const std::string_view text = cell::trim({begin, static_cast<std::size_t>(behind - begin)});
    cell.set(text);
    if (!has_blank(text)) return true;
    std::string& compact = texts_.emplace_back(text.size() + simdjson::SIMDJSON_PADDING, '\0');
    std::size_t size = 0;
    if (simdjson::minify(text.data(), text.size(), compact.data(), size) != SUCCESS) return false;
    cell.set(std::string_view{compact}.substr(0, size));
    return true;
}

/// Looks at all of a value, as only what is looked at is checked.
bool RowReader::pass_over(Value& value, std::size_t depth) {
    json_type type{};
    if (depth > max_depth_ || value.type().get(type) != SUCCESS) return false;
    if (type == json_type::array) {
        ondemand::array array;
        if (value.get_array().get(array) != SUCCESS) return false;
        for (auto item : array) {
            if (item.error() != SUCCESS || !pass_over(in_place(item), depth + 1)) return false;
        }
        return true;
    }
    if (type == json_type::object) {
        ondemand::object object;
        if (value.get_object().get(object) != SUCCESS) return false;
        for (auto item : object) {
            if (item.error() != SUCCESS) return false;
            ondemand::field& field = in_place(item);
            std::string_view key;
            if (unescaped_key(field).get(key) != SUCCESS) return false;
            if (!pass_over(field.value(), depth + 1)) return false;
        }
        return true;
    }
    Cell cell;
    const char* fate = nullptr;
    return scalar(value, type, cell, fate);
}

} // namespace assay::json
