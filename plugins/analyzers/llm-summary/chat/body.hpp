#pragma once
// A request in the words of each protocol.
#include "chat/chat.hpp"
#include "chat/settings.hpp"
#include <cstdint>

namespace assay::chat {

/// The model's window: as set, else what prompt and reply need, in whole 1024.
std::uint64_t context_for(const ModelSettings& settings, const Request& request);

/// The JSON that is posted. Throws Failure where the request's schema is not JSON.
std::string body_of(const ModelSettings& settings, const Request& request);

/// What makes an exchange the same as another, as JSON with sorted keys: protocol, kind of endpoint, model and digest,
/// messages, schema and options; not where the server is, nor how long it is waited for.
std::string canonical(const ModelSettings& settings, const Request& request, const std::string& digest);

} // namespace assay::chat
