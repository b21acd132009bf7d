#include "plan/roles.hpp"
#include "plan/name_words.hpp"
#include "plan/status.hpp"
#include "plan/units.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <span>

namespace assay::plan {

namespace {

template <class List> bool among(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr auto status_words =
    std::to_array<std::string_view>({"error", "err", "errors", "exception", "failure", "success", "successful",
                                     "succeeded", "passed", "failed", "status", "valid", "ok"});
/// Columns of such names may hold anything; words for success and failure make them a status.
constexpr auto outcome_words =
    std::to_array<std::string_view>({"state", "outcome", "result", "verdict", "conclusion", "exit", "end", "test"});
constexpr auto parameter_words = std::to_array<std::string_view>(
    {"temperature", "ctx",      "threads", "concurrency", "batch",      "warmup", "repetitions", "level",
     "index",       "idx",      "width",   "height",      "channels",   "dim",    "dims",        "heads",
     "layers",      "quant",    "dtype",   "device",      "backend",    "model",  "host",        "version",
     "alpha",       "beta",     "lr",      "epoch",       "size_class", "seq",    "shards",      "workers",
     "clients",     "replicas", "port",    "option",      "options",    "mode",   "precision",   "context",
     "tone",        "runs",     "opset",   "workspace",   "tag",        "config", "versions",    "shot"});
/// The last word of a column of texts that names what each row measures, though no text repeats.
constexpr auto subject_words = std::to_array<std::string_view>(
    {"benchmark", "label",     "command", "bench",          "test",    "case",      "kernel",   "workload",
     "scenario",  "task",      "event",   "operation",      "op",      "query",     "endpoint", "function",
     "method",    "algorithm", "variant", "implementation", "library", "framework", "language", "dataset",
     "metric",    "counter"});
constexpr auto identifier_words =
    std::to_array<std::string_view>({"id", "uuid", "guid", "sha", "sha256", "hash", "commit", "digest", "pid", "key"});
/// Tell one repeat from the next; dividing by them would leave one observation each.
constexpr auto repeat_words =
    std::to_array<std::string_view>({"repetition", "repeat", "rep", "trial", "iteration", "attempt", "seed"});
/// A run may hold many observations, and then divides them.
constexpr auto run_words = std::to_array<std::string_view>({"run"});
/// Behind such a word: its number.
constexpr auto number_words = std::to_array<std::string_view>({"index", "idx", "number", "num", "no", "nr"});
/// Number the rows of a series.
constexpr auto place_words = std::to_array<std::string_view>({"step", "iter"});
constexpr auto time_words = std::to_array<std::string_view>({"timestamp", "ts", "datetime", "date", "time", "at"});
constexpr auto text_words = std::to_array<std::string_view>(
    {"prompt", "text", "message", "content", "response", "output", "description", "comment", "comments", "stdout",
     "stderr", "banter", "variations", "note", "notes", "remark", "remarks", "details"});
constexpr auto metric_words = std::to_array<std::string_view>(
    {"count",      "chars", "tokens",    "bytes",       "latency", "throughput", "duration", "elapsed",
     "score",      "loss",  "accuracy",  "rate",        "ratio",   "speed",      "total",    "sum",
     "efficiency", "power", "util",      "utilization", "memory",  "speedup",    "value",    "connect",
     "used",       "free",  "completed", "failed",      "retries"});

/// A high rate of these is no good.
constexpr auto unwanted_words =
    std::to_array<std::string_view>({"error", "errors", "failure", "failures", "failed", "miss", "misses", "drops",
                                     "dropped", "retries", "retransmits", "timeouts", "faults", "stalls"});

std::string counts(const ColumnSample& sample) {
    return std::to_string(sample.distinct) + (sample.distinct == 1 ? " value in " : " values in ") +
           std::to_string(sample.values) + (sample.values == 1 ? " cell" : " cells");
}

/// What the words of a name say by themselves. An empty text: none of them is in the list.
struct NameSense {
    std::vector<std::string> words;
    std::string text = {}, parameter = {}, metric = {}; ///< the first that is in the list
    bool statistic = false;
    bool temperature = false;
    bool unwanted = false;    ///< counts what should not happen
    bool wanted_rate = false; ///< a rate that was set, not measured: a learning rate, a rate of requests
    std::int32_t direction = ASSAY_DIRECTION_UNKNOWN;
};

/// `scorePercentiles.50.0`, `confidence_interval.lower_bound`: of a distribution.
bool is_of_distribution(const std::vector<std::string>& words) {
    static constexpr auto parts =
        std::to_array<std::string_view>({"percentile", "percentiles", "quantile", "quantiles"});
    const auto interval = std::find(words.begin(), words.end(), "interval");
    const auto part =
        std::find_if(words.begin(), words.end(), [](const std::string& word) { return among(parts, word); });
    // A column `percentile` says which it is; a `quantile_loss` is none.
    return (part != words.end() && part + 1 != words.end() && cell::is_digit((part + 1)->front())) ||
           (interval != words.end() && interval != words.begin() && *(interval - 1) == "confidence") ||
           (words.size() > 1 && words.back() == "estimate"); // `slope.estimate`
}

/// `p(95)`, `p 99.9`, `99.9%`, `99th`
bool is_percentile(std::string_view name, const std::vector<std::string>& words) {
    name = cell::trim(name);
    static constexpr auto ranks = std::to_array<std::string_view>(
        {"5th", "10th", "25th", "50th", "75th", "90th", "95th", "99th", "999th", "9999th"});
    if (!words.empty() && among(ranks, words.back())) return true;
    if (name.ends_with('%') && cell::number(name.substr(0, name.size() - 1))) return true;
    const auto p = std::find(words.begin(), words.end(), "p");
    return p != words.end() && p + 1 != words.end() && is_statistic_word("p" + *(p + 1));
}

bool is_wanted_rate(const std::vector<std::string>& words) {
    static constexpr auto of_rate = std::to_array<std::string_view>(
        {"learning", "request", "arrival", "sampling", "sample", "dropout", "target", "decay", "warmup"});
    const auto rate = std::find(words.begin(), words.end(), "rate");
    return rate != words.end() && rate != words.begin() && among(of_rate, *(rate - 1));
}

/// The temperature of a part of a machine, not of a language model's choice of tokens.
bool is_heat(const NameSense& name, const ColumnSample& sample) {
    static constexpr auto parts = std::to_array<std::string_view>(
        {"gpu", "cpu", "memory", "mem", "core", "hotspot", "board", "die", "package", "junction", "sensor"});
    const auto is_part = [](const std::string& word) { return among(parts, word); };
    return name.temperature && (sample.above_two || std::any_of(name.words.begin(), name.words.end(), is_part));
}

std::int32_t direction_of_words(const std::vector<std::string>& words) {
    static constexpr auto higher = std::to_array<std::string_view>(
        {"throughput", "accuracy", "acc", "score", "speedup", "bandwidth", "f1", "bleu", "speed"});
    static constexpr auto lower = std::to_array<std::string_view>(
        {"latency", "loss", "perplexity", "ttft", "tpot", "itl", "overhead", "misses", "wer", "duration", "elapsed"});
    static constexpr auto spreads = std::to_array<std::string_view>({"std", "stdev", "stddev", "stderr", "sd", "sem"});
    if (std::any_of(words.begin(), words.end(), [](const std::string& word) { return among(spreads, word); }))
        return ASSAY_DIRECTION_UNKNOWN;
    for (const auto& word : words) {
        if (among(higher, word)) return ASSAY_DIRECTION_HIGHER;
        if (among(lower, word)) return ASSAY_DIRECTION_LOWER;
    }
    return ASSAY_DIRECTION_UNKNOWN;
}

/// `errors_per_s`, `failure_rate`; `error_free_ops_s` counts what is wanted.
bool counts_unwanted(const std::vector<std::string>& words) {
    static constexpr auto behind = std::to_array<std::string_view>({"s", "sec", "second", "per", "rate", "ps"});
    for (std::size_t i = 0; i < words.size(); ++i)
        if (among(unwanted_words, words[i]) && (i + 1 == words.size() || among(behind, words[i + 1]))) return true;
    return false;
}

const NameSense& sense_of(std::string_view name) {
    static ByName<NameSense> known;
    return known.of(name, [](std::string_view of) {
        NameSense sense{name_words(of)};
        const auto first = [&](const auto& list) {
            const auto found = std::find_if(sense.words.begin(), sense.words.end(),
                                            [&](const auto& word) { return among(list, word); });
            return found == sense.words.end() ? std::string{} : *found;
        };
        sense.text = first(text_words);
        sense.parameter = first(parameter_words);
        sense.metric = first(metric_words);
        sense.statistic = std::any_of(sense.words.begin(), sense.words.end(), is_statistic_word) ||
                          is_percentile(of, sense.words) || is_of_distribution(sense.words);
        sense.temperature = among(sense.words, "temperature");
        sense.wanted_rate = is_wanted_rate(sense.words);
        sense.unwanted = counts_unwanted(sense.words);
        sense.direction = direction_of_words(sense.words);
        return sense;
    });
}

/// The word that says so: of `benchmark`, `test_name` and a bare `name`; a `config_name` is no more than its
/// parameters.
std::string subject_of(const std::vector<std::string>& words) {
    if (words.empty()) return {};
    if (words.back() != "name") return among(subject_words, words.back()) ? words.back() : std::string{};
    return words.size() == 1 || among(subject_words, words[words.size() - 2]) ? words.back() : std::string{};
}

Role text_role(const NameSense& name, const ColumnSample& sample) {
    const std::size_t n = sample.values;
    if (n == 0) return {ASSAY_ROLE_TEXT, "no values in the sample"};
    if (sample.length == TextLength::prose) return {ASSAY_ROLE_TEXT, "long text"};
    // A remark on single rows would take them out of their groups.
    if (sample.rows >= 5 && 5 * n <= sample.rows && name.parameter.empty())
        return {ASSAY_ROLE_TEXT, std::to_string(n) + " of " + std::to_string(sample.rows) + " cells hold anything"};
    if (!name.words.empty() && name.words.back() == "message") return {ASSAY_ROLE_TEXT, "'message' in the name"};
    const bool repeats = sample.distinct * 2 <= n || (n > 1 && sample.distinct == 1);
    if (repeats) return {ASSAY_ROLE_PARAMETER, counts(sample)};
    if (!name.text.empty()) return {ASSAY_ROLE_TEXT, "'" + name.text + "' in the name"};
    if (!name.words.empty() && among(parameter_words, name.words.back()))
        return {ASSAY_ROLE_PARAMETER, "'" + name.words.back() + "' in the name"};
    if (sample.length == TextLength::lengthy) return {ASSAY_ROLE_TEXT, "long text"};
    if (n == 1) return {ASSAY_ROLE_PARAMETER, "one value"};
    if (const auto subject = subject_of(name.words); !subject.empty())
        return {ASSAY_ROLE_PARAMETER, "'" + subject + "' says what a row measures"};
    if (sample.distinct == n && n >= 3) return {ASSAY_ROLE_IDENTIFIER, "another value in each row"};
    return {ASSAY_ROLE_PARAMETER, counts(sample)};
}

/// Each value stands in several rows.
bool is_of_few(const ColumnSample& sample) {
    return sample.values >= 4 && sample.distinct <= 64 && sample.distinct * 3 <= sample.values;
}

Role number_role(const NameSense& name, Type type, std::string_view unit, const ColumnSample& sample) {
    const auto& words = name.words;
    if (!words.empty() &&
        (words.front() == "num" || words.front() == "n" || words.front() == "max" || words.front() == "top") &&
        words.size() > 1 && unit.empty())
        return {ASSAY_ROLE_PARAMETER, "'" + words.front() + "_' begins the name"};
    if (name.statistic) return {ASSAY_ROLE_METRIC, "the name names a statistic"};
    const std::size_t n = sample.values;
    const bool few = is_of_few(sample);
    // A count of things (rows, tokens) is what was asked for as often as what came out; a result seldom repeats itself.
    const bool counts_things = unit.starts_with('{') && unit.find('/') == std::string_view::npos;
    // How many were worked on: a name too short to be anything else.
    if (words.size() == 1 && words.front() == "n" && type == Type::integer && 2 * sample.distinct <= n)
        return {ASSAY_ROLE_PARAMETER, counts(sample)};
    if (counts_things && few && sample.distinct > 1) return {ASSAY_ROLE_PARAMETER, counts(sample)};
    if (!unit.empty()) return {ASSAY_ROLE_METRIC, "it has a unit"};
    if (name.wanted_rate) return {ASSAY_ROLE_PARAMETER, "a rate that is set"};
    if (is_heat(name, sample)) return {ASSAY_ROLE_METRIC, "the temperature of a machine"};
    if (!name.parameter.empty()) return {ASSAY_ROLE_PARAMETER, "'" + name.parameter + "' in the name"};
    if (!name.metric.empty()) return {ASSAY_ROLE_METRIC, "'" + name.metric + "' in the name"};
    if (few) return {ASSAY_ROLE_PARAMETER, counts(sample)};
    return {ASSAY_ROLE_METRIC, type == Type::integer ? "numbers without another sign" : "fractions"};
}

/// `run`, `warm_iteration`, `trial_index`; `tokens_per_run` is measured.
template <std::size_t size>
bool numbers(const std::array<std::string_view, size>& what, std::span<const std::string> words) {
    if (words.size() > 1 && among(number_words, words.back())) words = words.first(words.size() - 1);
    return !words.empty() && among(what, words.back()) && (words.size() == 1 || words[words.size() - 2] != "per");
}

} // namespace

bool names_subject(const std::vector<std::string>& words) { return !subject_of(words).empty(); }

Role role_of(std::string_view name, Type type, std::string_view unit, const ColumnSample& sample) {
    const NameSense& sense = sense_of(name);
    const auto& words = sense.words;
    const std::string last = words.empty() ? "" : words.back();
    const auto quoted = [](const std::string& word) { return "'" + word + "' in the name"; };
    if (type == Type::time) return {ASSAY_ROLE_TIMESTAMP, "dates"};
    if (type != Type::real && unit.empty()) {
        if (among(status_words, last) && type != Type::integer) return {ASSAY_ROLE_STATUS, quoted(last)};
        if (is_exit_code(words)) return {ASSAY_ROLE_STATUS, "exit codes, by the name"};
        if (words.size() >= 2 && words[words.size() - 2] == "error" && last == "message")
            return {ASSAY_ROLE_STATUS, quoted("error message")};
        if (type == Type::integer && is_http_status(words))
            return {ASSAY_ROLE_STATUS, "answers of a server, by the name"};
        if (last == "status" && words.size() > 1 && words[words.size() - 2] == "http")
            return {ASSAY_ROLE_STATUS, quoted(last)};
        if (type == Type::text && sample.outcomes && among(outcome_words, last))
            return {ASSAY_ROLE_STATUS, quoted(last) + ", and words for how things end"};
    }
    if ((among(time_words, last) || (!words.empty() && among(time_words, words.front()))) && type != Type::boolean &&
        sample.epoch)
        return {ASSAY_ROLE_TIMESTAMP, quoted(last) + ", seconds since 1970 or parts of them"};
    if (unit.empty() && (type == Type::integer || type == Type::text) && among(identifier_words, last)) {
        // `model_id` is the model.
        if (type == Type::text && words.size() > 1 && among(parameter_words, words[words.size() - 2]))
            return {ASSAY_ROLE_PARAMETER, quoted(words[words.size() - 2])};
        // What comes again and differs (a commit, a key, a run's id) tells groups apart, not rows.
        if (type != Type::text || sample.distinct < 2 || 2 * sample.distinct > sample.values)
            return {ASSAY_ROLE_IDENTIFIER, quoted(last)};
    }
    if (words.size() == 2 && words.front() == "thread" && (last == "name" || last == "id" || last == "number"))
        return {type == Type::text ? ASSAY_ROLE_TEXT : ASSAY_ROLE_IDENTIFIER, "tells the threads apart that asked"};
    if (type == Type::integer && numbers(repeat_words, words)) return {ASSAY_ROLE_IDENTIFIER, "tells repeats apart"};
    if (type == Type::integer && unit.empty() && among(place_words, last))
        return {ASSAY_ROLE_IDENTIFIER, "numbers the rows"};
    if (type == Type::boolean) return {ASSAY_ROLE_PARAMETER, "true or false"};
    if (type == Type::text) return text_role(sense, sample);
    if (type == Type::integer && numbers(run_words, words) && !is_of_few(sample))
        return {ASSAY_ROLE_IDENTIFIER, "tells repeats apart"};
    return number_role(sense, type, unit, sample);
}

std::int32_t direction_of(std::string_view name, std::string_view unit) {
    if (is_rate(unit) && sense_of(name).unwanted) return ASSAY_DIRECTION_LOWER;
    if (is_rate(unit)) return ASSAY_DIRECTION_HIGHER;
    if (is_duration(unit)) return ASSAY_DIRECTION_LOWER;
    return sense_of(name).direction;
}

bool is_temperature(std::string_view name) { return sense_of(name).temperature; }

bool is_list_of_statistics(std::string_view name) {
    static constexpr auto bounds = std::to_array<std::string_view>({"confidence", "interval", "bounds", "ci"});
    const NameSense& sense = sense_of(name);
    return sense.statistic || std::any_of(sense.words.begin(), sense.words.end(),
                                          [](const std::string& word) { return among(bounds, word); });
}

bool is_aggregate(std::string_view name) { return sense_of(name).statistic; }

} // namespace assay::plan
