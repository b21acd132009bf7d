#pragma once
#include "registry/outcome.hpp"
#include "registry/plugin.hpp"
#include <assay/abi.h>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Instances of what plugins offer. Each is used by one thread at a time; distinct ones concurrently.
// A call that a plugin lacks, because it is null or beyond the plugin's struct_size, answers ASSAY_INTERNAL "no-call".
namespace assay::registry {

// One created component; given back to its plugin when it goes.
class Instance {
  public:
    Instance(const LoadedPlugin&, const assay_component&);
    Instance(Instance&&) noexcept;
    Instance& operator=(Instance&&) noexcept;
    ~Instance();
    void* self() const { return component_.self; }
    const void* calls() const { return component_.calls; }

  private:
    const assay_plugin* plugin_;
    assay_component component_;
};

struct Probe {
    Outcome outcome;
    std::int32_t confidence = 0; // 0 not mine, 1..100; brought into that range
    std::string reason;
};

class ParserHandle {
  public:
    explicit ParserHandle(Instance instance) : instance_{std::move(instance)} {}
    Outcome configure(const assay_value* options);
    Probe probe(const assay_head&);
    Outcome parse(assay_input&, assay_table_sink&);
    bool reads_parts() const; // else survey and parse_part are not there
    Outcome survey(assay_input&, std::uint64_t begin, std::uint64_t end, std::string& found); // replaces `found`
    Outcome parse_part(assay_input&, assay_part&, std::string& found, assay_table_sink&);     // likewise
    bool joins_parts() const; // else join_parts is not there
    Outcome join_parts(std::span<const assay_str> found, assay_table_sink&);

  private:
    Instance instance_;
};

class AnalyzerHandle {
  public:
    explicit AnalyzerHandle(Instance instance) : instance_{std::move(instance)} {}
    bool folds() const; // else it works on other stages' facts, and only configure and finish are there
    Outcome configure(const assay_value* options);
    Outcome artifact_begin(const assay_content&);
    Outcome table_begin(const assay_table&);
    Outcome update(const assay_batch&);
    Outcome table_end(std::uint64_t rows_rejected);
    Outcome artifact_end(std::int32_t outcome);
    Outcome save(std::string& state); // replaces `state`; empty where it fails
    Outcome load(std::string_view state);
    Outcome merge(std::string_view state);
    Outcome finish(const assay_corpus&, assay_fragment&);
    Outcome sends(std::string& lines); // replaces `lines`; empty where it sends nothing, or does not say

  private:
    Instance instance_;
};

class RendererHandle {
  public:
    explicit RendererHandle(Instance instance) : instance_{std::move(instance)} {}
    Outcome configure(const assay_value* options);
    Outcome render(const assay_report&, assay_sink&);
    bool needs_rows() const; // with its options; only for one whose manifest says that it may

  private:
    Instance instance_;
};

// Makes a component and checks that it is of the kind asked for and has the calls of that kind.
Outcome create(const LoadedPlugin&, const assay_host&, std::string_view id, std::optional<ParserHandle>&);
Outcome create(const LoadedPlugin&, const assay_host&, std::string_view id, std::optional<AnalyzerHandle>&);
Outcome create(const LoadedPlugin&, const assay_host&, std::string_view id, std::optional<RendererHandle>&);

// Collects what a plugin writes, up to a limit; further writes are refused with ASSAY_FAILED.
class TextSink {
  public:
    TextSink(std::string& out, std::size_t limit);
    TextSink(const TextSink&) = delete;
    TextSink& operator=(const TextSink&) = delete;
    assay_sink* abi() { return &sink_; }

  private:
    static std::int32_t write(assay_sink*, const void* data, std::size_t size) noexcept;
    std::string& out_;
    std::size_t limit_;
    assay_sink sink_;
};

} // namespace assay::registry
