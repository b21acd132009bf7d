#pragma once
// The text of a document, and its lines.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::markdown {

/// Text with U+FFFD in place of each byte that is not UTF-8.
struct Repaired {
    std::string text;
    std::uint64_t bad_bytes = 0;
    std::size_t first_bad = 0; ///< offset in the original
};
/// Answers false, and leaves `out` alone, where the text is UTF-8 as it is.
bool repair(std::string_view text, Repaired& out);

/// Lines of a text, counted from 1. Borrows the text.
class Lines {
  public:
    explicit Lines(std::string_view text);
    std::size_t count() const { return starts_.size(); }
    std::string_view text(std::size_t line) const; ///< without its end
    std::size_t offset(std::size_t line) const { return starts_[line - 1]; }
    std::size_t at(std::size_t offset) const; ///< the line of a byte

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

/// Lines of the front matter, its fences included; 0 where there is none. YAML between `---`, TOML between `+++`.
std::size_t front_matter(const Lines& lines);

} // namespace assay::markdown
