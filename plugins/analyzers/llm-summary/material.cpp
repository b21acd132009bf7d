#include "llm-summary/material.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/analyzer.hpp>
#include <assay/report_reader.hpp>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace assay::narrative {

namespace {

using detail::Json;

/// Counts that the stages before have given as facts, by metric: of the whole corpus, and of a type.
struct KnownCounts {
    std::map<std::string, std::string, std::less<>> corpus, type;
};

/// The records of all stages before, read once.
class Reading {
  public:
    explicit Reading(const Corpus& corpus) : corpus_{corpus} {
        read_sections();
        read_facts();
        read_findings();
    }

    std::vector<Family> families() const {
        std::vector<Family> out;
        for (const auto& [title, table] : shown_)
            if (auto family = family_of(title, table); !family.figures.empty()) out.push_back(std::move(family));
        return out;
    }

    KnownCounts known;
    std::vector<Gap> gaps;
    std::map<std::string, std::vector<std::string>> waived;

  private:
    template <class Work> void each(std::int32_t kind, Work&& work) const {
        for (std::size_t i = 0, n = corpus_.n_records("*", kind); i < n; ++i) work(corpus_.record("*", kind, i));
    }

    /// What the report shows first, with the facts in its cells.
    void read_sections() {
        RecordReader reader;
        each(ASSAY_RECORD_SECTION, [&](std::string_view text) {
            if (!contains(text, "\"place\":\"say\"")) return;
            const Section section = reader.section(text);
            for (const auto& table : section.tables) {
                shown_.emplace_back(section.title, table);
                for (const auto& row : table.rows)
                    for (const auto& cell : row)
                        if (!cell.fact.empty()) wanted_.insert(cell.fact);
            }
        });
    }

    void read_facts() {
        each(ASSAY_RECORD_FACT, [&](std::string_view text) {
            // Of ten thousand facts some hundred are shown first: the rest is not parsed.
            static constexpr std::string_view start = "{\"id\":\"";
            if (!text.starts_with(start)) return;
            const std::string id{text.substr(start.size(), text.find('"', start.size()) - start.size())};
            const bool is_shown = wanted_.contains(id);
            if (!is_shown && !contains(text.substr(0, 120), "\"kind\":\"inventory\"")) return;
            Json json;
            if (parser_.parse(text.data(), text.size()).get(json) != simdjson::SUCCESS) return;
            if (is_shown) figures_.emplace(id, figure_of(json));
            if (detail::text(json, "kind") == "inventory") note_count(json);
        });
    }

    void note_count(const Json& json) {
        const auto subject = detail::member(json, "subject");
        if (!subject) return;
        const std::string metric = detail::text(json, "metric"), type = detail::text(*subject, "type");
        if (detail::text(*subject, "scope") == "corpus") known.corpus.emplace(metric, detail::text(json, "id"));
        if (!type.empty() && metric == "artifacts") known.type.emplace(type, detail::text(json, "id"));
    }

    static Figure figure_of(const Json& json) {
        using detail::text;
        Figure out{text(json, "id"),
                   text(json, "metric"),
                   text(json, "stat"),
                   text(json, "display"),
                   text(json, "unit"),
                   text(json, "direction"),
                   {},
                   detail::number(json, "value"),
                   {},
                   {},
                   {},
                   {},
                   detail::count(json, "n"),
                   detail::count(json, "n_failed")};
        if (const auto ci = detail::member(json, "ci")) {
            out.low = detail::number(*ci, "low");
            out.high = detail::number(*ci, "high");
            out.level = detail::number(*ci, "level");
            out.interval = text(*ci, "display");
        }
        return out;
    }

    Family family_of(const std::string& title, const SectionTable& table) const {
        Family family{clean_name(title), {}, {}, {}, {}, {}, clean_name(table.note)};
        std::size_t names = 0;
        while (names < table.columns.size() && !table.columns[names].number) ++names;
        for (std::size_t i = 0; i < names; ++i) family.dimensions.push_back(clean_name(table.columns[i].title));
        for (const auto& row : table.rows) {
            const Figure* shown = nullptr;
            for (const auto& cell : row)
                if (const auto found = figures_.find(cell.fact);
                    !shown && found != figures_.end() && is_centre(found->second) && found->second.value)
                    shown = &found->second;
            if (!shown) continue;
            Figure figure = *shown;
            for (std::size_t i = 0; i < names; ++i)
                if (!row[i].text.empty()) figure.levels.push_back(clean_name(row[i].text));
            family.metric = figure.metric;
            family.unit = figure.unit;
            family.direction = figure.direction;
            family.figures.push_back(std::move(figure));
        }
        return family;
    }

    static bool is_centre(const Figure& figure) { return figure.stat == "median" || figure.stat == "value"; }

    void read_findings() {
        each(ASSAY_RECORD_FINDING, [&](std::string_view text) {
            Json json;
            if (parser_.parse(text.data(), text.size()).get(json) != simdjson::SUCCESS) return;
            const std::string rule = detail::text(json, "rule"), severity = detail::text(json, "severity");
            if (!detail::text(json, "waived").empty()) {
                waived[rule].push_back(detail::text(json, "fingerprint"));
                return;
            }
            const auto same = std::find_if(gaps.begin(), gaps.end(),
                                           [&](auto& gap) { return gap.rule == rule && gap.severity == severity; });
            Gap& gap =
                same != gaps.end() ? *same : gaps.emplace_back(Gap{rule, detail::text(json, "slug"), severity, {}});
            gap.found.push_back(found_of(json));
        });
        std::stable_sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) {
            return severity_rank(a.severity) < severity_rank(b.severity);
        });
    }

    static Found found_of(const Json& json) {
        Found out{detail::text(json, "fingerprint"),
                  clean_name(detail::text(json, "scope")),
                  detail::text(json, "message"),
                  detail::text(json, "fix"),
                  {},
                  {},
                  {},
                  {}};
        if (const auto counts = detail::member(json, "counts")) {
            out.k = detail::count(*counts, "k");
            out.n = detail::count(*counts, "n");
        }
        detail::each(json, "evidence", [&](const Json& place) {
            if (!out.place.empty()) return;
            out.place = clean_name(detail::text(place, "artifact"));
            out.excerpt = clean_name(detail::text(place, "excerpt"));
        });
        return out;
    }

    const Corpus& corpus_;
    simdjson::dom::parser parser_;
    std::vector<std::pair<std::string, SectionTable>> shown_;
    std::unordered_set<std::string> wanted_;
    std::unordered_map<std::string, Figure> figures_;
};

/// Gives a count as a fact, but where a stage before has given it.
struct Giving {
    Fragment& out;
    Count operator()(std::uint64_t value, Pairs subject, std::string metric, std::string stat, std::string method,
                     const std::string& known = {}) const {
        if (!known.empty()) return {value, known};
        return {value, out.add(Fact{.kind = "inventory",
                                    .subject = std::move(subject),
                                    .metric = std::move(metric),
                                    .stat = std::move(stat),
                                    .value = static_cast<double>(value),
                                    .display = std::to_string(value),
                                    .method = std::move(method)},
                               5)};
    }
};

void count_files(const Corpus& corpus, const KnownCounts& known, const Giving& give, Material& out) {
    std::map<std::string, std::uint64_t> types;
    std::uint64_t files = 0, claimed = 0, unread = 0, skipped = 0, copies = 0;
    for (const auto& artifact : corpus.artifacts()) {
        ++files;
        const std::string path = clean_name(view(artifact.path));
        if (artifact.parser.size > 0)
            ++claimed, ++types[clean_name(view(artifact.parser))];
        else
            out.unclaimed_names.push_back(path);
        if (artifact.outcome == ASSAY_OUTCOME_FAILED) ++unread, out.unread_names.push_back(path);
        skipped += artifact.outcome == ASSAY_OUTCOME_SKIPPED ? 1U : 0U;
        copies += artifact.duplicate_of != SIZE_MAX ? 1U : 0U;
    }
    const auto of_corpus = [&](std::uint64_t value, const char* metric, const char* method) {
        const auto found = known.corpus.find(metric);
        return give(value, {{"scope", "corpus"}}, metric, "count", method,
                    found == known.corpus.end() ? "" : found->second);
    };
    out.files = of_corpus(files, "artifacts", "files seen");
    out.claimed = of_corpus(claimed, "claimed", "claimed by a parser");
    out.unclaimed = of_corpus(files - claimed, "unclaimed", "claimed by none");
    out.unread = of_corpus(unread, "failed", "failed");
    out.skipped = of_corpus(skipped, "skipped", "skipped");
    out.copies = of_corpus(copies, "duplicates", "copies of another file, counted once in statistics");
    for (const auto& [type, n] : types) {
        const auto found = known.type.find(type);
        out.types.emplace_back(type, give(n, {{"type", type}}, "artifacts", "count", "files of this type",
                                          found == known.type.end() ? "" : found->second));
    }
}

struct Rows {
    std::uint64_t all = 0, failed = 0;
};

std::string common_folder(const std::string& a, const std::string& b) {
    std::size_t end = 0;
    for (std::size_t i = 0; i <= a.size() && i <= b.size(); ++i) {
        const bool at_end = i == a.size() || i == b.size();
        if ((i == a.size() || a[i] == '/') && (i == b.size() || b[i] == '/')) end = i;
        if (at_end || a[i] != b[i]) break;
    }
    return a.substr(0, end);
}

bool lies_in(std::string_view path, const std::string& folder) {
    return folder.empty() || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

void count_rows(const Corpus& corpus, const Giving& give, Material& out) {
    Rows total;
    std::uint64_t ok = 0;
    const auto artifacts = corpus.artifacts();
    for (const auto& artifact : artifacts)
        for (const auto& table : tables(artifact)) {
            if (table.plan->kind != ASSAY_TABLE_DATA) continue;
            total.all += table.rows_ok + table.rows_failed + table.rows_suspect + table.rows_rejected;
            total.failed += table.rows_failed;
            ok += table.rows_ok;
        }
    out.rows = give(total.all, {{"scope", "corpus"}}, "rows", "read", "rows read");
    out.rows_ok = give(ok, {{"scope", "corpus"}}, "rows", "ok", "rows that are ok");
    out.rows_failed = give(total.failed, {{"scope", "corpus"}}, "rows", "failed", "rows that failed");
    for (const auto& dataset : corpus.datasets()) {
        // Each content once, as the rules count.
        struct Source {
            std::string folder;
            std::string_view path;
            Rows rows;
        };
        std::vector<Source> sources;
        Rows sum;
        std::optional<std::string> folder;
        for (std::size_t i = 0; i < dataset.n_tables; ++i) {
            const assay_artifact& artifact = artifacts[dataset.tables[i][0]];
            if (artifact.duplicate_of != SIZE_MAX) continue;
            const assay_table_record& table = tables(artifact)[dataset.tables[i][1]];
            const Rows rows{table.rows_ok + table.rows_failed + table.rows_suspect, table.rows_failed};
            sources.push_back({std::string{view(artifact.directory)}, view(artifact.path), rows});
            sum.all += rows.all;
            sum.failed += rows.failed;
            if (rows.failed > 0)
                folder = folder ? common_folder(*folder, sources.back().folder) : sources.back().folder;
        }
        if (sum.failed == 0 || !folder) continue;
        Rows inside;
        for (const auto& source : sources)
            if (lies_in(source.path, *folder)) inside.all += source.rows.all, inside.failed += source.rows.failed;
        const std::string id{view(dataset.id)};
        Failures failures{clean_name(view(dataset.title)), inside.all < sum.all ? clean_name(*folder) : "", {}, {}, {}};
        failures.failed = give(sum.failed, {{"dataset", id}}, "rows", "failed", "rows that failed");
        failures.rows = give(sum.all, {{"dataset", id}}, "rows", "read", "rows of each content, counted once");
        if (!failures.folder.empty())
            failures.folder_rows = give(inside.all, {{"dataset", id}, {"directory", *folder}}, "rows", "read",
                                        "rows in the folder that all failed rows lie in");
        out.failures.push_back(std::move(failures));
    }
    std::stable_sort(out.failures.begin(), out.failures.end(),
                     [](auto& a, auto& b) { return a.failed.value > b.failed.value; });
}

} // namespace

std::string k_of_n(const Found& found) {
    if (!found.k) return {};
    return std::to_string(*found.k) + (found.n ? " of " + std::to_string(*found.n) : "");
}

Material read_material(const Corpus& corpus, Fragment& out) {
    Reading reading{corpus};
    Material material;
    const Giving give{out};
    count_files(corpus, reading.known, give, material);
    count_rows(corpus, give, material);
    material.families = reading.families();
    material.gaps = std::move(reading.gaps);
    material.waived = std::move(reading.waived);
    return material;
}

} // namespace assay::narrative
