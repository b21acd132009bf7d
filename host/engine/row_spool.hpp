#pragma once
// Rows on disk between the worker that read them and the renderers that need them: each artifact's come whole or not
// at all, and in path order, whoever wrote them when. The form is this program's own, of one run.
#include "engine/content_record.hpp"
#include <assay/abi.h>
#include <assay/column.hpp>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

/// Bytes of the spool's file.
struct Extent {
    std::uint64_t begin = 0, bytes = 0;
};
std::string encode(const std::vector<Extent>& extents);
/// Empty where the text is damaged.
std::vector<Extent> decode_extents(std::string_view text);

/// A file without a name, gone with the last process that has it open. Workers forked from this process append to it
/// side by side.
class RowSpool {
  public:
    /// In `folder`, or where temporary files go if it cannot be there. Throws std::system_error.
    explicit RowSpool(const std::string& folder);
    ~RowSpool();
    RowSpool(const RowSpool&) = delete;
    RowSpool& operator=(const RowSpool&) = delete;

    /// Where the bytes now are. Throws std::system_error: the disk is full.
    Extent append(std::string_view bytes);
    void read(std::uint64_t at, void* to, std::size_t size) const; ///< throws std::system_error
    std::uint64_t bytes() const { return end_->load(); }

  private:
    int descriptor_;
    std::atomic<std::uint64_t>* end_; ///< in memory that all workers share
};

/// Writes the rows of one artifact.
class SpoolWriter {
  public:
    explicit SpoolWriter(RowSpool& spool) : spool_{spool} {}
    void table_begin(std::size_t place, const plan::TablePlan& plan);
    void batch(const assay_batch& batch);
    void table_end();
    void start_over();
    std::vector<Extent> finish();

  private:
    void flush();
    RowSpool& spool_;
    std::vector<Type> types_;
    std::string buffer_;
    std::vector<Extent> extents_;
};

/// Takes an artifact's tables back; any answer but ASSAY_OK ends it.
struct SpoolTaker {
    std::function<std::int32_t(std::size_t place, const assay_table& plan)> table_begin;
    std::function<std::int32_t(const assay_batch& batch)> batch;
    std::function<std::int32_t()> table_end;
};
/// `tables` are the artifact's. Throws std::runtime_error where what was written cannot be read.
std::int32_t take_rows(const RowSpool& spool, const std::vector<Extent>& extents,
                       const std::vector<TableContent>& tables, const SpoolTaker& taker);

} // namespace assay::engine
