// Law 4: a fact's selector, recomputed from the artifact by other means, gives its value.
#include "laws/folded.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

using namespace assay;
using nlohmann::json;

namespace {

using Record = std::vector<std::string>;

/// Commas, double quotes, line feeds: what the files of the test are written with, and no more.
std::vector<Record> read_csv(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    std::vector<Record> records{{""}};
    bool quoted = false;
    for (std::size_t i = text.starts_with("\xef\xbb\xbf") ? 3 : 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
            records.back().back() += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            records.back().emplace_back();
        else if (c == '\n' && !quoted)
            records.push_back({""});
        else if (c != '\r' || quoted)
            records.back().back() += c;
    }
    while (!records.empty() && records.back().size() == 1 && records.back()[0].empty()) records.pop_back();
    return records;
}

bool is_number(const std::string& text, double& value) {
    char* end = nullptr;
    value = std::strtod(text.c_str(), &end);
    return !text.empty() && end == text.c_str() + text.size() && std::isfinite(value);
}

/// Values of a column in the rows without an error.
std::vector<double> values(const std::vector<Record>& records, const std::string& column) {
    const Record& header = records.at(0);
    const auto at = [&](const std::string& name) {
        return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    };
    const std::size_t wanted = at(column), error = at("error");
    std::vector<double> out;
    for (std::size_t row = 1; row < records.size(); ++row) {
        if (error < records[row].size() && !records[row][error].empty()) continue;
        double value = 0;
        if (wanted < records[row].size() && is_number(records[row][wanted], value)) out.push_back(value);
    }
    std::sort(out.begin(), out.end());
    return out;
}

double recomputed(const std::vector<double>& sorted, const std::string& stat) {
    const std::size_t n = sorted.size();
    if (stat == "n") return static_cast<double>(n);
    if (stat == "min") return sorted.front();
    if (stat == "max") return sorted.back();
    if (stat == "median") return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    long double sum = 0;
    for (const double value : sorted) sum += value;
    return static_cast<double>(sum / static_cast<long double>(n));
}

} // namespace

BOOST_AUTO_TEST_CASE(facts_recomputed_from_their_selectors_have_their_values) {
    auto& all = test::everything();
    std::map<std::string, std::string> csv; // path in the report, file
    for (const auto& artifact : all.artifacts) {
        const auto& record = artifact.partial.record;
        if (record.parser != "csv" || record.tables.size() != 1) continue;
        // The reader above knows rows as failed by one column alone.
        const auto& failed = record.tables[0].plan->failed;
        if (!failed || failed->text == "error != ''") csv[artifact.found.path] = artifact.found.file;
    }
    BOOST_TEST(csv.size() >= 10U);
    std::vector<json> facts;
    const auto conclusion = all.conclude();
    for (const auto& text : conclusion.model.records[ASSAY_RECORD_FACT]) {
        auto fact = json::parse(text);
        if (fact["kind"] != "profile" || csv.count(fact["subject"].value("artifact", std::string{})) == 0) continue;
        for (const auto* stat : {"n", "mean", "median", "min", "max"})
            if (fact["stat"] == stat && fact["value"].is_number()) {
                facts.push_back(std::move(fact));
                break;
            }
    }
    BOOST_REQUIRE(facts.size() >= 200U);
    std::mt19937 random{4};
    std::shuffle(facts.begin(), facts.end(), random);
    facts.resize(200);
    for (const auto& fact : facts) BOOST_TEST_CONTEXT(fact.dump()) {
            const auto& selector = fact["selector"];
            BOOST_TEST(selector["rows"] == "ok");
            const auto sorted = values(read_csv(csv.at(selector["artifact"])), selector["column"]);
            BOOST_REQUIRE(!sorted.empty());
            const double expected = recomputed(sorted, selector["statistic"]);
            const double value = fact["value"];
            BOOST_TEST(std::fabs(value - expected) <= 1e-12 * std::max(1e-300, std::fabs(expected)));
        }
}
