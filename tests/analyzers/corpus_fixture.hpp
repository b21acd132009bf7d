// A corpus in miniature: tables given as text are folded by an analyzer through the C calls that the host uses, and
// concluded over.
#pragma once
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/sdk.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace fixture {

using Cell = std::optional<std::string>;

struct Column {
    std::string name;
    assay::Type type = assay::Type::real;
    std::int32_t role = ASSAY_ROLE_METRIC;
    std::string unit = {};
    std::int32_t direction = ASSAY_DIRECTION_UNKNOWN;
    bool aggregate = false, document_scope = false;
    bool dimension() const { return role == ASSAY_ROLE_PARAMETER; }
};
inline Column parameter(std::string name, assay::Type type = assay::Type::integer) {
    return {std::move(name), type, ASSAY_ROLE_PARAMETER};
}

struct Row {
    std::vector<std::string> cells; ///< empty: missing
    std::uint8_t status = ASSAY_ROW_OK;
};

struct Table {
    std::string name = "rows";
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::int32_t kind = ASSAY_TABLE_DATA;
    std::uint64_t rejected = 0;
    std::size_t dataset = 0;
    std::uint64_t count(std::uint8_t status) const {
        return static_cast<std::uint64_t>(
            std::count_if(rows.begin(), rows.end(), [&](const Row& row) { return row.status == status; }));
    }
};

struct Artifact {
    std::string path;
    std::vector<Table> tables;
    std::vector<std::pair<std::string, std::string>> dimensions = {};
    std::size_t duplicate_of = SIZE_MAX;
    std::int32_t outcome = ASSAY_OUTCOME_PARSED;
    std::string parser = "csv";
    std::uint64_t bytes = 100;
    std::int64_t modified_us = INT64_MIN;
};

/// A plan as the ABI shows it; borrows the table's texts.
class Plan {
  public:
    explicit Plan(const Table& table) {
        for (const Column& c : table.columns) {
            assay_column out{};
            out.struct_size = sizeof out;
            out.name = out.label = assay::to_abi(c.name);
            out.unit = assay::to_abi(c.unit);
            out.type = static_cast<std::int32_t>(c.type);
            out.role = c.role;
            out.direction = c.direction;
            out.aggregate = c.aggregate ? 1 : 0;
            out.document_scope = c.document_scope ? 1 : 0;
            out.dimension = c.dimension() ? 1 : 0;
            columns.push_back(out);
        }
        plan = {sizeof plan,    assay::to_abi(table.name), table.kind, columns.data(),
                columns.size(), sizeof(assay_column)};
    }
    Plan(const Plan&) = delete;
    std::vector<assay_column> columns;
    assay_table plan{};
};

inline void put_cell(assay::ColumnBuilder& builder, const std::string& text) {
    if (text.empty()) return builder.null();
    switch (builder.type()) {
    case assay::Type::boolean: return builder.boolean(text == "true");
    case assay::Type::integer: return builder.integer(std::stoll(text));
    case assay::Type::real: return builder.real(assay::cell::number(text).value());
    case assay::Type::time: return builder.time(assay::cell::time(text).value().microseconds);
    case assay::Type::text: return builder.text(text);
    }
}

/// An analyzer behind its C calls.
template <class T> class Driven {
  public:
    Driven() { assay::detail::make<T>(nullptr, component_); }
    Driven(const Driven&) = delete;
    ~Driven() { assay::detail::unmake<T>(component_); }
    const assay_analyzer& calls() const { return *static_cast<const assay_analyzer*>(component_.calls); }
    void* self() { return component_.self; }
    T& analyzer() { return static_cast<assay::detail::AnalyzerInstance<T>*>(component_.self)->analyzer; }

    void check(std::int32_t code) {
        if (code != ASSAY_OK) throw std::runtime_error{error_.reason + ": " + error_.message};
    }
    std::string save() {
        std::string out;
        assay_sink sink{sizeof sink, &out, [](assay_sink* to, const void* data, std::size_t size) -> std::int32_t {
                            static_cast<std::string*>(to->self)->append(static_cast<const char*>(data), size);
                            return ASSAY_OK;
                        }};
        check(calls().save(self(), &sink, error()));
        return out;
    }
    void load(std::string_view state) { check(calls().load(self(), assay::to_abi(state), error())); }
    void merge(std::string_view state) { check(calls().merge(self(), assay::to_abi(state), error())); }
    assay_error* error() { return &error_.error; }

    /// Folds the rows [first, last) of a table's chunk; each `chunk_rows` rows are a chunk, batches cut these further.
    void fold(const Table& table, const Plan& plan, std::size_t chunk_rows, std::size_t batch_rows,
              const std::vector<std::size_t>& chunks, bool reject) {
        check(calls().table_begin(self(), &plan.plan, error()));
        for (const std::size_t chunk : chunks) {
            const std::size_t end = std::min(table.rows.size(), (chunk + 1) * chunk_rows);
            for (std::size_t first = chunk * chunk_rows; first < end; first += batch_rows)
                update(table, first, std::min(end, first + batch_rows), chunk, chunk * chunk_rows);
        }
        check(calls().table_end(self(), reject ? table.rejected : 0, error()));
    }

  private:
    void update(const Table& table, std::size_t first, std::size_t last, std::size_t chunk, std::size_t chunk_first) {
        std::vector<ArrowArray> arrays;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            assay::ColumnBuilder builder{table.columns[c].type};
            for (std::size_t row = first; row < last; ++row) put_cell(builder, table.rows[row].cells.at(c));
            arrays.push_back(builder.finish());
        }
        ArrowArray rows = assay::make_batch(std::move(arrays), static_cast<std::int64_t>(last - first));
        std::vector<std::uint8_t> status;
        std::vector<std::uint64_t> lines;
        for (std::size_t row = first; row < last; ++row) {
            status.push_back(table.rows[row].status);
            lines.push_back(row + 2);
        }
        const assay_batch batch{sizeof batch, &rows, status.data(), lines.data(), chunk, first - chunk_first};
        const auto code = calls().update(self(), &batch, error());
        rows.release(&rows);
        check(code);
    }

    assay_component component_{};
    assay::detail::ErrorText error_;
};

struct Cut {
    std::size_t chunk_rows = SIZE_MAX / 2, batch_rows = 1000;
};

/// The partial of one artifact, folded in one go.
template <class T> std::string partial_of(const Artifact& artifact, Cut cut = {}) {
    Driven<T> driven;
    const std::string digest(64, 'a');
    const assay_content content{sizeof content, assay::to_abi(digest), assay::to_abi(artifact.parser), artifact.bytes};
    driven.check(driven.calls().artifact_begin(driven.self(), &content, driven.error()));
    for (const Table& table : artifact.tables) {
        const Plan plan{table};
        std::vector<std::size_t> chunks;
        for (std::size_t c = 0; c * cut.chunk_rows < table.rows.size(); ++c) chunks.push_back(c);
        driven.fold(table, plan, cut.chunk_rows, cut.batch_rows, chunks, true);
    }
    driven.check(driven.calls().artifact_end(driven.self(), artifact.outcome, driven.error()));
    return driven.save();
}

/// A partial that saw only some chunks of each table; the first of them counts what was rejected.
template <class T>
std::string partial_of_chunks(const Artifact& artifact, Cut cut, const std::vector<std::size_t>& chunks) {
    Driven<T> driven;
    const std::string digest(64, 'a');
    const assay_content content{sizeof content, assay::to_abi(digest), assay::to_abi(artifact.parser), artifact.bytes};
    driven.check(driven.calls().artifact_begin(driven.self(), &content, driven.error()));
    for (const Table& table : artifact.tables) {
        const Plan plan{table};
        const bool first = std::find(chunks.begin(), chunks.end(), 0U) != chunks.end();
        driven.fold(table, plan, cut.chunk_rows, cut.batch_rows, chunks, first);
    }
    driven.check(driven.calls().artifact_end(driven.self(), artifact.outcome, driven.error()));
    return driven.save();
}

struct Record {
    std::int32_t kind;
    std::uint32_t rank;
    std::string text;
    nlohmann::json json;
};

struct Given {
    std::vector<Record> records;

    std::vector<nlohmann::json> of(std::int32_t kind) const {
        std::vector<nlohmann::json> out;
        for (const Record& record : records)
            if (record.kind == kind) out.push_back(record.json);
        return out;
    }
    /// Facts with this subject (exactly), metric and stat.
    std::vector<nlohmann::json> facts(const nlohmann::json& subject, const std::string& metric, const std::string& stat,
                                      const std::string& kind) const {
        std::vector<nlohmann::json> out;
        for (const auto& fact : of(ASSAY_RECORD_FACT))
            if (fact["subject"] == subject && fact["metric"] == metric && fact["stat"] == stat && fact["kind"] == kind)
                out.push_back(fact);
        return out;
    }
    /// The one such fact.
    nlohmann::json fact(const nlohmann::json& subject, const std::string& metric, const std::string& stat,
                        const std::string& kind = "statistic") const {
        const auto found = facts(subject, metric, stat, kind);
        if (found.size() != 1)
            throw std::runtime_error{std::to_string(found.size()) + " facts " + subject.dump() + " " + metric + " " +
                                     stat};
        return found.front();
    }
    bool has(const nlohmann::json& subject, const std::string& metric, const std::string& stat,
             const std::string& kind = "statistic") const {
        return !facts(subject, metric, stat, kind).empty();
    }
    std::vector<nlohmann::json> sections(const std::string& place) const {
        std::vector<nlohmann::json> out;
        for (const auto& section : of(ASSAY_RECORD_SECTION))
            if (section["place"] == place) out.push_back(section);
        return out;
    }
    /// The table of all sections at a place whose title contains a text.
    nlohmann::json table(const std::string& place, const std::string& title) const {
        for (const auto& section : sections(place))
            for (const auto& table : section["tables"])
                if (table["title"].get<std::string>().find(title) != std::string::npos) return table;
        throw std::runtime_error{"no table '" + title + "' in " + place};
    }
    std::string text() const {
        std::string out;
        for (const Record& record : records) out += std::to_string(record.kind) + record.text + '\n';
        return out;
    }
};

/// Artifacts with their partials of "profile/1", as conclude shows them.
class Corpus {
  public:
    Corpus(std::vector<Artifact> artifacts, std::vector<std::string> profile_partials,
           std::map<std::size_t, std::string> dataset_titles = {})
        : all{std::move(artifacts)}, partials_{std::move(profile_partials)}, titles_{std::move(dataset_titles)} {
        std::map<std::size_t, std::vector<std::array<std::size_t, 2>>> members;
        for (std::size_t a = 0; a < all.size(); ++a) {
            auto& records = records_.emplace_back();
            for (std::size_t t = 0; t < all[a].tables.size(); ++t) {
                const Table& table = all[a].tables[t];
                const bool data = table.kind == ASSAY_TABLE_DATA;
                records.push_back({sizeof(assay_table_record), &plans_.emplace_back(table).plan, table.count(0),
                                   table.count(1), table.count(2), table.rejected, data ? table.dataset : SIZE_MAX,
                                   table.count(ASSAY_ROW_PUBLISHED)});
                if (data) members[table.dataset].push_back({a, t});
            }
            auto& dimensions = dimensions_.emplace_back();
            for (const auto& [name, value] : all[a].dimensions)
                dimensions.push_back({assay::to_abi(name), assay::to_abi(value), assay::to_abi("test")});
        }
        for (std::size_t a = 0; a < all.size(); ++a) {
            const std::string_view path = all[a].path;
            const auto slash = path.rfind('/');
            assay_artifact out{};
            out.struct_size = sizeof out;
            out.path = assay::to_abi(path);
            out.directory = assay::to_abi(slash == path.npos ? "" : path.substr(0, slash));
            out.name = assay::to_abi(path.substr(slash + 1));
            out.sha256 = assay::to_abi(all[a].path);
            out.parser = assay::to_abi(all[a].parser);
            out.bytes = all[a].bytes;
            out.modified_us = all[a].modified_us;
            out.outcome = all[a].outcome;
            out.duplicate_of = all[a].duplicate_of;
            out.tables = records_[a].data();
            out.n_tables = records_[a].size();
            out.table_size = sizeof(assay_table_record);
            out.dimensions = dimensions_[a].data();
            out.n_dimensions = dimensions_[a].size();
            artifacts_.push_back(out);
        }
        for (const auto& [id, tables] : members) {
            ids_.push_back("d" + std::to_string(id));
            if (!titles_.contains(id)) titles_[id] = ids_.back();
            auto& pairs = pairs_.emplace_back(std::make_unique<std::size_t[][2]>(tables.size()));
            for (std::size_t i = 0; i < tables.size(); ++i) pairs[i][0] = tables[i][0], pairs[i][1] = tables[i][1];
            datasets_.push_back({sizeof(assay_dataset), assay::to_abi(ids_.back()), assay::to_abi(titles_[id]),
                                 pairs.get(), tables.size()});
        }
        corpus_ = {sizeof corpus_,
                   this,
                   artifacts_.data(),
                   artifacts_.size(),
                   sizeof(assay_artifact),
                   datasets_.data(),
                   datasets_.size(),
                   sizeof(assay_dataset),
                   assay::to_abi("stage"),
                   0,
                   [](const assay_corpus* c, assay_str, std::size_t artifact) {
                       return assay::to_abi(static_cast<const Corpus*>(c->self)->partials_.at(artifact));
                   },
                   [](const assay_corpus*, assay_str, std::int32_t) -> std::size_t { return 0; },
                   [](const assay_corpus*, assay_str, std::int32_t, std::size_t) { return assay_str{}; }};
    }
    Corpus(const Corpus&) = delete;

    template <class T> Given conclude(Driven<T>& driven) const {
        Given given;
        assay_fragment fragment{
            sizeof fragment, &given,
            [](assay_fragment* to, std::int32_t kind, std::uint32_t rank, assay_str record,
               assay_error*) -> std::int32_t {
                const std::string text{assay::view(record)};
                static_cast<Given*>(to->self)->records.push_back({kind, rank, text, nlohmann::json::parse(text)});
                return ASSAY_OK;
            }};
        driven.check(driven.calls().finish(driven.self(), &corpus_, &fragment, driven.error()));
        return given;
    }

  private:
    std::vector<Artifact> all; ///< the records point into it
    std::vector<std::string> partials_;
    std::map<std::size_t, std::string> titles_;
    std::deque<Plan> plans_;
    std::deque<std::vector<assay_table_record>> records_;
    std::deque<std::vector<assay_key_value>> dimensions_;
    std::deque<std::string> ids_;
    std::vector<std::unique_ptr<std::size_t[][2]>> pairs_;
    std::vector<assay_artifact> artifacts_;
    std::vector<assay_dataset> datasets_;
    assay_corpus corpus_{};
};

} // namespace fixture
