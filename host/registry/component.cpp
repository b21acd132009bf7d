#include "registry/component.hpp"
#include <algorithm>
#include <assay/strings.hpp>
#include <cstddef>
#include <new>
#include <utility>

namespace assay::registry {
namespace {

constexpr std::size_t reason_limit = 4096;                   // of a probe, bytes
constexpr std::size_t sends_limit = std::size_t{64} << 10U;  // lines for `assay plan`, bytes
constexpr std::size_t survey_limit = std::size_t{64} << 20U; // of a part, bytes
constexpr std::size_t state_limit = std::size_t{1} << 32U;   // of a saved partial, bytes

// The call, or null where the plugin's struct is too old to have it.
template <class Calls, class Call> Call present(const Calls& calls, Call Calls::*member) {
    const auto* begin = reinterpret_cast<const char*>(&calls);
    const auto* field = reinterpret_cast<const char*>(&(calls.*member));
    const auto end = static_cast<std::size_t>(field - begin) + sizeof(Call);
    return calls.struct_size >= end ? calls.*member : nullptr;
}

template <class Calls> const Calls& calls_of(const Instance& instance) {
    return *static_cast<const Calls*>(instance.calls());
}

template <class Calls, class Call, class... Arguments>
Outcome call(const Instance& instance, Call Calls::*member, Arguments... arguments) {
    const Call function = present(calls_of<Calls>(instance), member);
    if (function == nullptr) return {ASSAY_INTERNAL, "no-call", "the plugin does not have this call"};
    ErrorReceiver receiver;
    const std::int32_t code = function(instance.self(), arguments..., receiver.error());
    return std::move(receiver).outcome(code);
}

// A component without configure() takes no options.
template <class Calls> Outcome configure_with(const Instance& instance, const assay_value* options) {
    if (present(calls_of<Calls>(instance), &Calls::configure) != nullptr) {
        return call(instance, &Calls::configure, options);
    }
    if (options == nullptr || options->n_items == 0) return {};
    return {ASSAY_BAD_OPTION, "bad-option", "this component takes no options"};
}

constexpr const char* kind_names[] = {"", "parser", "analyzer", "renderer"};

std::string kind_text(std::int32_t kind) {
    const bool known = kind >= ASSAY_KIND_PARSER && kind <= ASSAY_KIND_RENDERER;
    return known ? kind_names[kind] : "component of kind " + std::to_string(kind);
}

const char* missing_call(const assay_parser& calls) {
    if (present(calls, &assay_parser::probe) == nullptr) return "probe";
    return present(calls, &assay_parser::parse) == nullptr ? "parse" : nullptr;
}

const char* missing_call(const assay_renderer& calls) {
    return present(calls, &assay_renderer::render) == nullptr ? "render" : nullptr;
}

const char* missing_call(const assay_analyzer& calls) {
    if (present(calls, &assay_analyzer::finish) == nullptr) return "finish";
    const std::pair<const char*, bool> fold[] = {
        {"artifact_begin", present(calls, &assay_analyzer::artifact_begin) != nullptr},
        {"table_begin", present(calls, &assay_analyzer::table_begin) != nullptr},
        {"update", present(calls, &assay_analyzer::update) != nullptr},
        {"table_end", present(calls, &assay_analyzer::table_end) != nullptr},
        {"artifact_end", present(calls, &assay_analyzer::artifact_end) != nullptr},
        {"save", present(calls, &assay_analyzer::save) != nullptr},
        {"load", present(calls, &assay_analyzer::load) != nullptr},
        {"merge", present(calls, &assay_analyzer::merge) != nullptr}};
    const auto is_there = [](const auto& entry) { return entry.second; };
    if (std::none_of(std::begin(fold), std::end(fold), is_there)) return nullptr; // over facts only
    const auto* const gap = std::find_if_not(std::begin(fold), std::end(fold), is_there);
    return gap == std::end(fold) ? nullptr : gap->first;
}

Outcome fault(std::string reason, const LoadedPlugin& plugin, const std::string& message) {
    return {ASSAY_INTERNAL, std::move(reason), plugin.path + ": " + message};
}

template <class Calls, class Handle>
Outcome create_as(std::int32_t kind, const LoadedPlugin& plugin, const assay_host& host, std::string_view id,
                  std::optional<Handle>& handle) {
    handle.reset();
    assay_component made{};
    made.struct_size = sizeof made;
    ErrorReceiver receiver;
    const std::int32_t code = plugin.entry->create(&host, to_abi(id), &made, receiver.error());
    Outcome outcome = std::move(receiver).outcome(code);
    if (!outcome.ok()) return outcome;
    Instance instance{plugin, made};
    std::string name = "'";
    name.append(id).append("'");
    if (made.kind != kind) {
        return fault("wrong-kind", plugin, name + " is a " + kind_text(made.kind) + ", expected a " + kind_text(kind));
    }
    if (made.calls == nullptr) return fault("no-calls", plugin, name + " has no calls");
    if (const char* missing = missing_call(calls_of<Calls>(instance))) {
        return fault("no-call", plugin, name + " lacks the call " + missing + "()");
    }
    handle.emplace(std::move(instance));
    return {};
}

} // namespace

Instance::Instance(const LoadedPlugin& plugin, const assay_component& component)
    : plugin_{plugin.entry}, component_{component} {}

Instance::Instance(Instance&& other) noexcept
    : plugin_{std::exchange(other.plugin_, nullptr)}, component_{other.component_} {}

Instance& Instance::operator=(Instance&& other) noexcept {
    std::swap(plugin_, other.plugin_);
    std::swap(component_, other.component_);
    return *this;
}

Instance::~Instance() {
    if (plugin_ != nullptr) plugin_->destroy(&component_);
}

Outcome ParserHandle::configure(const assay_value* options) { return configure_with<assay_parser>(instance_, options); }

Probe ParserHandle::probe(const assay_head& head) {
    Probe answer;
    TextSink reason{answer.reason, reason_limit};
    assay_probe out{sizeof(assay_probe), 0, reason.abi()};
    answer.outcome = call(instance_, &assay_parser::probe, &head, &out);
    if (answer.outcome.ok()) answer.confidence = std::clamp<std::int32_t>(out.confidence, 0, 100);
    return answer;
}

Outcome ParserHandle::parse(assay_input& input, assay_table_sink& out) {
    return call(instance_, &assay_parser::parse, &input, &out);
}

bool ParserHandle::reads_parts() const {
    const auto& calls = calls_of<assay_parser>(instance_);
    return present(calls, &assay_parser::survey) != nullptr && present(calls, &assay_parser::parse_part) != nullptr;
}

Outcome ParserHandle::survey(assay_input& input, std::uint64_t begin, std::uint64_t end, std::string& found) {
    found.clear();
    TextSink sink{found, survey_limit};
    return call(instance_, &assay_parser::survey, &input, begin, end, sink.abi());
}

Outcome ParserHandle::parse_part(assay_input& input, assay_part& part, std::string& found, assay_table_sink& out) {
    found.clear();
    TextSink sink{found, survey_limit};
    part.found = sink.abi();
    return call(instance_, &assay_parser::parse_part, &input, &part, &out);
}

bool ParserHandle::joins_parts() const {
    return present(calls_of<assay_parser>(instance_), &assay_parser::join_parts) != nullptr;
}

Outcome ParserHandle::join_parts(std::span<const assay_str> found, assay_table_sink& out) {
    return call(instance_, &assay_parser::join_parts, found.data(), found.size(), &out);
}

bool AnalyzerHandle::folds() const {
    return present(calls_of<assay_analyzer>(instance_), &assay_analyzer::update) != nullptr;
}

Outcome AnalyzerHandle::configure(const assay_value* options) {
    return configure_with<assay_analyzer>(instance_, options);
}

Outcome AnalyzerHandle::artifact_begin(const assay_content& content) {
    return call(instance_, &assay_analyzer::artifact_begin, &content);
}

Outcome AnalyzerHandle::table_begin(const assay_table& table) {
    return call(instance_, &assay_analyzer::table_begin, &table);
}

Outcome AnalyzerHandle::update(const assay_batch& batch) { return call(instance_, &assay_analyzer::update, &batch); }

Outcome AnalyzerHandle::table_end(std::uint64_t rows_rejected) {
    return call(instance_, &assay_analyzer::table_end, rows_rejected);
}

Outcome AnalyzerHandle::artifact_end(std::int32_t outcome) {
    return call(instance_, &assay_analyzer::artifact_end, outcome);
}

Outcome AnalyzerHandle::save(std::string& state) {
    state.clear();
    TextSink sink{state, state_limit};
    Outcome outcome = call(instance_, &assay_analyzer::save, sink.abi());
    if (!outcome.ok()) state.clear();
    return outcome;
}

Outcome AnalyzerHandle::load(std::string_view state) { return call(instance_, &assay_analyzer::load, to_abi(state)); }

Outcome AnalyzerHandle::merge(std::string_view state) { return call(instance_, &assay_analyzer::merge, to_abi(state)); }

Outcome AnalyzerHandle::finish(const assay_corpus& corpus, assay_fragment& out) {
    return call(instance_, &assay_analyzer::finish, &corpus, &out);
}

Outcome AnalyzerHandle::sends(std::string& lines) {
    lines.clear();
    if (present(calls_of<assay_analyzer>(instance_), &assay_analyzer::sends) == nullptr) return {};
    TextSink sink{lines, sends_limit};
    return call(instance_, &assay_analyzer::sends, sink.abi());
}

Outcome RendererHandle::configure(const assay_value* options) {
    return configure_with<assay_renderer>(instance_, options);
}

Outcome RendererHandle::render(const assay_report& report, assay_sink& out) {
    return call(instance_, &assay_renderer::render, &report, &out);
}

bool RendererHandle::needs_rows() const {
    const auto needs = present(calls_of<assay_renderer>(instance_), &assay_renderer::needs_rows);
    return needs == nullptr || needs(instance_.self()) != 0;
}

Outcome create(const LoadedPlugin& plugin, const assay_host& host, std::string_view id,
               std::optional<ParserHandle>& handle) {
    return create_as<assay_parser>(ASSAY_KIND_PARSER, plugin, host, id, handle);
}

Outcome create(const LoadedPlugin& plugin, const assay_host& host, std::string_view id,
               std::optional<AnalyzerHandle>& handle) {
    return create_as<assay_analyzer>(ASSAY_KIND_ANALYZER, plugin, host, id, handle);
}

Outcome create(const LoadedPlugin& plugin, const assay_host& host, std::string_view id,
               std::optional<RendererHandle>& handle) {
    return create_as<assay_renderer>(ASSAY_KIND_RENDERER, plugin, host, id, handle);
}

TextSink::TextSink(std::string& out, std::size_t limit)
    : out_{out}, limit_{limit}, sink_{sizeof(assay_sink), this, &TextSink::write} {}

std::int32_t TextSink::write(assay_sink* sink, const void* data, std::size_t size) noexcept {
    if (sink == nullptr || (data == nullptr && size != 0)) return ASSAY_FAILED;
    auto& self = *static_cast<TextSink*>(sink->self);
    if (size > self.limit_ - self.out_.size()) return ASSAY_FAILED;
    try {
        self.out_.append(static_cast<const char*>(data), size);
        return ASSAY_OK;
    } catch (const std::bad_alloc&) {
        return ASSAY_FAILED;
    }
}

} // namespace assay::registry
