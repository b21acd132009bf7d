#pragma once
// Runs the real binary and looks at what it leaves: exit status, stdout, stderr, files.
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::test {

struct Ran {
    int status = -1; ///< exit status; 128 + signal where a signal ended it; -1 where it took too long
    std::string out, err;
    double seconds = 0;
};

struct Start {
    std::string program = {}; ///< empty: the build's assay
    std::string folder = {};  ///< working directory, empty: this one
    /// Added to a small fixed one. Without an XDG_CACHE_HOME in it the run has a cache of its own, gone with it.
    std::vector<std::pair<std::string, std::string>> environment = {};
    double limit = 120;            ///< seconds
    std::string interrupt_at = {}; ///< file: once it is there, the program gets one SIGINT
    bool terminal = false;         ///< stdout and stderr are one terminal; what is written there is in `out`
};

Ran run_program(const std::vector<std::string>& arguments, const Start& start = {});

/// A real folder, gone with the test.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(std::string_view name) const { return (path / name).string(); }
    std::string write(std::string_view name, std::string_view content) const;
    std::filesystem::path path;
};

std::string read_file(const std::string& path);
nlohmann::json read_json(const std::string& path);

/// Folder of the corpus; empty, and a message given, where it is not there.
std::string corpus();

/// A report's bytes without its one volatile block, which is a line of its own.
std::string without_run(const std::string& report);

bool has(std::string_view text, std::string_view part);

} // namespace assay::test
