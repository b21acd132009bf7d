#pragma once
// What a report for people lists of its artifacts: those that failed, that nobody claimed, that are copies, the rows
// that are in no statistic. One pass over the artifacts; each list keeps its first entries and counts the rest.
#include <assay/report_reader.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace assay {

template <class T> struct Bounded {
    std::size_t limit;
    std::vector<T> kept = {};
    std::size_t total = 0;

    void add(const T& item) {
        if (total++ < limit) kept.push_back(item);
    }
    std::size_t left_out() const { return total - kept.size(); }
    bool empty() const { return total == 0; }
};

struct TableRows {
    std::string path;
    ReportTable table;
};
struct DiagnosticAt {
    std::string path;
    ReportDiagnostic diagnostic;
};

struct ArtifactLists {
    Bounded<ReportArtifact> all, failed, skipped, unclaimed, copies; ///< a copy: same bytes as an earlier artifact
    Bounded<TableRows>
        not_ok; ///< data tables with rows that are failed, suspect, rejected or published statistics; no copies
    Bounded<DiagnosticAt> errors, warnings, notes;
};

namespace detail {
inline bool any(Count n) { return n && *n > 0; }

inline void list_artifact(ArtifactLists& lists, const ReportArtifact& artifact) {
    lists.all.add(artifact);
    if (artifact.status == "failed") lists.failed.add(artifact);
    if (artifact.status == "skipped") lists.skipped.add(artifact);
    if (artifact.status == "unclaimed") lists.unclaimed.add(artifact);
    if (!artifact.duplicate_of.empty()) lists.copies.add(artifact);
    for (const ReportTable& table : artifact.tables)
        if (table.kind == "data" && artifact.duplicate_of.empty() &&
            (any(table.rows.failed) || any(table.rows.suspect) || any(table.rows.rejected) ||
             any(table.rows.published)))
            lists.not_ok.add({artifact.path, table});
    for (const ReportDiagnostic& d : artifact.diagnostics)
        (d.severity == "error"     ? lists.errors
         : d.severity == "warning" ? lists.warnings
                                   : lists.notes)
            .add({artifact.path, d});
}
} // namespace detail

/// `max_artifacts` bounds the list of all, `max_rows` every other.
inline ArtifactLists list_artifacts(const Report& report, RecordReader& reader, std::size_t max_artifacts,
                                    std::size_t max_rows) {
    ArtifactLists lists{{max_artifacts}, {max_rows}, {max_rows}, {max_rows}, {max_rows},
                        {max_rows},      {max_rows}, {max_rows}, {max_rows}};
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_ARTIFACT); ++i)
        detail::list_artifact(lists, reader.artifact(report.record(ASSAY_RECORD_ARTIFACT, i)));
    return lists;
}

} // namespace assay
