#include "cli/commands.hpp"
#include "cli/pipeline_arguments.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "intake/read_error.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <assay/visible_text.hpp>
#include <iostream>

namespace assay::cli {

namespace {

struct Planned {
    std::string path, parser, why;
};

/// What a stage would send where.
struct Sent {
    std::string stage, what;
};

std::vector<Sent> sent_by(engine::Stages& stages) {
    std::vector<Sent> out;
    for (const auto index : stages.order) {
        auto& stage = stages.analyzers[index];
        std::string lines;
        if (const auto outcome = stage.analyzer.sends(lines); !outcome.ok())
            lines = "it does not say: " + outcome.message + "\n";
        for (std::string_view rest = lines; !rest.empty();) {
            const auto line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (!line.empty()) out.push_back({stage.name, std::string{line}});
        }
    }
    return out;
}

std::vector<Planned> claims(const intake::Discovery& discovery, engine::Stages& stages,
                            const engine::FoldLimits& limits) {
    std::vector<Planned> out;
    for (const auto& found : discovery.files) {
        if (found.kind != intake::FileKind::regular) {
            out.push_back({found.path, "", found.reason});
            continue;
        }
        try {
            intake::Source source{found, limits.read};
            const auto claim = engine::claim(source, stages.parsers);
            const bool claimed = claim.winner.has_value();
            out.push_back({found.path, claimed ? *claim.winner : "",
                           claimed ? claim.contest.front().reason : "no parser claims it"});
        } catch (const intake::ReadError& error) {
            out.push_back({found.path, "", error.what()});
        }
    }
    return out;
}

void print_stages(const pipeline::Pipeline& pipeline, const std::vector<Sent>& sent) {
    std::cout << "analyzers, in this order:\n";
    for (const auto index : pipeline.order) {
        const auto& stage = pipeline.analyzers[index];
        std::cout << "  " << stage.name.text;
        if (stage.name.text != stage.use.text) std::cout << " (" << stage.use.text << ")";
        if (stage.implied) std::cout << ", needed by another stage";
        for (std::size_t i = 0; i < stage.needs.size(); ++i)
            std::cout << (i == 0 ? ", takes from " : ", ") << stage.needs[i];
        std::cout << "\n";
    }
    if (!sent.empty()) std::cout << "sent by:\n";
    for (const auto& [stage, what] : sent) std::cout << "  " << stage << ": " << visible(what) << "\n";
    std::cout << "renderers:\n";
    for (const auto& stage : pipeline.renderers)
        std::cout << "  " << stage.name.text << " -> " << stage.to.text << "\n";
}

std::string to_json(const std::vector<Planned>& artifacts, const pipeline::Pipeline& pipeline,
                    const std::vector<Sent>& sent) {
    JsonWriter json;
    json.object().key("artifacts").array();
    for (const auto& a : artifacts) {
        json.object().field("path", a.path).key("parser");
        if (a.parser.empty())
            json.null();
        else
            json.value(a.parser);
        json.field("why", a.why).end();
    }
    json.end().key("analyzers").array();
    for (const auto index : pipeline.order) {
        const auto& stage = pipeline.analyzers[index];
        json.object()
            .field("name", stage.name.text)
            .field("use", stage.use.text)
            .field("implied", stage.implied)
            .key("takes")
            .array();
        for (const auto& need : stage.needs) json.value(need);
        json.end().end();
    }
    json.end().key("sends").array();
    for (const auto& [stage, what] : sent) json.object().field("stage", stage).field("what", what).end();
    json.end().key("renderers").array();
    for (const auto& stage : pipeline.renderers)
        json.object().field("name", stage.name.text).field("use", stage.use.text).field("to", stage.to.text).end();
    json.end().end();
    return json.take() + "\n";
}

} // namespace

int plan(const Words& words) {
    Grammar g{"plan",
              "PIPELINE [options]",
              "Shows what would run on what, without running it.",
              boost::program_options::options_description{"Options"},
              "pipeline",
              1,
              true};
    add_pipeline_options(g.options);
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const auto request = request_of(arguments);
    Session session{arguments.common};
    auto checked = read_pipeline(request, session);
    if (!checked.usable()) {
        print(checked.problems, arguments.common);
        return usage_error;
    }
    auto components = session.make(*checked.pipeline);
    if (!components) return usage_error;
    Work work = work_of(checked, ".");
    if (arguments.values.count("input")) {
        work.inputs.clear();
        for (const auto& path : arguments.values["input"].as<std::vector<std::string>>())
            work.inputs.push_back({path, {}, {}});
    }
    const auto discovery = intake::discover(work.inputs);
    for (const auto& remark : discovery.problems) log(Level::error, remark.message);
    const auto artifacts = claims(discovery, components->stages, work.limits);
    const auto sent = sent_by(components->stages);
    if (arguments.common.json) {
        std::cout << to_json(artifacts, *checked.pipeline, sent);
    } else {
        std::cout << "artifacts: " << artifacts.size() << "\n";
        for (const auto& a : artifacts)
            std::cout << "  " << visible(a.path) << "  " << (a.parser.empty() ? "-" : a.parser) << "  ("
                      << visible(a.why) << ")\n";
        print_stages(*checked.pipeline, sent);
    }
    return discovery.problems.empty() ? done : incomplete;
}

} // namespace assay::cli
