#include "inventory/analyzer.hpp"
#include <algorithm>
#include <assay/utc.hpp>
#include <map>
#include <set>

namespace assay {

namespace {

std::string text_of(assay_str text) { return std::string{view(text)}; }

/// 2025-10-02 19:12, UTC.
std::string time_text(std::int64_t microseconds) {
    const UtcTime time = utc_time(microseconds);
    char clock[24];
    std::snprintf(clock, sizeof clock, " %02d:%02d", time.hour, time.minute);
    return utc_date(microseconds) + clock;
}

std::string extension_of(const assay_artifact& artifact) {
    const std::string_view name = view(artifact.name);
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? "(none)" : std::string{name.substr(dot)};
}

/// The parser that claimed it: the type of an artifact.
std::string type_of(const assay_artifact& artifact) {
    return artifact.parser.size == 0 ? "unclaimed" : text_of(artifact.parser);
}

struct Tally {
    std::uint64_t files = 0, bytes = 0;
    std::map<std::string, std::uint64_t> types;
    std::optional<std::int64_t> first, last;
    std::string latest;
    void add(const assay_artifact& artifact) {
        ++files;
        bytes += artifact.bytes;
        ++types[type_of(artifact)];
        if (artifact.modified_us == INT64_MIN) return;
        if (!first || artifact.modified_us < *first) first = artifact.modified_us;
        if (!last || artifact.modified_us > *last) last = artifact.modified_us, latest = view(artifact.name);
    }
};

struct Facts {
    Fragment& out;
    SectionCell give(Pairs subject, std::string metric, std::uint64_t value, std::string method,
                     std::string unit = {}) const {
        Fact fact;
        fact.kind = "inventory";
        fact.subject = std::move(subject);
        fact.metric = std::move(metric);
        fact.stat = "count";
        fact.value = static_cast<double>(value);
        fact.display = std::to_string(value);
        fact.unit = std::move(unit);
        fact.method = std::move(method);
        const std::string display = fact.display;
        return {display, out.add(fact, 5)};
    }
};

SectionTable& bounded(SectionTable& table, std::size_t most) {
    if (table.rows.size() > most) {
        table.note = std::to_string(table.rows.size() - most) + " more rows are not shown";
        table.rows.resize(most);
    }
    return table;
}

SectionTable totals(const Corpus& corpus, const Facts& facts) {
    Tally all;
    std::uint64_t claimed = 0, unclaimed = 0, parsed = 0, failed = 0, skipped = 0, copies = 0;
    for (const auto& artifact : corpus.artifacts()) {
        all.add(artifact);
        ++(artifact.parser.size > 0 ? claimed : unclaimed);
        parsed += artifact.outcome == ASSAY_OUTCOME_PARSED ? 1U : 0U;
        failed += artifact.outcome == ASSAY_OUTCOME_FAILED ? 1U : 0U;
        skipped += artifact.outcome == ASSAY_OUTCOME_SKIPPED ? 1U : 0U;
        copies += artifact.duplicate_of != SIZE_MAX ? 1U : 0U;
    }
    SectionTable table{"Artifacts", {{"what"}, {"count", true}}, {}};
    const auto line = [&](const char* what, const char* metric, std::uint64_t value, const char* unit = "") {
        table.rows.push_back({{what}, facts.give({{"scope", "corpus"}}, metric, value, what, unit)});
    };
    line("files seen", "artifacts", all.files);
    line("bytes as stored", "bytes", all.bytes, "By");
    line("claimed by a parser", "claimed", claimed);
    line("claimed by none", "unclaimed", unclaimed);
    line("parsed", "parsed", parsed);
    line("failed", "failed", failed);
    line("skipped", "skipped", skipped);
    line("copies of another file, counted once in statistics", "duplicates", copies);
    return table;
}

SectionTable by_type(const std::map<std::string, Tally>& tallies, const Facts& facts) {
    SectionTable table{"By type", {{"parser"}, {"files", true}, {"bytes", true}}, {}};
    for (const auto& [type, tally] : tallies)
        table.rows.push_back({{type},
                              facts.give({{"type", type}}, "artifacts", tally.files, "files of this type"),
                              facts.give({{"type", type}}, "bytes", tally.bytes, "bytes as stored", "By")});
    return table;
}

SectionTable by_directory(const std::map<std::string, Tally>& tallies, const Facts& facts) {
    SectionTable table{"By directory",
                       {{"directory"},
                        {"files", true},
                        {"bytes", true},
                        {"types"},
                        {"first modified (UTC)"},
                        {"last modified (UTC)"},
                        {"latest"}},
                       {}};
    for (const auto& [directory, tally] : tallies) {
        std::string types;
        for (const auto& [type, count] : tally.types)
            types += (types.empty() ? "" : ", ") + std::to_string(count) + " " + type;
        table.rows.push_back({{directory},
                              facts.give({{"directory", directory}}, "artifacts", tally.files, "files in it"),
                              facts.give({{"directory", directory}}, "bytes", tally.bytes, "bytes as stored", "By"),
                              {types},
                              {tally.first ? time_text(*tally.first) : ""},
                              {tally.last ? time_text(*tally.last) : ""},
                              {tally.latest}});
    }
    return table;
}

SectionTable copies(const Corpus& corpus, const Facts& facts) {
    std::map<std::size_t, std::vector<std::string>> groups; // by the one that counts
    const auto all = corpus.artifacts();
    for (const auto& artifact : all)
        if (artifact.duplicate_of != SIZE_MAX) groups[artifact.duplicate_of].push_back(text_of(artifact.path));
    SectionTable table{"Copies by content", {{"counted"}, {"copies", true}, {"not counted"}}, {}};
    for (const auto& [first, paths] : groups) {
        std::string list;
        for (std::size_t i = 0; i < std::min<std::size_t>(paths.size(), 5); ++i) list += (i ? ", " : "") + paths[i];
        if (paths.size() > 5) list += ", ...";
        const std::string path = text_of(all[first].path);
        table.rows.push_back(
            {{path}, facts.give({{"artifact", path}}, "copies", paths.size(), "files of the same bytes"), {list}});
    }
    return table;
}

SectionTable unclaimed(const Corpus& corpus, const Facts& facts) {
    SectionTable table{"Claimed by no parser", {{"artifact"}, {"extension"}, {"bytes", true}, {"reason"}}, {}};
    for (const auto& artifact : corpus.artifacts()) {
        if (artifact.parser.size > 0) continue;
        const std::string path = text_of(artifact.path);
        table.rows.push_back({{path},
                              {extension_of(artifact)},
                              facts.give({{"artifact", path}}, "bytes", artifact.bytes, "bytes as stored", "By"),
                              {text_of(artifact.reason)}});
    }
    return table;
}

SectionTable failures(const Corpus& corpus) {
    SectionTable table{"Failed", {{"artifact"}, {"parser"}, {"reason"}}, {}};
    for (const auto& artifact : corpus.artifacts())
        if (artifact.outcome == ASSAY_OUTCOME_FAILED)
            table.rows.push_back({{text_of(artifact.path)}, {type_of(artifact)}, {text_of(artifact.reason)}});
    return table;
}

} // namespace

void InventoryAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    std::map<std::string, Tally> types, directories;
    for (const auto& artifact : corpus.artifacts()) {
        types[type_of(artifact)].add(artifact);
        directories[artifact.directory.size == 0 ? "." : text_of(artifact.directory)].add(artifact);
    }
    const Facts facts{out};
    Section section{.title = "Inventory"};
    for (SectionTable table : {totals(corpus, facts), by_type(types, facts), by_directory(directories, facts),
                               copies(corpus, facts), unclaimed(corpus, facts), failures(corpus)})
        if (!table.rows.empty()) section.tables.push_back(bounded(table, static_cast<std::size_t>(*rows)));
    out.add(section);
}

} // namespace assay
