#pragma once
// Facts, findings and claims as flat tables: the columns that exporters give them. Needs simdjson.
#include <array>
#include <assay/report_reader.hpp>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::flat {

/// A column, and where a record holds its value (JSON pointer).
struct RecordColumn {
    std::string_view name, pointer;
};

inline constexpr std::array<RecordColumn, 5> fact_front{
    {{"id", "/id"}, {"stage", "/stage"}, {"kind", "/kind"}, {"metric", "/metric"}, {"stat", "/stat"}}};
/// Behind what the fact is about, which takes a column for each key.
inline constexpr std::array<RecordColumn, 13> fact_back{{{"value", "/value"},
                                                         {"display", "/display"},
                                                         {"unit", "/unit"},
                                                         {"direction", "/direction"},
                                                         {"n", "/n"},
                                                         {"n_failed", "/n_failed"},
                                                         {"n_suspect", "/n_suspect"},
                                                         {"n_missing", "/n_missing"},
                                                         {"ci_low", "/ci/low"},
                                                         {"ci_high", "/ci/high"},
                                                         {"ci_level", "/ci/level"},
                                                         {"approx", "/approx"},
                                                         {"method", "/method"}}};
inline constexpr std::array<RecordColumn, 15> finding_columns{{{"fingerprint", "/fingerprint"},
                                                               {"stage", "/stage"},
                                                               {"rule", "/rule"},
                                                               {"slug", "/slug"},
                                                               {"severity", "/severity"},
                                                               {"scope", "/scope"},
                                                               {"message", "/message"},
                                                               {"k", "/counts/k"},
                                                               {"n", "/counts/n"},
                                                               {"places", "/places"},
                                                               {"first_artifact", "/evidence/0/artifact"},
                                                               {"first_line", "/evidence/0/line"},
                                                               {"first_row", "/evidence/0/row"},
                                                               {"fix", "/fix"},
                                                               {"waived", "/waived"}}};
inline constexpr std::array<RecordColumn, 7> claim_columns{{{"document", "/document"},
                                                            {"line", "/line"},
                                                            {"text", "/text"},
                                                            {"value", "/value"},
                                                            {"status", "/status"},
                                                            {"fact", "/fact"},
                                                            {"reason", "/reason"}}};

/// Column names that differ, also for those who take no notice of case: a name that is taken gets `_` behind it.
class Names {
  public:
    std::string fresh(std::string name) {
        while (!taken_.insert(lower(name)).second) name += '_';
        return name;
    }

  private:
    static std::string lower(std::string text) {
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text;
    }
    std::set<std::string> taken_;
};

/// What facts are about: all keys of their subjects, in the order they are met.
inline std::vector<std::string> subject_keys(const Report& report) {
    simdjson::dom::parser parser;
    std::vector<std::string> keys;
    std::set<std::string, std::less<>> known;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_FACT); ++i) {
        simdjson::dom::element fact;
        if (parser.parse(report.record(ASSAY_RECORD_FACT, i)).get(fact) != simdjson::SUCCESS) continue;
        detail::each_field(fact, "subject", [&](std::string_view key, const detail::Json&) {
            if (known.emplace(key).second) keys.emplace_back(key);
        });
    }
    return keys;
}

/// Writes a value as `out.text`, `number`, `integer`, `truth` or `null`; a list or an object as JSON text.
template <class Cells> void put(Cells& out, const simdjson::simdjson_result<simdjson::dom::element>& found) {
    simdjson::dom::element value;
    if (found.get(value) != simdjson::SUCCESS) return out.null();
    switch (value.type()) {
    case simdjson::dom::element_type::STRING: return out.text(value.get_string().value_unsafe());
    case simdjson::dom::element_type::INT64: return out.integer(value.get_int64().value_unsafe());
    case simdjson::dom::element_type::DOUBLE: return out.number(value.get_double().value_unsafe());
    case simdjson::dom::element_type::UINT64: return out.number(static_cast<double>(value.get_uint64().value_unsafe()));
    case simdjson::dom::element_type::BOOL: return out.truth(value.get_bool().value_unsafe());
    case simdjson::dom::element_type::NULL_VALUE: return out.null();
    default: return out.text(simdjson::minify(value));
    }
}

template <class Cells>
void put(Cells& out, const simdjson::dom::element& record, std::span<const RecordColumn> columns) {
    for (const auto& column : columns) put(out, record.at_pointer(column.pointer));
}

/// Calls `work` with each record of a kind, parsed.
template <class Work> void each_record(const Report& report, std::int32_t kind, Work&& work) {
    simdjson::dom::parser parser;
    for (std::size_t i = 0; i < report.size(kind); ++i) {
        simdjson::dom::element record;
        if (parser.parse(report.record(kind, i)).get(record) != simdjson::SUCCESS)
            throw Failure{"bad-record", "record " + std::to_string(i) + " of the report is no JSON"};
        work(record);
    }
}

/// All facts or findings: `begin(names)`, then cells and `end_row()` for each.
template <class Rows> void write_facts(const Report& report, Rows& out) {
    const auto keys = subject_keys(report);
    Names names;
    std::vector<std::string> header;
    const auto add = [&](std::string_view name) { header.push_back(names.fresh(std::string{name})); };
    for (const auto& column : fact_front) add(column.name);
    for (const auto& column : fact_back) names.fresh(std::string{column.name});
    for (const auto& key : keys) add(key);
    for (const auto& column : fact_back) header.emplace_back(column.name);
    out.begin(header);
    each_record(report, ASSAY_RECORD_FACT, [&](const simdjson::dom::element& fact) {
        put(out, fact, fact_front);
        const auto subject = fact["subject"];
        for (const auto& key : keys) put(out, subject[key]);
        put(out, fact, fact_back);
        out.end_row();
    });
}

template <class Rows> void write_findings(const Report& report, Rows& out) {
    std::vector<std::string> header;
    for (const auto& column : finding_columns) header.emplace_back(column.name);
    out.begin(header);
    each_record(report, ASSAY_RECORD_FINDING, [&](const simdjson::dom::element& finding) {
        put(out, finding, finding_columns);
        out.end_row();
    });
}

} // namespace assay::flat
