#pragma once
// The URLs of a server, and whether it is on this machine.
#include "chat/settings.hpp"

namespace assay::chat {

struct Endpoint {
    std::string base; ///< as given, without a slash at the end
    std::string chat; ///< where a chat is posted
    std::string root; ///< base without the protocol's version: where the server's other calls are
    bool loopback = false;
};

/// Throws BadOption where the endpoint is no plain http(s) URL: no user, query or fragment, where secrets would hide.
Endpoint endpoint_of(const ModelSettings& settings);

} // namespace assay::chat
