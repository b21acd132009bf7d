#include "plan/table_plan.hpp"
#include "plan/companion_units.hpp"
#include "plan/known_bytes.hpp"
#include "plan/name_words.hpp"
#include "plan/published.hpp"
#include "plan/repetitions.hpp"
#include "plan/roles.hpp"
#include "plan/status.hpp"
#include "plan/units.hpp"
#include <algorithm>
#include <array>
#include <set>

namespace assay::plan {

namespace {

constexpr std::array<std::string_view, 7> role_names{"",          "metric", "parameter", "identifier",
                                                     "timestamp", "status", "text"};

const ColumnRule* rule_for(const Rules& rules, std::string_view name) {
    for (const auto& rule : rules.columns)
        if (matches_name(rule.pattern, name)) return &rule;
    return nullptr;
}

/// What the sample shows of a column.
struct Shown {
    ColumnSample sample;
    Reading reading;                   ///< of an untyped column
    std::optional<CompanionUnit> unit; ///< that another column tells
};

std::vector<Shown> shown_by(std::string_view table, const ArrowArray* sample, const std::vector<Declared>& columns) {
    std::vector<Shown> shown(columns.size());
    for (std::size_t i = 0; i < columns.size() && sample; ++i) {
        const ColumnView column{*sample, i, columns[i].type};
        shown[i].sample = sample_of(column, static_cast<std::size_t>(sample->length));
        // Asked where it may matter: else it would be a trait that tells nothing.
        shown[i].sample.above_two = may_hold_word(columns[i].name, "temp") && is_temperature(columns[i].name) &&
                                    is_above_two(shown[i].sample, column);
        const auto& cells = shown[i].sample.cells;
        shown[i].sample.statistics = !cells.empty() &&
                                     (may_tell_statistic(columns[i].name) || may_name_spread(cells)) &&
                                     std::all_of(cells.begin(), cells.end(), names_statistic);
        shown[i].sample.summary = shown[i].sample.statistics && summarise(cells, shown[i].sample.distinct);
        if (columns[i].untyped) shown[i].reading = reading_of(shown[i].sample);
    }
    // A table is written in one way: a column that leaves no doubt tells for the others.
    if (std::any_of(shown.begin(), shown.end(), [](const Shown& s) { return s.reading.format.decimal == ','; }))
        for (Shown& s : shown)
            if (s.reading.ambiguous) s.reading = reading_of(s.sample, ',');
    std::vector<UnitSign> signs;
    signs.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& cells = shown[i].sample.cells;
        signs.push_back({columns[i].name, shown[i].sample.distinct == 1 && !cells.empty() ? cells.front() : ""});
    }
    auto units = companion_units(table, signs);
    for (std::size_t i = 0; i < columns.size(); ++i) shown[i].unit = std::move(units[i]);
    return shown;
}

void decide_type(ColumnPlan& plan, const Declared& declared, const Shown& shown, const ColumnRule* rule,
                 const Widened& widened) {
    plan.type = declared.type;
    if (!declared.untyped) return;
    const Reading reading = rule && rule->decimal ? reading_of(shown.sample, rule->decimal) : shown.reading;
    plan.type = reading.type;
    plan.format = reading.format;
    plan.ambiguous_numbers = reading.ambiguous;
    plan.no_zone = reading.no_zone;
    if (!reading.unit.empty() && plan.unit.empty()) {
        plan.unit = reading.unit;
        plan.unit_source = ASSAY_SOURCE_INFERRED;
        plan.unit_reason = "'" + reading.format.suffix + "' behind the numbers";
    }
    if (const auto wider = widened.find(declared.name); wider != widened.end()) plan.type = wider->second;
    if (rule && rule->type) plan.type = *rule->type;
    if (rule && rule->scale) plan.format.scale = *rule->scale;
    // A scaled integer has fractions.
    if (plan.format.scale != 1.0 && plan.type == Type::integer) plan.type = Type::real;
}

void decide_unit(ColumnPlan& plan, const Declared& declared, const std::optional<CompanionUnit>& companion,
                 const ColumnRule* rule) {
    if (rule && rule->unit) {
        plan.unit = *rule->unit;
        plan.unit_source = ASSAY_SOURCE_PIPELINE;
        plan.unit_reason = "the pipeline says so";
    } else if (!declared.unit.empty()) {
        plan.unit = declared.unit;
        plan.unit_source = ASSAY_SOURCE_PARSER;
        plan.unit_reason = "the artifact or its format says so";
    } else if (plan.unit.empty() && (plan.type == Type::integer || plan.type == Type::real)) {
        if (auto unit = companion ? companion->unit : unit_of_name(declared.name)) {
            plan.unit = unit->symbol;
            plan.unit_source = ASSAY_SOURCE_INFERRED;
            plan.unit_reason = unit->reason;
        }
    }
}

bool said_by_pipeline(const ColumnPlan& plan) { return plan.role_source == ASSAY_SOURCE_PIPELINE; }

/// A metric of the pipeline was measured, whatever its name says: each value is an observation.
void decide_aggregate(ColumnPlan& plan) {
    const bool named = plan.role == ASSAY_ROLE_METRIC && is_aggregate(plan.name);
    plan.aggregate = named && !said_by_pipeline(plan);
    if (named && said_by_pipeline(plan))
        plan.role_reason = "the pipeline says so: observations, though the name names a statistic";
}

void decide_role(ColumnPlan& plan, const Declared& declared, const ColumnSample& sample, const ColumnRule* rule) {
    const auto declared_role = role_named(declared.role);
    if (rule && rule->role) {
        plan.role = *rule->role;
        plan.role_source = ASSAY_SOURCE_PIPELINE;
        plan.role_reason = "the pipeline says so";
    } else if (declared_role) {
        plan.role = *declared_role;
        plan.role_source = ASSAY_SOURCE_PARSER;
        plan.role_reason = "the parser says so";
    } else {
        Role role = role_of(declared.name, plan.type, plan.unit, sample);
        if (declared.document_scope && (role.role == ASSAY_ROLE_METRIC || role.role == ASSAY_ROLE_IDENTIFIER))
            role = {ASSAY_ROLE_PARAMETER, "belongs to the document around the table"};
        plan.role = role.role;
        plan.role_reason = role.reason;
    }
    if (rule && rule->direction)
        plan.direction = *rule->direction;
    else if (const auto direction = direction_named(declared.direction))
        plan.direction = *direction;
    else if (plan.role == ASSAY_ROLE_METRIC)
        plan.direction = direction_of(declared.name, plan.unit);
    decide_aggregate(plan);
    plan.document_scope = declared.document_scope;
    plan.dimension = plan.role == ASSAY_ROLE_PARAMETER && sample.distinct <= most_levels;
}

ColumnPlan plan_column(const Declared& declared, const Shown& shown, const Rules& rules, const Widened& widened) {
    ColumnPlan plan;
    plan.name = declared.name;
    plan.pointer = declared.pointer;
    const ColumnRule* rule = rule_for(rules, declared.name);
    plan.label = rule && rule->label ? *rule->label : declared.label.empty() ? declared.name : declared.label;
    decide_type(plan, declared, shown, rule, widened);
    decide_unit(plan, declared, shown.unit, rule);
    decide_role(plan, declared, shown.sample, rule);
    return plan;
}

std::string either(const std::string& condition, const std::string& other) {
    return condition.empty() || other.empty() ? condition + other : condition + " or " + other;
}

std::string inferred_published(const std::vector<ColumnPlan>& columns, const std::vector<Shown>& shown) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) text = either(text, published_by(columns[i], shown[i].sample));
    return text;
}

/// Rows beyond the sample whose values would be read in a unit that is not theirs.
std::string other_units(const std::vector<Shown>& shown) {
    std::set<std::string> conditions;
    for (const auto& [sample, reading, unit] : shown)
        if (unit && unit->written.find('\'') == std::string_view::npos)
            conditions.insert(column_text(unit->told_by) + " != '" + std::string{unit->written} + "'");
    std::string text;
    for (const auto& condition : conditions) text = either(text, condition);
    return text;
}

std::optional<Predicate> predicate_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    auto parsed = parse_predicate(text);
    if (auto* predicate = std::get_if<Predicate>(&parsed)) return std::move(*predicate);
    return std::nullopt;
}

void mark_aggregate(ColumnPlan& column) { column.aggregate = !said_by_pipeline(column); }

/// The values of a list that is called `scoreConfidence` or `percentiles`.
void mark_list_of_statistics(TablePlan& plan) {
    const auto last = std::string_view{plan.name}.substr(plan.name.rfind('.') + 1);
    if (last.size() == plan.name.size() || !is_list_of_statistics(last)) return;
    for (ColumnPlan& column : plan.columns)
        if (column.name == "value" && column.role == ASSAY_ROLE_METRIC) mark_aggregate(column);
}

/// Beside a mean or a score, `Error` and `scoreError` say how sure it is.
void mark_errors_of_means(TablePlan& plan) {
    const auto words_of = [](const ColumnPlan& column) { return name_words(column.name); };
    const auto is_centre = [](const std::string& word) { return word == "mean" || word == "avg" || word == "score"; };
    const auto ends_as = [&](const ColumnPlan& column, auto wanted) {
        const auto words = words_of(column);
        return !words.empty() && wanted(words.back()) && column.role == ASSAY_ROLE_METRIC;
    };
    const bool centre = std::any_of(plan.columns.begin(), plan.columns.end(),
                                    [&](const ColumnPlan& column) { return ends_as(column, is_centre); });
    for (ColumnPlan& column : plan.columns) {
        if (!centre || !ends_as(column, [](const std::string& word) { return word == "error"; })) continue;
        if (words_of(column).size() == 1) mark_aggregate(column);
        // `scoreError` is of `score`, which is an estimate then; a `test_error` is a result.
        for (ColumnPlan& other : plan.columns)
            if (other.role == ASSAY_ROLE_METRIC && other.name + "Error" == column.name)
                mark_aggregate(column), mark_aggregate(other);
    }
}

bool names_any(const Predicate& condition, const std::vector<ColumnPlan>& columns) {
    const auto names = condition.columns();
    return std::any_of(columns.begin(), columns.end(), [&](const ColumnPlan& column) {
        return std::find(names.begin(), names.end(), column.name) != names.end();
    });
}

/// The condition, where the table has one of its columns, as written or with a row for each repetition. One that has
/// none is judged as if it were not there.
std::optional<Predicate> applicable(const std::optional<Predicate>& condition, const TablePlan& plan,
                                    const Rules& rules) {
    const bool applies = condition && (names_any(*condition, plan.columns) ||
                                       names_any(*condition, one_row_a_repetition(plan, rules).columns));
    return applies ? condition : std::nullopt;
}

TablePlan plan_table(std::string_view name, std::int32_t kind, const std::vector<Declared>& columns,
                     const std::vector<Shown>& shown, const Rules& rules, const Widened& widened) {
    TablePlan plan;
    plan.name = name;
    plan.kind = kind;
    plan.columns.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        plan.columns.push_back(plan_column(columns[i], shown[i], rules, widened));
    mark_list_of_statistics(plan);
    mark_errors_of_means(plan);
    plan.failed = applicable(rules.failed, plan, rules);
    plan.suspect = applicable(rules.suspect, plan, rules);
    plan.published = applicable(rules.published, plan, rules);
    plan.status_inferred = !plan.failed;
    const std::string inferred = plan.failed ? std::string{} : inferred_failure(plan.columns);
    if (!inferred.empty()) {
        auto parsed = parse_predicate(inferred);
        if (auto* predicate = std::get_if<Predicate>(&parsed)) plan.failed = std::move(*predicate);
    }
    if (!plan.suspect) plan.suspect = predicate_of(other_units(shown));
    if (!plan.published) plan.published = predicate_of(inferred_published(plan.columns, shown));
    return one_row_a_repetition(std::move(plan), rules);
}

/// All that a plan depends on but the rules; the columns as declared by where they stand.
std::string traits_of(std::string_view name, std::int32_t kind, const std::vector<Declared>& columns,
                      const std::vector<Shown>& shown) {
    std::string bytes;
    bytes.reserve(64 + 96 * columns.size());
    ByteWriter out{bytes};
    out.put(name).put(kind).put(reinterpret_cast<std::uintptr_t>(&columns));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& [sample, reading, unit] = shown[i];
        out.put(static_cast<std::uint64_t>(sample.values)).put(static_cast<std::uint64_t>(sample.distinct));
        out.put(static_cast<std::uint8_t>(sample.length))
            .put(sample.epoch)
            .put(sample.outcomes)
            .put(sample.above_two)
            .put(sample.statistics)
            .put(sample.summary)
            .put(sample.total)
            .put(unit ? unit->written : std::string_view{});
        if (!columns[i].untyped) continue; // it was not read
        out.put(static_cast<std::int32_t>(reading.type)).put(reading.ambiguous).put(reading.no_zone);
        out.put(reading.unit).put(reading.format.decimal);
        out.put(reading.format.grouping).put(reading.format.suffix).put(reading.format.scale);
    }
    return bytes;
}

} // namespace

TablePlan make_plan(std::string_view name, std::int32_t kind, const std::vector<Declared>& columns,
                    const ArrowArray* sample, const Rules& rules, const Widened& widened) {
    return plan_table(name, kind, columns, shown_by(name, sample, columns), rules, widened);
}

SharedPlan shared_plan(std::string_view name, std::int32_t kind, const SharedColumns& columns, const ArrowArray* sample,
                       const Rules& rules) {
    struct Kept {
        SharedColumns columns; ///< as long as this is known, no other columns stand where they do
        TablePlan plan;
    };
    static Rules rules_known;
    static KnownBytes<std::shared_ptr<const Kept>> known;
    if (!(rules_known == rules)) {
        known.clear();
        rules_known = rules;
    }
    const auto shown = shown_by(name, sample, *columns);
    const auto kept = known.of(traits_of(name, kind, *columns, shown), [&] {
        return std::make_shared<const Kept>(Kept{columns, plan_table(name, kind, *columns, shown, rules, {})});
    });
    return {kept, &kept->plan};
}

std::vector<std::uint8_t> row_status(const TablePlan& plan, const ArrowArray& batch) {
    const auto rows = static_cast<std::size_t>(batch.length);
    std::vector<std::uint8_t> status(rows, ASSAY_ROW_OK);
    if (!plan.failed && !plan.suspect && !plan.published) return status;
    std::vector<NamedColumn> columns;
    columns.reserve(plan.columns.size());
    for (std::size_t i = 0; i < plan.columns.size(); ++i)
        columns.push_back({plan.columns[i].name, ColumnView{batch, i, plan.columns[i].type}});
    const auto mark = [&](const std::optional<Predicate>& predicate, std::uint8_t state) {
        if (!predicate) return;
        const auto held = holds(*predicate, columns, rows);
        for (std::size_t row = 0; row < rows; ++row)
            if (held[row]) status[row] = state;
    };
    mark(plan.suspect, ASSAY_ROW_SUSPECT);
    mark(plan.failed, ASSAY_ROW_FAILED);
    mark(plan.published, ASSAY_ROW_PUBLISHED);
    return status;
}

AbiTable::AbiTable(const TablePlan& plan) {
    columns_.reserve(plan.columns.size());
    for (const auto& c : plan.columns) {
        assay_column out{};
        out.struct_size = sizeof out;
        out.name = to_abi(c.name);
        out.label = to_abi(c.label);
        out.unit = to_abi(c.unit);
        out.unit_reason = to_abi(c.unit_reason);
        out.role_reason = to_abi(c.role_reason);
        out.type = static_cast<std::int32_t>(c.type);
        out.role = c.role;
        out.direction = c.direction;
        out.role_source = c.role_source;
        out.unit_source = c.unit_source;
        out.document_scope = c.document_scope ? 1 : 0;
        out.aggregate = c.aggregate ? 1 : 0;
        out.dimension = c.dimension ? 1 : 0;
        out.format = {c.format.decimal, c.format.grouping, 0, c.format.scale, to_abi(c.format.suffix)};
        columns_.push_back(out);
    }
    table_ = {sizeof table_, to_abi(plan.name), plan.kind, columns_.data(), columns_.size(), sizeof(assay_column)};
}

std::string_view name_of_role(std::int32_t role) {
    return role > 0 && role < static_cast<std::int32_t>(role_names.size()) ? role_names[static_cast<std::size_t>(role)]
                                                                           : "";
}

std::optional<std::int32_t> role_named(std::string_view name) {
    for (std::size_t i = 1; i < role_names.size(); ++i)
        if (role_names[i] == name) return static_cast<std::int32_t>(i);
    return std::nullopt;
}

std::string_view name_of_type(Type type) {
    switch (type) {
    case Type::boolean: return "bool";
    case Type::integer: return "int";
    case Type::real: return "float";
    case Type::text: return "text";
    case Type::time: return "time";
    }
    return "text";
}

std::string_view name_of_source(std::int32_t source) {
    switch (source) {
    case ASSAY_SOURCE_PIPELINE: return "pipeline";
    case ASSAY_SOURCE_PARSER: return "parser";
    case ASSAY_SOURCE_INFERRED: return "inferred";
    default: return "";
    }
}

std::optional<std::int32_t> direction_named(std::string_view name) {
    if (name == "higher") return ASSAY_DIRECTION_HIGHER;
    if (name == "lower") return ASSAY_DIRECTION_LOWER;
    return std::nullopt;
}

} // namespace assay::plan
