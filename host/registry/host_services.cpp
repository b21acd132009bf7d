#include "registry/host_services.hpp"
#include <algorithm>
#include <assay/strings.hpp>

namespace assay::registry {
namespace {

const Services& services_of(const assay_host* host) { return *static_cast<const Services*>(host->self); }

// noexcept: what a sink throws must not travel through a plugin's frames.
void log(const assay_host* host, std::int32_t level, assay_str message) noexcept {
    if (host == nullptr) return;
    services_of(host).log(std::clamp<std::int32_t>(level, ASSAY_LOG_DEBUG, ASSAY_LOG_ERROR), view(message));
}

std::int32_t cancelled(const assay_host* host) noexcept {
    return host != nullptr && services_of(host).cancelled() ? 1 : 0;
}

constexpr assay_ext_log log_extension{sizeof(assay_ext_log), log};
constexpr assay_ext_cancel cancel_extension{sizeof(assay_ext_cancel), cancelled};

const void* get_extension(const assay_host* host, const char* name) noexcept {
    if (host == nullptr || name == nullptr) return nullptr;
    if (name == std::string_view{ASSAY_EXT_LOG} && services_of(host).log) return &log_extension;
    if (name == std::string_view{ASSAY_EXT_CANCEL} && services_of(host).cancelled) return &cancel_extension;
    return nullptr;
}

} // namespace

HostServices::HostServices(Services services)
    : services_{std::move(services)}, host_{sizeof(assay_host), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, &services_,
                                            get_extension} {}

} // namespace assay::registry
