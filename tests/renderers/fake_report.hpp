#pragma once
// A report in memory, and a renderer driven over it through the C calls that a host uses.
#include <assay/sdk.hpp>
#include <assay/testkit.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace fake {

struct ReportData {
    std::string run = "{}", inventory = "{}", counts = "{}";
    std::map<std::int32_t, std::vector<std::string>> records = {};

    void add(std::int32_t kind, std::string json) { records[kind].push_back(std::move(json)); }
    void add(const assay::Section& section) { written(ASSAY_RECORD_SECTION, section); }
    void add(const assay::Fact& fact) { written(ASSAY_RECORD_FACT, fact); }
    /// Every JSON text of the report, one after another.
    std::string all_text() const {
        std::string all = run + '\n' + inventory + '\n' + counts + '\n';
        for (const auto& [kind, list] : records)
            for (const auto& json : list) all += json + '\n';
        return all;
    }

  private:
    /// As Fragment writes it.
    template <class Part> void written(std::int32_t expected, const Part& part) {
        struct Target {
            ReportData& data;
            std::int32_t expected;
        } target{*this, expected};
        assay_fragment out{
            sizeof(assay_fragment), &target,
            [](assay_fragment* self, std::int32_t kind, std::uint32_t, assay_str json, assay_error*) -> std::int32_t {
                auto& to = *static_cast<Target*>(self->self);
                if (kind != to.expected) return ASSAY_INTERNAL;
                to.data.add(kind, std::string{assay::view(json)});
                return ASSAY_OK;
            }};
        assay::Fragment fragment{out, part.stage.empty() ? "statistics" : part.stage};
        fragment.add(part);
    }
};

struct Rendered {
    std::int32_t code = ASSAY_OK;
    std::string reason, text;
};

namespace detail {
struct Source {
    const ReportData& data;
    std::string current; ///< "valid until the next call": overwritten by each
};
} // namespace detail

template <class Renderer> Rendered render(const ReportData& data, const assay::testkit::Options& options = {}) {
    Renderer renderer;
    const assay_renderer* calls = assay::detail::renderer_calls<Renderer>();
    assay::detail::ErrorText error;
    Rendered out;
    const assay::testkit::detail::OptionTree tree{options};
    out.code = calls->configure(&renderer, tree.root(), &error.error);
    detail::Source source{data, {}};
    const assay_report report{sizeof(assay_report),
                              &source,
                              assay::to_abi(data.run),
                              assay::to_abi(data.inventory),
                              assay::to_abi(data.counts),
                              [](const assay_report* self, std::int32_t kind) -> std::size_t {
                                  const auto& records = static_cast<detail::Source*>(self->self)->data.records;
                                  const auto found = records.find(kind);
                                  return found == records.end() ? 0 : found->second.size();
                              },
                              [](const assay_report* self, std::int32_t kind, std::size_t index) -> assay_str {
                                  auto& from = *static_cast<detail::Source*>(self->self);
                                  from.current = from.data.records.at(kind).at(index);
                                  return assay::to_abi(from.current);
                              },
                              nullptr};
    assay_sink sink{sizeof(assay_sink), &out.text,
                    [](assay_sink* self, const void* bytes, std::size_t size) -> std::int32_t {
                        static_cast<std::string*>(self->self)->append(static_cast<const char*>(bytes), size);
                        return ASSAY_OK;
                    }};
    if (out.code == ASSAY_OK) out.code = calls->render(&renderer, &report, &sink, &error.error);
    out.reason = error.reason;
    return out;
}

/// What a renderer that does not fail writes.
template <class Renderer> std::string rendered(const ReportData& data, const assay::testkit::Options& options = {}) {
    const auto out = render<Renderer>(data, options);
    BOOST_REQUIRE_MESSAGE(out.code == ASSAY_OK, out.reason);
    return out.text;
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace fake
