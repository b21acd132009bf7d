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

    /// How many rows were read by the shape of an earlier one.
    std::uint64_t alike() const { return alike_; }

  private:
    static constexpr const char* nested_array = "an array inside a row of a large file; kept as JSON text";

    /// A value of a row, as it is written.
    struct Token {
        std::string_view text;
        std::size_t column;
        bool list;
    };
    /// What stands in front of a value in all rows of one shape.
    struct Piece {
        std::string before;
        std::size_t column;
        bool list;
    };
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
    bool read_any(std::string_view text);
    bool read_alike(std::string_view text);
    bool learn_shape(std::string_view text);
    bool read_plain(const char*& at, const Piece& piece, Cell& cell);
    bool read_string(const char*& at, Cell& cell);
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
    std::vector<Piece> shape_;  ///< empty where none is known
    std::string shape_end_;     ///< what stands behind the last value
    bool learns_ = false;       ///< the row at hand is to give the shape
    std::vector<Token> tokens_; ///< of the row at hand, where it is
    std::string unescaped_;     ///< texts of the row at hand
    std::size_t unescaped_size_ = 0;
    std::uint64_t alike_ = 0, strange_ = 0; ///< rows of the shape; those since the last that are of another
    // A row of another shape is mostly followed by more of the last one; where there are many, learning does not pay.
    static constexpr std::uint64_t least_patience = 2, most_patience = 1U << 16U;
    std::uint64_t patience_ = least_patience; ///< so many strange rows, one after another, and a shape is learned
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
