#pragma once
// The files in data/, as they were when this was built.
#include <string_view>

namespace assay::narrative {

extern const std::string_view collector_persona, insight_persona;
extern const std::string_view chooser_persona, writer_persona; ///< the same for a call a fact
extern const std::string_view plain_words;                     ///< one a line, sorted

} // namespace assay::narrative
