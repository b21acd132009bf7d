#include "registry/describe.hpp"
#include "process/child.hpp"
#include "registry/manifest.hpp"
#include "registry/plugin.hpp"
#include <assay/abi.h>
#include <system_error>

namespace assay::registry {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// In the child. Sends 'M' and the manifest, or 'E' and why there is none.
void describe_here(const std::string& path, int descriptor) {
    std::string error;
    const auto plugin = load(path, error);
    const char* text = plugin ? plugin->entry->manifest() : nullptr;
    if (plugin && text == nullptr) error = "its manifest() gives nothing";
    process::write_all(descriptor, text ? std::string{'M'} + text : 'E' + error);
}

enum class Reading { ended, late, too_long };

Reading read_all(process::Child& child, Clock::time_point deadline, process::Inflow& text) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left <= 0ms) return Reading::late;
        child.wait_for_bytes(left);
        const bool open = child.read(text);
        if (text.waiting().size() > manifest_limit) return Reading::too_long;
        if (!open) return Reading::ended;
    }
}

Refusal no_description(std::string reason, const std::string& found) {
    return {std::move(reason), "no manifest section, and asked for its manifest " + found,
            "a section " ASSAY_MANIFEST_SECTION " as assay_add_plugin writes it"};
}

std::string how_it_ended(const process::Ending& ending) {
    return ending.signal != 0 ? "it crashed: " + ending.text() : ending.text() + " before it answered";
}

} // namespace

std::optional<std::string> describe_in_child(const std::string& path, std::chrono::milliseconds deadline,
                                             Refusal& why) {
    const auto until = Clock::now() + deadline;
    std::optional<process::Child> child;
    try {
        child =
            process::Child::start([&](int descriptor) { describe_here(path, descriptor); }, process::Prints::nowhere);
    } catch (const std::system_error& error) {
        why = no_description("cannot-ask", error.what());
        return {};
    }
    process::Inflow received;
    const Reading reading = read_all(*child, until, received);
    const std::string answer{received.waiting()};
    // A child that closed its pipe may still hang before it ends.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    const auto ending = reading == Reading::ended ? child->wait(std::max(left, 0ms)) : std::nullopt;
    if (reading == Reading::too_long)
        why = no_description("bad-manifest", "it gave more than " + std::to_string(manifest_limit) + " bytes");
    else if (!ending)
        why = no_description("hangs", "it did not answer within " + std::to_string(deadline.count()) + " ms");
    else if (ending->signal != 0 || ending->status != 0 || answer.empty())
        why = no_description("crashes", how_it_ended(*ending));
    else if (answer.front() == 'E')
        why = {"not-loadable", answer.substr(1), {}};
    else
        return answer.substr(1);
    return {};
}

} // namespace assay::registry
