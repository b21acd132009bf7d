#include "statistics/analyzer.hpp"
#include "statistics/exclusions.hpp"
#include "statistics/headline.hpp"
#include "statistics/warnings.hpp"
#include <algorithm>

namespace assay {

namespace {

constexpr std::size_t most_said = 12; ///< datasets in "say"

void give_reports(std::vector<statistics::DatasetReport> reports, Fragment& out) {
    std::stable_sort(reports.begin(), reports.end(),
                     [](auto& a, auto& b) { return a.sweep != b.sweep ? b.sweep : a.weight > b.weight; });
    std::size_t said = 0;
    for (auto& report : reports) {
        if (report.say.tables.empty()) continue;
        if (said++ >= most_said) report.say.place = "details";
        out.add(report.say);
    }
    for (const auto& report : reports)
        if (!report.details.tables.empty() || !report.details.text.empty()) out.add(report.details);
}

} // namespace

void StatisticsAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    using namespace statistics;
    const Settings settings{*confidence, static_cast<std::size_t>(*max_cells), *group_by};
    Profiles profiles{corpus, ProfileDetail::figures};
    std::vector<DatasetReport> reports;
    Warnings warnings = empty_warnings();
    for (const auto& given : corpus.datasets()) {
        const Dataset dataset = read_dataset(corpus, given, profiles);
        if (dataset.rows.ok < 2) continue; // a single row is told by its table's profile
        const Choice choice = choose(dataset, settings.group_by, settings.most_groups);
        Facts facts{dataset, settings.confidence, out};
        reports.push_back(report_on(dataset, choice, settings, facts));
        warn_of(dataset, choice, facts, warnings);
    }
    give_reports(std::move(reports), out);
    give(std::move(warnings), out);
    give_exclusions(corpus, out);
}

} // namespace assay
