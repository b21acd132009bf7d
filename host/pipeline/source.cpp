#include "pipeline/source.hpp"
#include <assay/utf8.hpp>

namespace assay::pipeline {

Place place_in(const SourcePtr& source, std::size_t offset, std::size_t length) {
    Place place{source, offset, length, 1, 1};
    for (std::size_t at = 0; at < offset && at < source->text.size();) {
        if (source->text[at] == '\n') {
            ++place.line;
            place.column = 0;
        }
        ++place.column;
        at += code_point(source->text, at).length;
    }
    return place;
}

} // namespace assay::pipeline
