#pragma once
// What every report for people says in the same words: the opening sentences and the order of its answers.
// All text here is plain; a renderer escapes it for its own format.
#include <array>
#include <assay/report_reader.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct Place {
    std::string_view id; ///< Section::place
    std::string_view heading;
};
/// The answers, in the order a reader needs them; "details" come after.
inline constexpr std::array<Place, 6> answer_places{{{"say", "What you can say"},
                                                     {"not", "What you must not say"},
                                                     {"changed", "What changed"},
                                                     {"excluded", "Excluded"},
                                                     {"missing", "Missing"},
                                                     {"next", "Do next"}}};

/// Index in answer_places; its size for details, and for places that this version does not know.
inline std::size_t place_of(const Section& section) {
    std::size_t index = 0;
    while (index < answer_places.size() && answer_places[index].id != section.place) ++index;
    return index;
}

/// All sections by place, each place in the order of the report; the last entry holds the details.
inline std::vector<std::vector<Section>> sections_by_place(const Report& report, RecordReader& reader) {
    std::vector<std::vector<Section>> places(answer_places.size() + 1);
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_SECTION); ++i) {
        Section section = reader.section(report.record(ASSAY_RECORD_SECTION, i));
        const std::size_t place = place_of(section);
        places[place].push_back(std::move(section));
    }
    return places;
}

/// "1 file", "5 files".
inline std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
    return std::to_string(n) + ' ' + std::string{n == 1 ? one : many};
}

/// "a.csv:7", "a.csv row 3", "a.json /runs/0".
inline std::string place_text(const Evidence& evidence) {
    std::string place = evidence.artifact;
    if (evidence.line)
        place += ':' + std::to_string(*evidence.line);
    else if (evidence.row)
        place += " row " + std::to_string(*evidence.row);
    if (!evidence.pointer.empty()) place += ' ' + evidence.pointer;
    return place;
}

namespace detail {
inline void add_clause(std::string& list, const std::string& clause) { list += (list.empty() ? "" : ", ") + clause; }
inline void add_count(std::string& list, Count n, std::string_view word) {
    if (n && *n > 0) add_clause(list, std::to_string(*n) + ' ' + std::string{word});
}
} // namespace detail

/// "106 files: 28 csv, 44 json; 5 unclaimed, 1 failed."
inline std::string files_sentence(const ReportInventory& inventory, const ReportCounts& counts) {
    constexpr std::size_t most_types = 8;
    const Count files = inventory.artifacts ? inventory.artifacts : counts.seen;
    if (!files) return {};
    if (*files == 0) return "No files were found.";
    std::string types, not_used;
    for (std::size_t i = 0; i < inventory.by_type.size() && i < most_types; ++i)
        detail::add_count(types, inventory.by_type[i].second, inventory.by_type[i].first);
    if (inventory.by_type.size() > most_types)
        detail::add_clause(types, "and " + counted(inventory.by_type.size() - most_types, "more type", "more types"));
    detail::add_count(not_used, counts.unclaimed, "unclaimed");
    detail::add_count(not_used, counts.failed, "failed");
    detail::add_count(not_used, counts.skipped, "skipped");
    return counted(*files, "file", "files") + (types.empty() ? "" : ": " + types) +
           (not_used.empty() ? "" : "; " + not_used) + '.';
}

/// What nobody looked at.
inline std::vector<std::string> left_out_sentences(const ReportInventory& inventory) {
    std::vector<std::string> out;
    if (inventory.excluded.value_or(0) > 0)
        out.push_back(counted(*inventory.excluded, "file was", "files were") +
                      " left out by the pipeline's include and exclude patterns.");
    if (inventory.hidden_folders.value_or(0) > 0)
        out.push_back(counted(*inventory.hidden_folders, "hidden folder was", "hidden folders were") +
                      " not entered; one that is named as an input is read.");
    return out;
}

/// "Rows: 274 read, 197 ok, 77 failed."
inline std::string rows_sentence(const RowCounts& rows) {
    if (!rows.read) return {};
    if (*rows.read == 0) return "No rows were read.";
    std::string list = std::to_string(*rows.read) + " read";
    if (rows.ok) detail::add_clause(list, rows.ok == rows.read ? "all ok" : std::to_string(*rows.ok) + " ok");
    detail::add_count(list, rows.failed, "failed");
    detail::add_count(list, rows.suspect, "suspect");
    detail::add_count(list, rows.rejected, "rejected");
    detail::add_count(list, rows.published, "published statistics");
    return "Rows: " + list + '.';
}

/// By whom a narrative is: "Phrased by M: 7 of 9 generated sentences verified, 1 repaired, 1 replaced by a template."
inline std::string author_sentence(const ReportNarrative& narrative) {
    if (narrative.by == "template")
        return narrative.note.empty() ? "Written from facts and findings by templates." : narrative.note;
    if (narrative.by.empty()) return {};
    std::string text = "Phrased by " + narrative.by;
    if (narrative.generated && narrative.verified) {
        text += ": " + std::to_string(*narrative.verified) + " of " +
                counted(*narrative.generated, "generated sentence", "generated sentences") + " verified";
        detail::add_count(text, narrative.repaired, "repaired");
        detail::add_count(text, narrative.replaced, "replaced by a template");
        detail::add_count(text, narrative.dropped, "dropped");
    }
    return text + (narrative.note.empty() ? "." : ". " + narrative.note);
}

/// What was scanned, and what of it cannot be relied on.
inline std::vector<std::string> opening_sentences(const ReportInventory& inventory, const ReportCounts& counts) {
    std::vector<std::string> all;
    const auto add = [&](std::string sentence) {
        if (!sentence.empty()) all.push_back(std::move(sentence));
    };
    add(files_sentence(inventory, counts));
    if (counts.duplicates && *counts.duplicates > 0)
        add(counted(*counts.duplicates, "copy", "copies") + " counted once.");
    add(rows_sentence(counts.rows));
    std::string findings;
    for (const auto& [severity, n] : counts.findings) detail::add_count(findings, n, severity);
    if (!findings.empty()) add("Findings: " + findings + '.');
    if (counts.facts_cut && *counts.facts_cut > 0)
        add(counted(*counts.facts_cut, "fact", "facts") + " left out at the report's limit.");
    if (counts.complete && !*counts.complete) add("This report is incomplete: part of the work was not done.");
    return all;
}

} // namespace assay
