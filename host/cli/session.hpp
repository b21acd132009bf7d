#pragma once
// What a command works with: the plugins there are, a checked pipeline, and its components made and configured.
#include "cli/arguments.hpp"
#include "engine/stages.hpp"
#include "pipeline/pipeline.hpp"
#include "plan/rules.hpp"
#include "registry/host_services.hpp"
#include "registry/registry.hpp"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::cli {

bool can(const pipeline::ComponentInfo& component, std::string_view capability);

struct RendererStage {
    std::string name, id;
    std::string to; ///< relative to the output folder, or "-"
    registry::RendererHandle renderer;
    bool needs_rows; ///< of the artifacts, with the options it has
};

struct Components {
    engine::Stages stages;
    std::vector<RendererStage> renderers;
};

class Session {
  public:
    explicit Session(const Common& common);

    const registry::Registry& registry() const { return registry_; }
    const std::vector<pipeline::ComponentInfo>& offered() const { return offered_; }

    /// What console renderers that write to stdout are told of it where the pipeline does not say: option and JSON.
    void tell_console(const std::vector<std::pair<std::string, std::string>>& options);
    /// Where plugins may keep files, once it is known: beside the reports.
    void keep_files_in(std::string folder) { output_ = std::move(folder); }
    /// How many threads a stage may use to conclude.
    void conclude_with(std::size_t jobs) { jobs_ = jobs; }
    /// Makes and configures all stages of a checked pipeline. Nothing, and the reasons logged, where one cannot be
    /// made.
    std::optional<Components> make(const pipeline::Pipeline& pipeline);
    /// All parsers with their defaults, for looking at single files.
    std::vector<engine::ParserStage> all_parsers();
    /// Analyzers for pipelines that the program makes: all that need no network, are not for those who ask for them,
    /// and find what they need.
    std::vector<std::string> default_analyzers() const;
    const std::vector<const registry::KnownPlugin*>& used() const { return used_; }

  private:
    template <class Handle> std::optional<Handle> create(pipeline::ComponentKind kind, const pipeline::Stage& stage);
    registry::Registry registry_;
    std::vector<pipeline::ComponentInfo> offered_;
    std::string output_; ///< where reports go; what plugins keep goes there too
    std::size_t jobs_ = 1;
    registry::HostServices services_;
    std::map<std::string, registry::LoadedPlugin> loaded_;
    std::vector<const registry::KnownPlugin*> used_;
};

/// A pipeline read and checked as far as can be without running it, with its rules for columns, rows and dimensions.
struct CheckedPipeline {
    std::optional<pipeline::Pipeline> pipeline; ///< absent or not to be run where a problem is an error
    plan::Rules rules;
    std::vector<pipeline::Problem> problems;
    bool usable() const;
};
CheckedPipeline read_pipeline(const pipeline::Request& request, const Session& session);

/// False where the pipeline is not to be run: its problems are printed. Warnings alone go to stderr, for stdout is the
/// result's.
bool accept(const CheckedPipeline& checked, const Common& common);

/// Prints problems the way the command asks for: text on stderr, or JSON on stdout.
void print(const std::vector<pipeline::Problem>& problems, const Common& common);

} // namespace assay::cli
