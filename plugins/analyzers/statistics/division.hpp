#pragma once
// Which dimensions divide a dataset: their order, which of them add nothing, which only tell repeats apart.
#include <assay/dataset.hpp>

namespace assay::statistics {

using data::Dataset, data::Dimension, data::Metric, data::Part, data::Source;

using Dimensions = std::vector<std::size_t>; ///< of a dataset

/// Class of each part, numbered by first occurrence: equal where parts are divided alike.
struct Classes {
    std::vector<std::uint32_t> of;
    std::size_t count = 0;
};
Classes classes_of(const Dataset& dataset, std::span<const Part> parts, const Dimensions& dimensions);

/// All its levels are times.
bool is_time(const Dimension& dimension);

/// With more than one level, in the order a reader looks for them: what text columns name, what artifacts say,
/// parameters, places and times of measuring; those known for every row first, then fewer levels first.
Dimensions varying(const Dataset& dataset, bool identity_only);

/// Of `candidates` those that are needed to divide as all of them do: one that follows from others is left out.
Dimensions refining(const Dataset& dataset, const Dimensions& candidates);

/// Without those that tell one run from the next: the time stamp, and what is known of some runs only and is the same
/// all through each (an address, options). Never what names the thing measured.
Dimensions without_repeats(const Dataset& dataset, const Dimensions& candidates);

} // namespace assay::statistics
