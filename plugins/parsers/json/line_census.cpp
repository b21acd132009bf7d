#include "line_census.hpp"
#include "emit.hpp"
#include <assay/bytes.hpp>
#include <assay/failure.hpp>
#include <unordered_map>

namespace assay::json {
namespace {

LineCensus decode_census(std::string_view bytes) {
    ByteReader in{bytes};
    LineCensus out;
    out.rows = in.get<std::uint64_t>();
    out.rejected = in.get<std::uint64_t>();
    for (auto n = in.count(92); n > 0 && in.ok(); --n) {
        LineCensus::Column& column = out.columns.emplace_back();
        column.name = in.text();
        column.pointer = in.text();
        Census& c = column.cells;
        for (auto* number :
             {&c.nulls, &c.booleans, &c.integers, &c.reals, &c.texts, &c.missing, &c.nans, &c.infinite, &c.times})
            *number = in.get<std::uint64_t>();
        c.longest = in.get<std::uint32_t>();
    }
    out.remarks = Remarks::decode(in);
    if (!in.at_end()) throw BadState{"what a part has found cannot be read"};
    return out;
}

} // namespace

void LineCensus::add(const LineCensus& later) {
    std::unordered_map<std::string_view, std::size_t> by_name;
    columns.reserve(columns.size() + later.columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) by_name.emplace(columns[i].name, i);
    for (const Column& theirs : later.columns) {
        const auto found = by_name.find(theirs.name);
        if (found != by_name.end())
            columns[found->second].cells.add(theirs.cells);
        else
            columns.push_back(theirs);
    }
    rows += later.rows;
    rejected += later.rejected;
    remarks.add(later.remarks);
}

Remarks LineCensus::all_remarks() const {
    Remarks all = remarks;
    for (const Column& column : columns) remark_on(all, column.cells, "rows", column.name, column.pointer);
    return all;
}

std::string LineCensus::encode() const {
    std::string bytes;
    ByteWriter out{bytes};
    out.put(rows).put(rejected).put(static_cast<std::uint64_t>(columns.size()));
    for (const Column& column : columns) {
        const Census& c = column.cells;
        out.put(column.name).put(column.pointer).put(c.nulls).put(c.booleans).put(c.integers).put(c.reals);
        out.put(c.texts).put(c.missing).put(c.nans).put(c.infinite).put(c.times).put(c.longest);
    }
    remarks.encode(bytes);
    return bytes;
}

LineCensus LineCensus::joined(const std::vector<std::string_view>& parts) {
    LineCensus all;
    for (const std::string_view part : parts) all.add(decode_census(part));
    return all;
}

} // namespace assay::json
