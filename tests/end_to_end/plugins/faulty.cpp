// A parser, an analyzer and a renderer that do what no plugin should, on request. A file says "fault: KIND" in its
// first line.
#include <assay/sdk.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

namespace {

std::string kind_of(std::string_view text) {
    const std::string_view mark = "fault: ";
    if (!text.starts_with(mark)) return {};
    text.remove_prefix(mark.size());
    return std::string{text.substr(0, text.find('\n'))};
}

[[noreturn]] void crash() {
    std::signal(SIGSEGV, SIG_DFL); // a sanitizer's handler would end the process in its own way
    std::raise(SIGSEGV);
    std::abort();
}

/// Makes a file that tells that it hangs now.
[[noreturn]] void hang(const std::string& marker) {
    if (!marker.empty()) std::ofstream{marker} << "hangs";
    for (;;) std::this_thread::sleep_for(std::chrono::seconds{1});
}

[[noreturn]] void eat_memory() {
    constexpr std::size_t step = std::size_t{64} << 20U;
    std::vector<std::string> eaten;
    for (;;) {
        eaten.emplace_back(step, 'x');
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

/// Crashes where the file beside the artifact is not there yet, and makes it.
void crash_once(const std::string& marker) {
    if (std::ifstream{marker}) return;
    std::ofstream{marker} << "crashed";
    crash();
}

struct Faulty : assay::Parser {
    static constexpr assay::Manifest manifest{.id = "faulty", .summary = "does what it should not"};
    assay::option<std::string> marker{*this, "marker", "",
                                      "file that tells that it crashed once, hangs, or parsed; or that it changes"};

    assay::Confidence probe(const assay::Head& head) const override {
        const auto kind = kind_of(head.bytes);
        if (kind == "probe") crash();
        return kind.empty() ? assay::Confidence{} : assay::Confidence{99, "says 'fault'"};
    }
    void parse(assay::Input& in, assay::Sink& out) override {
        const auto kind = kind_of(in.view());
        if (kind == "crash") crash();
        if (kind == "abort") std::abort();
        if (kind == "hang") hang(*marker);
        if (kind == "memory") eat_memory();
        if (kind == "exit") std::_Exit(0);
        if (kind == "once") crash_once(*marker);
        if (kind == "trace") std::ofstream{*marker, std::ios::app} << "parsed\n";
        if (kind == "print") std::puts("a plugin's words on stdout"), std::fflush(stdout);
        const bool analyzer_too = kind == "analyzer";
        auto table = out.table(analyzer_too ? "crash" : "rows", {{.name = "value", .type = assay::Type::real}});
        table.row(1.5);
        table.end();
        if (kind == "garbage") give_garbage(out);
    }

    std::string survey(assay::Input& in, std::uint64_t begin, std::uint64_t) {
        if (kind_of(head(in)) == "survey" && begin > 0) crash();
        return {};
    }
    /// A row in each part; parts that begin where they say, or do not.
    void parse_part(assay::Input& in, assay::Part& part, assay::Sink& out) {
        const auto kind = kind_of(head(in));
        if (kind == "part" && !part.first()) crash();
        if (kind == "changes") change_file(part.first());
        auto table = out.table("rows", {{.name = "value", .type = assay::Type::real}});
        table.row(2.5);
        table.end();
        part.again = kind == "again";
        part.began = {part.begin, 1};
        part.ended = {kind == "places" ? part.end + 1 : part.end, 1};
    }

  private:
    /// The first part changes the file, named by `marker`, once the other has it open.
    void change_file(bool first) const {
        const std::string seen = *marker + ".seen";
        if (!first) {
            std::ofstream{seen} << "open";
            return;
        }
        for (int waited = 0; !std::ifstream{seen} && waited < 6000; ++waited)
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        std::ofstream{*marker, std::ios::app} << "more";
    }
    static std::string head(assay::Input& in) {
        std::string text(64, '\0');
        text.resize(in.read_at(0, text.data(), text.size()));
        return text;
    }
    /// A batch that says it has a thousand columns.
    static void give_garbage(assay::Sink& out) {
        auto& raw = out.raw();
        ArrowArray rows{};
        rows.length = 5;
        rows.n_children = 1000;
        assay::detail::ErrorText error;
        error.check(raw.batch(&raw, &rows, 0, nullptr, &error.error));
    }
};

/// Takes tables named "crash" at their word.
struct Fragile : assay::Analyzer {
    static constexpr assay::Manifest manifest{.id = "fragile", .summary = "dies of some tables"};
    assay::option<bool> from_the_start{*this, "from_the_start", false, "dies of every artifact"};
    assay::option<std::string> marker{*this, "marker", "", "file that tells that it hangs"};
    void artifact_begin(const assay_content&) override {
        if (*from_the_start) crash();
    }
    void table_begin(const assay_table& table) override {
        if (assay::view(table.name) == "crash") crash();
    }
    void save(std::string& out) const override { out += "x"; }
    void load(std::string_view) override { throw assay::BadState{"no state of mine"}; }
    assay::option<std::string> conclude{*this, "conclude", "",
                                        "crash: dies when it concludes; hang; junk: no JSON; load: reads no state"};
    void finish(const assay::Corpus& corpus, assay::Fragment& out) override {
        if (*conclude == "load") load(corpus.partial(0));
        assay::Section section{.title = "before the end"};
        out.add(section);
        if (*conclude == "crash") crash();
        if (*conclude == "hang") hang(*marker);
        if (*conclude == "junk") out.add(ASSAY_RECORD_FACT, "no JSON");
    }
};

/// Says that it sends something, and keeps a file.
struct Sender : assay::Analyzer {
    static constexpr assay::Manifest manifest{
        .id = "sender", .summary = "says what it would send", .folds = false, .network = true};
    assay::option<std::string> to{*this, "to", "", "where it would send it"};
    assay::option<std::string> keep{*this, "keep", "llm/1.json", "the file it keeps"};
    std::vector<std::string> sends() const override { return {"a word to " + *to, "and \x1b another"}; }
    void finish(const assay::Corpus&, assay::Fragment&) override { host().keep(*keep, "kept"); }
};

/// Writes something, and dies.
struct Breaks : assay::Renderer {
    static constexpr assay::Manifest manifest{.id = "breaks", .summary = "dies while it writes"};
    void render(const assay::Report&, assay::Output& out) override {
        out.write("half a report");
        crash();
    }
};

} // namespace

ASSAY_PLUGIN(Faulty, Fragile, Sender, Breaks)
