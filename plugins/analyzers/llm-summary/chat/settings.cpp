#include "chat/settings.hpp"
#include "chat/endpoint.hpp"
#include <algorithm>
#include <array>
#include <assay/failure.hpp>
#include <cstdlib>
#include <fstream>
#include <string_view>

namespace assay::chat {

namespace {

void check_protocol(const ModelSettings& s) {
    if (s.provider != "ollama" && s.provider != "openai")
        throw BadOption{"provider '" + s.provider + "' is none of: ollama, openai"};
    static constexpr std::array<std::string_view, 6> thinking{"", "true", "false", "low", "medium", "high"};
    if (std::find(thinking.begin(), thinking.end(), s.think) == thinking.end())
        throw BadOption{"think is '" + s.think + "', and none of: true, false, low, medium, high"};
    if (s.provider == "ollama") return;
    const char* foreign = s.num_gpu ? "num_gpu" : !s.keep_alive.empty() ? "keep_alive" : nullptr;
    if (foreign)
        throw BadOption{std::string{foreign} +
                        " is an option of ollama: a server of the openai protocol sets it when it starts"};
}

} // namespace

void check(const ModelSettings& s) {
    check_protocol(s);
    if (s.model.empty()) throw BadOption{"no model is named"};
    if (!s.api_key_env.empty() && !s.api_key_file.empty())
        throw BadOption{"api_key_env and api_key_file are both given: the key has one place"};
    if (s.connect_s <= 0 || s.first_token_s <= 0 || s.total_s <= 0) throw BadOption{"a time-out is not above zero"};
    if (s.cassettes != Cassettes::off && s.cassette_folder.empty())
        throw BadOption{"cassettes are wanted, and no folder for them is named"};
    const Endpoint endpoint = endpoint_of(s);
    if (!endpoint.loopback && !s.allow_remote)
        throw BadOption{"endpoint '" + endpoint.base + "' is not on this machine; allow_remote: true permits it"};
}

Cassettes cassettes_named(const std::string& name) {
    if (name == "off") return Cassettes::off;
    if (name == "record") return Cassettes::record;
    if (name == "replay") return Cassettes::replay;
    if (name == "refresh") return Cassettes::refresh;
    throw BadOption{"cassettes: '" + name + "' is none of: off, record, replay, refresh"};
}

std::string sends(const ModelSettings& s) {
    const Endpoint endpoint = endpoint_of(s);
    std::string text = "prompts for model " + s.model + " to " + endpoint.chat;
    text += endpoint.loopback ? " (this machine)" : " (another machine)";
    if (!s.api_key_env.empty()) text += ", with the key in $" + s.api_key_env;
    if (!s.api_key_file.empty()) text += ", with the key in " + s.api_key_file;
    if (s.cassettes == Cassettes::replay) return "nothing: replies come from the cassettes in " + s.cassette_folder;
    if (s.cassettes == Cassettes::record) text += ", where no cassette in " + s.cassette_folder + " answers them";
    return text;
}

std::string api_key(const ModelSettings& s) {
    std::string key;
    if (!s.api_key_env.empty()) {
        const char* value = std::getenv(s.api_key_env.c_str());
        if (!value) throw Failure{"refused", "the environment has no variable " + s.api_key_env + " with the key"};
        key = value;
    } else if (!s.api_key_file.empty()) {
        std::ifstream file{s.api_key_file};
        if (!std::getline(file, key)) throw Failure{"refused", "no key can be read from " + s.api_key_file};
    } else {
        return key;
    }
    key.erase(0, std::min(key.find_first_not_of(" \t\r\n"), key.size()));
    key.erase(key.find_last_not_of(" \t\r\n") + 1);
    const bool plain = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    if (key.empty() || !plain) throw Failure{"refused", "the key is empty or holds more than visible ASCII"};
    return key;
}

} // namespace assay::chat
