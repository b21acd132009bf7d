#include "measured_name.hpp"
#include <algorithm>
#include <array>

namespace assay::json {

bool names_measurement(std::string_view name) {
    static constexpr std::array<std::string_view, 24> words{
        "bytes", "bits",    "packets", "sum",          "total",  "elapsed", "duration",    "latency",
        "ns",    "us",      "ms",      "usec",         "msec",   "nsec",    "sec",         "seconds",
        "nanos", "runtime", "cycles",  "instructions", "misses", "second",  "retransmits", "throughput"};
    const auto last = name.find_last_of("._- ");
    const std::string_view word = name.substr(last == name.npos ? 0 : last + 1);
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace assay::json
