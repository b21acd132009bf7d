#include "claims/words.hpp"
#include "claims/tex.hpp"
#include "claims/units.hpp"
#include <algorithm>
#include <array>
#include <assay/utf8.hpp>
#include <unordered_map>
#include <utility>

namespace assay::claims {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

namespace {

char ascii(char32_t c) {
    switch (c) {
    case 0xA0:
    case 0x202F:
    case 0x2009: return ' ';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212: return '-';
    case 0x2014:
    case 0x2192:
    case 0x2022: return ';';
    case 0xD7: return 'x';
    case 0x2248: return '~';
    case 0x2264: return '<';
    case 0x2265: return '>';
    case 0xB5:
    case 0x3BC: return 'u';
    case 0x2018:
    case 0x2019: return '\'';
    case 0x201C:
    case 0x201D: return '"';
    case 0xB0: return '\0'; // "52 °C" is "52 C"
    default: return c >= 0x2000 ? ' ' : 'q';
    }
}

/// Words that mean the same where performance is spoken of, behind what they mean.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> synonyms{
    {{"rate", "throughput speed tps faster slower"},
     {"accuracy", "acc"},
     {"generation", "decode decoding decoded generating wrote writes reply answer generated"},
     {"prefill", "prefilled"},
     {"mean", "arithmetic averages averaged avg average averaging"},
     {"max", "maximal maximum peak highest largest longest"},
     {"min", "minimal minimum lowest shortest smallest"},
     {"range", "spread"},
     {"sd", "stdev std stddev deviation"},
     {"best", "quickest fastest top"},
     {"worst", "slowest"},
     {"memory", "vram ram mem"},
     {"usage", "utilization utilisation util used"},
     {"time", "duration elapsed runtime latency latencies"},
     {"load", "loading"},
     {"compile", "compilation"},
     {"eval", "evaluation"},
     {"char", "character"},
     {"token", "tok"},
     {"failed", "failure fail"},
     {"success", "successful succeeded"},
     {"count", "num"}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 32> phrases{
    {{"time-to-first-token", " ttft "},
     {"top_p", " topp "}, // of sampling
     {"top-p", " topp "},
     {"top_k", " topk "},
     {"top-k", " topk "},
     {"coefficient of variation", " cv "},
     {"coefficient_of_variation", " cv "},
     {"warm-up", "warmup"},
     {"prompt_eval_count", " prefill token "},
     {"eval_count", " generation token "},
     {"prompt_eval", " prefill "},
     {"prompt eval", " prefill "},
     {"prompt processing", " prefill "},
     {"eval_s", " generation time "},
     {"first-token", " ttft "},
     {"first token", " ttft "},
     {"startup latency", " ttft "},
     {"confidence interval", " interval "},
     {"% ci ", " interval "},
     {"at most", " max "},
     {"at maximum", " max "},
     {"at peak", " max "},
     {"at the peak", " max "},
     {"time to first token", " ttft "},
     {"first token latency", " ttft "},
     {"tokens per second", " token rate "},
     {"tokens/second", " token rate "},
     {"tokens_per_second", " token rate "},
     {"tokens/sec", " token rate "},
     {"tokens/s", " token rate "},
     {"tok/s", " token rate "},
     {"standard deviation", " sd "}}};

/// Sorts of models, and what names call them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> abbreviations{
    {{"perceptron", "mlp"}, {"convolutional", "cnn"}, {"recurrent", "rnn"}, {"adversarial", "gan"}}};

/// Words that name nothing.
constexpr std::array<std::string_view, 34> function_words{
    "the", "of", "and", "or",   "are",   "is",   "to",    "on",   "in",   "for",  "with", "from",
    "by",  "at", "as",  "an",   "be",    "it",   "its",   "not",  "this", "that", "was",  "were",
    "yes", "no", "ok",  "true", "false", "none", "value", "null", "has",  "have"};

std::string singular(std::string word) {
    const std::size_t n = word.size();
    if (n > 4 && word.ends_with("ies")) return word.substr(0, n - 3) + "y";
    for (const std::string_view end : {"tches", "shes", "sses", "xes"}) // batches, crashes, passes, boxes
        if (n > end.size() + 1 && word.ends_with(end)) return word.substr(0, n - 2);
    if (n > 3 && word.back() == 's' && word[n - 2] != 's' && word[n - 2] != 'u' && word[n - 2] != 'i') word.pop_back();
    return word;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Cuts at bytes that `joint` names.
template <class Joint> void cut(std::string_view text, std::vector<std::string>& out, Joint joint) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !joint(text[i])) continue;
        if (i > begin) out.emplace_back(text.substr(begin, i - begin));
        begin = i + 1;
    }
}

bool subsequence(std::string_view part, std::string_view whole) {
    std::size_t at = 0;
    for (const char c : whole) at += at < part.size() && c == part[at] ? 1U : 0U;
    return at == part.size();
}

} // namespace

Plain plain(std::string_view text) {
    Plain out;
    out.text.reserve(text.size());
    std::size_t math_end = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (const auto tex = tex_at(text, i, math_end)) {
            for (const char c : tex->text) out.text += c, out.origin.push_back(i);
            i += tex->length;
            continue;
        }
        const CodePoint c = code_point(text, i);
        const char mark = c.length == 1 ? (c.valid ? text[i] : ' ') : ascii(c.value);
        // "48 °C" is no "48 C".
        if (c.value == 0xB0 && out.text.size() > 1 && out.text.back() == ' ' && is_digit(out.text[out.text.size() - 2]))
            out.text.pop_back(), out.origin.pop_back();
        if (c.value == 0xB1) // of a mean and its deviation
            for (const char letter : std::string_view{", sd "}) out.text += letter, out.origin.push_back(i);
        else if (mark != '\0') {
            out.text += mark;
            out.origin.push_back(i);
        }
        i += c.length;
    }
    out.origin.push_back(text.size());
    return out;
}

static const std::unordered_map<std::string_view, std::string_view>& meanings() {
    static const auto out = [] {
        std::unordered_map<std::string_view, std::string_view> by_word;
        for (const auto& [meaning, words] : synonyms)
            for (std::size_t begin = 0; begin < words.size();) {
                const std::size_t end = std::min(words.find(' ', begin), words.size());
                by_word.emplace(words.substr(begin, end - begin), meaning);
                begin = end + 1;
            }
        return by_word;
    }();
    return out;
}

std::vector<std::string> concepts(std::string_view text) {
    std::string spelled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hump = i > 0 && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
        if (hump) spelled += ' ';
        spelled += text[i];
    }
    spelled = lower(spelled);
    for (const auto& [from, to] : phrases) replace_all(spelled, from, to);
    if (spelled.find("s_s") != spelled.npos)
        for (const auto& [name, noun] : rate_names()) replace_all(spelled, name, " " + noun + " rate ");
    std::vector<std::string> words, out;
    cut(spelled, words, [](char c) { return !is_letter(c) && !is_digit(c); });
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string& word = words[i];
        if (word == "per" && i + 1 < words.size() && (words[i + 1] == "s" || words[i + 1] == "sec")) {
            if (!holds(out, "rate")) out.emplace_back("rate"); // tokens_per_s
            ++i;
            continue;
        }
        if (is_digit(word[0]) || std::none_of(word.begin(), word.end(), is_letter)) continue;
        word = singular(std::move(word));
        if (const auto same = meanings().find(word); same != meanings().end()) word = same->second;
        if (!holds(out, word)) out.push_back(word);
    }
    return out;
}

bool alike(std::string_view a, std::string_view b) {
    if (a == b) return true;
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() < 3 || a[0] != b[0]) return false;
    if (b.starts_with(a)) return a.size() >= 4 && (a.size() >= 7 || b.size() >= a.size() + 3);
    const bool bare = a.find_first_of("aeiouy") == a.npos;
    return bare && subsequence(a, b);
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return alike(w, word); });
}

bool says(const std::string& text, std::initializer_list<std::string_view> words) {
    for (const auto word : words)
        for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            if ((at == 0 || !is_word(text[at - 1])) && (end >= text.size() || !is_letter(text[end]))) return true;
        }
    return false;
}

bool has_any(const std::string& text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](auto part) { return text.find(part) != text.npos; });
}

std::set<std::string> mentions(std::string_view text) {
    std::set<std::string> out;
    std::vector<std::string> words;
    constexpr char point = '\x01'; // of a number: llama3.1 mentions no llama3
    std::string low = lower(text);
    for (std::size_t i = 1; i + 1 < low.size(); ++i)
        if (low[i] == '.' && is_digit(low[i - 1]) && is_digit(low[i + 1])) low[i] = point;
    cut(low, words, [](char c) {
        return c != point && !is_word(c) && c != '.' && c != ':' && c != '-' && c != '/' && c != '\\' && c != '+';
    });
    const auto inner = [](char c) { return is_letter(c) || is_digit(c) || c == point; };
    for (std::string& word : words) {
        while (!word.empty() && !is_word(word.back())) word.pop_back();
        for (const auto& [full, name] : abbreviations)
            if (word == full) out.emplace(name);
        const auto add = [&](const auto& joint) {
            std::vector<std::string> parts;
            cut(word, parts, joint);
            for (auto& part : parts) {
                while (!part.empty() && !is_word(part.back())) part.pop_back();
                std::replace(part.begin(), part.end(), point, '.');
                const bool number = part.size() < 6 && std::none_of(part.begin(), part.end(), is_letter);
                if (!part.empty() && !number) out.insert(singular(part)), out.insert(std::move(part));
            }
        };
        add([](char) { return false; });
        add([](char c) { return c == ':' || c == '/' || c == '\\'; });
        add([&](char c) { return !is_word(c) && !inner(c) && c != '.'; });
        add([&](char c) { return !inner(c) && c != '.'; });
        add([&](char c) { return !inner(c); });
    }
    // "llama 3.1", "PyTorch 25.08": names that are written without the blank.
    for (std::size_t i = 1; i < words.size(); ++i) {
        std::string number = words[i];
        std::replace(number.begin(), number.end(), point, '.');
        const bool counts = std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == '.'; });
        if (!counts || words[i - 1].size() < 3 || !std::all_of(words[i - 1].begin(), words[i - 1].end(), is_letter))
            continue;
        out.insert(words[i - 1] + number);
        std::erase(number, '.');
        out.insert(words[i - 1] + number);
    }
    return out;
}

std::vector<std::string> name_parts(std::string_view name, bool path) {
    std::string text = lower(name);
    if (path) {
        const auto slash = text.rfind('/'), dot = text.rfind('.');
        if (dot != text.npos && (slash == text.npos || dot > slash)) text.resize(dot);
    }
    std::vector<std::string> parts, out;
    cut(text, parts, [&](char c) { return path ? !is_letter(c) && !is_digit(c) : !is_word(c) && c != '.'; });
    for (auto& part : parts) {
        while (!part.empty() && part.back() == '.') part.pop_back();
        const bool small_number = part.size() < 3 && std::all_of(part.begin(), part.end(), is_digit);
        const bool function = std::find(function_words.begin(), function_words.end(), part) != function_words.end();
        if (part.size() < 2 || small_number || function) continue;
        part = singular(std::move(part));
        if (std::find(out.begin(), out.end(), part) == out.end()) out.push_back(std::move(part));
    }
    return out;
}

bool says_little(std::string_view word) {
    static constexpr std::array<std::string_view, 9> words{"time",   "count", "number", "result", "benchmark",
                                                           "metric", "data",  "total",  "score"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool says_nothing(std::string_view word) {
    static constexpr std::array<std::string_view, 56> words{
        "after", "before", "all",  "one",     "there", "here",  "what", "when",  "while", "where", "which", "who",
        "how",   "why",    "did",  "do",      "does",  "than",  "then", "but",   "so",    "about", "up",    "down",
        "out",   "over",   "our",  "you",     "your",  "we",    "they", "he",    "she",   "their", "just",  "only",
        "also",  "very",   "more", "most",    "some",  "any",   "each", "every", "both",  "will",  "would", "can",
        "could", "should", "if",   "because", "same",  "other", "such", "once"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_scale(std::string_view word) { return word == "rate" || word == "size" || word == "setting"; }

} // namespace assay::claims
