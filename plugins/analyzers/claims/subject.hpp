#pragma once
// Which data a claim may be about: a column of a table and a set of its rows, with how well that fits what is said.
#include "claims/context.hpp"

namespace assay::claims {

struct Subject {
    const DataTable* table = nullptr;
    std::size_t column = 0;
    std::vector<std::size_t> rows; ///< ok ones
    double metric = 0;             ///< 0 to 1: the claim's words and unit are those of the column
    double entity = 0;             ///< larger: the names around the claim are those of the table and rows
    double coverage = 1;           ///< share of the entities named around the claim that are of the table and rows
    bool specific = false;         ///< the column's name says more than that it is a time or a count
    bool chosen = false;           ///< the rows were picked by something the claim's surroundings name
    bool several = false;          ///< more than one value was named: these rows are of one of them
    bool picked = false;           ///< by a row's index, by several settings, or by a text that is alike
    std::string rows_text;         ///< the filter, for people: "tag = q4_0"
};

/// All of `tables` - the world's, or its pools - that fit somewhat, in their order and that of columns.
std::vector<Subject> subjects(const World& world, const std::vector<DataTable>& tables, const Context& context);

/// All rows, failed ones too, that the surroundings pick of a table; all of it where they pick none.
std::vector<std::size_t> rows_meant(const World& world, const DataTable& table, const Context& context);

/// A value that data give for a subject.
struct Value {
    double value = 0;           ///< in the column's unit; of "cv" in percent
    std::string stat;           ///< "value" of a single row, mean, median, max, ...
    std::size_t row = SIZE_MAX; ///< where it is the value of one
    std::size_t n = 0;
};
/// What the subject's rows give: the named statistic, or what a bare number may mean.
std::vector<Value> values(const Subject& subject, const Context& context);

/// The value in the claim's unit; nothing where they do not compare. `alternative`: as binary units.
struct Converted {
    double value = 0;
    bool ok = false;
};
Converted convert(double value, const Unit& from, const Unit& to, bool alternative);

} // namespace assay::claims
