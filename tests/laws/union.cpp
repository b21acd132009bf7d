// Laws 1 and 2: partials saved, split, united in any order and concluded give the bytes of the plain run.
#include "laws/folded.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <numeric>
#include <random>

using namespace assay;
using assay::test::everything;

namespace {

/// All of a conclusion that must not depend on the way there.
std::string bytes_of(const engine::Conclusion& conclusion) {
    BOOST_TEST(conclusion.failures.empty());
    std::string out = conclusion.model.inventory + "\n" + conclusion.model.counts + "\n";
    for (const auto& kind : conclusion.model.records)
        for (const auto record : kind) out.append(record) += "\n";
    return out;
}

std::string encoded(const engine::Partial& partial) {
    std::string out;
    engine::encode(partial, out);
    return out;
}

/// Splits the artifacts into sets, saves and loads each partial, unites the sets in another order.
std::vector<engine::Placed> scattered(const std::vector<engine::Placed>& artifacts, std::mt19937& random) {
    const std::size_t sets = 1 + random() % 7;
    std::vector<std::vector<engine::Placed>> parts(sets);
    std::vector<std::size_t> order(artifacts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::shuffle(order.begin(), order.end(), random);
    for (const auto index : order) {
        const auto bytes = encoded(artifacts[index].partial);
        auto partial = engine::decode_partial(bytes);
        BOOST_REQUIRE(partial);
        BOOST_TEST((encoded(*partial) == bytes));
        parts[random() % sets].push_back({artifacts[index].found, std::move(*partial)});
    }
    std::shuffle(parts.begin(), parts.end(), random);
    std::vector<engine::Placed> united;
    for (auto& part : parts) std::move(part.begin(), part.end(), std::back_inserter(united));
    std::sort(united.begin(), united.end(), [](auto& a, auto& b) { return a.found.path < b.found.path; });
    return united;
}

void keeps_the_law(test::Folded& all) {
    const auto plain = bytes_of(all.conclude());
    BOOST_TEST(plain.size() > 10'000U);
    std::mt19937 random{20251002};
    for (int round = 0; round < 20; ++round) {
        const auto united = bytes_of(all.conclude(scattered(all.artifacts, random)));
        BOOST_TEST_CONTEXT("round " << round) BOOST_TEST((united == plain));
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(any_split_and_order_of_saved_partials_concludes_to_the_same_bytes) { keeps_the_law(everything()); }

BOOST_AUTO_TEST_CASE(so_it_is_with_what_runs_only_on_request) {
    const test::GeneratedTree tree;
    test::Folded all{{tree.path.string()}, test::Analyzers::with_those_on_request};
    const auto plain = all.conclude();
    if (all.stages().analyzers.size() > everything().stages().analyzers.size())
        BOOST_TEST(!plain.model.records[ASSAY_RECORD_CLAIM].empty());
    keeps_the_law(all);
}

BOOST_AUTO_TEST_CASE(folding_again_gives_the_same_partials) {
    const test::GeneratedTree tree;
    const test::Folded once{{tree.path.string()}}, twice{{tree.path.string()}};
    BOOST_REQUIRE(once.artifacts.size() == twice.artifacts.size());
    for (std::size_t i = 0; i < once.artifacts.size(); ++i) BOOST_TEST_CONTEXT(once.artifacts[i].found.path)
    BOOST_TEST((encoded(once.artifacts[i].partial) == encoded(twice.artifacts[i].partial)));
}

BOOST_AUTO_TEST_CASE(a_partial_belongs_to_content_and_holds_no_path) {
    const test::GeneratedTree tree;
    tree.write("one/a.csv", "n,latency_ms\n1,1.5\n2,2.5\n");
    tree.write("other/much_deeper/zz.csv", "n,latency_ms\n1,1.5\n2,2.5\n");
    const test::Folded folded{{tree.path.string()}};
    std::vector<std::string> copies;
    for (const auto& artifact : folded.artifacts)
        if (artifact.found.path.ends_with("/a.csv") || artifact.found.path.ends_with("/zz.csv"))
            copies.push_back(encoded(artifact.partial));
    BOOST_REQUIRE(copies.size() == 2U);
    BOOST_TEST((copies[0] == copies[1]));
}

BOOST_AUTO_TEST_CASE(a_partial_cut_short_is_refused) {
    auto& all = everything();
    std::mt19937 random{7};
    for (int i = 0; i < 200; ++i) {
        const auto bytes = encoded(all.artifacts[random() % all.artifacts.size()].partial);
        const std::size_t size = random() % bytes.size();
        BOOST_TEST_CONTEXT(size << " of " << bytes.size())
        BOOST_TEST(!engine::decode_partial(std::string_view{bytes}.substr(0, size)));
    }
}

BOOST_AUTO_TEST_CASE(foreign_bytes_are_no_partial) {
    std::mt19937 random{11};
    for (int i = 0; i < 200; ++i) {
        std::string noise(random() % 4096, '\0');
        for (auto& c : noise) c = static_cast<char>(random());
        BOOST_TEST(!engine::decode_partial(noise));
    }
    BOOST_TEST(!engine::decode_partial(""));
    BOOST_TEST(!engine::decode_partial("{\"schema\": 1}"));
}

BOOST_AUTO_TEST_CASE(a_partial_with_more_behind_it_is_refused) {
    BOOST_TEST(!engine::decode_partial(encoded(everything().artifacts.front().partial) + "x"));
}

BOOST_AUTO_TEST_CASE(an_analyzer_refuses_state_that_is_foreign_or_cut_short) {
    auto& all = everything();
    std::mt19937 random{13};
    for (std::size_t stage = 0; stage < all.stages().analyzers.size(); ++stage) {
        auto& analyzer = all.stages().analyzers[stage];
        if (!analyzer.analyzer.folds()) continue;
        BOOST_TEST_CONTEXT(analyzer.name) {
            BOOST_TEST(analyzer.analyzer.load("this is no state").code == ASSAY_BAD_STATE);
            const auto with_state = std::find_if(all.artifacts.begin(), all.artifacts.end(), [&](auto& artifact) {
                return artifact.partial.states[stage].size() > 100;
            });
            if (with_state == all.artifacts.end()) continue;
            const std::string& state = with_state->partial.states[stage];
            BOOST_TEST(analyzer.analyzer.load(state).ok());
            for (int i = 0; i < 50; ++i) {
                const auto cut = std::string_view{state}.substr(0, 1 + random() % (state.size() - 1));
                BOOST_TEST(analyzer.analyzer.load(cut).code == ASSAY_BAD_STATE);
            }
        }
    }
}
