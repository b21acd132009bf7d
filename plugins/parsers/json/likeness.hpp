#pragma once
// When is an object a collection, its keys names of things rather than of properties? When its values are objects of
// like shape: `backends.{eager,jit}`, `fusion.{baseline,fused}`, a report whose root is `{baseline, qat, int8}`.
#include <simdjson.h>
#include <vector>

namespace assay::json {

/// How many levels of keys above the rows: 0 where the object is no collection, 2 for collections of collections.
///
/// Level 1: all values are objects (or null, if two are objects) whose key sets have a Jaccard index of 0.5 or more
/// with the first one's; at least two of them, or one whose key is plainly a value (`512x512x512`).
/// Never `{mean, median, std_dev}`: keys that name the statistics of one distribution.
/// Level n + 1: all values are collections of level n (here a single entry is enough) with rows that are alike.
int collection_levels(simdjson::dom::object object);

/// The same for each member that is an object, in their order. Members named like the entries of a collection beside
/// them are entries too, however unlike: `results` of the tasks that `configs` lists. Not beside more than 64 of them.
std::vector<int> levels_of_members(simdjson::dom::object members);

} // namespace assay::json
