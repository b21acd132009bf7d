#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>
#include <assay/visible_text.hpp>
#include <charconv>
#include <unordered_map>

namespace assay::html {
namespace {

constexpr std::size_t most_places = 5, most_files = 40;

/// As a reader may safely see it, and of no more than a few hundred bytes.
std::string bounded(std::string_view plain) {
    constexpr std::size_t most = 400;
    return visible(plain, most);
}

std::string quoted(const std::string& text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

/// Texts that many facts share stand once, and the facts name their places.
class Strings {
  public:
    std::uint64_t of(const std::string& plain) {
        const auto [found, fresh] = places_.emplace(plain, list_.size());
        if (fresh) {
            list_.push_back(bounded(plain));
            bytes_ += cost(list_.back());
        }
        return found->second;
    }
    std::size_t bytes() const { return bytes_; }
    std::size_t size() const { return list_.size(); }
    /// Forgets what came after the first `size`.
    void shrink(std::size_t size) {
        for (; list_.size() > size; list_.pop_back()) bytes_ -= cost(list_.back());
        std::erase_if(places_, [&](const auto& place) { return place.second >= size; });
    }
    const std::vector<std::string>& list() const { return list_; }

  private:
    static std::size_t cost(const std::string& shown) { return in_script(quoted(shown)).size() + 1; }
    std::unordered_map<std::string, std::uint64_t> places_;
    std::vector<std::string> list_;
    std::size_t bytes_ = 0;
};

/// What selects the rows; statistic and files stand with the fact itself.
std::string rows_of(const ReportFact& fact) {
    std::string out;
    for (const auto& [key, value] : fact.selector)
        if (key != "statistic" && key != "artifacts" && key != "column" && key != "more")
            join(out, "; ", {key, " ", value});
    return out;
}

/// Files that are not among those named here.
std::uint64_t more_files(const ReportFact& fact) {
    std::uint64_t more = fact.artifacts.size() - std::min(fact.artifacts.size(), most_files), left_out = 0;
    for (const auto& [key, value] : fact.selector)
        if (key == "more" && std::from_chars(value.data(), value.data() + value.size(), left_out).ec == std::errc{})
            more += left_out;
    return more;
}

void write_fact(JsonWriter& json, const ReportFact& fact, Strings& strings) {
    json.array().value(fact.id).value(strings.of(subject_text(fact))).value(strings.of(fact.metric));
    json.value(strings.of(fact.stat)).value(bounded(fact.display)).value(fact.value).value(strings.of(fact.unit));
    json.value(bounded(fact.interval)).value(fact.n).value(fact.n_failed).value(fact.n_suspect).value(fact.n_missing);
    json.value(strings.of(fact.method)).value(strings.of(rows_of(fact))).array();
    for (std::size_t i = 0; i < std::min(fact.artifacts.size(), most_files); ++i)
        json.value(strings.of(fact.artifacts[i]));
    json.end().value(more_files(fact)).array();
    for (std::size_t i = 0; i < std::min(fact.evidence.size(), most_places); ++i) {
        const Evidence& place = fact.evidence[i];
        json.array().value(strings.of(place.artifact)).value(place.row).value(place.line).value(bounded(place.pointer));
        json.value(bounded(place.excerpt)).end();
    }
    json.end().end();
}

} // namespace

std::string evidence_json(const Page& page, std::size_t most_bytes) {
    Strings strings;
    JsonWriter rows, one;
    rows.array();
    std::unordered_set<std::string_view> done;
    // What stands around the facts, the options' texts among it.
    std::size_t known = 0, bytes = 2'000 + 2 * in_script(quoted(page.full_report) + quoted(page.source_url)).size();
    bool full = false;
    const auto add = [&](const ReportFact& fact) {
        if (full || !done.insert(fact.id).second) return;
        one.clear();
        const std::size_t before = strings.size();
        write_fact(one, fact, strings);
        const std::string escaped = in_script(one.text());
        full = bytes + escaped.size() + 1 + strings.bytes() > most_bytes;
        if (full) return strings.shrink(before);
        bytes += escaped.size() + 1;
        rows.raw(escaped);
        ++known;
    };
    for (const auto& id : page.linked)
        if (const auto* fact = page.facts.find(id)) add(*fact);
    for (const auto& fact : page.facts.all) add(fact);
    rows.end();
    JsonWriter json;
    json.object().key("columns").array();
    for (const char* column : {"id", "subject", "metric", "stat", "display", "value", "unit", "interval", "n",
                               "n_failed", "n_suspect", "n_missing", "method", "rows", "files", "more", "places"})
        json.value(column);
    json.end().field("full_report", page.full_report).field("source_url", page.source_url);
    json.field("here", std::uint64_t{known}).field("all", std::uint64_t{page.facts.all.size()});
    json.key("strings").array();
    for (const auto& text : strings.list()) json.raw(in_script(quoted(text)));
    json.end().key("facts").raw(rows.text()).end();
    return in_script(json.text()); // the options' texts as well; the rest is so already
}

} // namespace assay::html
