// Causes and comparability: what sets failed rows apart, what was computed rather than measured, and what is compared
// although it is not alike.
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/hash.hpp>
#include <cmath>
#include <set>
#include <unordered_map>

namespace assay::gaps {

namespace {

// ---- K1

std::string say_separating(const Group& group, double) {
    return group.details.begin()->first + ": " + k_of_n(group, "failed rows that tell it");
}

const Rule separating{.id = "K1",
                      .slug = "cause-of-failures",
                      .severity = Severity::high,
                      .definition =
                          "A value of the context (a host, a version, an option) stands with nearly all failed "
                          "rows and nearly no ok row, in two files or more on each side.",
                      .fix = "Look first at what differs there, then run the failed ones again.",
                      .looks_at = "datasets with failed and ok rows, and a context that varies",
                      .statement = say_separating,
                      .threshold = {"share of the rows that must agree", 0.95},
                      .answer = Answer::next};

std::string levels_text(const std::vector<std::string>& levels) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(levels.size(), 3); ++i)
        text += (text.empty() ? "" : ", ") + short_text(levels[i], 40);
    return levels.size() > 3 ? text + ", ..." : text;
}

/// A dimension whose levels fall to either side: those with more failed rows, and those with more ok ones.
struct Separation {
    std::vector<std::string> with_failed, with_ok;
    std::map<std::string, std::uint64_t> failed, ok; ///< rows by file
    std::uint64_t agree = 0, all = 0, n_failed = 0;
    std::size_t levels = 0;

    bool holds(double share) const {
        // A level for each file says no more than that files failed.
        return failed.size() >= 2 && ok.size() >= 2 && levels < failed.size() + ok.size() &&
               static_cast<double>(agree) >= share * static_cast<double>(all);
    }
    std::string text(const std::string& dimension) const {
        return dimension + " is " + levels_text(with_failed) + " in the " + counted(failed.size(), "file") +
               " that failed and tell it, " + levels_text(with_ok) + " in the " + counted(ok.size(), "file") +
               " that did not";
    }
};

Separation separate(const data::Dataset& dataset, std::size_t dimension) {
    std::map<std::string, RowCounts> levels;
    for (const data::Part& part : dataset.parts)
        if (const auto& level = dataset.level(part, dimension)) levels[*level].add(part.rows);
    Separation out;
    out.levels = levels.size();
    for (const auto& [level, rows] : levels) {
        (rows.failed > rows.ok ? out.with_failed : out.with_ok).push_back(level);
        out.agree += std::max(rows.failed, rows.ok);
        out.all += rows.failed + rows.ok;
        out.n_failed += rows.failed;
    }
    for (const data::Part& part : dataset.parts) {
        const auto& level = dataset.level(part, dimension);
        if (!level || part.rows.failed + part.rows.ok == 0) continue;
        const bool fails = levels[*level].failed > levels[*level].ok;
        (fails ? out.failed : out.ok)[part.source->path] += fails ? part.rows.failed : part.rows.ok;
    }
    return out;
}

/// Of the dimensions that set failed rows apart, the one that is told for most rows.
void look_for_causes(const DatasetView& view, Hits& hits) {
    static constexpr std::string_view places[]{"run", "file", "artifact", "index", "timestamp", "date"};
    const data::Dataset& dataset = *view.dataset;
    if (dataset.rows.failed == 0 || dataset.rows.ok == 0) return;
    Separation best;
    std::string name;
    for (std::size_t d = 0; d < dataset.dimensions.size(); ++d) {
        const data::Dimension& dimension = dataset.dimensions[d];
        if (!dimension.varies() || data::is_stimulus(dimension.name) || data::has_word(dimension.name, places))
            continue;
        hits.looked(separating, dataset.title, 0);
        Separation found = separate(dataset, d);
        if (found.holds(hits.threshold(separating)) && found.all > best.all)
            best = std::move(found), name = dimension.name;
    }
    if (name.empty()) return;
    hits.looked(separating, dataset.title, best.n_failed);
    for (const auto& [path, rows] : best.failed)
        hits.add(separating, {dataset.title, {.artifact = path}, rows, best.text(name)});
}

// ---- K2

std::string say_derived_sum(const Group& group, double) {
    return group.details.begin()->first + " in " + k_of_n(group, "rows") + ", so it looks computed, not measured";
}

const Rule derived_sum{.id = "K2",
                       .slug = "derived-metric",
                       .severity = Severity::medium,
                       .definition =
                           "A metric is the sum of two others in nearly all of at least 10 rows, though neither "
                           "part alone explains it.",
                       .fix = "Say in the data that it is computed, or measure it on its own.",
                       .looks_at = "tables with three metrics of one unit and 10 rows",
                       .statement = say_derived_sum,
                       .threshold = {"share of the rows", 0.95},
                       .answer = Answer::must_not_say};

using MetricValues = std::vector<std::optional<double>>;

/// Half a unit of the last decimal that any of the values shows, for each of three roundings; of nine decimals at most.
double rounding_of(const MetricValues& values) {
    double unit = 1;
    for (int decimals = 0; decimals < 9; ++decimals, unit /= 10)
        if (std::all_of(values.begin(), values.end(), [&](const auto& value) {
                return !value || std::abs(*value / unit - std::round(*value / unit)) < 1e-4;
            }))
            break;
    return 1.5 * unit;
}

struct SumCheck {
    std::uint64_t rows = 0, equal = 0, first_alone = 0, second_alone = 0;
    bool holds(double share) const {
        const auto of = [&](std::uint64_t n) { return static_cast<double>(n) / static_cast<double>(rows); };
        return rows >= 10 && of(equal) >= share && of(first_alone) <= 0.5 && of(second_alone) <= 0.5;
    }
};

/// Adds the rows of one table, whose writer rounded them all alike.
void compare_sum(const MetricValues& total, const MetricValues& a, const MetricValues& b, SumCheck& sum) {
    const double rounding = std::max({rounding_of(total), rounding_of(a), rounding_of(b)});
    const auto about_equal = [&](double x, double y) { return std::abs(x - y) <= rounding + 1e-9 * std::abs(x); };
    for (std::size_t row = 0; row < total.size(); ++row) {
        if (!total[row] || !a[row] || !b[row] || *total[row] == 0) continue;
        ++sum.rows;
        sum.equal += about_equal(*total[row], *a[row] + *b[row]) ? 1U : 0U;
        sum.first_alone += about_equal(*total[row], *a[row]) ? 1U : 0U;
        sum.second_alone += about_equal(*total[row], *b[row]) ? 1U : 0U;
    }
}

/// The ok rows of one table, a list for each metric of its dataset.
struct TableNumbers {
    const data::Source* source;
    std::vector<MetricValues> metrics;
};

std::vector<TableNumbers> numbers_of(const DatasetView& view, bool& sampled) {
    constexpr std::size_t most_rows = 20'000;
    std::vector<TableNumbers> out;
    std::size_t n = 0;
    for (const auto& source : view.dataset->sources) {
        const auto at = view.member(source);
        if (at.table->rows == nullptr || n > most_rows) continue;
        sampled |= !at.table->rows->complete();
        TableNumbers& table = out.emplace_back(TableNumbers{&source, {}});
        table.metrics.resize(view.dataset->metrics.size());
        for (std::size_t row = 0; row < at.table->rows->rows.size(); ++row) {
            if (at.table->rows->rows[row].status != ASSAY_ROW_OK) continue;
            ++n;
            for (std::size_t m = 0; m < table.metrics.size(); ++m)
                if (source.column_of(m) != SIZE_MAX)
                    table.metrics[m].push_back(at.table->rows->cell(row, source.column_of(m)).number());
        }
    }
    return out;
}

void look_at_sum(const DatasetView& view, const std::vector<TableNumbers>& tables,
                 const std::array<std::size_t, 3>& metrics, bool sampled, Hits& hits) {
    const auto& [total, a, b] = metrics;
    SumCheck sum;
    std::vector<std::pair<std::string, std::uint64_t>> places;
    for (const TableNumbers& table : tables) {
        const auto& numbers = table.metrics;
        if (numbers[total].empty() || numbers[a].empty() || numbers[b].empty()) continue;
        const auto before = sum.equal;
        compare_sum(numbers[total], numbers[a], numbers[b], sum);
        if (sum.equal > before) places.emplace_back(table.source->path, sum.equal - before);
    }
    if (sum.rows < 10) return;
    const auto& names = view.dataset->metrics;
    hits.looked(derived_sum, names[total].name, 0, sampled);
    if (!sum.holds(hits.threshold(derived_sum))) return;
    hits.looked(derived_sum, names[total].name, sum.rows);
    for (const auto& [path, rows] : places)
        hits.add(derived_sum,
                 {names[total].name, {.artifact = path}, rows, "it equals " + names[a].name + " + " + names[b].name});
}

void look_for_derived(const DatasetView& view, Hits& hits) {
    constexpr std::size_t most_metrics = 16;
    const auto& metrics = view.dataset->metrics;
    if (view.dataset->rows.ok < 10) return;
    std::map<std::string, std::vector<std::size_t>> by_unit;
    for (std::size_t m = 0; m < metrics.size(); ++m)
        if (!metrics[m].unit.empty() && !metrics[m].aggregate && by_unit[metrics[m].unit].size() < most_metrics)
            by_unit[metrics[m].unit].push_back(m);
    std::erase_if(by_unit, [](const auto& one) { return one.second.size() < 3; });
    if (by_unit.empty()) return;
    bool sampled = false;
    const auto tables = numbers_of(view, sampled);
    for (const auto& [unit, alike] : by_unit)
        for (const auto total : alike)
            for (std::size_t i = 0; i < alike.size(); ++i)
                for (std::size_t j = i + 1; j < alike.size(); ++j)
                    if (alike[i] != total && alike[j] != total)
                        look_at_sum(view, tables, {total, alike[i], alike[j]}, sampled, hits);
}

// ---- K3

std::string say_not_alike(const Group& group, double) {
    return k_of_n(group, "rows") + " contradict what they or their file declare: " + most_frequent(group, 4);
}

const Rule not_alike{.id = "K3",
                     .slug = "not-comparable",
                     .severity = Severity::high,
                     .definition =
                         "A row ran on another device or in another precision than its document, or its file's "
                         "name, declares for what is compared.",
                     .fix = "Compare only what ran on the same device in the same precision.",
                     .looks_at = "rows that tell a device or a precision twice",
                     .statement = say_not_alike,
                     .answer = Answer::must_not_say};

enum class Kind { device, precision };

/// cpu or gpu; fp16, bf16, fp32, int8, ...; empty where the text tells none, or several.
std::string class_of(Kind kind, std::string_view text) {
    struct Word {
        std::string_view word, name;
    };
    static constexpr Word devices[]{{"cpu", "cpu"}, {"cuda", "gpu"}, {"gpu", "gpu"}, {"rocm", "gpu"}};
    static constexpr Word precisions[]{
        {"bfloat16", "bf16"}, {"bf16", "bf16"}, {"float16", "fp16"}, {"fp16", "fp16"}, {"half", "fp16"},
        {"float32", "fp32"},  {"fp32", "fp32"}, {"float64", "fp64"}, {"fp64", "fp64"}, {"int8", "int8"}};
    std::set<std::string_view> found;
    const std::string lower = lower_case(text);
    for (const Word& one : kind == Kind::device ? std::span<const Word>{devices} : std::span<const Word>{precisions}) {
        const auto at = lower.find(one.word);
        // "bfloat16" holds "float16".
        if (at != std::string::npos && (at == 0 || lower[at - 1] != 'b')) found.insert(one.name);
    }
    return found.size() == 1 ? std::string{*found.begin()} : "";
}

bool tells(Kind kind, std::string_view column) {
    static constexpr std::string_view devices[]{"device", "provider", "providers", "accelerator"};
    static constexpr std::string_view precisions[]{"dtype", "precision", "precisions"};
    return kind == Kind::device ? data::has_word(column, devices) : data::has_word(column, precisions);
}

/// Columns that tell a device or a precision: of the rows, and of the document around them.
struct KindColumns {
    explicit KindColumns(const Strided<assay_column>& plan) {
        for (const Kind kind : {Kind::device, Kind::precision})
            for (std::size_t c = 0; c < plan.size(); ++c)
                if (plan[c].type == ASSAY_TYPE_TEXT && tells(kind, view(plan[c].name)))
                    (plan[c].document_scope != 0 ? outer : own)[static_cast<std::size_t>(kind)].push_back(c);
    }
    std::array<std::vector<std::size_t>, 2> own, outer; ///< by kind
};

void look_at_kind(const ArtifactView& artifact, const TableView& table, Kind kind, Hits& hits) {
    const auto& own = table.known<KindColumns>().own[static_cast<std::size_t>(kind)];
    const auto& outer = table.known<KindColumns>().outer[static_cast<std::size_t>(kind)];
    if (own.empty() || table.where<is_metric>().empty()) return;
    const std::string by_name = class_of(kind, view(artifact.artifact->name));
    const std::string subject = kind == Kind::device ? "device" : "precision";
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        std::string declared = by_name, from = by_name.empty() ? "" : "the file's name";
        for (const auto c : outer)
            if (const auto value = class_of(kind, text_of(table.rows->cell(row, c))); !value.empty())
                declared = value, from = table.rows->columns[c];
        for (const auto c : own) {
            const auto ran = class_of(kind, text_of(table.rows->cell(row, c)));
            if (ran.empty() || declared.empty()) continue;
            hits.looked(not_alike, subject, 1, !table.rows->complete());
            if (ran == declared) break;
            std::string what;
            if (table.columns[0].type == ASSAY_TYPE_TEXT)
                what.append(short_text(text_of(table.rows->cell(row, 0)), 30)).append(" on ");
            what.append(ran).append(" where ").append(from).append(" says ").append(declared);
            hits.add(not_alike, {subject, artifact.row(table, row, {c}), 1, std::move(what)});
            break;
        }
    }
}

void look_for_not_alike(const ArtifactView& artifact, Hits& hits) {
    for (const TableView& table : artifact.tables)
        if (table.is_data() && table.rows != nullptr && table.profile != nullptr)
            for (const Kind kind : {Kind::device, Kind::precision}) look_at_kind(artifact, table, kind, hits);
}

// ---- K4

std::string say_warm_up(const Group& group, double) {
    return k_of_n(group, "published means") + " hold their own warm-up or outliers: " + most_frequent(group, 3);
}

const Rule warm_up{.id = "K4",
                   .slug = "mean-with-warm-up",
                   .severity = Severity::high,
                   .definition =
                       "A published mean stands beside a largest value more than 100 times the smallest or the "
                       "median, or beside a standard deviation above the mean.",
                   .fix = "Publish the observations, or the median without the first ones.",
                   .looks_at = "published means with their range or deviation",
                   .statement = say_warm_up,
                   .threshold = {"largest over smallest", 100},
                   .answer = Answer::must_not_say};

struct Published {
    std::size_t mean = SIZE_MAX, sd = SIZE_MAX, min = SIZE_MAX, max = SIZE_MAX, median = SIZE_MAX;
};

struct PublishedColumns {
    explicit PublishedColumns(const Strided<assay_column>& plan) {
        for (std::size_t c = 0; c < plan.size(); ++c) {
            const auto word = is_number(plan[c]) ? statistic_in_name(view(plan[c].name)) : std::nullopt;
            if (!word) continue;
            Published& found = by_stem[word->stem];
            if (word->statistic == "mean") found.mean = c;
            if (word->statistic == "sd") found.sd = c;
            if (word->statistic == "min") found.min = c;
            if (word->statistic == "max") found.max = c;
            if (word->statistic == "median") found.median = c;
        }
    }
    std::map<std::string, Published> by_stem;
};

void look_for_warm_up(const Member& at, Hits& hits) {
    const std::string& subject = at.table->title;
    const TableView& table = *at.table;
    if (table.rows == nullptr) return;
    for (const auto& [stem, of] : table.known<PublishedColumns>().by_stem) {
        if (of.mean == SIZE_MAX || (of.sd == SIZE_MAX && of.max == SIZE_MAX)) continue;
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            const auto number = [&](std::size_t column) {
                return column == SIZE_MAX ? std::nullopt : table.rows->cell(row, column).number();
            };
            const auto mean = number(of.mean), sd = number(of.sd), min = number(of.min), max = number(of.max),
                       median = number(of.median);
            if (table.rows->rows[row].status != ASSAY_ROW_OK || !mean || *mean <= 0) continue;
            hits.looked(warm_up, subject, 1, !table.rows->complete());
            const auto beyond = [&](const std::optional<double>& small) {
                return max && small && *small > 0 && *max > hits.threshold(warm_up) * *small;
            };
            if (!beyond(min) && !beyond(median) && !(sd && *sd > *mean)) continue;
            std::string text = "mean " + number_text(*mean);
            if (min && max) text += " from " + number_text(*min) + " to " + number_text(*max);
            if (sd) text += ", sd " + number_text(*sd);
            hits.add(warm_up, {subject, at.artifact->row(table, row, {of.mean, of.max, of.sd}), 1, std::move(text),
                               max && min && *min > 0 ? *max / *min : 0});
        }
    }
}

// ---- K5

std::string say_stored_twice(const Group& group, double) {
    return counted(group.k, "file holds", "files hold") +
           " observations that stand in another file, too: " + most_frequent(group, 3);
}

const Rule stored_twice{.id = "K5",
                        .slug = "stored-twice",
                        .severity = Severity::medium,
                        .definition =
                            "Two metrics or more hold the same varying values, as often, in two files whose bytes "
                            "differ (the same rows as CSV and as JSON), and no metric of both differs.",
                        .fix = "Keep one of them, or exclude the other in the pipeline, so that it counts once.",
                        .looks_at = "tables with two varying metrics",
                        .statement = say_stored_twice};

/// The values that std::pow gives, which is slow.
double power_of_ten(int exponent) {
    constexpr int lowest = -350;
    static const auto powers = [] {
        std::array<double, 700> all{};
        int power = lowest;
        for (double& value : all) value = std::pow(10.0, power++);
        return all;
    }();
    return powers.at(static_cast<std::size_t>(exponent - lowest));
}

/// Of the first digit of a value other than 0.
int decimal_exponent(double value) {
    const double size = std::abs(value);
    const int least = static_cast<int>(std::floor(std::ilogb(size) * 0.30102999566398120)); // of its power of two
    return size >= power_of_ten(least + 1) ? least + 1 : least;
}

/// As different writers round differently.
double six_digits_of(double value) {
    const double scale = value == 0 ? 1 : power_of_ten(5 - decimal_exponent(value));
    return std::round(value * scale) / scale;
}

/// A metric's values in the ok rows of a table, in any order.
struct Content {
    std::uint64_t name, values;
    bool tells; ///< enough of them differ to tell that they are the same elsewhere
    std::uint64_t both() const { return stats::combine(name, values); }
};

/// Nothing of a column without values.
std::optional<Content> content_of(const KeptRows& rows, std::size_t column, std::string_view name) {
    constexpr std::size_t fewest = 3;
    std::uint64_t sum = 0, n = 0;
    std::array<double, fewest> distinct{};
    std::size_t n_distinct = 0;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const auto value = rows.cell(row, column).number();
        if (rows.rows[row].status != ASSAY_ROW_OK || !value) continue;
        const double rounded = six_digits_of(*value);
        sum += stats::hash(rounded);
        ++n;
        const auto end = distinct.begin() + n_distinct;
        if (n_distinct < fewest && std::find(distinct.begin(), end, rounded) == end) distinct[n_distinct++] = rounded;
    }
    if (n == 0) return std::nullopt;
    const auto dot = name.rfind('.');
    return Content{stats::hash(dot == std::string_view::npos ? name : name.substr(dot + 1)), stats::combine(sum, n),
                   n_distinct == fewest};
}

/// Those of all metrics; empty where none tells.
std::vector<Content> contents_of(const ArtifactView& artifact) {
    const auto may_tell = [](const TableView& table) {
        return table.is_data() && table.rows != nullptr && table.profile != nullptr && table.rows->complete();
    };
    std::vector<Content> out;
    if (std::none_of(artifact.tables.begin(), artifact.tables.end(),
                     [&](auto& table) { return may_tell(table) && table.rows->rows.size() >= 3; }))
        return out;
    for (const TableView& table : artifact.tables)
        if (may_tell(table))
            for (const auto m : table.where<is_metric>())
                if (const auto one = content_of(*table.rows, m, table.profile->columns[m].name)) out.push_back(*one);
    if (std::none_of(out.begin(), out.end(), [](const Content& one) { return one.tells; })) out.clear();
    return out;
}

struct StoredContents {
    struct Stored {
        std::size_t artifact;
        std::vector<Content> metrics; ///< by name and values
    };
    std::vector<Stored> artifacts; ///< in path order
    void append(StoredContents later) {
        std::move(later.artifacts.begin(), later.artifacts.end(), std::back_inserter(artifacts));
    }
};

void note_contents(const ArtifactView& artifact, Hits& hits) {
    auto contents = contents_of(artifact);
    if (contents.empty()) return;
    std::sort(contents.begin(), contents.end(), [](const Content& a, const Content& b) {
        return a.name != b.name ? a.name < b.name : a.values < b.values;
    });
    hits.notes<StoredContents>().artifacts.push_back({artifact.index, std::move(contents)});
}

/// Two metrics or more agree, and none of a name that both have differs: sizes that are the same every night tell
/// nothing where what was measured is another.
bool is_the_same(const std::vector<Content>& here, const std::vector<Content>& other) {
    std::set<std::uint64_t> agreeing, differing, shared; // values; names
    for (const Content& one : here) {
        auto named = std::lower_bound(other.begin(), other.end(), one.name,
                                      [](const Content& content, std::uint64_t name) { return content.name < name; });
        if (named == other.end() || named->name != one.name) continue;
        while (named != other.end() && named->name == one.name && named->values != one.values) ++named;
        if (named == other.end() || named->name != one.name) {
            differing.insert(one.name);
            continue;
        }
        shared.insert(one.name);
        if (one.tells) agreeing.insert(one.values);
    }
    return agreeing.size() >= 2 && std::includes(shared.begin(), shared.end(), differing.begin(), differing.end());
}

void look_for_stored_twice(const Tree& tree, Hits& hits) {
    const auto& all = hits.noted<StoredContents>().artifacts;
    std::unordered_map<std::uint64_t, std::size_t> first; // of `all`, by content
    const auto path_at = [&](std::size_t at) { return path_of(tree.corpus.artifacts()[all[at].artifact]); };
    const auto name_in = [](const std::string& path) { return path.substr(path.rfind('/') + 1); };
    for (std::size_t here = 0; here < all.size(); ++here) {
        hits.looked(stored_twice, "");
        std::set<std::size_t> others; // earlier ones that hold something of it
        for (const Content& one : all[here].metrics) {
            if (!one.tells) continue;
            const auto [at, fresh] = first.try_emplace(one.both(), here);
            if (!fresh && at->second != here) others.insert(at->second);
        }
        const auto same = std::find_if(others.begin(), others.end(), [&](std::size_t other) {
            return is_the_same(all[here].metrics, all[other].metrics);
        });
        if (same == others.end()) continue;
        const std::string path = path_at(here), other = path_at(*same);
        hits.add(stored_twice,
                 {"", {.artifact = path, .excerpt = "as " + other}, 1, name_in(path) + " as " + name_in(other)});
    }
}

void look_at_artifact(const ArtifactView& artifact, Hits& hits) {
    look_for_not_alike(artifact, hits);
    note_contents(artifact, hits);
}

void look_at_causes(const DatasetView& view, Hits& hits) {
    look_for_causes(view, hits);
    look_for_derived(view, hits);
}

constexpr std::array causes_rules{&separating, &derived_sum, &not_alike, &warm_up, &stored_twice};

} // namespace

const Family causes_family{.name = "Causes and comparability",
                           .rules = causes_rules,
                           .artifact = look_at_artifact,
                           .table = look_for_warm_up,
                           .dataset = look_at_causes,
                           .tree = look_for_stored_twice};

} // namespace assay::gaps
