#pragma once
// What each protocol's records say, once they are known to be objects and no error.
#include "chat/decode.hpp"
#include "chat/fields.hpp"

namespace assay::chat {

/// One record of /api/chat.
void read_ollama(Json record, double at_s, Streamed& out);
/// One chunk of a chat completion, or a whole one.
void read_openai(Json record, double at_s, Streamed& out);

} // namespace assay::chat
