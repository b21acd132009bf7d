#pragma once
// All of the SDK, and ASSAY_PLUGIN(Type...), which makes a plugin of one or more component types.
//
// A component type derives from Parser, Analyzer or Renderer and has
//     static constexpr assay::Manifest manifest{.id = "hyperfine", .summary = "...", .extensions = {".json"}};
#include <array>
#include <assay/analyzer.hpp>
#include <assay/cell.hpp>
#include <assay/parser.hpp>
#include <assay/report.hpp>
#include <assay/rows.hpp>
#include <concepts>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>

namespace assay {

struct Manifest {
    std::string_view id;
    std::string_view summary;
    std::string_view version = "0.1.0";
    std::string_view license = "MIT";
    std::array<std::string_view, 8> extensions = {};
    /// What other stages must provide: "profile/1"; "*": it takes from all. Of a renderer: "rows".
    std::array<std::string_view, 4> needs = {};
    std::string_view provides = {}; ///< the name and version of this stage's partial
    bool folds = true;              ///< analyzer: has artifact_begin .. merge
    bool partials_only = false; ///< analyzer: of stages that it needs it reads no records, and concludes beside them
    bool network = false;       ///< opens connections
    bool on_request = false;    ///< only where a pipeline names it; `assay scan` leaves it out
    bool console = false;       ///< renderer: made to be read on a terminal; `assay scan` prints it
};

/// A rule as `assay plugins ID` lists it.
struct RuleText {
    std::string_view id, slug, family, severity, definition, fix;
    std::string threshold; ///< its meaning and standard value, or empty
};
/// An analyzer that gives findings says by which rules: `static std::vector<RuleText> rules();`
template <class T>
concept ListsRules = requires {
    { T::rules() } -> std::same_as<std::vector<RuleText>>;
};

namespace detail {

inline void write_list(JsonWriter& json, std::string_view key, const auto& items) {
    json.key(key).array();
    for (const auto& item : items)
        if (!item.empty()) json.value(item);
    json.end();
}

template <class T> constexpr std::int32_t kind_of() {
    if constexpr (std::derived_from<T, Parser>) return ASSAY_KIND_PARSER;
    if constexpr (std::derived_from<T, Analyzer>) return ASSAY_KIND_ANALYZER;
    return ASSAY_KIND_RENDERER;
}

template <class T> void describe(JsonWriter& json) {
    static constexpr const char* kinds[] = {"", "parser", "analyzer", "renderer"};
    const Manifest& m = T::manifest;
    json.object().field("kind", kinds[kind_of<T>()]).field("id", m.id).field("summary", m.summary);
    write_list(json, "extensions", m.extensions);
    write_list(json, "needs", m.needs);
    json.field("provides", m.provides).key("capabilities").array();
    if (m.partials_only) json.value("partials-only");
    if (m.network) json.value("network");
    if (m.on_request) json.value("on-request");
    if (m.console) json.value("console");
    json.end().key("options").array();
    const T component;
    for (const OptionBase* option : component.options()) option->describe(json);
    json.end();
    if constexpr (ListsRules<T>) {
        json.key("rules").array();
        for (const RuleText& rule : T::rules()) {
            json.object().field("id", rule.id).field("slug", rule.slug).field("family", rule.family);
            json.field("severity", rule.severity).field("definition", rule.definition).field("fix", rule.fix);
            json.field("threshold", rule.threshold).end();
        }
        json.end();
    }
    json.end();
}

template <class First, class... Rest> const char* manifest_text() {
    static const std::string text = [] {
        JsonWriter json;
        const Manifest& m = First::manifest;
        // A parser and a renderer may both be called "json"; the plugins around them may not.
        static constexpr const char* kinds[] = {"", "parser/", "analyzer/", "renderer/"};
        std::string id{kinds[kind_of<First>()]};
        id.append(m.id);
        json.object().field("assay_manifest", 1).field("id", id).field("version", m.version);
        json.key("abi").array().value(ASSAY_ABI_MAJOR).value(ASSAY_ABI_MINOR).end().field("license", m.license);
        json.key("components").array();
        describe<First>(json);
        (describe<Rest>(json), ...);
        json.end().end();
        return json.take();
    }();
    return text.c_str();
}

/// Runs `work` and turns what it throws into a code and an error: the edge of the plugin.
template <class Work> std::int32_t guarded(assay_error* error, Work&& work) noexcept {
    const auto fail = [&](std::int32_t code, std::string_view reason, std::string_view message) {
        if (error && error->set) error->set(error, to_abi(reason), to_abi(message));
        return code;
    };
    try {
        work();
        return ASSAY_OK;
    } catch (const NotMine& e) {
        return fail(ASSAY_NOT_MINE, "not-mine", e.what());
    } catch (const Failure& e) {
        return fail(ASSAY_FAILED, e.reason, e.what());
    } catch (const BadOption& e) {
        return fail(ASSAY_BAD_OPTION, "bad-option", e.what());
    } catch (const BadState& e) {
        return fail(ASSAY_BAD_STATE, "bad-state", e.what());
    } catch (const HostStopped& e) {
        return fail(e.code, e.reason, e.message);
    } catch (const std::bad_alloc&) {
        return fail(ASSAY_FAILED, "out-of-memory", "out of memory");
    } catch (const std::exception& e) {
        return fail(ASSAY_INTERNAL, "exception", e.what());
    } catch (...) {
        return fail(ASSAY_INTERNAL, "exception", "an exception that is not a std::exception");
    }
}

inline void write_all(assay_sink* out, std::string_view bytes) { Output{*out}.write(bytes); }

inline std::vector<std::string_view> views(const assay_str* texts, std::size_t count) {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(view(texts[i]));
    return all;
}

/// An analyzer with the table it is being shown, and the id that its saved state begins with.
template <class T> struct AnalyzerInstance {
    T analyzer;
    const assay_table* table = nullptr;
    std::string saved = {}; ///< room for states, as most are small and there are many
    static const std::string& state_header() {
        static const std::string header = std::string{T::manifest.id} + '\n' + std::string{T::manifest.provides} + '\n';
        return header;
    }
    static std::string_view body(assay_str state) {
        const std::string& header = state_header();
        const std::string_view bytes = view(state);
        if (bytes.substr(0, header.size()) != header)
            throw BadState{std::string{"not the saved state of '"}.append(T::manifest.id).append("' in this version")};
        return bytes.substr(header.size());
    }
};

template <class T> constexpr decltype(assay_parser::survey) survey_call() {
    if constexpr (!ReadsParts<T>)
        return nullptr;
    else
        return [](void* self, assay_input* input, std::uint64_t begin, std::uint64_t end, assay_sink* out,
                  assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                Input in{*input};
                write_all(out, static_cast<T*>(self)->survey(in, begin, end));
            });
        };
}

template <class T> constexpr decltype(assay_parser::parse_part) parse_part_call() {
    if constexpr (!ReadsParts<T>)
        return nullptr;
    else
        return [](void* self, assay_input* input, assay_part* given, assay_table_sink* sink,
                  assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                Input in{*input};
                Sink out{*sink};
                Part part{given->begin, given->end, views(given->surveys, given->n_surveys),
                          views(given->known, given->n_known)};
                static_cast<T*>(self)->parse_part(in, part, out);
                out.finish();
                given->began = part.began;
                given->ended = part.ended;
                given->again = part.again ? 1 : 0;
                write_all(given->found, part.found);
            });
        };
}

template <class T> constexpr decltype(assay_parser::join_parts) join_parts_call() {
    if constexpr (!JoinsParts<T>)
        return nullptr;
    else
        return [](void* self, const assay_str* found, std::size_t n_found, assay_table_sink* sink,
                  assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                Sink out{*sink};
                static_cast<T*>(self)->join_parts(views(found, n_found), out);
                out.finish();
            });
        };
}

template <class T> const assay_parser* parser_calls() {
    static const assay_parser calls{
        sizeof(assay_parser),
        [](void* self, const assay_value* options, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<T*>(self)->configure(options); });
        },
        [](void* self, const assay_head* head, assay_probe* out, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                const Confidence answer =
                    static_cast<const T*>(self)->probe({view(head->name), view(head->bytes), head->complete != 0});
                out->confidence = answer.value;
                if (out->reason) write_all(out->reason, answer.reason);
            });
        },
        [](void* self, assay_input* input, assay_table_sink* sink, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                Input in{*input};
                Sink out{*sink};
                static_cast<T*>(self)->parse(in, out);
                out.finish();
            });
        },
        survey_call<T>(),
        parse_part_call<T>(),
        join_parts_call<T>()};
    return &calls;
}

template <class T> const assay_analyzer* analyzer_calls() {
    using Instance = AnalyzerInstance<T>;
    static const assay_analyzer calls = [] {
        assay_analyzer c{};
        c.struct_size = sizeof c;
        c.configure = [](void* self, const assay_value* options, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<Instance*>(self)->analyzer.configure(options); });
        };
        c.finish = [](void* self, const assay_corpus* corpus, assay_fragment* out, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                Fragment fragment{*out, std::string{view(corpus->stage)}};
                static_cast<Instance*>(self)->analyzer.finish(Corpus{*corpus}, fragment);
            });
        };
        if (T::manifest.network)
            c.sends = [](void* self, assay_sink* out, assay_error* error) -> std::int32_t {
                return guarded(error, [&] {
                    for (const auto& line : static_cast<Instance*>(self)->analyzer.sends()) write_all(out, line + '\n');
                });
            };
        if (!T::manifest.folds) return c;
        c.artifact_begin = [](void* self, const assay_content* content, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<Instance*>(self)->analyzer.artifact_begin(*content); });
        };
        c.table_begin = [](void* self, const assay_table* table, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                auto* instance = static_cast<Instance*>(self);
                instance->table = table;
                instance->analyzer.table_begin(*table);
            });
        };
        c.update = [](void* self, const assay_batch* batch, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                auto* instance = static_cast<Instance*>(self);
                instance->analyzer.update(Batch{*batch, *instance->table});
            });
        };
        c.table_end = [](void* self, std::uint64_t rejected, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<Instance*>(self)->analyzer.table_end(rejected); });
        };
        c.artifact_end = [](void* self, std::int32_t outcome, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<Instance*>(self)->analyzer.artifact_end(outcome); });
        };
        c.save = [](void* self, assay_sink* out, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                auto* instance = static_cast<Instance*>(self);
                std::string& state = instance->saved;
                state.assign(Instance::state_header());
                instance->analyzer.save(state);
                write_all(out, state);
                constexpr std::size_t large = std::size_t{1} << 20U;
                if (state.capacity() > large) state = {};
            });
        };
        c.load = [](void* self, assay_str state, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<Instance*>(self)->analyzer.load(Instance::body(state)); });
        };
        c.merge = [](void* self, assay_str state, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<Instance*>(self)->analyzer.merge(Instance::body(state)); });
        };
        return c;
    }();
    return &calls;
}

template <class T> constexpr decltype(assay_renderer::needs_rows) needs_rows_call() {
    if constexpr (!std::derived_from<T, RowsRenderer>)
        return nullptr;
    else
        return [](void* self) -> std::int32_t {
            try {
                return static_cast<const T*>(self)->needs_rows() ? 1 : 0;
            } catch (...) {
                return 1;
            } // no exception crosses; what is wrong comes up in render
        };
}

template <class T> const assay_renderer* renderer_calls() {
    static const assay_renderer calls{
        sizeof(assay_renderer),
        [](void* self, const assay_value* options, assay_error* error) -> std::int32_t {
            return guarded(error, [&] { static_cast<T*>(self)->configure(options); });
        },
        [](void* self, const assay_report* report, assay_sink* sink, assay_error* error) -> std::int32_t {
            return guarded(error, [&] {
                Output out{*sink};
                static_cast<T*>(self)->render(Report{*report}, out);
            });
        },
        needs_rows_call<T>()};
    return &calls;
}

template <class T> void make(const assay_host* host, assay_component& out) {
    out.kind = kind_of<T>();
    if constexpr (kind_of<T>() == ASSAY_KIND_PARSER) {
        auto* made = new T;
        made->attach(host);
        out.self = made;
        out.calls = parser_calls<T>();
    } else if constexpr (kind_of<T>() == ASSAY_KIND_ANALYZER) {
        auto* made = new AnalyzerInstance<T>;
        made->analyzer.attach(host);
        out.self = made;
        out.calls = analyzer_calls<T>();
    } else {
        auto* made = new T;
        made->attach(host);
        out.self = made;
        out.calls = renderer_calls<T>();
    }
}

template <class T> bool unmake(const assay_component& component) {
    if constexpr (kind_of<T>() == ASSAY_KIND_PARSER) {
        if (component.calls != parser_calls<T>()) return false;
        delete static_cast<T*>(component.self);
    } else if constexpr (kind_of<T>() == ASSAY_KIND_ANALYZER) {
        if (component.calls != analyzer_calls<T>()) return false;
        delete static_cast<AnalyzerInstance<T>*>(component.self);
    } else {
        if (component.calls != renderer_calls<T>()) return false;
        delete static_cast<T*>(component.self);
    }
    return true;
}

template <class... Ts>
std::int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) noexcept {
    return guarded(error, [&] {
        const bool found = ((view(id) == Ts::manifest.id ? (make<Ts>(host, *out), true) : false) || ...);
        if (!found)
            throw Failure{"no-component", std::string{"this plugin has no component '"}.append(view(id)).append("'")};
    });
}

template <class... Ts> void destroy(assay_component* component) noexcept { (void)(unmake<Ts>(*component) || ...); }

} // namespace detail
} // namespace assay

/// Once in a plugin, outside any namespace.
#define ASSAY_PLUGIN(...)                                                                                              \
    const assay_plugin assay_plugin_entry{sizeof(assay_plugin),                                                        \
                                          ASSAY_ABI_MAJOR,                                                             \
                                          ASSAY_ABI_MINOR,                                                             \
                                          assay::detail::manifest_text<__VA_ARGS__>,                                   \
                                          assay::detail::create<__VA_ARGS__>,                                          \
                                          assay::detail::destroy<__VA_ARGS__>};
