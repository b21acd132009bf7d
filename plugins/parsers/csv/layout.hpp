#pragma once
// What the first records of a table are: header, units row, data, and how wide a row is.
#include "records.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::csv {

/// The first records, kept so that they can be looked at as a whole and then become rows like the others.
class Sample {
  public:
    static constexpr std::size_t max_records = 1026; ///< header, units row and 1,024 rows
    static constexpr std::size_t max_bytes = 8U << 20U;

    void add(const Record& record);
    bool full() const { return records_.size() >= max_records || text_.size() >= max_bytes; }
    std::size_t size() const { return records_.size(); }
    /// Borrowed from this; valid until the next add().
    Record record(std::size_t index) const;
    std::size_t width(std::size_t index) const { return records_[index].count; }
    /// Empty where the record is too short.
    std::string_view cell(std::size_t index, std::size_t column) const;
    void drop_front(std::size_t records);

  private:
    struct Kept {
        std::size_t text, cells, count, size;
        std::uint64_t line, offset;
        bool ended, stray_quote;
    };
    std::string text_;
    std::vector<CellRange> cells_;
    std::vector<Kept> records_;
};

enum class Choice { automatic, yes, no };

struct Layout {
    std::vector<std::string> names; ///< as written, trimmed; blank where there is none
    std::vector<std::string> units; ///< UCUM, parallel to names; empty: unknown
    bool header = false;
    bool documented = false; ///< the names are of a known format
    bool units_row = false;
    std::size_t first_row = 0; ///< index in the sample
    std::size_t shortest = 0;  ///< cells a row may have; missing ones are null
    bool trailing = false;     ///< a row may have one empty cell more
    bool row_names = false;    ///< rows have one cell more than the header, in front

    std::size_t width() const { return names.size(); }
    bool fits(const Record& record) const {
        if (record.count >= shortest && record.count <= width()) return true;
        return trailing && record.count == width() + 1 && record.count <= max_columns && record.cell(width()).empty();
    }
};

/// Needs at least one record. Throws Failure{"too-many-columns"}.
Layout find_layout(const Sample& sample, Choice header, Choice units_row);

/// A unit as tools spell it ("usecond", "Kbyte/block"), in UCUM; as it is where it is not known.
std::string to_ucum(std::string_view unit);
bool is_known_unit(std::string_view unit);

} // namespace assay::csv
