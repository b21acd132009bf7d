#include "cli/work.hpp"
#include "cli/cache_arguments.hpp"
#include "cli/interrupt.hpp"
#include "cli/misspelt_names.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "engine/replay.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/json_writer.hpp>
#include <assay/utc.hpp>
#include <boost/filesystem.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

namespace assay::cli {

namespace {

std::int64_t microseconds_now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// What reports take for "now": reproducible where SOURCE_DATE_EPOCH says so.
std::int64_t report_now(std::int64_t started) {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    if (!epoch) return started;
    const auto seconds = cell::integer(epoch);
    if (!seconds) log(Level::warning, "SOURCE_DATE_EPOCH is not a whole number of seconds; it is ignored");
    return seconds ? *seconds * 1'000'000 : started;
}

class Stopwatch {
  public:
    double lap() {
        const auto now = Clock::now();
        const double seconds = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        return seconds;
    }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point last_ = Clock::now();
};

struct Seconds {
    double discover = 0, fold = 0, conclude = 0;
};

std::string run_json(const Work& work, const Session& session, const Gathered& gathered, const Seconds& seconds) {
    JsonWriter json;
    json.object()
        .field("assay", ASSAY_VERSION)
        .field("pipeline", work.pipeline_name)
        .field("started", utc(gathered.started));
    json.key("seconds").object().field("discover", seconds.discover).field("fold", seconds.fold);
    json.field("conclude", seconds.conclude).end().key("plugins").array();
    for (const auto* plugin : session.used())
        json.object()
            .field("id", plugin->info.id)
            .field("version", plugin->info.version)
            .field("path", plugin->path)
            .end();
    json.end().key("cache");
    if (gathered.cache)
        json.object().field("hits", gathered.cache->hits).field("misses", gathered.cache->misses).end();
    else
        json.null();
    json.key("llm").null().end();
    return json.take();
}

void note_inputs(const intake::Discovery& discovery, std::vector<std::string>& trouble) {
    for (const auto& remark : discovery.problems) {
        log(Level::error, remark.message);
        trouble.push_back(remark.message);
    }
    for (const auto& remark : discovery.notes) log(Level::info, remark.message);
}

std::vector<std::optional<engine::Partial>> fold_here(std::span<const intake::Found> files, const Work& work,
                                                      engine::Stages& stages, const engine::Watcher& watcher) {
    std::uint64_t bytes = 0, done = 0;
    std::vector<std::optional<engine::Partial>> partials(files.size());
    for (const auto& found : files) {
        if (const engine::InWork one{&found}; !watcher({&one, 1}, done, bytes)) break;
        auto& partial = partials[done++].emplace(engine::fold(found, stages, work.rules, work.limits));
        bytes += partial.record.bytes;
    }
    return partials;
}

std::vector<std::optional<engine::Partial>> fold_files(std::span<const intake::Found> files, const Work& work,
                                                       engine::Stages& stages, const engine::Watcher& watcher) {
    return work.isolated ? engine::fold_in_workers(files, stages, work.rules, work.limits, work.workers, watcher)
                         : fold_here(files, work, stages, watcher);
}

/// Folds those files that have no partial yet; the rest stays without where it was interrupted.
void fold_unknown(const std::vector<intake::Found>& files, const Work& work, engine::Stages& stages,
                  const engine::Watcher& watcher, std::vector<std::optional<engine::Partial>>& partials) {
    std::vector<intake::Found> unknown;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (partials[i]) continue;
        unknown.push_back(files[i]);
        places.push_back(i);
    }
    auto folded = fold_files(unknown, work, stages, watcher);
    for (std::size_t i = 0; i < folded.size(); ++i) partials[places[i]] = std::move(folded[i]);
}

/// Nothing where it was interrupted; what was finished is in the cache then.
std::optional<std::vector<engine::Placed>> fold_all(std::vector<intake::Found> files, const Work& work,
                                                    engine::Stages& stages, engine::PartialStore* store,
                                                    CacheCounts& counts) {
    const auto bytes_of = [](const intake::Found& found) { return found.bytes == UINT64_MAX ? 0 : found.bytes; };
    std::uint64_t all_bytes = 0, known_bytes = 0;
    for (const auto& found : files) all_bytes += bytes_of(found);
    Progress progress{work.progress, files.size(), all_bytes};
    const engine::Watcher watcher = [&](std::span<const engine::InWork> in_work, std::size_t done,
                                        std::uint64_t bytes) {
        progress.show({counts.hits + done, known_bytes + bytes, known_bytes, in_work});
        return interrupting_signal() == 0;
    };
    std::vector<std::optional<engine::Partial>> partials(files.size());
    if (store) partials = store->recall(files, watcher, work.workers.jobs);
    for (std::size_t i = 0; i < files.size(); ++i)
        if (partials[i]) ++counts.hits, known_bytes += bytes_of(files[i]);
    counts.misses = files.size() - counts.hits;
    if (interrupting_signal() == 0) {
        if (counts.hits == 0)
            partials = fold_files(files, work, stages, watcher);
        else
            fold_unknown(files, work, stages, watcher, partials);
    }
    progress.finish(files.size() -
                    static_cast<std::size_t>(std::count(partials.begin(), partials.end(), std::nullopt)));
    if (store) store->keep(files, partials);
    std::vector<engine::Placed> placed;
    placed.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i)
        if (partials[i]) placed.push_back({std::move(files[i]), std::move(*partials[i])});
    if (placed.size() == files.size()) return placed;
    log(Level::error, "interrupted after " + std::to_string(placed.size()) + " of " + std::to_string(files.size()) +
                          " artifacts; no report is written");
    return std::nullopt;
}

engine::Isolation isolation_of(const Work& work) {
    return {work.isolated, [] { return interrupting_signal() != 0; }, work.stage_seconds};
}

/// A file appears whole or not at all, also if the renderer dies: it has its name once it is committed. Standard output
/// is the parent's alone.
registry::Outcome render(RendererStage& stage, const assay_report& report, OutputFile& file,
                         const engine::Isolation& isolation) {
    const bool passed_on = isolation.process && file.path() == "-";
    const auto call = [&](const engine::Giver& give) {
        struct Giving {
            const engine::Giver& give;
        } giving{give};
        assay_sink sink{sizeof(assay_sink), &giving,
                        [](assay_sink* to, const void* bytes, std::size_t size) -> std::int32_t {
                            const std::string_view text{static_cast<const char*>(bytes), size};
                            return static_cast<Giving*>(to->self)->give(0, 0, text).empty() ? ASSAY_OK : ASSAY_FAILED;
                        }};
        auto outcome = stage.renderer.render(report, passed_on ? sink : *file.sink());
        if (!passed_on && !file.flush()) outcome = {ASSAY_FAILED, "unwritable", file.problem()};
        return outcome;
    };
    return engine::isolate(isolation, call,
                           [&](std::int32_t, std::uint32_t, std::string_view bytes, const auto&) -> std::string {
                               return file.sink()->write(file.sink(), bytes.data(), bytes.size()) == ASSAY_OK
                                          ? ""
                                          : "the output cannot be written";
                           });
}

/// The rows of the artifacts, for the renderers that need them.
struct RowSource {
    std::unique_ptr<engine::RowSpool> spool = {};
    std::optional<engine::Rows> rows = {};
    std::string problem = {}; ///< why there are none
};

/// Where the outputs go, or would: what holds them has room for rows too.
std::string spool_folder(const std::string& output) {
    boost::filesystem::path folder = boost::filesystem::absolute(output);
    boost::system::error_code error;
    while (!boost::filesystem::is_directory(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
    return folder.string();
}

void note_lost(const Gathered& gathered, const engine::Rows& rows, std::vector<std::string>& trouble) {
    for (const auto& [artifact, lost] : rows.lost()) {
        trouble.push_back("no rows of '" + gathered.artifacts[artifact].found.path + "': " + lost.reason_code + ": " +
                          lost.reason);
        log(Level::error, trouble.back());
    }
}

RowSource read_rows(const Work& work, const Gathered& gathered, Components& components, WorkResult& result) {
    RowSource out;
    const auto& renderers = components.renderers;
    if (std::none_of(renderers.begin(), renderers.end(), [](auto& stage) { return stage.needs_rows; })) return out;
    if (!gathered.at_hand) {
        out.problem = "needs the rows of the artifacts, which a merged report does not hold: use it in 'assay run' of "
                      "the whole tree, or let it write \"facts\" or \"findings\"";
        return out;
    }
    try {
        out.spool = std::make_unique<engine::RowSpool>(spool_folder(work.output));
        const auto again = engine::with_rows(gathered.artifacts);
        std::uint64_t bytes_again = 0;
        for (const auto index : again) bytes_again += gathered.artifacts[index].partial.record.bytes;
        Progress progress{work.progress, again.size(), bytes_again};
        const engine::Watcher watcher = [&](std::span<const engine::InWork> in_work, std::size_t done,
                                            std::uint64_t bytes) {
            progress.show({done, bytes, 0, in_work});
            return interrupting_signal() == 0;
        };
        out.rows = engine::read_again(gathered.artifacts, components.stages, work.limits, work.isolated, work.workers,
                                      watcher, *out.spool);
        if (out.rows) note_lost(gathered, *out.rows, result.trouble);
        if (!out.rows) out.problem = "interrupted";
    } catch (const std::exception& error) { // a folder or memory that is not to be had: the reports need neither
        out.problem = error.what();
    }
    return out;
}

/// Rows take their time: the limit is for each GiB of them.
engine::Isolation isolation_of(const Work& work, const RowSource& rows) {
    auto isolation = isolation_of(work);
    isolation.seconds *= 1 + static_cast<double>(rows.spool->bytes() >> 30U);
    return isolation;
}

void render_all(const Work& work, const Gathered& gathered, Components& components, WorkResult& result) {
    const RowSource rows = read_rows(work, gathered, components, result);
    if ((result.interrupted = interrupting_signal()) != 0) return;
    const report::AbiReport plain{result.model};
    const report::AbiReport with_rows{
        result.model, [&](assay_row_receiver& to, assay_error* error) { return rows.rows->give(to, error); }};
    for (auto& stage : components.renderers) {
        OutputFile file{work.output, stage.to};
        std::string problem = file.problem().empty() && stage.needs_rows ? rows.problem : file.problem();
        if (problem.empty()) {
            const auto outcome = stage.needs_rows ? render(stage, *with_rows.get(), file, isolation_of(work, rows))
                                                  : render(stage, *plain.get(), file, isolation_of(work));
            problem = !file.problem().empty() ? file.problem() : outcome.ok() ? file.commit() : outcome.message;
        }
        if ((result.interrupted = interrupting_signal()) != 0) return;
        if (problem.empty()) {
            result.written.push_back({stage.name, file.path()});
            continue;
        }
        result.trouble.push_back("renderer '" + stage.name + "': " + problem);
        log(Level::error, result.trouble.back());
    }
}

std::string result_text(const WorkResult& result) {
    const auto& c = result.counts;
    std::string text =
        std::to_string(c.seen) + " artifacts: " + std::to_string(c.parsed) + " parsed, " + std::to_string(c.failed) +
        " failed, " + std::to_string(c.skipped) + " skipped, " + std::to_string(c.unclaimed) + " unclaimed\n" +
        std::to_string(c.rows()) + " rows: " + std::to_string(c.rows_ok) + " ok, " + std::to_string(c.rows_failed) +
        " failed, " + std::to_string(c.rows_suspect) + " suspect, " + std::to_string(c.rows_rejected) + " rejected" +
        (c.rows_published > 0 ? ", " + std::to_string(c.rows_published) + " published statistics" : "") + "\n";
    for (const auto& gate : result.gates)
        if (gate.failed())
            text += "gate failed: " + gate.name + ": " + gate.about + " " + std::to_string(gate.value) + ", at most " +
                    std::to_string(gate.limit) + "\n";
    for (const auto& file : result.written)
        if (file.path != "-") text += "wrote " + file.path + "\n";
    return text;
}

std::string result_json(const WorkResult& result, int status) {
    JsonWriter json;
    json.object().field("exit", status).key("counts").raw(result.model.counts).key("written").array();
    for (const auto& file : result.written)
        json.object().field("renderer", file.renderer).field("path", file.path).end();
    json.end().key("trouble").array();
    for (const auto& trouble : result.trouble) json.value(trouble);
    json.end().end();
    return json.take() + "\n";
}

} // namespace

std::vector<intake::Input> inputs_of(const pipeline::Pipeline& pipeline) {
    std::vector<intake::Input> inputs;
    for (const auto& input : pipeline.inputs) {
        intake::Input out;
        const std::string& path = input.path.text;
        const std::string folder = input.path.place.source ? input.path.place.source->directory : "";
        out.path = path;
        if (!path.starts_with('/') && !folder.empty()) out.path.insert(0, folder + '/');
        for (const auto& glob : input.include) out.include.push_back(glob.text);
        for (const auto& glob : input.exclude) out.exclude.push_back(glob.text);
        inputs.push_back(std::move(out));
    }
    return inputs;
}

Work work_of(const CheckedPipeline& checked, std::string output) {
    const pipeline::Pipeline& pipeline = *checked.pipeline;
    Work work;
    work.pipeline_name = pipeline.name;
    work.inputs = inputs_of(pipeline);
    work.rules = checked.rules;
    work.output = std::move(output);
    if (pipeline.limits.artifact_bytes)
        work.limits.artifact_bytes = static_cast<std::uint64_t>(*pipeline.limits.artifact_bytes);
    if (pipeline.limits.view_bytes) work.limits.read.view = static_cast<std::uint64_t>(*pipeline.limits.view_bytes);
    if (pipeline.limits.stage_seconds) work.stage_seconds = static_cast<double>(*pipeline.limits.stage_seconds);
    if (pipeline.limits.facts) work.facts_limit = static_cast<std::size_t>(*pipeline.limits.facts);
    return work;
}

std::optional<Gathered> gather(const Work& work, engine::Stages& stages, std::optional<engine::Shard> shard) {
    note_interrupts();
    Gathered out;
    out.started = microseconds_now();
    Stopwatch watch;
    std::optional<engine::PartialStore> store;
    if (work.cache) store.emplace(*work.cache, say_of_cache);
    intake::Discovery discovery = intake::discover(work.inputs, work.workers.jobs);
    out.seconds_discover = watch.lap();
    note_inputs(discovery, out.trouble);
    out.left_out = {discovery.excluded, discovery.hidden_folders};
    out.tree_files = discovery.files.size();
    if (shard) {
        out.tree = engine::tree_digest(discovery.files);
        std::size_t place = 0;
        std::erase_if(discovery.files,
                      [&](const intake::Found&) { return place++ % shard->count != shard->index - 1; });
    }
    CacheCounts counts;
    auto placed = fold_all(std::move(discovery.files), work, stages, store ? &*store : nullptr, counts);
    if (!placed) return std::nullopt;
    out.artifacts = std::move(*placed);
    if (store) out.cache = counts;
    out.seconds_fold = watch.lap();
    return out;
}

namespace {

/// Says it to who runs it, and to who reads the report.
void note_misspelt_names(std::vector<std::string> sentences, WorkResult& result) {
    if (sentences.empty()) return;
    JsonWriter json;
    json.object().field("stage", "pipeline").field("title", "Misspelt names in the pipeline");
    json.field("place", "not").key("text").array();
    for (const auto& sentence : sentences) {
        json.value(sentence);
        log(Level::warning, sentence);
    }
    json.end().key("tables").array().end().end();
    result.model.add(ASSAY_RECORD_SECTION, json.text());
    auto& sections = result.model.records[ASSAY_RECORD_SECTION];
    std::rotate(sections.begin(), sections.end() - 1, sections.end()); // the first thing to know of such a report
    result.misspelt_names = std::move(sentences);
}

} // namespace

WorkResult report(const Work& work, const Gathered& gathered, Components& components, const Session& session) {
    WorkResult result;
    result.trouble = gathered.trouble;
    Stopwatch watch;
    auto conclusion = engine::conclude(
        gathered.artifacts, components.stages, work.rules,
        {work.facts_limit, report_now(gathered.started), gathered.left_out, isolation_of(work), work.workers.jobs});
    if ((result.interrupted = interrupting_signal()) != 0) {
        log(Level::error, "interrupted; no report is written");
        return result;
    }
    const Seconds seconds{gathered.seconds_discover, gathered.seconds_fold, watch.lap()};
    for (const auto& failure : conclusion.failures) {
        result.trouble.push_back("analyzer '" + failure.stage + "': " + failure.message);
        log(Level::error, result.trouble.back());
    }
    result.counts = conclusion.counts;
    result.model = std::move(conclusion.model);
    note_misspelt_names(misspelt_names(gathered.artifacts, work.rules), result);
    result.model.run = run_json(work, session, gathered, seconds);
    result.gates = report::judge(result.model, work.fail_on, work.baseline ? &*work.baseline : nullptr);
    result.nothing_read = result.counts.parsed == 0;
    render_all(work, gathered, components, result);
    return result;
}

const WorkResult& run(const Work& work, Components& components, const Session& session) {
    struct Kept {
        std::optional<Gathered> gathered;
        WorkResult result;
    };
    static Kept* kept = nullptr;
    kept = new Kept{gather(work, components.stages), {}};
    if (kept->gathered)
        kept->result = report(work, *kept->gathered, components, session);
    else
        kept->result.interrupted = interrupting_signal();
    return kept->result;
}

void print_result(const WorkResult& result, int status, const Common& common) {
    if (result.interrupted != 0) return;
    const bool to_stdout =
        std::any_of(result.written.begin(), result.written.end(), [](const auto& file) { return file.path == "-"; });
    std::ostream& out = to_stdout ? std::cerr : std::cout;
    if (common.json)
        out << result_json(result, status);
    else if (!common.quiet)
        out << result_text(result);
}

int exit_of(const WorkResult& result, bool strict) {
    if (result.interrupted != 0) return 128 + result.interrupted;
    if (!result.trouble.empty() || result.nothing_read ||
        (strict && (result.counts.failed > 0 || !result.misspelt_names.empty())))
        return incomplete;
    const bool failed = std::any_of(result.gates.begin(), result.gates.end(), [](auto& gate) { return gate.failed(); });
    return failed ? gate_failed : done;
}

} // namespace assay::cli
