#pragma once
// What stderr and stdout are, and what goes to stderr: log lines and progress.
#include "engine/workers.hpp"
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::cli {

/// A terminal, and NO_COLOR and TERM=dumb do not forbid it.
bool wants_colour(int descriptor);
/// Columns: COLUMNS, else the terminal's, else 80.
int width(int descriptor);
/// Lines of a terminal; 0 where it is none.
int height(int descriptor);
/// Options that console renderers have for such properties of stdout, and their values as JSON.
std::vector<std::pair<std::string, std::string>> console_options(bool colour);
/// Whether the locale's character set is UTF-8 (LC_ALL, LC_CTYPE, LANG).
bool takes_utf8();

enum class Level { debug, info, warning, error };
/// Sets what `log` shows: quiet shows warnings and errors, verbose all.
void start_log(bool quiet, bool verbose);
/// One line on stderr, control characters made visible.
void log(Level level, std::string_view message);

struct Standing {
    std::uint64_t artifacts, bytes; ///< done
    std::uint64_t known_bytes;      ///< of these not read: the rate is without them
    std::span<const engine::InWork> in_work;
};

/// A line on stderr that is rewritten while work goes on, and one that stays at the end; nothing where stderr is no
/// terminal or the work is done at once.
class Progress {
  public:
    Progress(bool wanted, std::uint64_t artifacts, std::uint64_t bytes);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// Draws at most ten times a second.
    void show(const Standing& standing);
    /// Says how much was done in what time.
    void finish(std::uint64_t artifacts);

  private:
    using Clock = std::chrono::steady_clock;
    void clear();
    bool shown_;
    std::uint64_t artifacts_, bytes_, bytes_done_ = 0;
    Clock::time_point start_ = Clock::now(), drawn_{};
};

/// The line itself; seconds since the start.
std::string progress_text(const Standing& standing, std::uint64_t artifacts, std::uint64_t bytes, double seconds);
/// "850 ms", "12 s", "3 min", "2 h 5 min"
std::string human_seconds(double seconds);

/// "1.2 MB"
std::string human_bytes(std::uint64_t bytes);

} // namespace assay::cli
