// Environment: on what, with what and how a benchmark ran.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::gaps {

namespace {

// ---- H1, H2

std::string say_no_hardware(const Group& group, double) {
    return k_of_n(group, "files with measurements") +
           " do not say on what hardware they ran: " + most_frequent(group, 6);
}

const Rule no_hardware{.id = "H1",
                       .slug = "no-hardware-identity",
                       .severity = Severity::medium,
                       .definition =
                           "A file with measurements names no CPU, GPU or machine, nor does a file of its run "
                           "or an environment file of its folder.",
                       .fix = "Have the harness write the CPU, GPU and memory beside the results.",
                       .looks_at = "files with durations or rates",
                       .statement = say_no_hardware,
                       .answer = Answer::missing};

std::string say_no_software(const Group& group, double) {
    return k_of_n(group, "files with measurements") +
           " do not say with what software they ran: " + most_frequent(group, 6);
}

const Rule no_software{.id = "H2",
                       .slug = "no-software-identity",
                       .severity = Severity::medium,
                       .definition =
                           "A file with measurements names no version, commit, driver, build, image or digest, "
                           "nor does a file of its run or an environment file of its folder.",
                       .fix = "Have the harness write commit, versions, driver and model digest beside the results.",
                       .looks_at = "files with durations or rates",
                       .statement = say_no_software,
                       .answer = Answer::missing};

// ---- H3

std::string say_no_sampling(const Group& group, double) {
    return k_of_n(group, "files with generated text") +
           " do not tell all that generation depends on; missing: " + most_frequent(group, 3);
}

/// Where only a part is missing the runs can nearly be repeated.
Severity grade_no_sampling(const Group& group) { return group.worst >= 2 ? Severity::low : Severity::info; }

const Rule no_sampling{.id = "H3",
                       .slug = "generation-not-repeatable",
                       .severity = Severity::low,
                       .definition = "A file with rates of tokens lacks the seed, the sampling options (temperature, "
                                     "top_p, top_k) or the context size; info where one of them is missing.",
                       .fix = "Write seed, temperature, top_p, top_k and context size beside the results.",
                       .looks_at = "files with rates of tokens",
                       .statement = say_no_sampling,
                       .grade = grade_no_sampling};

// ---- H9, H10

std::string say_speed_alone(const Group& group, double) {
    return "there are rates of tokens in " + counted(group.n, "file") +
           ", but no metric says how good what was generated is: speed alone ranks nothing";
}

const Rule speed_alone{.id = "H9",
                       .slug = "speed-without-quality",
                       .severity = Severity::info,
                       .definition = "Files hold rates of tokens, and none of them a quality (accuracy, score, "
                                     "perplexity, loss and the like).",
                       .fix = "Measure quality on the same configurations before recommending one for its speed.",
                       .looks_at = "files with rates of tokens",
                       .statement = say_speed_alone};

std::string say_only_aggregates(const Group& group, double) {
    return k_of_n(group, "files with measurements") +
           " hold only aggregates, and no raw values lie beside them, so "
           "that nothing can be tested: " +
           most_frequent(group, 6);
}

const Rule only_aggregates{.id = "H10",
                           .slug = "only-aggregates",
                           .severity = Severity::medium,
                           .definition =
                               "All durations and rates of a file are statistics (means, percentiles), and no "
                               "file of its run or folder with a like name holds raw ones.",
                           .fix = "Keep the raw observations beside the summary.",
                           .looks_at = "files with durations or rates",
                           .statement = say_only_aggregates,
                           .answer = Answer::missing};

/// What a file tells of how it came about.
struct Told {
    bool raw = false, aggregates = false; ///< durations or rates, of one observation or of many
    bool tokens = false, quality = false;
    bool hardware = false, software = false;
    bool seed = false, sampling = false, context = false;
    bool measures() const { return raw || aggregates; }
};

bool contains_any(std::string_view text, std::span<const std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](auto part) { return text.find(part) != std::string_view::npos; });
}

void join(Told& into, const Told& other) {
    into.hardware |= other.hardware, into.software |= other.software;
    into.seed |= other.seed, into.sampling |= other.sampling, into.context |= other.context;
    into.raw |= other.raw;
}

/// By a name, of a text or a number.
Told told_by_name(std::string_view name, bool is_text) {
    static constexpr std::string_view hardware[]{"cpu",      "gpu",  "processor", "hardware", "accelerator",
                                                 "hostname", "chip", "soc",       "machine",  "node"};
    static constexpr std::string_view software[]{"version", "commit",   "git",   "driver",       "digest",
                                                 "build",   "revision", "image", "quantization", "quantisation"};
    static constexpr std::string_view sampling[]{"temperature", "top_p", "top_k", "sampling", "min_p"};
    static constexpr std::string_view context[]{"num_ctx",        "n_ctx",        "ctx_size",
                                                "context_length", "context_size", "num_predict",
                                                "max_tokens",     "max_new_tok",  "max_model_len"};
    static constexpr std::string_view seed[]{"seed"};
    Told told;
    told.hardware = is_text && data::has_word(name, hardware);
    told.software = data::has_word(name, software);
    told.sampling = contains_any(name, sampling);
    told.context = contains_any(name, context);
    told.seed = data::has_word(name, seed);
    return told;
}

/// What each column tells where it has values.
struct ToldByColumns {
    struct Column {
        Told told;
        bool text, options; ///< options: of a run, kept as text in a cell: {"temperature":0.3}
        bool quality, speed, tokens;
    };
    explicit ToldByColumns(const Strided<assay_column>& plan) {
        static constexpr std::string_view qualities[]{"accuracy", "score", "perplexity", "loss", "bleu",
                                                      "rouge",    "f1",    "quality",    "wer",  "exact_match"},
            options[]{"options", "params", "parameters", "config", "settings", "args"};
        for (const assay_column& column : plan) {
            const std::string_view name = view(column.name), unit = view(column.unit);
            const bool text = column.type == ASSAY_TYPE_TEXT, metric = is_metric(column);
            all.push_back({told_by_name(name, text), text, text && data::has_word(name, options),
                           metric && data::has_word(name, qualities),
                           metric && (is_duration_unit(unit) || unit.ends_with("/s")), unit == "{token}/s"});
        }
    }
    std::vector<Column> all;
};

void note_options(const TableView& table, std::size_t column, Told& told) {
    if (table.rows == nullptr) return;
    for (std::size_t row = 0; row < std::min<std::size_t>(table.rows->rows.size(), 8); ++row)
        if (const KeptCell& cell = table.rows->cell(row, column); cell.present)
            join(told, told_by_name(cell.text, false));
}

void note_table(const TableView& table, Told& told) {
    const auto& columns = table.known<ToldByColumns>().all;
    const bool telemetry = is_telemetry(table);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const ColumnProfile& column = table.profile->columns[c];
        if (column.n + column.n_failed == 0 && !columns[c].text) continue;
        join(told, columns[c].told);
        if (columns[c].options) note_options(table, c, told);
        told.quality |= columns[c].quality;
        if (telemetry || !columns[c].speed) continue;
        told.tokens |= columns[c].tokens;
        (column.aggregate ? told.aggregates : told.raw) = true;
    }
}

/// By the names of dimensions, which many files share; of a text and of a number.
using ToldByDimension = std::map<std::string, std::array<Told, 2>, std::less<>>;

const Told& told_by_dimension(std::string_view name, std::string_view value, ToldByDimension& known) {
    auto at = known.find(name);
    if (at == known.end())
        at = known.emplace(std::string{name}, std::array{told_by_name(name, true), told_by_name(name, false)}).first;
    return at->second[cell::number(value) ? 1 : 0];
}

Told told_by(const ArtifactView& artifact, ToldByDimension& known) {
    Told told;
    if (view(artifact.artifact->parser) == "markdown") return told; // a report, not a record
    for (const TableView& table : artifact.tables)
        if (table.is_data() && table.profile != nullptr) note_table(table, told);
    const Strided<assay_key_value> given{artifact.artifact->dimensions, artifact.artifact->n_dimensions,
                                         sizeof(assay_key_value)};
    for (const auto& dimension : given)
        join(told, told_by_dimension(view(dimension.key), view(dimension.value), known));
    return told;
}

/// A file that is no copy, and what it tells itself.
struct Record {
    std::string_view path;
    std::string run; ///< what files of like names in one folder have in common
    const Told* own;
};

struct Places {
    std::unordered_map<std::string, Told> by_folder; ///< what its environment files tell, for all below it
    std::unordered_map<std::string, Told> by_run;    ///< files with a like name in one folder
};

Told known_of(const Places& places, const Record& record) {
    Told known = *record.own;
    if (const auto found = places.by_run.find(record.run); found != places.by_run.end()) join(known, found->second);
    const bool raw = known.raw;
    for (auto folder = folder_of(record.path); !places.by_folder.empty(); folder = folder_of(folder)) {
        if (const auto found = places.by_folder.find(std::string{folder}); found != places.by_folder.end())
            join(known, found->second);
        if (folder.empty()) break;
    }
    known.raw = raw;
    return known;
}

void note_sampling(std::string_view path, const Told& known, Hits& hits) {
    const double missing = (known.seed ? 0 : 1) + (known.sampling ? 0 : 1) + (known.context ? 0 : 1);
    hits.looked(no_sampling, "");
    if (missing == 0) return;
    std::string what;
    for (const auto& [has, name] :
         {std::pair{known.seed, "seed"}, {known.sampling, "sampling options"}, {known.context, "context size"}})
        if (!has) what += (what.empty() ? "" : ", ") + std::string{name};
    hits.add(no_sampling, {"", Evidence{std::string{path}}, 1, what, missing});
}

struct Records {
    std::unordered_map<std::size_t, Told> own; ///< by artifact, without copies
    ToldByDimension by_dimension;
    void append(Records later) { own.merge(later.own); }
};

void note_record(const ArtifactView& artifact, Hits& hits) {
    auto& [own, by_dimension] = hits.notes<Records>();
    own[artifact.index] = told_by(artifact, by_dimension);
}

/// Its folder, or the file itself.
std::string folder_or_file(std::string_view path) {
    const auto folder = folder_of(path);
    return folder.empty() ? std::string{path} : std::string{folder} + "/";
}

void look_at_records(const Tree& tree, Hits& hits) {
    const auto& records = hits.noted<Records>().own;
    std::vector<Record> told;
    Places places;
    const auto artifacts = tree.corpus.artifacts();
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const bool copy = artifacts[i].duplicate_of != SIZE_MAX; // of an environment, it tells of its own folder
        const auto known = records.find(copy ? artifacts[i].duplicate_of : i);
        if (known == records.end()) continue;
        const Told& own = known->second;
        Record record{view(artifacts[i].path), run_name(view(artifacts[i].path)), &own};
        join(places.by_run[record.run], own);
        if (!own.measures()) join(places.by_folder[std::string{folder_of(record.path)}], own);
        if (!copy) told.push_back(std::move(record));
    }
    bool quality = false;
    std::string_view first_tokens;
    std::uint64_t with_tokens = 0;
    for (const Record& record : told) {
        const auto& [path, run, own] = record;
        quality |= own->quality;
        if (!own->measures()) continue;
        const Told known = known_of(places, record);
        for (const auto& [rule, has] :
             {std::pair{&no_hardware, known.hardware}, {&no_software, known.software}, {&only_aggregates, known.raw}}) {
            hits.looked(*rule, "");
            if (!has) hits.add(*rule, {"", Evidence{std::string{path}}, 1, folder_or_file(path)});
        }
        if (!own->tokens) continue;
        note_sampling(path, known, hits);
        if (with_tokens++ == 0) first_tokens = path;
    }
    if (with_tokens == 0) return;
    hits.looked(speed_alone, "", with_tokens);
    if (!quality) hits.add(speed_alone, {"", Evidence{std::string{first_tokens}}, with_tokens});
}

// ---- H4

std::string say_environments_differ(const Group& group, double) {
    return "its files were measured in different environments: " + most_frequent(group, 6);
}

const Rule environments_differ{.id = "H4",
                               .slug = "environments-differ",
                               .severity = Severity::medium,
                               .definition = "Files of one dataset name different versions, drivers, operating systems "
                                             "or hardware (numbers within 1 % are the same).",
                               .fix =
                                   "Compare only files of one environment, or say what differs beside the comparison.",
                               .looks_at = "files that name their environment",
                               .statement = say_environments_differ,
                               .answer = Answer::must_not_say};

/// Outside a block of its own a column is of the environment only if it can hardly be what is compared.
struct EnvironmentColumns {
    explicit EnvironmentColumns(const Strided<assay_column>& plan) {
        static constexpr std::string_view anywhere[]{"version", "driver", "firmware", "governor"},
            in_block[]{"version", "driver", "firmware", "governor", "os",        "kernel",
                       "gpu",     "cpu",    "compiler", "cuda",     "processor", "hardware"};
        for (std::size_t c = 0; c < plan.size(); ++c) {
            const assay_column& column = plan[c];
            const std::string_view name = view(column.name);
            // What has document scope is told of the document itself.
            if (column.document_scope != 0 || is_metric(column) || column.role == ASSAY_ROLE_TIMESTAMP) continue;
            if (name.starts_with("environment.") || name.starts_with("env.") || name.starts_with("system_info.")) {
                if (data::has_word(name.substr(name.find('.')), in_block)) always.push_back(c);
            } else if (column.type == ASSAY_TYPE_TEXT && data::has_word(name, anywhere)) {
                of_one_row.push_back(c);
            }
        }
    }
    std::vector<std::size_t> always, of_one_row; ///< where the table has but one row
};

void look_at_environments(const DatasetView& view, Hits& hits) {
    if (view.dataset->sources.size() < 2) return;
    std::map<std::string, std::map<std::string, std::pair<std::uint64_t, std::string>>> seen; // field, value, files
    for (const auto& source : view.dataset->sources) {
        const auto& columns = view.layout(source).known<EnvironmentColumns>();
        const bool one_row = source.table.rows.all() == 1;
        if (columns.always.empty() && !(one_row && !columns.of_one_row.empty())) continue;
        const auto profile = view.tree.profile(source.artifact);
        const TableProfile& table = *find_table(*profile, source.table_index, view.name_of(source));
        const auto note = [&](std::size_t c) {
            const ColumnProfile& column = table.columns[c];
            if (column.top.entries().size() != 1) return;
            auto& [files, first] = seen[column.name][column.top.entries().front().text];
            if (files++ == 0) first = source.path;
        };
        for (const auto c : columns.always) note(c);
        if (one_row)
            for (const auto c : columns.of_one_row) note(c);
    }
    const std::string& title = view.dataset->title;
    for (const auto& [field, values] : seen) {
        hits.looked(environments_differ, title);
        if (values.size() < 2) continue;
        const auto low = cell::number(values.begin()->first), high = cell::number(values.rbegin()->first);
        if (low && high && std::abs(*high - *low) <= 0.01 * std::abs(*low)) continue;
        std::string text = field + " is ";
        for (const auto& [value, files] : values)
            text += (text.ends_with(" is ") ? "" : ", ") + short_text(value, 40) + " (" + counted(files.first, "file") +
                    ")";
        hits.add(environments_differ, {title, Evidence{values.rbegin()->second.second, {}, {}, {}, field}, 1, text});
    }
}

constexpr std::array environment_rules{&no_hardware,         &no_software, &no_sampling,
                                       &environments_differ, &speed_alone, &only_aggregates};

} // namespace

const Family environment_family{.name = "Environment",
                                .rules = environment_rules,
                                .artifact = note_record,
                                .dataset = look_at_environments,
                                .tree = look_at_records};

} // namespace assay::gaps
