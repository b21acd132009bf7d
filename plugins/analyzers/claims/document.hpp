#pragma once
// A document as statements with their surroundings, and the numbers that they claim.
#include "claims/nodes.hpp"
#include "claims/quantity.hpp"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::claims {

/// One sentence, heading or table row, with what stands around it.
struct Statement {
    /// Longer sentences are cut into several: bounds what is looked at for one number.
    static constexpr std::size_t longest = 1000;
    /// Of headings, leads and first cells: bounds the memory.
    static constexpr std::size_t longest_around = 2000;
    enum class Form { heading, sentence, row } form = Form::sentence;
    std::uint64_t line = 0;
    std::string text; ///< plain (words.hpp); of a row its first cells, joined by " | "
    using Texts = std::shared_ptr<const std::vector<std::string>>; ///< what statements have in common; never null
    Texts headings;                                                ///< outermost first
    std::string label;                       ///< bold or plain words before a colon, at the head of the block
    std::shared_ptr<const std::string> lead; ///< the paragraph that leads to the list or table; never null
    Texts columns;                           ///< of a row's table; plain
    std::vector<std::string> cells;          ///< of a row; plain
    /// What stands in a cell: no number, one alone, or more.
    struct CellNumbers {
        bool any = false;
        std::optional<double> alone = {};
    };
    std::vector<CellNumbers> cell_numbers;
    std::string first;                     ///< cell of a row, or where that is empty the one above
    std::size_t table = SIZE_MAX, row = 0; ///< number of the table in the document, of the row in the table
    std::size_t block = 0;                 ///< sentences of one paragraph or list item share it
};

/// What the lead says of a column: all of it, or where it tells what names of columns mean ("After: the second run."),
/// that of its own alone.
std::string lead_of(const Statement& s, std::size_t cell);

struct Claim {
    std::uint64_t line = 0;
    std::string text;             ///< as written
    Quantity quantity;            ///< its place is in the statement's text, of a row in the cell's; a range's lower end
    std::optional<Quantity> high; ///< a range's upper end
    std::size_t statement = 0;    ///< index
    std::size_t cell = SIZE_MAX;  ///< of a row
    std::size_t peers_begin = 0, peers_end = 0; ///< claims of the same sentence or cell
};

/// What a claim's quantity is placed in: a row's cell, else the statement's text.
inline const std::string& text_around(const Statement& s, const Claim& claim) {
    return claim.cell < s.cells.size() ? s.cells[claim.cell] : s.text;
}

struct Document {
    std::vector<Statement> statements;
    std::vector<Claim> claims; ///< in order
};

Document read_document(const std::vector<KeptNode>& nodes);

} // namespace assay::claims
