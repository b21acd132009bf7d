#pragma once
// Runs the analyzers over one artifact: what comes of its tables, then the end. One that fails sees no more of it.
#include "engine/activity.hpp"
#include "engine/content_record.hpp"
#include "engine/stages.hpp"
#include <map>
#include <string>
#include <vector>

namespace assay::engine {

class AnalyzerRun {
  public:
    /// Failures are remarks in `record`. All must outlive this.
    AnalyzerRun(Stages& stages, ContentRecord& record, Activity& activity);
    void begin();
    /// Goes on with what analyzers saved of the parts of the content; parts[i]: a state per analyzer.
    void take_up(const std::vector<const std::vector<std::string>*>& parts);
    /// Failures that a sink met.
    void note(const std::map<std::size_t, registry::Outcome>& failures);
    bool failed() const;
    void end();
    /// The states of those that did not fail; empty for the others.
    std::vector<std::string> save();

  private:
    template <class Call> void each(Call call);
    void stop(std::size_t index, const registry::Outcome& outcome);
    Stages& stages_;
    ContentRecord& record_;
    Activity& activity_;
    std::vector<bool> failed_;
};

} // namespace assay::engine
