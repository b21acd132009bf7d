#pragma once
// Lines to rows, one at a time: objects in objects make dotted columns, arrays stay JSON text. Lines mostly have their
// members in one order, so the member after the last one is tried first.
#include "cells.hpp"
#include <cstdint>
#include <deque>
#include <memory>
#include <simdjson.h>
#include <unordered_map>

namespace assay::json {

class RowReader {
  public:
    struct Column {
        std::string name, pointer;
        Cell cell = {};
        std::uint64_t row = 0; ///< that has the cell
    };
    /// What there is to say about a cell of the row at hand.
    struct Note {
        const char *code, *message;
        std::size_t column;
    };

    explicit RowReader(std::size_t max_depth) : max_depth_{max_depth} {}

    const std::vector<Column>& columns() const { return columns_; }
    const std::vector<Note>& notes() const { return notes_; }
    /// Of the row at hand; null where it has none. Text is valid until the next row.
    const Cell* cell(std::size_t column) const {
        return columns_[column].row == row_ ? &columns_[column].cell : nullptr;
    }

    /// Finds a column, or makes it.
    std::size_t column(const std::string& name);
    /// Makes the members and columns of a value.
    void learn(simdjson::dom::element value);
    /// Reads one object. False where it is no strict JSON, or has a member that is not known.
    /// SIMDJSON_PADDING bytes behind `object` must be readable.
    bool read(std::string_view object);
    /// Reads an array of known values, likewise; calls `use` behind each.
    template <class Use> bool read_each(std::string_view array, const Use& use);

  private:
    struct Member {
        std::string key, path, prefix; ///< prefix: of its own members' paths
        std::string written = {};      ///< the key and a quote; empty where the key may not be written as it is
        std::size_t column = SIZE_MAX; ///< of its scalars, if it ever had one
        std::vector<std::unique_ptr<Member>> members = {};
        std::unordered_map<std::string_view, std::size_t> by_key = {};
    };
    using Value = simdjson::ondemand::value;

    Member& member(Member& of, std::string_view key);
    void learn(simdjson::dom::element value, Member& member);
    bool begin(std::string_view text, simdjson::ondemand::document& document);
    void begin_row();
    bool members(simdjson::ondemand::object object, Member& of, std::size_t depth);
    Member* find(Member& of, simdjson::ondemand::field& field, std::size_t& next) const;
    bool put(Value& value, Member& member, std::size_t depth);
    bool scalar(Value& value, simdjson::ondemand::json_type type, Cell& cell, const char*& fate);
    bool number(Value& value, Cell& cell, const char*& fate) const;
    bool array_text(Value& value, std::size_t depth, Cell& cell);
    bool pass_over(Value& value, std::size_t depth);

    std::size_t max_depth_;
    simdjson::ondemand::parser parser_;
    Member root_, plain_{"", "value", {}}; ///< of rows that are objects; of others
    std::vector<Column> columns_;
    std::unordered_map<std::string, std::size_t> by_name_;
    std::vector<Note> notes_;
    std::deque<std::string> texts_; ///< that are not in the line as they stand
    std::uint64_t row_ = 0;
    const char* end_ = nullptr; ///< of the line
};

template <class Use> bool RowReader::read_each(std::string_view text, const Use& use) {
    simdjson::ondemand::document document;
    simdjson::ondemand::array array;
    if (!begin(text, document) || document.get_array().get(array) != simdjson::SUCCESS) return false;
    for (auto item : array) {
        begin_row();
        Value value;
        simdjson::ondemand::object object;
        if (item.get(value) != simdjson::SUCCESS) return false;
        const bool read =
            value.get_object().get(object) == simdjson::SUCCESS ? members(object, root_, 1) : put(value, plain_, 1);
        if (!read) return false;
        use();
    }
    return true;
}

} // namespace assay::json
