#include "cli/terminal.hpp"
#include "pipeline/diagnostic.hpp"
#include <array>
#include <assay/visible_text.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::cli {

bool wants_colour(int descriptor) {
    const char* no = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    return isatty(descriptor) == 1 && (!no || *no == '\0') && term && std::strcmp(term, "dumb") != 0;
}

int width(int descriptor) {
    winsize size{};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void start_log(bool quiet, bool verbose) {
    auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_st>(
        wants_colour(STDERR_FILENO) ? spdlog::color_mode::always : spdlog::color_mode::never);
    auto logger = std::make_shared<spdlog::logger>("assay", std::move(sink));
    logger->set_pattern("assay: %^%l%$: %v");
    logger->set_level(verbose ? spdlog::level::debug : quiet ? spdlog::level::warn : spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

void log(Level level, std::string_view message) {
    static constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                       spdlog::level::err};
    spdlog::log(levels[static_cast<std::size_t>(level)], "{}", visible(message));
}

std::string human_bytes(std::uint64_t bytes) {
    static constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < units.size(); ++unit) value /= 1000;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return text.data();
}

Progress::Progress(bool wanted, std::uint64_t artifacts, std::uint64_t bytes)
    : shown_{wanted && isatty(STDERR_FILENO) == 1}, artifacts_{artifacts}, bytes_{bytes} {}

Progress::~Progress() { clear(); }

void Progress::clear() {
    if (drawn_ != Clock::time_point{}) std::fputs("\r\033[K", stderr);
    drawn_ = {};
}

void Progress::show(std::string_view path, std::uint64_t artifacts_done, std::uint64_t bytes_done) {
    const auto now = Clock::now();
    if (!shown_ || now - start_ < std::chrono::milliseconds{300} || now - drawn_ < std::chrono::milliseconds{100})
        return;
    drawn_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const auto rate = static_cast<std::uint64_t>(static_cast<double>(bytes_done) / seconds);
    std::string line = std::to_string(artifacts_done) + "/" + std::to_string(artifacts_) + " artifacts, " +
                       human_bytes(bytes_done) + " of " + human_bytes(bytes_) + ", " + human_bytes(rate) + "/s  ";
    const auto room = static_cast<std::size_t>(width(STDERR_FILENO) - 1);
    line += visible(path);
    if (line.size() > room) line.resize(room);
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
}

} // namespace assay::cli
