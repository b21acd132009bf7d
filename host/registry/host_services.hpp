#pragma once
#include <assay/abi.h>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// The host as plugins see it.
namespace assay::registry {

// Called in the thread that called the plugin. Each may be empty: the extension is then absent.
struct Services {
    std::function<void(std::int32_t level, std::string_view message)> log; // level: ASSAY_LOG_DEBUG .. ASSAY_LOG_ERROR
    std::function<bool()> cancelled;
    // Keeps a file beside the reports; answers an empty text, or why it could not. The name has been checked.
    std::function<std::string(std::string_view name, std::string_view bytes)> keep;
    std::function<std::size_t()> jobs = {}; // threads that a stage may use to conclude
};

// May a plugin keep a file of this name: relative, its parts divided by '/', none of them hidden or a way out?
bool is_kept_name(std::string_view name);

// Must outlive every component made with it. Neither copied nor moved: plugins hold its address.
class HostServices {
  public:
    explicit HostServices(Services = {});
    HostServices(const HostServices&) = delete;
    HostServices& operator=(const HostServices&) = delete;
    const assay_host& abi() const { return host_; }

  private:
    Services services_;
    assay_host host_;
};

} // namespace assay::registry
