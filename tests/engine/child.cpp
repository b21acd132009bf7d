// What a process of its own is charged for.
#include "process/child.hpp"
#include <boost/test/unit_test.hpp>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace assay::process;

namespace {

constexpr std::size_t mb = std::size_t{1} << 20U;

/// Bytes that a child has grown by once it says that it is there.
std::uint64_t grown(std::size_t own) {
    Child child = Child::start([own](int descriptor) {
        const std::vector<char> mine(own, 1);
        write_all(descriptor, "x");
        for (;;) ::pause();
    });
    Inflow received;
    while (received.waiting().empty()) {
        child.wait_for_bytes(std::chrono::milliseconds{100});
        child.read(received);
    }
    return child.grown_bytes();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_process_is_charged_for_its_own_memory_and_not_for_what_it_was_born_with) {
    const std::vector<char> inherited(400 * mb, 1);
    BOOST_TEST(inherited.back() == 1);
    BOOST_TEST(grown(0) < 100 * mb);
    BOOST_TEST(grown(300 * mb) > 200 * mb);
}
