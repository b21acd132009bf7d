#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>
#include <assay/visible_text.hpp>
#include <unordered_map>

namespace assay::html {
namespace {

constexpr std::size_t most_places = 5;

/// As a reader may safely see it, and of no more than a few hundred bytes.
std::string bounded(std::string_view plain) {
    constexpr std::size_t most = 400;
    return visible(plain.substr(0, most)) + (plain.size() > most ? "…" : "");
}

/// Texts that many facts share stand once, and the facts name their places.
class Strings {
  public:
    std::uint64_t of(const std::string& plain) {
        const auto [found, fresh] = places_.emplace(plain, list_.size());
        if (fresh) {
            list_.push_back(bounded(plain));
            bytes_ += in_script(list_.back()).size() + 8 + list_.back().size() / 4; // quotes and backslashes
        }
        return found->second;
    }
    std::size_t bytes() const { return bytes_; }
    const std::vector<std::string>& list() const { return list_; }

  private:
    std::unordered_map<std::string, std::uint64_t> places_;
    std::vector<std::string> list_;
    std::size_t bytes_ = 0;
};

std::string quoted(const std::string& text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

/// What selects the rows; statistic and files stand with the fact itself.
std::string rows_of(const ReportFact& fact) {
    std::string out;
    for (const auto& [key, value] : fact.selector)
        if (key != "statistic" && key != "artifacts" && key != "column") join(out, "; ", {key, " ", value});
    return out;
}

void write_fact(JsonWriter& json, const ReportFact& fact, Strings& strings) {
    json.array().value(fact.id).value(strings.of(subject_text(fact))).value(strings.of(fact.metric));
    json.value(strings.of(fact.stat)).value(bounded(fact.display)).value(fact.value).value(strings.of(fact.unit));
    json.value(bounded(fact.interval)).value(fact.n).value(fact.n_failed).value(fact.n_suspect).value(fact.n_missing);
    json.value(strings.of(fact.method)).value(strings.of(rows_of(fact))).array();
    for (const auto& path : fact.artifacts) json.value(strings.of(path));
    json.end().array();
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
    std::size_t known = 0, bytes = 2'000; // of what stands around the facts
    bool full = false;
    const auto add = [&](const ReportFact& fact) {
        if (full || !done.insert(fact.id).second) return;
        one.clear();
        write_fact(one, fact, strings);
        const std::string escaped = in_script(one.text());
        bytes += escaped.size() + 1;
        full = bytes + strings.bytes() > most_bytes;
        if (full) return;
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
                               "n_failed", "n_suspect", "n_missing", "method", "rows", "files", "places"})
        json.value(column);
    json.end().field("full_report", page.full_report).field("source_url", page.source_url);
    json.field("here", std::uint64_t{known}).field("all", std::uint64_t{page.facts.all.size()});
    json.key("strings").array();
    for (const auto& text : strings.list()) json.raw(in_script(quoted(text)));
    json.end().key("facts").raw(rows.text()).end();
    return json.take();
}

} // namespace assay::html
