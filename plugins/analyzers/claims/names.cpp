// Names and words of the data that a text mentions.
#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>

namespace assay::claims {

std::string Contexts::unresolved(const std::string& name, const Context& context) const {
    std::size_t end = name.find_first_of(":([,");
    end = end == name.npos ? name.size() : end;
    while (end > 0 && name[end - 1] == ' ') --end;
    std::size_t digits = end;
    while (digits > 0 && is_digit(name[digits - 1])) --digits;
    if (digits == end || end - digits > 2 || digits == 0 || (name[digits - 1] != ' ' && name[digits - 1] != '_'))
        return {};
    const auto words = concepts(name.substr(0, digits));
    if (words.empty()) return {};
    bool key = false;
    for (const auto& table : world_.tables)
        for (const auto& column : table.columns)
            key = key || (column.values.size() > 1 && !column.source.is_number() && holds(column.words, words.back()));
    for (const auto& word : mentions(name)) {
        const auto part = world_.part_ids.find(word);
        if (part != world_.part_ids.end() && world_.entity[part->second] && context.weight[part->second] >= 0.9)
            return {};
    }
    return key ? name.substr(0, end) : std::string{};
}

const std::vector<std::pair<std::size_t, double>>& Contexts::names_in(const std::string& text) const {
    const auto [at, fresh] = names_.emplace(text, std::vector<std::pair<std::size_t, double>>{});
    if (!fresh) return at->second;
    const std::set<std::string> words = mentions(text);
    // q4_0 is a name: that its first half is one too says little.
    std::set<std::string> halves;
    for (const auto& word : words)
        if (word.find('_') != word.npos && world_.part_ids.count(word) > 0)
            for (const auto& half : mentions(word))
                if (half != word) halves.insert(half);
    for (const auto& [part, own] : compounds_) // "fused linear GELU"
        if (words.count(world_.parts[part]) == 0 &&
            std::all_of(own.begin(), own.end(), [&](const auto& word) { return words.count(word) > 0; }))
            at->second.emplace_back(part, 0.9);
    for (const auto& one : compounds_) { // "compile" for torch_compile, where no other name ends so
        const std::string& last = one.second.back();
        if (words.count(world_.parts[one.first]) == 0 && words.count(last) > 0 && last.size() > 3 &&
            world_.part_ids.count(last) == 0 && world_.entity[one.first] &&
            std::none_of(compounds_.begin(), compounds_.end(), [&](const auto& other) {
                return other.first != one.first && world_.entity[other.first] && other.second.back() == last;
            }))
            at->second.emplace_back(one.first, 0.7);
    }
    for (const auto& word : words) {
        const auto found = world_.part_ids.find(word);
        if (found != world_.part_ids.end() && halves.count(word) == 0) at->second.emplace_back(found->second, 1.0);
        if (word.size() < 4 || !std::all_of(word.begin(), word.end(), is_letter)) continue;
        for (auto part = world_.part_ids.lower_bound(word.substr(0, 4));
             part != world_.part_ids.end() && part->first.starts_with(word.substr(0, 4)); ++part)
            if (part->first.size() < word.size() && alike(part->first, word)) // param, where the text has parameter
                at->second.emplace_back(part->second, 0.9);
        // A family's name, where its members have numbers: gemma, llama.
        for (auto part = world_.part_ids.lower_bound(word);
             part != world_.part_ids.end() && part->first.starts_with(word); ++part)
            if (part->first.size() > word.size() &&
                std::all_of(part->first.begin() + static_cast<std::ptrdiff_t>(word.size()), part->first.end(),
                            [](char c) { return is_digit(c) || c == '.'; }))
                at->second.emplace_back(part->second, 0.9);
    }
    return at->second;
}

void Contexts::weigh(Context& context, const std::string& text, double weight) const {
    for (const auto& [part, share] : names_in(text))
        context.weight[part] = std::max(context.weight[part], weight * share);
}

const std::vector<std::size_t>& Contexts::known_words(const std::string& word) const {
    const auto [at, fresh] = known_.emplace(word, std::vector<std::size_t>{});
    for (std::size_t i = 0; fresh && i < world_.vocabulary.size(); ++i)
        if (alike(word, world_.vocabulary[i])) at->second.push_back(i);
    return at->second;
}

std::string Contexts::without_names(const std::string& text) const {
    std::string out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        std::string word = lower(text.substr(begin, end - begin));
        const auto inner = [](char c) { return is_letter(c) || is_digit(c); };
        while (!word.empty() && !inner(word.back())) word.pop_back();
        while (!word.empty() && !inner(word.front())) word.erase(0, 1);
        const auto part = world_.part_ids.find(word);
        const bool name = word.find_first_of("._-") != word.npos && part != world_.part_ids.end() &&
                          world_.entity[part->second] && parameter_names_.count(word) == 0;
        if (!name) out.append(text, begin, end - begin);
        out += ' ';
        begin = end + 1;
    }
    return out;
}

void Contexts::hear(Context& context, const std::string& text, double weight) const {
    if (text.empty()) return;
    const auto [at, fresh] = words_.emplace(text, std::vector<std::size_t>{});
    if (fresh)
        for (const auto& word : concepts(without_names(text)))
            for (const std::size_t known : known_words(word)) at->second.push_back(known);
    for (const std::size_t word : at->second) context.heard[word] = std::max(context.heard[word], weight);
}

} // namespace assay::claims
