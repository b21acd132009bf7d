#pragma once
// The parts of the page, in its order.
#include "page.hpp"

namespace assay::html {

/// What you can say, must not say, ...: the report's sections by place, with what was excluded.
void write_answers(Page& page, const std::vector<std::vector<Section>>& places, const ArtifactLists& lists,
                   const ReportInventory& inventory);
/// What the first narrative says in sum.
void write_summary(Page& page, const std::vector<ReportNarrative>& narratives);
/// The rest of it, and other narratives, each sentence with links to what it shows. `all`: how many the report has.
void write_narratives(Page& page, const std::vector<ReportNarrative>& narratives, std::size_t all);
void write_overview(Page& page, const Report& report, RecordReader& reader, const ReportCounts& counts,
                    const ReportInventory& inventory);
/// Datasets, distributions, sweeps and time series as charts, each with its numbers as a table.
void write_charts(Page& page, const std::vector<ReportDataset>& datasets);
void write_findings(Page& page, const Report& report, RecordReader& reader);
void write_claims(Page& page, const Report& report, RecordReader& reader);
void write_inventory(Page& page, const ReportInventory& inventory, const ArtifactLists& lists);
void write_search(Page& page);
void write_details(Page& page, const std::vector<Section>& details);
void write_provenance(Page& page, const ReportRun& run, const std::vector<ReportDataset>& datasets);

/// A bar for each count; the chart's numbers stand in the page already.
void write_bars(Page& page, std::string_view title, const NamedCounts& counts);

/// The facts that the page carries, as JSON of at most `most_bytes`: those it links to first. Ends early, and says so.
std::string evidence_json(const Page& page, std::size_t most_bytes);

} // namespace assay::html
