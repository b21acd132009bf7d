#pragma once
// The words by which tools write how something ended.
#include <span>
#include <string_view>

namespace assay::plan {

/// Those for failure, in lower case, parts joined by '_': what `in failures` stands for.
std::span<const std::string_view> failure_words();

/// Equal in any case; blanks, '-' and '_' are the same. Blanks around `text` do not count.
bool same_word(std::string_view text, std::string_view word);

/// A word for how something ended or where it stands: `Failed`, `OUT_OF_MEMORY`, `ok`, `running`.
bool is_outcome(std::string_view text);

} // namespace assay::plan
