#pragma once
// What stderr and stdout are, and what goes to stderr: log lines and progress.
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::cli {

/// A terminal, and NO_COLOR and TERM=dumb do not forbid it.
bool wants_colour(int descriptor);
/// Columns, 80 where it cannot be known.
int width(int descriptor);

enum class Level { debug, info, warning, error };
/// Sets what `log` shows: quiet shows warnings and errors, verbose all.
void start_log(bool quiet, bool verbose);
/// One line on stderr, control characters made visible.
void log(Level level, std::string_view message);

/// A line on stderr that is rewritten while work goes on; nothing where stderr is no terminal.
class Progress {
  public:
    Progress(bool wanted, std::uint64_t artifacts, std::uint64_t bytes);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// Draws at most ten times a second.
    void show(std::string_view path, std::uint64_t artifacts_done, std::uint64_t bytes_done);
    void clear();

  private:
    using Clock = std::chrono::steady_clock;
    bool shown_;
    std::uint64_t artifacts_, bytes_;
    Clock::time_point start_ = Clock::now(), drawn_{};
};

/// "1.2 MB"
std::string human_bytes(std::uint64_t bytes);

} // namespace assay::cli
