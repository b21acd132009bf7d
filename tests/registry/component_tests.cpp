#include "registry/component.hpp"
#include "registry/folder.hpp"
#include "registry/host_services.hpp"
#include "registry/options.hpp"
#include <assay/host.hpp>
#include <assay/strings.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace assay::registry;
using registry_tests::fixture;

BOOST_AUTO_TEST_SUITE(component)

namespace {
LoadedPlugin loaded(const std::string& name) {
    std::string error;
    auto plugin = load(fixture(name), error);
    BOOST_REQUIRE_MESSAGE(plugin.has_value(), error);
    return *plugin;
}
template <class Handle> Handle made(const LoadedPlugin& plugin, const HostServices& host, const std::string& id) {
    std::optional<Handle> handle;
    const Outcome outcome = create(plugin, host.abi(), id, handle);
    BOOST_REQUIRE_MESSAGE(outcome.ok(), outcome.message);
    return *std::move(handle);
}
template <class Handle> Outcome refused(const std::string& plugin, const std::string& id) {
    static const HostServices host;
    std::optional<Handle> handle;
    Outcome outcome = create(loaded(plugin), host.abi(), id, handle);
    BOOST_TEST(!outcome.ok());
    BOOST_TEST(!handle.has_value());
    BOOST_TEST(!outcome.reason.empty());
    BOOST_TEST(!outcome.message.empty());
    return outcome;
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

assay_head head_of(std::string_view name, std::string_view bytes) {
    return {sizeof(assay_head), assay::to_abi(name), assay::to_abi(bytes), 1};
}
assay_input named_input(std::string_view name) {
    assay_input input{};
    input.struct_size = sizeof input;
    input.name = assay::to_abi(name);
    return input;
}
} // namespace

BOOST_AUTO_TEST_CASE(a_parser_takes_options_and_answers_a_probe) {
    const HostServices host;
    auto parser = made<ParserHandle>(loaded("lines"), host, "lines");
    const OptionValues options{nlohmann::json::parse(R"({"skip": 2, "marks": ["a", "b", "c"]})")};
    BOOST_TEST(parser.configure(options.get()).ok());
    const assay_head head = head_of("x.txt", "bytes");
    const Probe probe = parser.probe(head);
    BOOST_TEST(probe.outcome.ok());
    BOOST_TEST(probe.confidence == 10);
    BOOST_TEST(probe.reason == "by name, 3 marks");
}

BOOST_AUTO_TEST_CASE(what_a_plugin_throws_arrives_as_code_reason_and_message) {
    const HostServices host;
    auto parser = made<ParserHandle>(loaded("lines"), host, "lines");
    const OptionValues options{nlohmann::json::parse(R"({"skip": 13})")};
    const Outcome bad = parser.configure(options.get());
    BOOST_TEST(bad.code == ASSAY_BAD_OPTION);
    BOOST_TEST(bad.message == "13 brings bad luck");

    assay_input input = named_input("x.txt");
    assay_table_sink sink{};
    const Outcome failed = parser.parse(input, sink);
    BOOST_TEST(failed.code == ASSAY_FAILED);
    BOOST_TEST(failed.reason == "truncated");
    BOOST_TEST(failed.message == "x.txt ends too early");
}

BOOST_AUTO_TEST_CASE(an_analyzer_saves_loads_and_merges_partials) {
    const HostServices host;
    const LoadedPlugin plugin = loaded("lines");
    auto first = made<AnalyzerHandle>(plugin, host, "count");
    auto second = made<AnalyzerHandle>(plugin, host, "count");
    BOOST_TEST(first.folds());
    const assay_content content{sizeof(assay_content), {}, {}, 40};
    std::string state = "stale";
    BOOST_TEST(first.artifact_begin(content).ok());
    BOOST_TEST(first.artifact_end(ASSAY_OUTCOME_UNCLAIMED).ok());
    BOOST_TEST(first.save(state).ok());
    BOOST_TEST(state == "count\ncount/1\n40");
    BOOST_TEST(second.load(state).ok());
    BOOST_TEST(second.merge(state).ok());
    BOOST_TEST(second.save(state).ok());
    BOOST_TEST(state == "count\ncount/1\n80");
    BOOST_TEST(second.load("other\nother/1\n1").code == ASSAY_BAD_STATE);
    BOOST_TEST(second.load("").code == ASSAY_BAD_STATE);
}

BOOST_AUTO_TEST_CASE(an_unexpected_exception_is_an_internal_fault_with_its_words) {
    const HostServices host;
    auto analyzer = made<AnalyzerHandle>(loaded("lines"), host, "count");
    const assay_corpus corpus{};
    assay_fragment fragment{};
    const Outcome outcome = analyzer.finish(corpus, fragment);
    BOOST_TEST(outcome.code == ASSAY_INTERNAL);
    BOOST_TEST(outcome.message == "nobody expected this");
}

BOOST_AUTO_TEST_CASE(an_analyzer_over_facts_has_no_fold_calls) {
    const HostServices host;
    auto analyzer = made<AnalyzerHandle>(loaded("lines"), host, "over");
    BOOST_TEST(!analyzer.folds());
    const assay_content content{};
    BOOST_TEST(analyzer.artifact_begin(content).reason == "no-call");
    BOOST_TEST(analyzer.configure(nullptr).ok());
}

BOOST_AUTO_TEST_CASE(a_renderer_writes_into_the_sink_it_is_given_and_meets_its_limit) {
    const HostServices host;
    auto renderer = made<RendererHandle>(loaded("lines"), host, "echo");
    assay_report report{};
    report.run = assay::to_abi("{\"assay\":1}");
    std::string text;
    TextSink wide{text, 100};
    BOOST_TEST(renderer.render(report, *wide.abi()).ok());
    BOOST_TEST(text == "{\"assay\":1}");
    TextSink narrow{text, text.size() + 3};
    BOOST_TEST(renderer.render(report, *narrow.abi()).reason == "write-failed");
}

BOOST_AUTO_TEST_CASE(calls_of_a_newer_and_larger_struct_are_used_as_far_as_they_are_known) {
    const HostServices host;
    auto renderer = made<RendererHandle>(loaded("newer"), host, "newer");
    const assay_report report{};
    std::string text;
    TextSink sink{text, 100};
    BOOST_TEST(renderer.render(report, *sink.abi()).ok());
    BOOST_TEST(text == "newer");
}

BOOST_AUTO_TEST_CASE(a_plugin_reaches_log_and_cancellation_by_name) {
    std::vector<std::string> logged;
    bool stop = false;
    const HostServices host{{[&](std::int32_t level, std::string_view message) {
                                 logged.push_back(std::to_string(level) + " " + std::string(message));
                             },
                             [&] { return stop; }, nullptr}};
    auto parser = made<ParserHandle>(loaded("plain"), host, "plain");
    assay_input input = named_input("x");
    assay_table_sink sink{};
    BOOST_TEST(parser.parse(input, sink).ok());
    BOOST_TEST(logged == std::vector<std::string>{"3 parsing in C"}, boost::test_tools::per_element());
    stop = true;
    const Outcome outcome = parser.parse(input, sink);
    BOOST_TEST(outcome.code == ASSAY_CANCELLED);
    BOOST_TEST(outcome.message == "stopped on request");
}

BOOST_AUTO_TEST_CASE(services_the_host_lacks_are_null_and_so_are_unknown_ones) {
    const HostServices none;
    const assay_host& host = none.abi();
    for (const char* name : {ASSAY_EXT_LOG, ASSAY_EXT_CANCEL, ASSAY_EXT_OUTPUT, ASSAY_EXT_JOBS, "assay.future/9",
                             static_cast<const char*>(nullptr)}) {
        BOOST_TEST((host.get_extension(&host, name) == nullptr));
    }
    auto parser = made<ParserHandle>(loaded("plain"), none, "plain");
    assay_input input = named_input("x");
    assay_table_sink sink{};
    BOOST_TEST(parser.parse(input, sink).ok());
}

BOOST_AUTO_TEST_CASE(a_plugin_keeps_files_beside_the_reports_under_harmless_names_only) {
    std::vector<std::string> kept;
    std::string problem;
    const HostServices services{{nullptr, nullptr, [&](std::string_view name, std::string_view bytes) {
                                     kept.push_back(std::string{name} + "=" + std::string{bytes});
                                     return problem;
                                 }}};
    const assay::Host host{&services.abi()};
    host.keep("llm/a-1.json", "{}");
    BOOST_TEST(kept == std::vector<std::string>{"llm/a-1.json={}"}, boost::test_tools::per_element());
    for (const char* name :
         {"", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a\\b", "a b", "a\nb", "-", "a/-"})
        BOOST_CHECK_THROW(host.keep(name, "x"), assay::Failure);
    BOOST_TEST(kept.size() == 1U);
    problem = "disk full";
    BOOST_CHECK_EXCEPTION(host.keep("a", "x"), assay::Failure,
                          [](const assay::Failure& f) { return f.what() == std::string{"disk full"}; });
    assay::Host{}.keep("a", "x"); // no service: nothing happens
}

BOOST_AUTO_TEST_CASE(confidence_is_brought_into_its_range) {
    const HostServices host;
    auto parser = made<ParserHandle>(loaded("plain"), host, "plain");
    BOOST_TEST(parser.probe(head_of("x", "y")).confidence == 100);
    BOOST_TEST(parser.probe(head_of("x", "")).confidence == 0);
}

BOOST_AUTO_TEST_CASE(a_component_without_configure_takes_no_options) {
    const HostServices host;
    auto parser = made<ParserHandle>(loaded("plain"), host, "plain");
    BOOST_TEST(parser.configure(nullptr).ok());
    BOOST_TEST(parser.configure(OptionValues{}.get()).ok());
    const OptionValues some{nlohmann::json{{"x", 1}}};
    BOOST_TEST(parser.configure(some.get()).code == ASSAY_BAD_OPTION);
}

BOOST_AUTO_TEST_CASE(a_component_that_is_not_what_was_asked_for_is_refused) {
    BOOST_TEST(has(refused<RendererHandle>("lines", "lines").message, "'lines' is a parser, expected a renderer"));
    BOOST_TEST(refused<ParserHandle>("lines", "nothing").reason == "no-component");
    BOOST_TEST(refused<ParserHandle>("odd", "nothing").message == "no such thing");
    BOOST_TEST(refused<ParserHandle>("odd", "null").reason == "no-calls");
}

BOOST_AUTO_TEST_CASE(a_call_that_is_missing_or_beyond_the_plugins_struct_is_named) {
    BOOST_TEST(has(refused<ParserHandle>("odd", "cut").message, "lacks the call parse()"));
    BOOST_TEST(has(refused<AnalyzerHandle>("odd", "half").message, "lacks the call artifact_begin()"));
}

BOOST_AUTO_TEST_CASE(unknown_codes_and_null_texts_do_no_harm) {
    const HostServices host;
    auto parser = made<ParserHandle>(loaded("odd"), host, "rude");
    const Probe probe = parser.probe(head_of("x", "y"));
    BOOST_TEST(probe.outcome.code == ASSAY_INTERNAL);
    BOOST_TEST(has(probe.outcome.message, "42"));
    BOOST_TEST(probe.confidence == 0);
    assay_input input = named_input("x");
    assay_table_sink sink{};
    const Outcome outcome = parser.parse(input, sink);
    BOOST_TEST(outcome.code == ASSAY_FAILED);
    BOOST_TEST(outcome.reason == "failed");
    BOOST_TEST(outcome.message == "the plugin failed without saying why");
}

BOOST_AUTO_TEST_CASE(a_handle_can_be_moved_and_destroys_its_component_once) {
    static int destroyed = 0;
    const assay_plugin entry{sizeof(assay_plugin), 0, 1, nullptr, nullptr, [](assay_component*) { ++destroyed; }};
    const LoadedPlugin plugin{"here", &entry};
    {
        Instance first{plugin, {}};
        Instance second{std::move(first)};
        Instance third{plugin, {}};
        third = std::move(second);
    }
    BOOST_TEST(destroyed == 2);
}

BOOST_AUTO_TEST_SUITE_END()
