#pragma once
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

namespace narrative {
struct Model;
}

class LlmSummaryAnalyzer final : public Analyzer {
  public:
    static constexpr Manifest manifest{.id = "llm-summary",
                                       .summary = "the report in sentences, each of which shows its facts",
                                       .needs = {"*"},
                                       .folds = false,
                                       .network = true,
                                       .on_request = true};
    option<std::string> provider{
        *this, "provider", "none", choices({"none", "ollama", "openai"}),
        "who phrases: none (templates), or a server that speaks Ollama's or OpenAI's protocol"};
    option<std::string> language{*this, "language", "en",
                                 "of the sentences: en alone, as the checks know the words of no other"};
    option<std::string> model{*this, "model", "", "the model, as its server names it"};
    option<TextMap> models{
        *this,
        "models",
        {},
        "several models by a name each, to be compared: \"small\": \"model=gemma3:270m seed=7\"; what a "
        "line does not say is as in the other options"};
    option<std::string> endpoint{*this, "endpoint", "",
                                 "URL of the server; empty: the provider's usual one, on this machine"};
    option<bool> allow_remote{*this, "allow_remote", false, "a server that is not on this machine may be asked"};
    option<std::string> api_key_env{*this, "api_key_env", "", "environment variable that holds the key"};
    option<std::string> api_key_file{*this, "api_key_file", "", "file that holds the key"};
    option<std::string> ca_file{*this, "ca_file", "", "certificates to trust; empty: the system's"};
    option<double> temperature{*this, "temperature", 0.0, range(0, 2), "how freely the model picks words"};
    option<std::int64_t> seed{*this, "seed", 1, "of the model's choices"};
    option<double> top_p{*this, "top_p", 0.0, range(0, 1),
                         "share of likely words to pick from; 0: as the server has it"};
    option<std::int64_t> top_k{*this, "top_k", 0, at_least(0),
                               "number of likely words to pick from; 0: as the server has it"};
    option<double> repeat_penalty{*this, "repeat_penalty", 0.0, at_least(0),
                                  "against repetition; 0: as the server has it"};
    option<std::int64_t> num_ctx{*this, "num_ctx", 0, at_least(0),
                                 "the model's window in tokens: sent to ollama; prompts are made to fit it, and "
                                 "longer ones are not sent to any server; 0: as large as needed"};
    option<std::int64_t> num_gpu{*this, "num_gpu", -1, at_least(-1),
                                 "layers on the GPU (ollama); -1: as the server has it"};
    option<std::string> keep_alive{*this, "keep_alive", "", "how long the server keeps the model loaded (ollama): 5m"};
    option<std::string> think{
        *this, "think", "", "reasoning before the reply: true, false, low, medium, high; empty: as the server has it"};
    option<double> connect_seconds{*this, "connect_seconds", 5.0, at_least(0.1), "to reach the server"};
    option<double> first_token_seconds{*this, "first_token_seconds", 120.0, at_least(0.1), "until the reply begins"};
    option<double> total_seconds{*this, "total_seconds", 300.0, at_least(0.1), "for one reply, tries included"};
    option<std::string> cassettes{
        *this, "cassettes", "off", choices({"off", "record", "replay", "refresh"}),
        "record: ask what no cassette holds; replay: ask nobody; refresh: ask and record anew"};
    option<std::string> cassette_folder{*this, "cassette_folder", "", "where cassettes are"};
    option<std::string> on_error{
        *this, "on_error", "template", choices({"template", "fail"}),
        "where a model gives nothing usable: the template's narrative, or no narrative at all"};
    option<TextMap> personas{*this,
                             "personas",
                             {},
                             "system prompts in place of those shipped: \"collector\" selects facts, \"insight\" "
                             "phrases them"};
    option<std::string> phrasing{*this, "phrasing", "together", choices({"together", "singly"}),
                                 "together: all facts in one call; singly: one call a fact, for models that are too "
                                 "small for that"};
    option<std::int64_t> facts{*this, "facts", 100, range(1, 150), "most facts that a model is given"};
    option<std::int64_t> fact_tokens{*this, "fact_tokens", 6000, at_least(100),
                                     "most tokens of these facts, at 3 bytes each"};
    option<std::int64_t> collect_tokens{*this, "collect_tokens", 150, at_least(20),
                                        "most tokens that a model writes to select facts"};
    option<std::int64_t> phrase_tokens{*this, "phrase_tokens", 450, at_least(50),
                                       "most tokens that a model writes to phrase them"};

    void configured() override;
    std::vector<std::string> sends() const override;
    void finish(const Corpus& corpus, Fragment& out) override;
    /// The same with these models, in place of those that the options name.
    void finish_with(const std::vector<narrative::Model>& asked, const Corpus& corpus, Fragment& out);
};

} // namespace assay
