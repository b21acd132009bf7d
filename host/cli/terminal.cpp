#include "cli/terminal.hpp"
#include "pipeline/diagnostic.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/visible_text.hpp>
#include <cmath>
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

namespace {

/// A whole number above 0 in the environment, as COLUMNS is.
int number_in(const char* variable) {
    const char* text = std::getenv(variable);
    const auto value = text ? cell::integer(text) : std::nullopt;
    return value && *value > 0 && *value < 10000 ? static_cast<int>(*value) : 0;
}

} // namespace

int width(int descriptor) {
    if (const int wanted = number_in("COLUMNS"); wanted > 0) return wanted;
    winsize size{};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int height(int descriptor) {
    winsize size{};
    if (isatty(descriptor) != 1) return 0;
    if (const int wanted = number_in("LINES"); wanted > 0) return wanted;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool takes_utf8() {
    // By its name: a locale that is set need not be installed here.
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(variable);
        if (!value || *value == '\0') continue;
        std::string name{value};
        std::transform(name.begin(), name.end(), name.begin(), cell::lower);
        return name.find("utf-8") != std::string::npos || name.find("utf8") != std::string::npos;
    }
    return false;
}

std::vector<std::pair<std::string, std::string>> console_options(bool colour) {
    constexpr int least_lines = 40, most_lines = 60; // few enough to be read at a glance
    const std::string coloured = colour ? "true" : "false";
    std::vector<std::pair<std::string, std::string>> options{{"width", std::to_string(width(STDOUT_FILENO))},
                                                             {"color", coloured},
                                                             {"colour", coloured},
                                                             {"ascii", takes_utf8() ? "false" : "true"}};
    if (const int rows = height(STDOUT_FILENO); rows > 0) // the prompt takes one
        options.emplace_back("lines", std::to_string(std::clamp(rows - 1, least_lines, most_lines)));
    return options;
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

std::string human_seconds(double seconds) {
    std::array<char, 32> text{};
    const auto whole = std::lround(seconds);
    if (seconds < 1)
        std::snprintf(text.data(), text.size(), "%.0f ms", 1000 * seconds);
    else if (whole < 120)
        std::snprintf(text.data(), text.size(), "%ld s", whole);
    else if (whole < 7200)
        std::snprintf(text.data(), text.size(), "%ld min", (whole + 30) / 60);
    else
        std::snprintf(text.data(), text.size(), "%ld h %ld min", whole / 3600, whole % 3600 / 60);
    return text.data();
}

std::string progress_text(const Standing& standing, std::uint64_t artifacts, std::uint64_t bytes, double seconds) {
    const double rate = static_cast<double>(standing.bytes - standing.known_bytes) / seconds;
    std::string line = std::to_string(standing.artifacts) + "/" + std::to_string(artifacts) + " artifacts, " +
                       human_bytes(standing.bytes) + " of " + human_bytes(bytes) + ", " +
                       human_bytes(static_cast<std::uint64_t>(rate)) + "/s";
    if (rate > 0 && bytes > standing.bytes) // by bytes: files differ too much in size
        line += ", " + human_seconds(static_cast<double>(bytes - standing.bytes) / rate) + " left";
    bool slow = false;
    for (const auto& one : standing.in_work) {
        if (one.place.empty()) continue;
        line += (slow ? "; " : "  ") + visible(one.file->path) + " for " + human_seconds(one.seconds) + " " + one.place;
        slow = true;
    }
    if (!slow && !standing.in_work.empty()) line += "  " + visible(standing.in_work.front().file->path);
    return line;
}

Progress::Progress(bool wanted, std::uint64_t artifacts, std::uint64_t bytes)
    : shown_{wanted && isatty(STDERR_FILENO) == 1}, artifacts_{artifacts}, bytes_{bytes} {}

Progress::~Progress() { clear(); }

void Progress::clear() {
    if (drawn_ != Clock::time_point{}) std::fputs("\r\033[K", stderr);
    drawn_ = {};
}

void Progress::show(const Standing& standing) {
    const auto now = Clock::now();
    bytes_done_ = standing.bytes;
    if (!shown_ || now - start_ < std::chrono::milliseconds{300} || now - drawn_ < std::chrono::milliseconds{100})
        return;
    drawn_ = now;
    const std::string line =
        progress_text(standing, artifacts_, bytes_, std::chrono::duration<double>(now - start_).count());
    // In columns, and never in the middle of a character.
    const auto room = static_cast<std::size_t>(width(STDERR_FILENO) - 1);
    const DisplayWidth display;
    std::size_t end = 0;
    for (std::size_t used = 0; end < line.size();) {
        const CodePoint c = code_point(line, end);
        used += display.of(c.value);
        if (used > room) break;
        end += c.length;
    }
    std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(end), line.c_str());
}

void Progress::finish(std::uint64_t artifacts) {
    if (drawn_ == Clock::time_point{}) return;
    clear();
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    log(Level::info,
        std::to_string(artifacts) + " artifacts, " + human_bytes(bytes_done_) + " in " + human_seconds(seconds));
}

} // namespace assay::cli
