#include "llm-summary/models.hpp"
#include "llm-summary/analyzer.hpp"
#include "llm-summary/chat/ask.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/stats/display.hpp>
#include <cmath>
#include <sstream>

namespace assay::narrative {

namespace {

using chat::ModelSettings;

double number_in(std::string_view name, const std::string& text) {
    const auto value = cell::number(text);
    if (!value || !std::isfinite(*value))
        throw BadOption{"models: " + std::string{name} + "=" + text + " is not a number"};
    return *value;
}
std::int64_t whole_in(std::string_view name, const std::string& text) {
    const double value = number_in(name, text);
    if (value != std::floor(value) || std::abs(value) > 1e15)
        throw BadOption{"models: " + std::string{name} + "=" + text + " is not a whole number"};
    return static_cast<std::int64_t>(value);
}

/// What a model's own line may say, in place of the stage's options.
struct Own {
    std::string_view name;
    void (*set)(ModelSettings& settings, const std::string& text);
};
constexpr std::array own_settings{
    Own{"provider", [](ModelSettings& s, const std::string& text) { s.provider = text; }},
    Own{"endpoint", [](ModelSettings& s, const std::string& text) { s.endpoint = text; }},
    Own{"model", [](ModelSettings& s, const std::string& text) { s.model = text; }},
    Own{"api_key_env", [](ModelSettings& s, const std::string& text) { s.api_key_env = text; }},
    Own{"api_key_file", [](ModelSettings& s, const std::string& text) { s.api_key_file = text; }},
    Own{"think", [](ModelSettings& s, const std::string& text) { s.think = text; }},
    Own{"temperature",
        [](ModelSettings& s, const std::string& text) { s.temperature = number_in("temperature", text); }},
    Own{"top_p", [](ModelSettings& s, const std::string& text) { s.top_p = number_in("top_p", text); }},
    Own{"top_k", [](ModelSettings& s, const std::string& text) { s.top_k = whole_in("top_k", text); }},
    Own{"repeat_penalty",
        [](ModelSettings& s, const std::string& text) { s.repeat_penalty = number_in("repeat_penalty", text); }},
    Own{"seed", [](ModelSettings& s, const std::string& text) { s.seed = whole_in("seed", text); }},
    Own{"num_ctx", [](ModelSettings& s, const std::string& text) { s.num_ctx = whole_in("num_ctx", text); }},
    Own{"num_gpu", [](ModelSettings& s, const std::string& text) { s.num_gpu = whole_in("num_gpu", text); }},
};

template <class T> std::optional<T> unless(T value, T servers_own) {
    return value == servers_own ? std::nullopt : std::optional{value};
}

/// What the stage's options say for all of its models.
ModelSettings common_settings(const LlmSummaryAnalyzer& options) {
    ModelSettings s;
    s.provider = *options.provider;
    s.endpoint = *options.endpoint;
    s.model = *options.model;
    s.allow_remote = *options.allow_remote;
    s.api_key_env = *options.api_key_env;
    s.api_key_file = *options.api_key_file;
    s.ca_file = *options.ca_file;
    s.temperature = *options.temperature;
    s.seed = *options.seed;
    s.top_p = unless(*options.top_p, 0.0);
    s.top_k = unless<std::int64_t>(*options.top_k, 0);
    s.repeat_penalty = unless(*options.repeat_penalty, 0.0);
    s.num_ctx = unless<std::int64_t>(*options.num_ctx, 0);
    s.num_gpu = unless<std::int64_t>(*options.num_gpu, -1);
    s.keep_alive = *options.keep_alive;
    s.think = *options.think;
    s.connect_s = *options.connect_seconds;
    s.first_token_s = *options.first_token_seconds;
    s.total_s = *options.total_seconds;
    s.cassettes = chat::cassettes_named(*options.cassettes);
    s.cassette_folder = *options.cassette_folder;
    return s;
}

ModelSettings own_settings_of(ModelSettings settings, const std::string& name, const std::string& line) {
    std::istringstream words{line};
    for (std::string word; words >> word;) {
        const auto split = word.find('=');
        const auto key = std::string_view{word}.substr(0, split);
        const auto own =
            std::find_if(own_settings.begin(), own_settings.end(), [&](const Own& one) { return one.name == key; });
        if (split == std::string::npos || own == own_settings.end()) {
            std::string known;
            for (const Own& one : own_settings) known.append(known.empty() ? "" : ", ").append(one.name);
            std::string message{"models: '"};
            message.append(word)
                .append("' of '")
                .append(name)
                .append("' is not a setting and its value: ")
                .append(known);
            throw BadOption{message};
        }
        own->set(settings, word.substr(split + 1));
    }
    return settings;
}

/// A line while a reply comes, now and then, and one at its end.
std::function<void(const chat::Progress&)> progress_of(const LlmSummaryAnalyzer& analyzer, const std::string& name) {
    constexpr double between = 2; // seconds
    return [&analyzer, name, told = 0.0](const chat::Progress& now) mutable {
        if (now.seconds < told + between) {
            if (now.seconds < told) told = 0; // another reply
            return;
        }
        told = now.seconds;
        std::string line = name + ": " + std::to_string(now.tokens) + " tokens";
        if (now.per_s) line += ", " + stats::display(*now.per_s) + " tokens/s";
        analyzer.host().log(ASSAY_LOG_INFO, now.thinking ? line + ", thinking" : line);
    };
}

} // namespace

std::vector<std::pair<std::string, ModelSettings>> settings_of(const LlmSummaryAnalyzer& options) {
    std::vector<std::pair<std::string, ModelSettings>> out;
    const ModelSettings common = common_settings(options);
    for (const auto& [name, line] : *options.models) out.emplace_back(name, own_settings_of(common, name, line));
    if (out.empty()) out.emplace_back(common.model, common);
    std::erase_if(out, [](const auto& one) { return one.second.provider == "none"; });
    for (const auto& [name, settings] : out) chat::check(settings);
    return out;
}

std::vector<Model> models_of(const LlmSummaryAnalyzer& options) {
    std::vector<Model> out;
    for (const auto& [name, settings] : settings_of(options)) {
        auto ask = chat::make_ask(
            settings, {[&options] { return options.host().cancelled(); }, progress_of(options, name),
                       [&options](std::string_view file, std::string_view json) { options.host().keep(file, json); }});
        out.push_back({name,
                       [ask = std::move(ask), model = settings.model](const chat::Request& request) {
                           chat::Reply reply = ask(request);
                           if (reply.model.empty()) reply.model = model; // not every server says
                           return reply;
                       },
                       settings.num_ctx ? std::optional{static_cast<std::uint64_t>(*settings.num_ctx)} : std::nullopt});
    }
    return out;
}

} // namespace assay::narrative
