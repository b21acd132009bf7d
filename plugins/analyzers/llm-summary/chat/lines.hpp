#pragma once
// Lines out of bytes that come in any pieces.
#include <string>
#include <string_view>
#include <utility>

namespace assay::chat {

class Lines {
  public:
    /// Calls `take` with each line that is now whole, without its end (\n or \r\n).
    template <class Take> void add(std::string_view bytes, Take&& take) {
        for (;;) {
            const auto end = bytes.find('\n');
            if (end == std::string_view::npos) break;
            rest_ += bytes.substr(0, end);
            bytes.remove_prefix(end + 1);
            const std::string line = std::exchange(rest_, {});
            take(without_return(line));
        }
        rest_ += bytes;
    }
    /// The last line, where it has no end.
    std::string_view rest() const { return without_return(rest_); }

  private:
    static std::string_view without_return(std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }
    std::string rest_;
};

} // namespace assay::chat
