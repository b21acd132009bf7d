// Saved state, as the tests look at it.
#pragma once
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

template <class State> std::string encoded(const State& state) {
    std::string bytes;
    encode(bytes, state);
    return bytes;
}

// What comes back from bytes, which must be read to their end.
template <class State> State reloaded(const State& state) {
    const std::string bytes = encoded(state);
    std::string_view rest = bytes;
    State read = state;
    BOOST_REQUIRE(decode(rest, read));
    BOOST_REQUIRE(rest.empty());
    return read;
}

// Every proper prefix is refused, so are a foreign tag and an endless count, and nothing is read or changed by them.
template <class State> void check_bytes_are_guarded(const State& state, const State& other) {
    const std::string bytes = encoded(state), before = encoded(other);
    State target = other;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        std::string_view cut = std::string_view{bytes}.substr(0, size);
        if (decode(cut, target) || cut.size() != size) BOOST_FAIL("accepted " << size << " of " << bytes.size());
    }
    std::string foreign = bytes;
    foreign[1] ^= 1;
    std::string_view view = foreign;
    BOOST_TEST(!decode(view, target));
    BOOST_TEST((encoded(target) == before));
    BOOST_TEST((encoded(reloaded(state)) == bytes));
    std::string_view more = foreign = bytes + "more";
    BOOST_REQUIRE(decode(more, target));
    BOOST_TEST(more == "more");
}
