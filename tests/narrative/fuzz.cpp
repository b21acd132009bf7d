// Ten thousand mutated replies: no crash, and never a number, a name or markup that is no cited fact's.
#include "narrative/sample.hpp"
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <random>

using namespace assay::test;
using namespace assay::narrative;

namespace {

const std::vector<Item>& seeds() {
    static const std::vector<Item> all{
        item("The median token rate of {@fast.name} is {@fast} with {@fast.n}.", {"@fast"}),
        item("In the dataset batch runs, {@failed} failed.", {"@failed"}),
        item("The token rate of {@fast.name} is higher than that of {@slow.name}.", {"@fast", "@slow"},
             {{"greater", {"@fast", "@slow"}}}),
        item("The throughput of {@rate4.name} is {@rate4}, {@rate8} for {@rate8.name}.", {"@rate4", "@rate8"}),
        item("The fastest is {@fast.name} with a token rate of {@fast} and an interval of {@fast.ci}.", {"@fast"},
             {{"best", {"@fast"}}}),
        item("The runs that failed should be run again.", {"@failed"}, {}, "recommendations", "rerun")};
    return all;
}

constexpr std::string_view insertions[] = {
    " 42",         " 4",       " 8",      "7",        " nine",        " percent",     " mistral",
    " <b>",        "\x1b[31m", "`",       "*",        "{F001}",       "{G001}",       " not",
    " fastest",    " most",    " higher", " seconds", "\xE5\xA4\xB1", "\xEF\xBC\x95", " Qwen2",
    " http://x.y", "|",        "[INST]",  " beta:8b", " gamma",       "\xC2\xB3",     " million",
    "-",           "_",        "%",       "{F002.ci}"};

std::string mutated(std::string text, std::mt19937& random) {
    const auto below = [&](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); };
    for (std::size_t n = 1 + below(3); n > 0 && !text.empty(); --n) {
        const std::size_t at = below(text.size());
        switch (below(6)) {
        case 0: text.insert(at, insertions[below(std::size(insertions))]); break;
        case 1: text.erase(at, 1 + below(4)); break;
        case 2: text[at] = static_cast<char>(below(256)); break;
        case 3: text.insert(at, 1, static_cast<char>('0' + below(10))); break;
        case 4: text.insert(at, text.substr(below(text.size()), 1 + below(12))); break;
        default: std::swap(text[at], text[below(text.size())]); break;
        }
    }
    return text;
}

/// Removes what the cited facts allow a sentence to show; what is left must be plain words.
std::string without_facts(std::string text, const Item& item) {
    std::vector<std::string> allowed;
    for (const auto& id : item.cites)
        if (const TableFact* fact = sample().table.find(id)) {
            for (const auto* one : {&fact->display, &fact->ci, &fact->n, &fact->unit, &fact->label})
                allowed.push_back(*one);
            // A name that could be a number is none where it stands in quotation marks, as the host puts it in.
            for (const auto& name : fact->names) {
                const bool letter = !name.empty() && std::isalpha(static_cast<unsigned char>(name[0]));
                allowed.push_back(letter || name.empty() ? name : "“" + name + "”");
            }
        }
    std::sort(allowed.begin(), allowed.end(), [](auto& a, auto& b) { return a.size() > b.size(); });
    for (const auto& one : allowed)
        for (auto at = one.empty() ? std::string::npos : text.find(one); at != std::string::npos; at = text.find(one))
            text.erase(at, one.size());
    return text;
}

bool is_plain(std::string_view text) {
    static constexpr std::string_view marks[] = {"“", "”", "–", "—", "’"};
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        std::size_t step = 0;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            std::string_view{" ,.;:()'-"}.find(c) != std::string_view::npos)
            step = 1;
        for (const auto mark : marks)
            if (text.substr(i, mark.size()) == mark) step = mark.size();
        if (step == 0) return false;
        i += step;
    }
    return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(narrative_fuzz)

BOOST_AUTO_TEST_CASE(ten_thousand_mutated_sentences_show_nothing_but_cited_facts) {
    std::mt19937 random{20260101};
    std::size_t let_through = 0;
    for (int round = 0; round < 10'000; ++round) {
        Item one = seeds()[random() % seeds().size()];
        one.text = mutated(one.text, random);
        if (random() % 8 == 0) one.cites = {"F001", "G001"};
        if (random() % 8 == 0) one.claims = {{"best", {"F001"}}, {"majority", {"G001"}}};
        const std::string text = shown(one);
        if (text.empty()) continue;
        ++let_through;
        const std::string rest = without_facts(text, one);
        BOOST_REQUIRE_MESSAGE(is_plain(rest), text + " leaves " + rest);
        for (const char* name : {"mistral", "Qwen", "gamma", "delta", "beta"})
            BOOST_REQUIRE_MESSAGE(rest.find(name) == std::string::npos, text);
    }
    BOOST_TEST(let_through > 20U);    // else the test would see nothing
    BOOST_TEST(let_through < 2'000U); // a mutation that harms nothing, such as a word taken out
}

BOOST_AUTO_TEST_CASE(mutated_replies_end_in_a_whole_narrative) {
    std::mt19937 random{7};
    const std::string whole = reply_json(seeds()), select = selection_json({"@failed", "@fast"});
    for (int round = 0; round < 1'000; ++round) {
        const Written written = write_with(
            scripted({mutated(select, random), mutated(whole, random), mutated(mutated(whole, random), random)}),
            sample().material, sample().table, {}, {});
        const Tally& t = written.tally;
        BOOST_REQUIRE(t.generated == t.verified + t.repaired + t.replaced + t.dropped);
        BOOST_REQUIRE(written.parts.size() >= 5);
        for (const Part& part : written.parts)
            for (const auto& sentence : part.sentences)
                for (const char c : sentence.text) BOOST_REQUIRE(static_cast<unsigned char>(c) >= 0x20);
    }
}

BOOST_AUTO_TEST_SUITE_END()
