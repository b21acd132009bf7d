#include "plan/datasets.hpp"
#include "plan/name_words.hpp"
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

namespace assay::plan {

namespace {

constexpr double least_similarity = 0.8;
/// Beyond this many different headers of one parser only equal ones are joined: pairs would cost too much.
constexpr std::size_t most_headers = 4000;

struct Header {
    std::string parser, table;
    std::vector<std::string> columns; // sorted, unique
    std::vector<std::size_t> tables;
};

double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::size_t common = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const int order = a[i].compare(b[j]);
        common += order == 0 ? 1U : 0U;
        i += order <= 0 ? 1U : 0U;
        j += order >= 0 ? 1U : 0U;
    }
    const std::size_t all = a.size() + b.size() - common;
    return all == 0 ? 1 : static_cast<double>(common) / static_cast<double>(all);
}

/// Names of its columns, but for those repeated from the document around it; sorted, unique.
std::vector<std::string> own_columns(const TablePlan& plan) {
    std::set<std::string> names;
    for (const auto& column : plan.columns)
        if (!column.document_scope) names.insert(column.name);
    return {names.begin(), names.end()};
}

std::vector<Header> headers_of(std::span<const GroupedTable> tables) {
    std::map<std::tuple<std::string, std::string, std::vector<std::string>>, std::size_t> index;
    std::map<std::pair<std::string_view, const TablePlan*>, std::size_t> of_plan; // most tables share a few plans
    std::vector<Header> headers;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const auto [of, fresh_plan] = of_plan.try_emplace({tables[i].parser, tables[i].plan}, 0);
        if (fresh_plan) {
            Header header{std::string{tables[i].parser}, tables[i].plan->name, own_columns(*tables[i].plan), {}};
            const auto [known, fresh] =
                index.try_emplace({header.parser, header.table, header.columns}, headers.size());
            of->second = known->second;
            if (fresh) headers.push_back(std::move(header));
        }
        headers[of->second].tables.push_back(i);
    }
    return headers;
}

std::size_t root(std::vector<std::size_t>& parent, std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

std::vector<std::size_t> linked(const std::vector<Header>& headers) {
    std::vector<std::size_t> parent(headers.size()), order(headers.size());
    std::iota(parent.begin(), parent.end(), 0U);
    if (headers.size() > most_headers) return parent;
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return headers[a].columns.size() < headers[b].columns.size(); });
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            const Header &a = headers[order[i]], &b = headers[order[j]];
            // Sets whose sizes differ more cannot reach the similarity.
            if (static_cast<double>(a.columns.size()) < least_similarity * static_cast<double>(b.columns.size())) break;
            if (a.parser != b.parser || a.table != b.table || root(parent, order[i]) == root(parent, order[j]))
                continue;
            if (jaccard(a.columns, b.columns) >= least_similarity)
                parent[root(parent, order[j])] = root(parent, order[i]);
        }
    for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = root(parent, i);
    return parent;
}

std::string id_of(const GroupedTable& table, const std::set<std::string>& columns) {
    std::uint64_t hash = 14695981039346656037ULL;
    const auto mix = [&](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        hash = (hash ^ 0xFFU) * 1099511628211ULL;
    };
    mix(table.parser);
    mix(table.plan->name);
    for (const auto& name : columns) mix(name);
    static constexpr char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id = "d";
    for (unsigned shift = 35; shift > 0; shift -= 5) id += digits[hash >> (shift + 20U) & 31U];
    return id;
}

/// Digits, or the end of a date with the begin of a time: `17t03`, `20251002t165750z`. They differ from run to run.
bool is_number_or_time(std::string_view word) {
    const auto digits = [&] {
        const auto end = std::min(word.find_first_not_of("0123456789"), word.size());
        word.remove_prefix(end);
        return end > 0;
    };
    if (!digits()) return false;
    if (word.starts_with('t') && word.size() > 1) {
        word.remove_prefix(1);
        if (!digits()) return false;
        if (word == "z") return true;
    }
    return word.empty();
}

/// The words that most of the files' names share, in the order of the first that has them.
std::string title_of(std::span<const GroupedTable> tables, const std::vector<std::size_t>& members) {
    const auto stem = [&](std::size_t index) {
        const std::string_view path = tables[index].path;
        const auto name = path.substr(path.rfind('/') + 1);
        return name.substr(0, name.find('.', 1));
    };
    const auto words = [](std::string_view name) {
        std::vector<std::string> out;
        for (auto& word : name_words(name))
            if (!is_number_or_time(word)) out.push_back(std::move(word));
        return out;
    };
    std::unordered_map<std::string_view, std::size_t> stems; // many files of different folders have one name
    for (const auto index : members) ++stems[stem(index)];
    std::map<std::string, std::size_t> count;
    for (const auto& [name, times] : stems) {
        const auto list = words(name);
        for (const auto& word : std::set<std::string>{list.begin(), list.end()}) count[word] += times;
    }
    std::string title;
    std::set<std::string> used, names;
    for (const auto index : members) {
        names.insert(tables[index].plan->name);
        if (stems.erase(stem(index)) == 0) continue;
        for (const auto& word : words(stem(index)))
            if (count[word] * 2 > members.size() && used.insert(word).second)
                title += (title.empty() ? "" : " ") + word;
    }
    const std::string& table = tables[members.front()].plan->name;
    if (names.size() == 1 && table != "rows" && table != "document") title += (title.empty() ? "" : ": ") + table;
    return title.empty() ? table : title;
}

} // namespace

std::vector<Dataset> datasets_of(std::span<const GroupedTable> tables) {
    const auto headers = headers_of(tables);
    const auto group = linked(headers);
    std::map<std::size_t, std::pair<std::set<std::string>, std::vector<std::size_t>>> joined;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        auto& [columns, members] = joined[group[i]];
        columns.insert(headers[i].columns.begin(), headers[i].columns.end());
        members.insert(members.end(), headers[i].tables.begin(), headers[i].tables.end());
    }
    std::vector<std::pair<std::size_t, Dataset>> found;
    for (auto& [key, content] : joined) {
        auto& [columns, members] = content;
        std::sort(members.begin(), members.end());
        Dataset dataset{id_of(tables[members.front()], columns), title_of(tables, members), {}};
        for (const auto index : members) dataset.tables.emplace_back(tables[index].artifact, tables[index].table);
        found.emplace_back(members.front(), std::move(dataset));
    }
    std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.first < b.first; });
    std::vector<Dataset> out;
    std::map<std::string, int> times;
    for (auto& [first, dataset] : found) {
        // Two groups may cover the same names without being alike pair by pair.
        if (const int n = ++times[dataset.id]; n > 1) dataset.id += "-" + std::to_string(n);
        out.push_back(std::move(dataset));
    }
    return out;
}

} // namespace assay::plan
