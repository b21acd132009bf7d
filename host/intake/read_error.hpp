#pragma once

#include <stdexcept>
#include <string>

namespace assay::intake {

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
