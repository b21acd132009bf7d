#include "statistics/analyzer.hpp"
#include "statistics/exclusions.hpp"
#include "statistics/headline.hpp"
#include "statistics/published_values.hpp"
#include "statistics/single_values.hpp"
#include "statistics/warnings.hpp"
#include <algorithm>
#include <assay/in_order.hpp>
#include <memory>
#include <set>

namespace assay {

namespace {

using statistics::DatasetReport;

constexpr std::size_t most_said = 12, most_plain_said = 3; ///< datasets in "say"

/// Those that give a result come first; then, at most three, those whose metrics' unit or direction nobody knows, if
/// they have at least a tenth of the observations of the largest.
std::size_t give_results(std::vector<DatasetReport>& reports, Fragment& out) {
    std::stable_sort(reports.begin(), reports.end(), [](auto& a, auto& b) {
        if (a.plain != b.plain) return b.plain;
        return a.sweep != b.sweep ? b.sweep : a.weight > b.weight;
    });
    std::size_t said = 0, plain = 0;
    std::uint64_t heaviest = 0;
    for (const auto& report : reports)
        if (!report.say.tables.empty()) heaviest = std::max(heaviest, report.rows);
    for (auto& report : reports) {
        if (report.say.tables.empty()) continue;
        const bool room =
            said < most_said && (!report.plain || (plain < most_plain_said && 10 * report.rows >= heaviest));
        if (!room) report.say.place = "details";
        said += room ? 1U : 0U;
        plain += room && report.plain ? 1U : 0U;
        out.add(report.say);
    }
    return said;
}

/// Values of one observation each, for a page that would say nothing else. Only what holds fractions, if anything does.
void give_single_values(std::vector<DatasetReport>& reports, Fragment& out) {
    std::erase_if(reports, [](const DatasetReport& report) { return report.single.tables.empty(); });
    std::stable_sort(reports.begin(), reports.end(), [](auto& a, auto& b) { return a.fractions > b.fractions; });
    for (std::size_t i = 0; i < std::min(most_plain_said, reports.size()); ++i)
        if (i == 0 || reports[i].fractions > 0) out.add(reports[i].single);
}

/// Where a dataset has nothing that is known by unit and direction; a mean is more than other values, a deviation less.
void add_published(DatasetReport& report, const statistics::Dataset& dataset, const statistics::Settings& settings,
                   statistics::Facts& facts) {
    const bool first = report.plain && statistics::publishes_centre(dataset);
    if (!first && (!report.say.tables.empty() || !report.single.tables.empty())) return;
    auto table = statistics::published_values(dataset, settings.most_groups, facts);
    if (table.rows.empty()) return;
    auto& tables = (report.say.tables.empty() ? report.single : report.say).tables;
    tables.insert(tables.begin(), std::move(table));
    report.fractions = std::max<std::size_t>(report.fractions, 1);
}

void give_details(const std::vector<DatasetReport>& reports, Fragment& out) {
    for (const auto& report : reports)
        if (!report.details.tables.empty() || !report.details.text.empty()) out.add(report.details);
}

/// What one dataset comes to.
struct Concluded {
    RecordBuffer facts;
    std::optional<DatasetReport> report; ///< nothing where it has fewer than two ok rows
    statistics::Warnings warnings = statistics::empty_warnings();
    bool of_one_row = false;
    std::vector<std::string> dimensions = {}; ///< their names
};

std::unique_ptr<Concluded> conclude(const Corpus& corpus, const assay_dataset& given,
                                    const statistics::Settings& settings, const std::string& stage) {
    using namespace statistics;
    auto out = std::make_unique<Concluded>();
    const Dataset dataset = data::read_dataset(corpus, given);
    out->of_one_row = dataset.rows.ok == 1;
    if (dataset.rows.ok < 2) return out;
    Fragment fragment = out->facts.fragment(stage);
    for (const Dimension& dimension : dataset.dimensions) out->dimensions.push_back(dimension.name);
    const Choice choice = choose(dataset, settings.group_by, settings.most_groups);
    Facts facts{dataset, settings.confidence, fragment};
    out->report = report_on(dataset, choice, settings, facts);
    add_published(*out->report, dataset, settings, facts);
    warn_of(dataset, choice, facts, out->warnings);
    return out;
}

/// Names to group by that no dataset can be grouped by.
void tell_unmet(const std::vector<std::string>& group_by, const std::set<std::string>& dimensions, Fragment& out) {
    constexpr std::size_t most_told = 20;
    if (dimensions.empty()) return;
    Section section{.title = "Names that fit nothing", .place = "not"};
    for (const auto& name : group_by) {
        if (dimensions.contains(name)) continue;
        std::string text = "group_by names '" + name + "', which divides no dataset; there are: ";
        std::size_t told = 0;
        for (const auto& known : dimensions)
            if (told++ < most_told) text += (told > 1 ? ", " : "") + known;
        if (dimensions.size() > most_told) text += ", and " + std::to_string(dimensions.size() - most_told) + " more";
        section.text.push_back(std::move(text));
    }
    if (!section.text.empty()) out.add(section);
}

} // namespace

void StatisticsAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    using namespace statistics;
    const Settings settings{*confidence, static_cast<std::size_t>(*max_cells), *group_by};
    std::vector<DatasetReport> reports;
    Warnings warnings = empty_warnings();
    std::set<std::string> dimensions;
    std::vector<std::size_t> of_one_row; // datasets: each is told by its table's profile
    const auto datasets = corpus.datasets();
    const auto conclude_one = [&](std::size_t, std::size_t i) {
        return conclude(corpus, datasets[i], settings, out.stage());
    };
    each_in_order(host().jobs(), datasets.size(), conclude_one, [&](std::size_t i, std::unique_ptr<Concluded> one) {
        one->facts.give(out);
        if (one->of_one_row) of_one_row.push_back(i);
        dimensions.insert(one->dimensions.begin(), one->dimensions.end());
        if (one->report) reports.push_back(std::move(*one->report));
        append(warnings, std::move(one->warnings));
    });
    const bool said = give_results(reports, out) > 0;
    give_details(reports, out);
    for (std::size_t i = 0; i < of_one_row.size() && !said; ++i) {
        const Dataset dataset = data::read_dataset(corpus, datasets[of_one_row[i]]);
        Facts facts{dataset, settings.confidence, out};
        DatasetReport& report = reports.emplace_back();
        report.single = single_row(dataset, facts);
        add_published(report, dataset, settings, facts);
        report.fractions = count_fractions(dataset);
    }
    if (!said) give_single_values(reports, out);
    tell_unmet(*group_by, dimensions, out);
    give(std::move(warnings), out);
    give_exclusions(corpus, out);
}

} // namespace assay
