#pragma once
// The host's services, as a component may use them while it is called. A service that the host lacks does nothing.
#include <algorithm>
#include <assay/abi.h>
#include <assay/failure.hpp>
#include <assay/strings.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

class Host {
  public:
    explicit Host(const assay_host* host = nullptr) : host_{host} {}
    /// True: stop soon.
    bool cancelled() const {
        const auto* service = extension<assay_ext_cancel>(ASSAY_EXT_CANCEL);
        return service && service->cancelled(host_) != 0;
    }
    /// So many threads may work in `finish` at a time, and ask its corpus.
    std::size_t jobs() const {
        const auto* service = extension<assay_ext_jobs>(ASSAY_EXT_JOBS);
        return service ? std::max<std::size_t>(service->jobs(host_), 1) : 1;
    }
    /// `level`: ASSAY_LOG_*.
    void log(std::int32_t level, std::string_view message) const {
        if (const auto* service = extension<assay_ext_log>(ASSAY_EXT_LOG)) service->log(host_, level, to_abi(message));
    }
    /// Keeps a file beside the reports: "llm/1.json". Throws Failure where that does not work.
    void keep(std::string_view name, std::string_view bytes) const {
        const auto* service = extension<assay_ext_output>(ASSAY_EXT_OUTPUT);
        if (!service) return;
        Told told;
        assay_error error{sizeof error, &told, [](assay_error* to, assay_str reason, assay_str message) {
                              static_cast<Told*>(to->self)->reason = view(reason);
                              static_cast<Told*>(to->self)->message = view(message);
                          }};
        if (service->keep(host_, to_abi(name), to_abi(bytes), &error) != ASSAY_OK)
            throw Failure{told.reason, told.message};
    }

  private:
    struct Told {
        std::string reason = "not-kept", message = "the host could not keep a file";
    };
    template <class Extension> const Extension* extension(const char* name) const {
        return host_ && host_->get_extension ? static_cast<const Extension*>(host_->get_extension(host_, name))
                                             : nullptr;
    }
    const assay_host* host_;
};

} // namespace assay
