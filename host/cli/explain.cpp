#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "engine/describe.hpp"
#include "intake/read_error.hpp"
#include "plan/table_plan.hpp"
#include <assay/json_writer.hpp>
#include <assay/visible_text.hpp>
#include <boost/filesystem.hpp>
#include <iostream>

namespace assay::cli {

namespace {

struct Explained {
    intake::Claim claim;
    std::string problem; ///< of reading
    engine::Partial partial;
};

Explained explain_file(const intake::Found& found, engine::Stages& stages) {
    Explained out;
    try {
        intake::Source source{found, {}};
        out.claim = engine::claim(source, stages.parsers);
    } catch (const intake::ReadError& error) {
        out.problem = error.what();
    }
    out.partial = engine::fold(found, stages, {}, {});
    return out;
}

void print_column(const plan::ColumnPlan& c) {
    std::cout << "    " << visible(c.name) << "  " << plan::name_of_type(c.type) << "  " << plan::name_of_role(c.role)
              << " (" << plan::name_of_source(c.role_source) << ": " << visible(c.role_reason) << ")";
    if (!c.unit.empty())
        std::cout << "  " << visible(c.unit) << " (" << plan::name_of_source(c.unit_source) << ": "
                  << visible(c.unit_reason) << ")";
    if (c.direction == ASSAY_DIRECTION_HIGHER) std::cout << "  higher is better";
    if (c.direction == ASSAY_DIRECTION_LOWER) std::cout << "  lower is better";
    if (c.aggregate) std::cout << "  published statistic";
    if (c.document_scope) std::cout << "  from the document";
    std::cout << "\n";
}

void print_text(const intake::Found& found, const Explained& e) {
    const auto& record = e.partial.record;
    std::cout << visible(found.path) << ": " << record.bytes << " bytes, sha256 "
              << (record.sha256.empty() ? "unknown" : record.sha256) << "\n";
    if (!e.problem.empty()) std::cout << "cannot be read: " << visible(e.problem) << "\n";
    std::cout << "who claims it:\n";
    for (const auto& answer : e.claim.contest)
        std::cout << "  " << answer.parser << "  " << answer.confidence << "  " << visible(answer.reason) << "\n";
    std::cout << "outcome: " << engine::name_of_outcome(record.outcome);
    if (!record.parser.empty()) std::cout << " by " << record.parser;
    if (!record.reason.empty()) std::cout << " (" << record.reason_code << "): " << visible(record.reason);
    std::cout << "\n";
    if (record.outcome == ASSAY_OUTCOME_UNCLAIMED)
        std::cout << "to have it read: let the tool write CSV or JSON, or add a parser\n";
    for (const auto& table : record.tables) {
        std::cout << "table " << visible(table.plan->name) << ": " << table.rows() << " rows, " << table.rows_ok
                  << " ok, " << table.rows_failed << " failed, " << table.rows_suspect << " suspect, "
                  << table.rows_rejected << " rejected";
        if (table.rows_published > 0) std::cout << ", " << table.rows_published << " published statistics";
        std::cout << "\n";
        if (table.plan->failed) std::cout << "    failed when " << visible(table.plan->failed->text) << "\n";
        if (table.plan->published)
            std::cout << "    no observation but a published statistic when " << visible(table.plan->published->text)
                      << "\n";
        for (const auto& column : table.plan->columns) print_column(column);
    }
    for (const auto& r : record.remarks) {
        std::cout << (r.severity == ASSAY_SEVERITY_ERROR  ? "error"
                      : r.severity == ASSAY_SEVERITY_INFO ? "note"
                                                          : "warning")
                  << " " << r.code;
        if (r.line != ASSAY_UNKNOWN) std::cout << " at line " << r.line;
        if (!r.column_name.empty()) std::cout << " in " << visible(r.column_name);
        if (r.count > 1) std::cout << " (" << r.count << " times)";
        std::cout << ": " << visible(r.message) << "\n";
    }
    if (record.remarks_left_out) std::cout << record.remarks_left_out << " more remarks\n";
}

std::string to_json(const Explained& e, const std::vector<engine::Placed>& placed) {
    JsonWriter json;
    json.object().key("contest").array();
    for (const auto& answer : e.claim.contest)
        json.object()
            .field("parser", answer.parser)
            .field("confidence", answer.confidence)
            .field("reason", answer.reason)
            .end();
    const engine::Corpus corpus{placed, {}};
    json.end().key("artifact");
    engine::write_artifact(json, corpus, 0, engine::TellColumns::always);
    json.end();
    return json.take() + "\n";
}

} // namespace

int explain(const Words& words) {
    Grammar g{"explain",
              "FILE [options]",
              "Shows which parser claims a file and why, and the tables it gives.",
              boost::program_options::options_description{"Options"},
              "file",
              1,
              true};
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const std::string file = required(arguments, "file", "the file");
    if (!boost::filesystem::exists(boost::filesystem::symlink_status(file))) throw UsageError{"no such file: " + file};
    if (boost::filesystem::is_directory(file))
        throw UsageError{file + " is a folder; explain takes one file, 'assay scan' takes folders"};
    const std::vector<intake::Input> inputs{{file, {}, {}}};
    const auto discovery = intake::discover(inputs);
    if (discovery.files.empty()) throw UsageError{"cannot be looked at: " + file};
    Session session{arguments.common};
    engine::Stages stages{session.all_parsers(), {}, {}};
    const auto& found = discovery.files.front();
    const Explained explained = explain_file(found, stages);
    if (arguments.common.json)
        std::cout << to_json(explained, {{found, explained.partial}});
    else
        print_text(found, explained);
    return done;
}

} // namespace assay::cli
