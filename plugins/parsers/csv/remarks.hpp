#pragma once
// Diagnostics in bounded number: twenty of a kind one by one, the rest as one that counts them.
#include <assay/parser.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace assay::csv {

class Remarks {
  public:
    static constexpr std::uint64_t one_by_one = 20;

    explicit Remarks(Sink& out) : out_{&out} {}
    /// Forgets all that was noted.
    void start_over(Sink& out) { *this = Remarks{out}; }
    void note(std::string_view code, std::int32_t severity, std::uint64_t line, std::string_view message) {
        Kind& kind = kinds_.try_emplace(std::string{code}).first->second;
        if (++kind.count <= one_by_one) {
            out_->diagnose({.code = code, .message = message, .severity = severity, .line = line});
        } else if (kind.count == one_by_one + 1) {
            kind.severity = severity;
            kind.line = line;
        }
    }
    /// Says how many more there were. Call it once, when all is read.
    void finish() {
        for (const auto& [code, kind] : kinds_) {
            if (kind.count <= one_by_one) continue;
            const std::uint64_t more = kind.count - one_by_one;
            const std::string message =
                std::to_string(more) + " more of this kind, " + std::to_string(kind.count) + " in all";
            out_->diagnose(
                {.code = code, .message = message, .severity = kind.severity, .line = kind.line, .count = more});
        }
    }

  private:
    struct Kind {
        std::uint64_t count = 0, line = ASSAY_UNKNOWN;
        std::int32_t severity = ASSAY_SEVERITY_WARNING;
    };
    Sink* out_;
    std::map<std::string, Kind> kinds_;
};

} // namespace assay::csv
