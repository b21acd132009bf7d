#include "cli/session.hpp"
#include "cli/node_json.hpp"
#include "cli/output.hpp"
#include "cli/rules.hpp"
#include "cli/terminal.hpp"
#include "pipeline/vocabulary.hpp"
#include "registry/options.hpp"
#include "registry/search.hpp"
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace assay::cli {

namespace {

/// Empty, or why that failed.
std::string keep_file(const std::string& folder, std::string_view name, std::string_view bytes) {
    if (folder.empty()) return "this command has no folder for reports";
    OutputFile file{folder, std::string{name}};
    file.sink()->write(file.sink(), bytes.data(), bytes.size());
    return file.commit();
}

registry::Services services(const std::string& output, const std::size_t& jobs) {
    registry::Services out;
    out.keep = [&output](std::string_view name, std::string_view bytes) { return keep_file(output, name, bytes); };
    out.log = [](std::int32_t level, std::string_view message) {
        log(static_cast<Level>(std::clamp(level, 0, 3)), message);
    };
    out.jobs = [&jobs] { return jobs; };
    return out;
}

std::vector<std::size_t> taken(const pipeline::Pipeline& pipeline, const pipeline::Stage& stage) {
    std::vector<std::size_t> out;
    const auto add = [&](const std::string& name) {
        for (std::size_t i = 0; i < pipeline.analyzers.size(); ++i)
            if (pipeline.analyzers[i].name.text == name && std::find(out.begin(), out.end(), i) == out.end())
                out.push_back(i);
    };
    for (const auto& name : stage.needs) add(name);
    for (const auto& name : stage.from) add(name.text);
    return out;
}

} // namespace

bool can(const pipeline::ComponentInfo& component, std::string_view capability) {
    return std::find(component.capabilities.begin(), component.capabilities.end(), capability) !=
           component.capabilities.end();
}

Session::Session(const Common& common)
    : registry_{registry::scan(registry::search_places(common.plugin_path, common.allow_writable))},
      offered_{registry::components(registry_)}, services_{services(output_, jobs_)} {}

template <class Handle>
std::optional<Handle> Session::create(pipeline::ComponentKind kind, const pipeline::Stage& stage) {
    const auto offer = registry::find(registry_, kind, stage.use.text);
    if (!offer) {
        log(Level::error, registry::explain_missing(registry_, kind, stage.use.text));
        return std::nullopt;
    }
    auto known = loaded_.find(offer->plugin->path);
    if (known == loaded_.end()) {
        std::string error;
        const auto plugin = registry::load(*offer->plugin, error);
        if (!plugin) {
            log(Level::error, error);
            return std::nullopt;
        }
        known = loaded_.emplace(offer->plugin->path, *plugin).first;
        used_.push_back(offer->plugin);
    }
    std::optional<Handle> handle;
    auto outcome = registry::create(known->second, services_.abi(), stage.use.text, handle);
    if (outcome.ok()) {
        const registry::OptionValues options{stage.with.kind == pipeline::Kind::map ? json_of(stage.with)
                                                                                    : nlohmann::json::object()};
        outcome = handle->configure(options.get());
    }
    if (!outcome.ok()) {
        log(Level::error, std::string{pipeline::name_of(kind)} + " '" + stage.name.text + "': " + outcome.message);
        return std::nullopt;
    }
    return handle;
}

std::optional<Components> Session::make(const pipeline::Pipeline& pipeline) {
    Components out;
    bool good = true;
    for (const auto& stage : pipeline.parsers) {
        auto handle = create<registry::ParserHandle>(pipeline::ComponentKind::parser, stage);
        good = good && handle;
        if (handle) out.stages.parsers.push_back({stage.name.text, std::move(*handle)});
    }
    for (const auto& stage : pipeline.analyzers) {
        auto handle = create<registry::AnalyzerHandle>(pipeline::ComponentKind::analyzer, stage);
        good = good && handle;
        const auto* info = pipeline::find_component(offered_, pipeline::ComponentKind::analyzer, stage.use.text);
        if (handle)
            out.stages.analyzers.push_back({stage.name.text, info ? info->provides : "", taken(pipeline, stage),
                                            std::move(*handle), info && can(*info, "partials-only")});
    }
    for (const auto& stage : pipeline.renderers) {
        auto handle = create<registry::RendererHandle>(pipeline::ComponentKind::renderer, stage);
        good = good && handle;
        if (!handle) continue;
        const auto* info = pipeline::find_component(offered_, pipeline::ComponentKind::renderer, stage.use.text);
        const bool rows = info && std::find(info->needs.begin(), info->needs.end(), "rows") != info->needs.end() &&
                          handle->needs_rows();
        out.renderers.push_back({stage.name.text, stage.use.text, stage.to.text, std::move(*handle), rows});
    }
    out.stages.order = pipeline.order;
    return good ? std::optional{std::move(out)} : std::nullopt;
}

void Session::tell_console(const std::vector<std::pair<std::string, std::string>>& options) {
    for (auto& component : offered_) {
        if (component.kind != pipeline::ComponentKind::renderer || !can(component, "console")) continue;
        for (const auto& [name, json] : options)
            for (auto& option : component.options)
                if (option.name == name) option.console_json = json;
    }
}

std::vector<engine::ParserStage> Session::all_parsers() {
    std::vector<engine::ParserStage> out;
    for (const auto& component : offered_) {
        if (component.kind != pipeline::ComponentKind::parser) continue;
        pipeline::Stage stage;
        stage.use.text = stage.name.text = component.id;
        if (auto handle = create<registry::ParserHandle>(component.kind, stage))
            out.push_back({component.id, std::move(*handle)});
    }
    return out;
}

std::vector<std::string> Session::default_analyzers() const {
    std::vector<const pipeline::ComponentInfo*> chosen;
    for (const auto& component : offered_) {
        const auto& can = component.capabilities;
        if (component.kind == pipeline::ComponentKind::analyzer &&
            std::none_of(can.begin(), can.end(), [](const auto& c) { return c == "network" || c == "on-request"; }))
            chosen.push_back(&component);
    }
    const auto lacks = [&](const pipeline::ComponentInfo* component) {
        return std::any_of(component->needs.begin(), component->needs.end(), [&](const std::string& need) {
            return need != pipeline::all_others &&
                   std::none_of(chosen.begin(), chosen.end(), [&](auto* other) { return other->provides == need; });
        });
    };
    // One that goes may be what another needs.
    while (std::erase_if(chosen, lacks) > 0) {}
    std::vector<std::string> ids;
    for (const auto* component : chosen) ids.push_back(component->id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

bool CheckedPipeline::usable() const { return pipeline && !pipeline::any_error(problems); }

CheckedPipeline read_pipeline(const pipeline::Request& request, const Session& session) {
    CheckedPipeline out;
    auto loaded = pipeline::load_and_check(request, session.offered());
    out.problems = std::move(loaded.problems);
    out.pipeline = std::move(loaded.pipeline);
    if (out.pipeline) {
        out.rules = rules_of(*out.pipeline, out.problems);
        pipeline::sort_problems(out.problems, request.file);
    }
    return out;
}

bool accept(const CheckedPipeline& checked, const Common& common) {
    if (!checked.usable()) {
        print(checked.problems, common);
        return false;
    }
    if (!checked.problems.empty()) std::cerr << pipeline::render_text(checked.problems, wants_colour(STDERR_FILENO));
    return true;
}

void print(const std::vector<pipeline::Problem>& problems, const Common& common) {
    if (common.json)
        std::cout << pipeline::render_json(problems) << "\n";
    else if (!problems.empty())
        std::cerr << pipeline::render_text(problems, wants_colour(STDERR_FILENO));
}

} // namespace assay::cli
