#include "cli/annotate.hpp"
#include "cli/cache_arguments.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "cli/work_arguments.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <boost/filesystem.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace assay::cli {

namespace {

namespace po = boost::program_options;

Grammar grammar() {
    Grammar g{"verify",
              "DOCUMENT --against PATH... [options]",
              "Holds every number in a document against data: supported, contradicted, unsupported or not checkable.",
              po::options_description{"Options"},
              "document",
              1,
              false};
    g.options.add_options()("against",
                            po::value<std::vector<std::string>>()->composing()->multitoken()->value_name("PATH"),
                            "files and folders of data; documents among them are no data")(
        "format", po::value<std::string>()->default_value("text")->value_name("text|table|markdown|json"),
        "text: the document with marks; markdown: the same with notes in it")(
        "fail-on", po::value<std::string>()->default_value("contradicted")->value_name("contradicted|unsupported|none"),
        "exit 1 where there is such a claim; unsupported includes contradicted");
    add_work_options(g.options);
    add_cache_options(g.options);
    return g;
}

std::string one_of(const Arguments& arguments, const char* name, const std::vector<std::string>& allowed) {
    auto given = arguments.values[name].as<std::string>();
    if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) return given;
    std::string list;
    for (const auto& word : allowed) list += (list.empty() ? "" : word == allowed.back() ? " or " : ", ") + word;
    throw UsageError{std::string{"--"} + name + " is " + list + ", not '" + given + "'"};
}

/// '$' begins a variable in a pipeline; in a path it is itself.
std::string literal(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '$' ? std::string{"$$"} : std::string{c};
    return out;
}

/// The name that reports give to the document, whether it is one of the data's files, and how many these are.
struct Named {
    std::string path;
    bool apart = true;
    std::uint64_t bytes_of_a_table = 0;
};

/// What is kept of a table, so that the rows of all take about a gigabyte of memory: some ten times their bytes.
/// Halved until it does: another file beside many changes nothing, and what was kept before serves again.
std::uint64_t bytes_of_a_table(const std::vector<intake::Found>& files) {
    constexpr std::uint64_t together = 128U << 20U, most = 64U << 20U, least = 256U << 10U;
    const auto kept = [&](std::uint64_t of_each) {
        std::uint64_t sum = 0;
        for (const auto& found : files) sum += std::min(found.bytes, of_each);
        return sum;
    };
    std::uint64_t bytes = most;
    while (bytes > least && kept(bytes) > together) bytes /= 2;
    return bytes;
}

Named find_document(const std::string& document, const std::vector<std::string>& against) {
    const auto real = boost::filesystem::canonical(document).string();
    const auto found_in = [](const std::vector<std::string>& paths) {
        std::vector<intake::Input> inputs;
        for (const auto& path : paths) inputs.push_back({path, {}, {}});
        return intake::discover(inputs).files;
    };
    const auto path_in = [&](const std::vector<intake::Found>& files) {
        for (const auto& found : files)
            if (found.file == real) return found.path;
        return std::string{};
    };
    auto all = against;
    all.push_back(document);
    const auto data = found_in(against);
    return {path_in(found_in(all)), path_in(data).empty(), bytes_of_a_table(data)};
}

std::string pipeline_of(const std::vector<std::string>& paths, const Named& document) {
    JsonWriter json;
    json.object().field("name", "verify").key("inputs").array();
    for (const auto& path : paths) json.object().field("path", literal(path)).end();
    json.end().key("analyzers").array();
    json.object().field("use", "rows").key("with").object();
    json.field("bytes", document.bytes_of_a_table).end().end();
    json.object().field("use", "claims").key("with").object();
    json.key("documents").array().value(literal(document.path)).end().field("apart", document.apart);
    json.end().end().end().end();
    return json.take();
}

Marked marked_of(std::string_view record) {
    const auto json = nlohmann::json::parse(record);
    const auto text = [&](const char* key) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string{};
    };
    return {json.value("line", std::uint64_t{0}), text("text"), text("status"), text("reason")};
}

/// Why nothing can be said; empty where there is a document and there are data.
std::string trouble_of(const WorkResult& result, const std::string& document) {
    bool data = false;
    std::string trouble = "the document was not found among the inputs";
    for (const auto& record : result.model.records[ASSAY_RECORD_ARTIFACT]) {
        const auto json = nlohmann::json::parse(record);
        const bool parsed = json.value("status", "") == "parsed";
        bool nodes = false;
        for (const auto& table : json["tables"]) nodes = nodes || table.value("kind", "") == "nodes";
        if (json.value("path", "") != document) {
            data = data || (parsed && !nodes);
            continue;
        }
        trouble.clear();
        if (!parsed) {
            const auto& reason = json["reason"];
            trouble = "the document cannot be read: " +
                      (reason.is_string() ? reason.get<std::string>() : std::string{"no parser takes it"});
        } else if (!nodes) {
            trouble = "the document gives no text: it is read by '" + json.value("parser", "") + "'";
        }
    }
    return !trouble.empty() || data ? trouble : "no data could be read: there is nothing to hold the document against";
}

/// What the claims were not held against, in sentences.
std::vector<std::string> left_out(const WorkResult& result) {
    std::vector<std::string> out;
    for (const auto& record : result.model.records[ASSAY_RECORD_SECTION])
        for (const auto& sentence : nlohmann::json::parse(record).value("text", nlohmann::json::array()))
            out.push_back(sentence.get<std::string>());
    return out;
}

void print_json(const std::string& document, const WorkResult& result, const Tally& tally, int status) {
    std::cout << "{\"document\":" << nlohmann::json(document).dump() << ",\"exit\":" << status << ",\"counts\":{";
    const char* comma = "";
    for (const auto& [name, count] : tally.counts) std::cout << comma << '"' << name << "\":" << count, comma = ",";
    std::cout << "},\"left_out\":" << nlohmann::json(left_out(result)).dump() << ",\n\"claims\":[";
    comma = "\n";
    for (const auto& record : result.model.records[ASSAY_RECORD_CLAIM]) std::cout << comma << record, comma = ",\n";
    std::cout << "],\n\"facts\":[";
    comma = "\n";
    for (const auto& record : result.model.records[ASSAY_RECORD_FACT]) std::cout << comma << record, comma = ",\n";
    std::cout << "],\n\"findings\":[";
    comma = "\n";
    for (const auto& record : result.model.records[ASSAY_RECORD_FINDING]) std::cout << comma << record, comma = ",\n";
    std::cout << "]}\n";
}

std::string content(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream{path, std::ios::binary}.rdbuf();
    return out.str();
}

} // namespace

int verify(const Words& words) {
    const Grammar g = grammar();
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const std::string document = required(arguments, "document", "the document");
    const auto format = one_of(arguments, "format", {"text", "table", "markdown", "json"});
    const auto fail_on = one_of(arguments, "fail-on", {"contradicted", "unsupported", "none"});
    if (arguments.values.count("against") == 0)
        throw UsageError{"the data are missing: assay verify DOCUMENT --against PATH..."};
    auto against = arguments.values["against"].as<std::vector<std::string>>();
    auto paths = against;
    paths.push_back(document);
    for (const auto& path : paths)
        if (!boost::filesystem::exists(path)) throw UsageError{"no such file or folder: " + path};
    if (boost::filesystem::is_directory(document))
        throw UsageError{document + " is a folder; verify takes one document"};
    for (auto& path : paths) path = boost::filesystem::absolute(path).string();

    Session session{arguments.common};
    const Named named = find_document(document, against);
    pipeline::Request request;
    request.file = "<verify>";
    request.text = pipeline_of(paths, named);
    const auto checked = read_pipeline(request, session);
    if (!accept(checked, arguments.common)) return usage_error;
    auto components = session.make(*checked.pipeline);
    if (!components) return usage_error;
    Work work = work_of(checked, ".");
    take_work_options(arguments, *checked.pipeline, work);
    session.conclude_with(work.workers.jobs);
    work.cache = cache_wanted(arguments, *checked.pipeline, session);
    const WorkResult& result = run(work, *components, session);
    if (result.interrupted != 0) return 128 + result.interrupted;
    if (const auto trouble = trouble_of(result, named.path); !trouble.empty()) {
        log(Level::error, trouble);
        return incomplete;
    }
    std::vector<Marked> all;
    for (const auto& record : result.model.records[ASSAY_RECORD_CLAIM]) all.push_back(marked_of(record));
    const Tally tally = count(all);
    int status = done;
    if (fail_on != "none" && tally.of("contradicted") > 0) status = gate_failed;
    if (fail_on == "unsupported" && tally.of("unsupported") > 0) status = gate_failed;
    if (!result.trouble.empty()) status = incomplete;
    for (const std::string& sentence : left_out(result)) log(Level::warning, sentence);
    if (format == "json")
        print_json(named.path, result, tally, status);
    else if (format == "table")
        print_table(std::cout, all, tally, arguments.common.colour);
    else if (format == "markdown")
        print_markdown(std::cout, content(document), all, tally);
    else
        print_text(std::cout, content(document), all, tally, arguments.common.colour);
    return status;
}

} // namespace assay::cli
