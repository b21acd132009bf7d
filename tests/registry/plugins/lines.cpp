// A parser, an analyzer and a renderer as authors write them.
#include <assay/sdk.hpp>

namespace {

struct Lines : assay::Parser {
    static constexpr assay::Manifest manifest{
        .id = "lines", .summary = "one row a line", .version = "2.0.0", .extensions = {".txt"}};
    assay::option<std::int64_t> skip{*this, "skip", 0, assay::at_least(0), "lines to leave out at the top"};
    assay::option<assay::TextList> marks{*this, "marks", {}, "texts to look for"};

    void configured() override {
        if (*skip == 13) throw assay::BadOption{"13 brings bad luck"};
    }
    assay::Confidence probe(const assay::Head& head) const override {
        return {head.named(".txt") ? 10 : 0, "by name, " + std::to_string(marks->size()) + " marks"};
    }
    void parse(assay::Input& in, assay::Sink&) override {
        throw assay::Failure{"truncated", std::string{in.name()} + " ends too early"};
    }
};

struct Count : assay::Analyzer {
    static constexpr assay::Manifest manifest{.id = "count", .summary = "counts bytes", .provides = "count/1"};
    std::uint64_t bytes = 0;
    void artifact_begin(const assay_content& content) override { bytes = content.bytes; }
    void save(std::string& out) const override { out += std::to_string(bytes); }
    void load(std::string_view state) override {
        bytes = 0;
        for (const char c : state) {
            if (c < '0' || c > '9') throw assay::BadState{"not a count"};
            bytes = bytes * 10 + static_cast<std::uint64_t>(c - '0');
        }
    }
    void merge(std::string_view state) override {
        const std::uint64_t before = bytes;
        load(state);
        bytes += before;
    }
    void finish(const assay::Corpus&, assay::Fragment&) override { throw std::runtime_error{"nobody expected this"}; }
};

struct Over : assay::Analyzer {
    static constexpr assay::Manifest manifest{.id = "over", .summary = "over facts only", .folds = false};
    void finish(const assay::Corpus&, assay::Fragment&) override {}
};

struct Echo : assay::Renderer {
    static constexpr assay::Manifest manifest{.id = "echo", .summary = "the run block as it is"};
    void render(const assay::Report& report, assay::Output& out) override { out.write(report.run()); }
};

} // namespace

ASSAY_PLUGIN(Lines, Count, Over, Echo)
