#pragma once
// Where a renderer's bytes go: a file that appears whole or not at all, or stdout.
#include <assay/abi.h>
#include <cstdint>
#include <cstdio>
#include <string>

namespace assay::cli {

class OutputFile {
  public:
    /// `to` is relative to `folder`, absolute, or "-" for stdout. Folders are made.
    OutputFile(const std::string& folder, const std::string& to);
    ~OutputFile(); ///< removes what was not committed
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    assay_sink* sink() { return &sink_; }
    const std::string& path() const { return path_; } ///< "-" for stdout
    const std::string& problem() const { return problem_; }
    /// Hands on what is held back. False: there is a problem.
    bool flush();
    /// Puts the file in its place. Empty, or why that failed.
    std::string commit();

  private:
    std::int32_t write(const void* data, std::size_t size);
    void fail(const std::string& what);
    std::string path_, temporary_, problem_;
    std::FILE* file_ = nullptr;
    assay_sink sink_;
};

} // namespace assay::cli
