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

std::int32_t keep(const assay_host* host, assay_str name, assay_str bytes, assay_error* error) noexcept {
    const auto fail = [&](std::string_view reason, std::string_view message) {
        if (error != nullptr && error->set != nullptr) error->set(error, to_abi(reason), to_abi(message));
        return ASSAY_FAILED;
    };
    if (host == nullptr) return ASSAY_FAILED;
    if (!is_kept_name(view(name))) return fail("bad-name", "a file beside the reports cannot have this name");
    try {
        const std::string problem = services_of(host).keep(view(name), view(bytes));
        return problem.empty() ? ASSAY_OK : fail("not-kept", problem);
    } catch (const std::exception& e) {
        return fail("not-kept", e.what());
    }
}

std::size_t jobs(const assay_host* host) noexcept { return host == nullptr ? 1 : services_of(host).jobs(); }

constexpr assay_ext_log log_extension{sizeof(assay_ext_log), log};
constexpr assay_ext_cancel cancel_extension{sizeof(assay_ext_cancel), cancelled};
constexpr assay_ext_output output_extension{sizeof(assay_ext_output), keep};
constexpr assay_ext_jobs jobs_extension{sizeof(assay_ext_jobs), jobs};

const void* get_extension(const assay_host* host, const char* name) noexcept {
    if (host == nullptr || name == nullptr) return nullptr;
    if (name == std::string_view{ASSAY_EXT_LOG} && services_of(host).log) return &log_extension;
    if (name == std::string_view{ASSAY_EXT_CANCEL} && services_of(host).cancelled) return &cancel_extension;
    if (name == std::string_view{ASSAY_EXT_OUTPUT} && services_of(host).keep) return &output_extension;
    if (name == std::string_view{ASSAY_EXT_JOBS} && services_of(host).jobs) return &jobs_extension;
    return nullptr;
}

} // namespace

bool is_kept_name(std::string_view name) {
    constexpr std::size_t longest = 200;
    if (name.size() > longest) return false;
    for (;;) {
        const auto part = name.substr(0, name.find('/'));
        const auto plain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                   c == '.';
        };
        if (part.empty() || part.front() == '.' || part == "-" || !std::all_of(part.begin(), part.end(), plain))
            return false;
        if (part.size() == name.size()) return true;
        name.remove_prefix(part.size() + 1);
    }
}

HostServices::HostServices(Services services)
    : services_{std::move(services)}, host_{sizeof(assay_host), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, &services_,
                                            get_extension} {}

} // namespace assay::registry
