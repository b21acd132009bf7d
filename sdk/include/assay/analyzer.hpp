#pragma once
// Writing an analyzer: fold one artifact at a time into a partial (a small state that belongs to the artifact's
// content), then conclude once over the partials of all.
#include <assay/column.hpp>
#include <assay/option.hpp>
#include <assay/report.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Some rows of a table, with the state of each.
class Batch {
  public:
    Batch(const assay_batch& batch, const assay_table& table) : batch_{batch}, table_{table} {}
    std::size_t rows() const { return static_cast<std::size_t>(batch_.rows->length); }
    ColumnView column(std::size_t index) const {
        return {*batch_.rows, index, static_cast<Type>(columns(table_)[index].type)};
    }
    const std::uint8_t* status() const { return batch_.status; } ///< ASSAY_ROW_*
    bool ok(std::size_t row) const { return batch_.status[row] == ASSAY_ROW_OK; }
    std::uint64_t chunk() const { return batch_.chunk; }
    std::uint64_t first_row() const { return batch_.first_row; } ///< within the chunk
    /// Line or record in the artifact, from 1.
    const std::uint64_t* lines() const { return batch_.line; } ///< null where they are not known
    std::uint64_t line(std::size_t row) const { return batch_.line ? batch_.line[row] : ASSAY_UNKNOWN; }

  private:
    const assay_batch& batch_;
    const assay_table& table_;
};

/// All artifacts and partials, in path order.
class Corpus {
  public:
    explicit Corpus(const assay_corpus& corpus) : corpus_{corpus} {}
    Strided<assay_artifact> artifacts() const { return assay::artifacts(corpus_); }
    Strided<assay_dataset> datasets() const { return assay::datasets(corpus_); }
    std::int64_t now_us() const { return corpus_.now_us; }
    /// This stage's partial of an artifact, or that of a needed stage by what it provides ("profile/1"), as its save()
    /// wrote it; empty where there is none. Valid until the next call, and where jobs() is told, until finish returns.
    std::string_view partial(std::size_t artifact, std::string_view stage = {}) const {
        return view(corpus_.partial(&corpus_, to_abi(stage), artifact));
    }
    /// Says that a partial is asked for soon: its first bytes, which nobody has looked at yet, come nearer meanwhile.
    void expect(std::size_t artifact, std::string_view stage) const {
        constexpr std::size_t most = 1024, line = 64;
        const std::string_view bytes = partial(artifact, stage);
        for (std::size_t at = 0; at < std::min(bytes.size(), most); at += line) __builtin_prefetch(bytes.data() + at);
    }
    std::size_t n_records(std::string_view stage, std::int32_t kind) const {
        return corpus_.n_records(&corpus_, to_abi(stage), kind);
    }
    std::string_view record(std::string_view stage, std::int32_t kind, std::size_t index) const {
        return view(corpus_.record(&corpus_, to_abi(stage), kind, index));
    }

  private:
    const assay_corpus& corpus_;
};

/// The life of an analyzer: for each artifact artifact_begin, for each of its tables table_begin, update..., table_end,
/// then artifact_end, save. Later, in any process: finish over all partials. Unclaimed and failed artifacts get begin
/// and end too; what a failed artifact's rows left behind is discarded by the host.
class Analyzer : public Component {
  public:
    virtual void artifact_begin(const assay_content&) {}
    virtual void table_begin(const assay_table&) {}
    virtual void update(const Batch&) {}
    virtual void table_end(std::uint64_t /*rows_rejected*/) {}
    virtual void artifact_end(std::int32_t /*outcome*/) {}
    /// Appends the state. The SDK puts the component's id and state version in front, and checks them on load.
    virtual void save(std::string& /*out*/) const {}
    virtual void load(std::string_view /*state*/) {}
    /// Joins the state of other chunks of the same artifact; any order gives the same.
    virtual void merge(std::string_view /*state*/) {}
    virtual void finish(const Corpus& corpus, Fragment& out) = 0;
    /// For `assay plan`: what it would send where with these options, a line each. Needs `.network` in the manifest.
    virtual std::vector<std::string> sends() const { return {}; }
};

} // namespace assay
