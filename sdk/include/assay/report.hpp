#pragma once
// What an analyzer gives to the report: facts, findings, sections. And what a renderer reads.
#include <algorithm>
#include <assay/abi.h>
#include <assay/failure.hpp>
#include <assay/json_writer.hpp>
#include <assay/parser.hpp>
#include <assay/strings.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Where something stands: an artifact, and a row, line or JSON pointer in it.
struct Evidence {
    std::string artifact;
    std::optional<std::uint64_t> row = {}, line = {};
    std::string pointer = {}, excerpt = {};
};

struct Interval {
    double low, high, level; ///< level: attained confidence, 0..1
    std::string display;
};

/// One computed value, with all that is needed to check it.
struct Fact {
    std::string stage = {}; ///< of a fact that was read; given, it is the stage that gives it
    std::string kind = {};
    Pairs subject = {}; ///< {"artifact", ..., "table", ...} or {"dataset", ..., <dimension>, <value>, ...}
    std::string metric = {}, stat = {};
    std::optional<double> value = {}; ///< absent: null, and `method` says why
    /// Of a sample: observations, smallest first. Of a histogram: how many lie in each bin, and the bins' edges, one
    /// more than there are bins; a bin holds its lower edge. Of a series: observations, and their times in seconds
    /// since 1970-01-01 UTC, in order.
    std::vector<double> values = {}, edges = {};
    std::string display = {}; ///< the value as readers see it, rounded once
    std::string unit = {}, direction = {};
    std::optional<std::uint64_t> n = {}, n_failed = {}, n_suspect = {}, n_missing = {};
    std::optional<Interval> interval = {};
    std::string method = {};
    bool approximate = false;
    std::string selector = {}; ///< JSON object: which rows of which artifacts, which column, which statistic
    std::vector<Evidence> evidence = {};
};

namespace detail {
/// Hashes texts, each with its end (FNV-1a).
class NameHash {
  public:
    NameHash& add(std::string_view text) {
        for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        hash_ = (hash_ ^ 0xFFU) * 1099511628211ULL;
        return *this;
    }
    /// A letter and the hash (60 bits, base 32).
    std::string name(char letter) const {
        std::uint64_t hash = hash_ ^ hash_ >> 33U;
        hash *= 0xff51afd7ed558ccdULL;
        hash ^= hash >> 33U;
        static constexpr char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
        std::string name(1, letter);
        for (int shift = 55; shift >= 0; shift -= 5) name += digits[hash >> static_cast<unsigned>(shift) & 31U];
        return name;
    }

  private:
    std::uint64_t hash_ = 14695981039346656037ULL;
};
} // namespace detail

/// Stable name of a fact: of what it is about, not of its value.
inline std::string fact_id(std::string_view stage, const Fact& fact) {
    detail::NameHash hash;
    hash.add(stage).add(fact.kind).add(fact.metric).add(fact.stat);
    for (const auto& [key, value] : fact.subject) hash.add(key).add(value);
    return hash.name('f');
}

/// A rule that fired.
struct Finding {
    std::string rule, slug;  ///< "Z3", "failed-rows-as-values"
    std::string severity;    ///< critical, high, medium, low, info
    std::string family = {}; ///< of rules of one subject: "Missing values"
    std::string scope = {};  ///< what it is about; empty: all artifacts
    std::string message;     ///< one sentence
    std::uint64_t k = 0;
    std::optional<std::uint64_t> n = {}; ///< k of the n that were looked at; absent: of no known number
    std::uint64_t places = 0;            ///< where it was found; `evidence` names a few
    bool sampled = false;                ///< k and n are of a sample of the rows
    std::string threshold_meaning = {};
    std::optional<double> threshold = {}; ///< that was used
    std::vector<Evidence> evidence = {};
    std::string fix = {}, waived = {}; ///< waived: why it was accepted; empty where it was not
};

/// Stable name of a finding: of rule and scope, whatever their counts.
inline std::string fingerprint(const Finding& finding) {
    return detail::NameHash{}.add(finding.rule).add(finding.scope).name('g');
}

/// A cell of a section: text for readers, and the fact it shows, if it is a number.
struct SectionCell {
    std::string text;
    std::string fact = {};
};
struct SectionColumn {
    std::string title;
    bool number = false; ///< set right-aligned
};
struct SectionTable {
    std::string title;
    std::vector<SectionColumn> columns;
    std::vector<std::vector<SectionCell>> rows;
    std::string note = {};
    /// Per row its place among those that whoever has not room for all shows, from 0; empty: from the top.
    std::vector<std::uint32_t> importance = {};
};
/// A part of the report that every renderer can show, also for an analyzer it never heard of.
struct Section {
    std::string stage = {}, title = {};
    std::string place =
        "details"; ///< say | not | changed | excluded | missing | next | details: where a reader meets it
    std::vector<std::string> text = {};
    std::vector<SectionTable> tables = {};
};

namespace detail {
inline void write(JsonWriter& json, const Evidence& evidence) {
    json.object().field("artifact", evidence.artifact);
    if (evidence.row) json.field("row", *evidence.row);
    if (evidence.line) json.field("line", *evidence.line);
    if (!evidence.pointer.empty()) json.field("pointer", evidence.pointer);
    if (!evidence.excerpt.empty()) json.field("excerpt", evidence.excerpt);
    json.end();
}
inline void numbers(JsonWriter& json, std::string_view key, const std::vector<double>& values) {
    if (values.empty()) return;
    json.key(key).array();
    for (const double value : values) json.value(value);
    json.end();
}
template <std::size_t size> void text_or_null(JsonWriter& json, const char (&key)[size], std::string_view text) {
    json.key(key);
    if (text.empty())
        json.null();
    else
        json.value(text);
}
} // namespace detail

/// The part of the report that a stage gives.
class Fragment {
  public:
    Fragment(assay_fragment& out, std::string stage) : out_{out}, stage_{std::move(stage)} {}

    /// Adds a fact and answers its id. `rank`: what is kept when the report's limit is reached, smallest first.
    std::string add(const Fact& fact, std::uint32_t rank = 100) {
        std::string id = fact_id(stage_, fact);
        json_.clear();
        json_.object().field("id", id).field("stage", stage_).field("kind", fact.kind).key("subject").object();
        for (const auto& [key, value] : fact.subject) json_.field(key, value);
        json_.end().field("metric", fact.metric).field("stat", fact.stat).field("value", fact.value);
        detail::numbers(json_, "values", fact.values);
        detail::numbers(json_, "edges", fact.edges);
        json_.field("display", fact.display);
        detail::text_or_null(json_, "unit", fact.unit);
        detail::text_or_null(json_, "direction", fact.direction);
        json_.field("n", fact.n).field("n_failed", fact.n_failed).field("n_suspect", fact.n_suspect);
        json_.field("n_missing", fact.n_missing).key("ci");
        if (fact.interval) {
            json_.object().field("low", fact.interval->low).field("high", fact.interval->high);
            json_.field("level", fact.interval->level).field("display", fact.interval->display).end();
        } else {
            json_.null();
        }
        json_.field("method", fact.method).field("approx", fact.approximate).key("selector");
        json_.raw(fact.selector.empty() ? "null" : std::string_view{fact.selector}).key("evidence").array();
        for (const auto& place : fact.evidence) detail::write(json_, place);
        json_.end().end();
        send(ASSAY_RECORD_FACT, json_.text(), rank);
        return id;
    }

    void add(const Finding& finding, std::uint32_t rank = 100) {
        json_.clear();
        json_.object().field("fingerprint", fingerprint(finding)).field("stage", stage_).field("rule", finding.rule);
        json_.field("slug", finding.slug).field("severity", finding.severity);
        if (!finding.family.empty()) json_.field("family", finding.family);
        detail::text_or_null(json_, "scope", finding.scope);
        json_.field("message", finding.message).key("counts").object().field("k", finding.k).field("n", finding.n);
        json_.field("sampled", finding.sampled).end().field("places", finding.places).key("threshold");
        if (finding.threshold)
            json_.object().field("meaning", finding.threshold_meaning).field("value", *finding.threshold).end();
        else
            json_.null();
        json_.key("evidence").array();
        for (const auto& place : finding.evidence) detail::write(json_, place);
        json_.end().field("fix", finding.fix);
        detail::text_or_null(json_, "waived", finding.waived);
        json_.end();
        send(ASSAY_RECORD_FINDING, json_.text(), rank);
    }

    void add(const Section& section, std::uint32_t rank = 100) {
        json_.clear();
        json_.object().field("stage", stage_).field("title", section.title).field("place", section.place);
        json_.key("text").array();
        for (const auto& line : section.text) json_.value(line);
        json_.end().key("tables").array();
        for (const auto& table : section.tables) write(table);
        json_.end().end();
        send(ASSAY_RECORD_SECTION, json_.text(), rank);
    }

    /// A record of any kind as JSON text, for what has no struct here.
    void add(std::int32_t kind, std::string_view json, std::uint32_t rank = 100) { send(kind, json, rank); }
    const std::string& stage() const { return stage_; }

  private:
    void write(const SectionTable& table) {
        json_.object().field("title", table.title).field("note", table.note).key("columns").array();
        for (const auto& column : table.columns)
            json_.object().field("title", column.title).field("number", column.number).end();
        json_.end().key("rows").array();
        for (const auto& row : table.rows) {
            json_.array();
            for (const auto& cell : row) {
                json_.object().field("text", cell.text);
                if (!cell.fact.empty()) json_.field("fact", cell.fact);
                json_.end();
            }
            json_.end();
        }
        json_.end();
        if (!table.importance.empty()) {
            json_.key("importance").array();
            for (const auto place : table.importance) json_.value(std::uint64_t{place});
            json_.end();
        }
        json_.end();
    }
    void send(std::int32_t kind, std::string_view json, std::uint32_t rank) {
        detail::ErrorText error;
        error.check(out_.add(&out_, kind, rank, to_abi(json), &error.error));
    }
    assay_fragment& out_;
    std::string stage_;
    JsonWriter json_;
};

/// Records in their order, to be given later: of a part of a conclusion that is drawn beside others.
class RecordBuffer {
  public:
    RecordBuffer() = default;
    RecordBuffer(const RecordBuffer&) = delete;
    RecordBuffer& operator=(const RecordBuffer&) = delete;
    /// What is added to it is kept here, as of `stage`.
    Fragment fragment(std::string stage) { return {abi_, std::move(stage)}; }
    void give(Fragment& out) const {
        for (const auto& record : records_) out.add(record.kind, record.json, record.rank);
    }

  private:
    struct Record {
        std::int32_t kind;
        std::uint32_t rank;
        std::string_view json;
    };
    static constexpr std::size_t block_bytes = std::size_t{64} << 10U;

    /// One behind another in blocks that do not grow, so that they stay where they are.
    std::string_view keep(std::string_view json) {
        if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < json.size())
            blocks_.emplace_back().reserve(std::max(json.size(), block_bytes));
        std::string& block = blocks_.back();
        block += json;
        return std::string_view{block}.substr(block.size() - json.size());
    }
    static std::int32_t take(assay_fragment* self, std::int32_t kind, std::uint32_t rank, assay_str json,
                             assay_error*) {
        auto& buffer = *static_cast<RecordBuffer*>(self->self);
        buffer.records_.push_back({kind, rank, buffer.keep(view(json))});
        return ASSAY_OK;
    }
    assay_fragment abi_{sizeof(assay_fragment), this, take};
    std::vector<Record> records_;
    std::deque<std::string> blocks_;
};

/// The report as a renderer reads it: JSON texts.
class Report {
  public:
    explicit Report(const assay_report& report) : report_{report} {}
    std::string_view run() const { return view(report_.run); }
    std::string_view inventory() const { return view(report_.inventory); }
    std::string_view summary() const { return view(report_.summary); }
    std::size_t size(std::int32_t kind) const { return report_.n_records(&report_, kind); }
    /// Valid until the next call.
    std::string_view record(std::int32_t kind, std::size_t index) const {
        return view(report_.record(&report_, kind, index));
    }
    const assay_report& abi() const { return report_; }

  private:
    const assay_report& report_;
};

/// Bytes out.
class Output {
  public:
    explicit Output(assay_sink& sink) : sink_{sink} {}
    void write(std::string_view bytes) {
        const int code = sink_.write(&sink_, bytes.data(), bytes.size());
        if (code != ASSAY_OK) throw HostStopped{code, "write-failed", "the output cannot be written"};
    }

  private:
    assay_sink& sink_;
};

class Renderer : public Component {
  public:
    virtual void render(const Report& report, Output& out) = 0;
};

} // namespace assay
