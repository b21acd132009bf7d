#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/path_pattern.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "engine/corpus.hpp"
#include "plan/table_plan.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <assay/visible_text.hpp>
#include <boost/filesystem.hpp>
#include <iostream>
#include <map>
#include <set>

namespace assay::cli {

namespace {

/// What was inferred of all columns of one name.
struct ColumnNote {
    std::int32_t role = 0;
    std::string unit, direction, reason;
    std::set<std::string> disputes;
    std::size_t tables = 0;
    bool settled = false; ///< a parser said so: nothing to write
};

struct Findings {
    std::map<std::string, ColumnNote> columns;
    std::map<std::string, std::size_t> failed_when;                                  ///< condition -> tables
    std::map<std::string, std::pair<std::set<std::string>, std::string>> dimensions; ///< name -> values, source
    std::vector<FoldersOfFile> folders;                                              ///< of files with data
};

std::string in_quotes(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

/// Text inside a comment: one line.
std::string comment(std::string text) {
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    return visible(text);
}

void note(const plan::ColumnPlan& column, Findings& findings) {
    ColumnNote& note = findings.columns[column.name];
    const std::string direction = column.direction == ASSAY_DIRECTION_HIGHER  ? "higher"
                                  : column.direction == ASSAY_DIRECTION_LOWER ? "lower"
                                                                              : "";
    if (note.tables++ == 0) {
        note = {column.role,
                column.unit,
                direction,
                column.role_reason + (column.unit.empty() ? "" : "; unit: " + column.unit_reason),
                {},
                1,
                column.role_source == ASSAY_SOURCE_PARSER};
        return;
    }
    if (note.role != column.role)
        note.disputes.insert("elsewhere " + std::string{plan::name_of_role(column.role)} + ": " + column.role_reason);
}

bool has_data(const engine::Placed& artifact) {
    const auto& tables = artifact.partial.record.tables;
    return std::any_of(tables.begin(), tables.end(),
                       [](const auto& table) { return table.plan->kind == ASSAY_TABLE_DATA; });
}

FoldersOfFile folders_of(const engine::Corpus& corpus, std::size_t artifact) {
    FoldersOfFile out;
    std::string_view path = corpus.artifacts()[artifact].found.path;
    path.remove_prefix(std::min(path.find('/') + 1, path.size())); // the input's own name; npos + 1 is 0
    for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/')) {
        out.names.emplace_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    for (const auto& d : corpus.dimensions()[artifact])
        if (d.name == "run" && d.source.starts_with("folder name")) out.times.insert(d.value);
    return out;
}

Findings findings_of(const engine::Corpus& corpus) {
    Findings findings;
    for (std::size_t a = 0; a < corpus.artifacts().size(); ++a) {
        for (const auto& table : corpus.artifacts()[a].partial.record.tables) {
            if (table.plan->kind != ASSAY_TABLE_DATA) continue;
            for (const auto& column : table.plan->columns) note(column, findings);
            if (table.plan->failed) ++findings.failed_when[table.plan->failed->text];
        }
        if (has_data(corpus.artifacts()[a])) findings.folders.push_back(folders_of(corpus, a));
        for (const auto& d : corpus.dimensions()[a]) {
            auto& [values, source] = findings.dimensions[d.name];
            values.insert(d.value);
            if (source.empty()) source = d.source;
        }
    }
    return findings;
}

std::string columns_text(const Findings& findings) {
    // Metrics and what tells rows apart are what a team will want to correct; the rest would only be long.
    constexpr std::size_t most = 60;
    std::string text;
    std::size_t shown = 0, left_out = 0;
    for (const auto& [name, note] : findings.columns) {
        if (note.settled || (note.role != ASSAY_ROLE_METRIC && note.role != ASSAY_ROLE_PARAMETER)) continue;
        if (++shown > most) {
            ++left_out;
            continue;
        }
        // A '*' or '?' in a name would be read as a pattern.
        text += "    // " + comment(note.reason) +
                (note.tables > 1 ? "; in " + std::to_string(note.tables) + " tables" : "") + "\n";
        for (const auto& dispute : note.disputes) text += "    //   " + comment(dispute) + "\n";
        text += "    // " + in_quotes(name) + ": { \"role\": \"" + std::string{plan::name_of_role(note.role)} + "\"";
        if (!note.unit.empty()) text += ", \"unit\": " + in_quotes(note.unit);
        if (!note.direction.empty()) text += ", \"direction\": \"" + note.direction + "\"";
        text += " },\n";
    }
    // So that taking all slashes away leaves no comma behind the last.
    if (text.ends_with(",\n")) text.erase(text.size() - 2, 1);
    if (left_out) text += "    // and " + std::to_string(left_out) + " more columns\n";
    return text;
}

std::string status_text(const Findings& findings) {
    std::string text;
    for (const auto& [condition, tables] : findings.failed_when)
        text += "    // inferred for " + std::to_string(tables) + (tables == 1 ? " table: " : " tables: ") +
                comment(condition) + "\n";
    if (findings.failed_when.empty())
        return "    // no column says whether a row failed; where one does: \"failed\": \"error != ''\"\n";
    std::string all;
    for (const auto& [condition, tables] : findings.failed_when)
        all += (all.empty() ? "" : " or ") + (findings.failed_when.size() == 1 ? condition : "(" + condition + ")");
    return text + "    // \"failed\": " + in_quotes(all) + "\n";
}

std::string dimensions_text(const Findings& findings) {
    std::string text;
    for (const auto& [name, content] : findings.dimensions) {
        const auto& [values, source] = content;
        text += "    // inferred: " + comment(name) + ", " + std::to_string(values.size()) +
                (values.size() == 1 ? " value" : " values") + ", such as " + comment(*values.begin()) + " (" +
                comment(source) + ")\n";
    }
    const std::string pattern = path_pattern(findings.folders);
    if (findings.dimensions.empty() && pattern.empty()) return "    // the folders tell nothing apart\n";
    if (!pattern.empty()) text += "    // { \"path\": " + in_quotes(pattern) + " }\n";
    return text;
}

std::string stages_text(const Session& session, pipeline::ComponentKind kind) {
    std::string text;
    const auto analyzers = session.default_analyzers();
    for (const auto& component : session.offered()) {
        if (component.kind != kind) continue;
        if (kind == pipeline::ComponentKind::analyzer &&
            std::find(analyzers.begin(), analyzers.end(), component.id) == analyzers.end())
            continue;
        const auto can = [&](std::string_view what) {
            const auto& all = component.capabilities;
            return std::find(all.begin(), all.end(), what) != all.end();
        };
        // Exports of all rows read everything once more: for those who ask for them.
        const bool rows = std::find(component.needs.begin(), component.needs.end(), "rows") != component.needs.end();
        if (can("network") || can("console") || can("on-request") || rows) continue;
        text += (text.empty() ? "" : ",\n") + std::string{"    { \"use\": "} + in_quotes(component.id);
        if (kind == pipeline::ComponentKind::renderer) {
            const std::string extension =
                component.extensions.empty() ? "." + component.id : component.extensions.front();
            text += ", \"to\": " + in_quotes("report" + extension);
        }
        text += " }";
    }
    return text + "\n";
}

std::string pipeline_file(const std::vector<std::string>& paths, const Session& session, const engine::Corpus& corpus) {
    const Findings findings = findings_of(corpus);
    const auto counts = engine::counts_of(corpus);
    std::string text = "// " + std::to_string(counts.seen) + " artifacts: " + std::to_string(counts.parsed) +
                       " parsed, " + std::to_string(counts.failed) + " failed, " + std::to_string(counts.unclaimed) +
                       " unclaimed. What stands in comments below is what assay\n"
                       "// infers by itself; remove the slashes to make it certain, change it where it is wrong.\n{\n  "
                       "\"name\": \"benchmarks\",\n  \"inputs\": [\n";
    for (std::size_t i = 0; i < paths.size(); ++i) {
        std::string path;
        for (const char c : paths[i]) path += c == '$' ? std::string{"$$"} : std::string{c};
        text += "    { \"path\": " + in_quotes(path) + " }" + (i + 1 < paths.size() ? "," : "") + "\n";
    }
    text += "  ],\n  \"parsers\": \"all\",\n  \"analyzers\": [\n" +
            stages_text(session, pipeline::ComponentKind::analyzer) + "  ],\n  \"renderers\": [\n" +
            stages_text(session, pipeline::ComponentKind::renderer) + "  ],\n  \"columns\": {\n" +
            columns_text(findings) + "  },\n  \"status\": {\n" + status_text(findings) + "  },\n  \"dimensions\": [\n" +
            dimensions_text(findings) + "  ],\n  \"fail_on\": \"none\"\n}\n";
    return text;
}

} // namespace

int init(const Words& words) {
    namespace po = boost::program_options;
    Grammar g{"init",
              "PATH... [options]",
              "Writes a commented pipeline for these files: what was inferred of columns, units, dimensions "
              "and\nfailures, and why.",
              po::options_description{"Options"},
              "path",
              -1,
              false};
    g.options.add_options()("output,o", po::value<std::string>()->default_value("-")->value_name("FILE"),
                            "where to write it")("force", po::bool_switch(), "replace FILE if it is there");
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    if (arguments.values.count("path") == 0) throw UsageError{"a file or folder is missing: assay init PATH..."};
    const auto paths = arguments.values["path"].as<std::vector<std::string>>();
    const auto to = arguments.values["output"].as<std::string>();
    for (const auto& path : paths)
        if (!boost::filesystem::exists(boost::filesystem::symlink_status(path)))
            throw UsageError{"no such file or folder: " + path};
    if (to != "-" && boost::filesystem::exists(to) && !arguments.values["force"].as<bool>())
        throw UsageError{to + " is there already; --force replaces it"};
    Session session{arguments.common};
    engine::Stages stages{session.all_parsers(), {}, {}};
    std::vector<intake::Input> inputs;
    for (const auto& path : paths) inputs.push_back({path, {}, {}});
    const auto discovery = intake::discover(inputs);
    std::vector<engine::Placed> placed;
    for (const auto& found : discovery.files) placed.push_back({found, engine::fold(found, stages, {}, {})});
    const engine::Corpus corpus{placed, {}};
    // The file's inputs are relative to the file.
    std::vector<std::string> written;
    const auto base = to == "-" ? boost::filesystem::current_path() : boost::filesystem::absolute(to).parent_path();
    for (const auto& path : paths) written.push_back(boost::filesystem::relative(path, base).string());
    const std::string text = pipeline_file(written, session, corpus);
    OutputFile file{".", to};
    std::string problem = file.problem();
    if (problem.empty() && file.sink()->write(file.sink(), text.data(), text.size()) != ASSAY_OK)
        problem = file.problem();
    if (problem.empty()) problem = file.commit();
    if (!problem.empty()) {
        log(Level::error, problem);
        return incomplete;
    }
    if (to != "-") log(Level::info, "wrote " + to);
    return done;
}

} // namespace assay::cli
