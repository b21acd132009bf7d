// What comes over a pipe stays where it is for those that hold it.
#include "process/inflow.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

using assay::process::Inflow;

namespace {

void put(Inflow& to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto room = to.room();
        const auto some = bytes.substr(0, room.size());
        std::copy(some.begin(), some.end(), room.begin());
        to.add(some.size());
        bytes.remove_prefix(some.size());
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(inflow)

BOOST_AUTO_TEST_CASE(what_was_taken_stays_as_it_was_while_its_block_is_held) {
    Inflow in;
    std::vector<std::pair<std::string_view, Inflow::Block>> held;
    for (char c = 'a'; c <= 'z'; ++c) {
        put(in, std::string(100'000, c));
        held.emplace_back(in.waiting().substr(0, 100'000), in.block());
        in.take(100'000);
    }
    for (std::size_t i = 0; i < held.size(); ++i)
        BOOST_TEST((held[i].first == std::string(100'000, static_cast<char>('a' + i))));
}

BOOST_AUTO_TEST_CASE(what_was_not_taken_is_whole_whatever_its_size) {
    Inflow in;
    std::string all;
    for (std::size_t i = 0; i < 300; ++i) {
        const std::string piece(997 * i, static_cast<char>('A' + i % 26));
        put(in, piece);
        all += piece;
        BOOST_REQUIRE((in.waiting() == all));
        const std::size_t taken = all.size() / 3;
        in.take(taken);
        all.erase(0, taken);
    }
}

BOOST_AUTO_TEST_SUITE_END()
