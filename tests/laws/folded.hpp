#pragma once
// A tree of artifacts folded in this process, by the analyzers that are present.
#include "cli/session.hpp"
#include "engine/conclude.hpp"
#include "engine/fold.hpp"
#include "report/fragments.hpp"
#include <filesystem>
#include <string>
#include <vector>

namespace assay::test {

/// Files of many kinds, copies and failures among them; gone with the object.
class GeneratedTree {
  public:
    GeneratedTree();
    ~GeneratedTree();
    GeneratedTree(const GeneratedTree&) = delete;
    GeneratedTree& operator=(const GeneratedTree&) = delete;
    void write(const std::string& name, const std::string& content) const;
    std::filesystem::path path;
};

/// Those of `assay scan`, which take a corpus in no time; or also what runs only where a pipeline names it.
enum class Analyzers { scanned, with_those_on_request };

/// The stages of a pipeline over these inputs, and the partials of all artifacts in path order.
class Folded {
  public:
    explicit Folded(const std::vector<std::string>& inputs, Analyzers which = Analyzers::scanned);
    engine::Conclusion conclude(const std::vector<engine::Placed>& artifacts);
    engine::Conclusion conclude() { return conclude(artifacts); }
    engine::Stages& stages() { return components_->stages; }
    std::vector<engine::Placed> artifacts;

  private:
    cli::Session session_;
    cli::CheckedPipeline checked_;
    std::optional<cli::Components> components_;
};

/// The corpus, or where it is missing a generated tree.
Folded& everything();

/// Folder of the corpus, empty where it is not there.
std::string corpus();

} // namespace assay::test
