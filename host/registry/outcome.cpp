#include "registry/outcome.hpp"
#include <algorithm>
#include <assay/strings.hpp>
#include <cstdint>

namespace assay::registry {
namespace {

constexpr std::size_t text_limit = 1U << 16U;

struct Unsaid {
    const char *reason, *message;
};
// For codes whose call left the error empty.
constexpr Unsaid unsaid[] = {{"ok", ""},
                             {"not-mine", "the parser says that this content is of another kind"},
                             {"failed", "the plugin failed without saying why"},
                             {"cancelled", "stopped on request"},
                             {"bad-option", "the plugin refuses its options without saying why"},
                             {"bad-state", "the plugin refuses the saved state without saying why"},
                             {"internal", "a fault in the plugin, without a message"}};

std::string copied(assay_str text) { return std::string{view(text).substr(0, text_limit)}; }

} // namespace

ErrorReceiver::ErrorReceiver() : error_{sizeof(assay_error), this, &ErrorReceiver::set} {}

void ErrorReceiver::set(assay_error* self, assay_str reason, assay_str message) noexcept {
    if (self == nullptr || self->self == nullptr) return;
    auto& receiver = *static_cast<ErrorReceiver*>(self->self);
    receiver.reason_ = copied(reason);
    receiver.message_ = copied(message);
}

Outcome ErrorReceiver::outcome(std::int32_t code) && {
    if (code == ASSAY_OK) return {};
    if (code < ASSAY_OK || code > ASSAY_INTERNAL) {
        return {ASSAY_INTERNAL, "unknown-code", "the plugin answered the unknown code " + std::to_string(code)};
    }
    const Unsaid& words = unsaid[code];
    if (reason_.empty()) reason_ = words.reason;
    if (message_.empty()) message_ = words.message;
    return {code, std::move(reason_), std::move(message_)};
}

} // namespace assay::registry
