#pragma once

#include <stdexcept>
#include <string>
#include <system_error>

namespace assay::intake {

/// Of an `errno`.
inline std::string error_text(int error) { return std::generic_category().message(error); }

/// Why an artifact's bytes could not be had. Reasons: "unreadable", "truncated", "corrupt", "ratio-limit",
/// "too-large", "changed-while-read".
class ReadError : public std::runtime_error {
  public:
    ReadError(std::string reason, const std::string& message)
        : std::runtime_error(message), reason_word(std::move(reason)) {}
    const std::string& reason() const { return reason_word; }

  private:
    std::string reason_word;
};

} // namespace assay::intake
