// A parser that is well-behaved the first time it reads a content, and not the second time.
#include <assay/sdk.hpp>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string kind_in(std::string_view bytes) {
    const std::string_view tag = "second: ";
    if (bytes.substr(0, tag.size()) != tag) return {};
    bytes.remove_prefix(tag.size());
    return std::string{bytes.substr(0, bytes.find('\n'))};
}

[[noreturn]] void hang_for_good() {
    for (;;) std::this_thread::sleep_for(std::chrono::seconds{1});
}

void eat() {
    std::vector<std::vector<char>> all;
    for (;;) {
        all.emplace_back(std::size_t{64} << 20U);
        std::memset(all.back().data(), 1, all.back().size());
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

struct SecondReading : assay::Parser {
    static constexpr assay::Manifest manifest{.id = "second-reading", .summary = "fails when it reads once more"};
    assay::option<std::string> seen{*this, "seen", "", "folder that remembers what was read"};

    assay::Confidence probe(const assay::Head& head) const override {
        return kind_in(head.bytes).empty() ? assay::Confidence{} : assay::Confidence{99, "says 'second'"};
    }
    void parse(assay::Input& in, assay::Sink& out) override {
        const auto kind = kind_in(in.view());
        const std::string marker = *seen + "/" + kind;
        const bool again = std::ifstream{marker}.is_open();
        if (!again) std::ofstream{marker} << "read";
        if (!again && kind == "changed") std::ofstream{*seen + "/../tree/changed.second", std::ios::app} << "more\n";
        auto table =
            out.table(again && kind == "name" ? "others" : "rows",
                      {{.name = "model", .type = assay::Type::text}, {.name = "tokens_s", .type = assay::Type::real}});
        table.row("a", 1.5);
        table.row("a", 2.5);
        if (again && kind == "crash") std::raise(SIGSEGV);
        if (again && kind == "hang") hang_for_good();
        if (again && kind == "memory") eat();
        if (again && kind == "fail") throw assay::Failure{"truncated", "it ends too early"};
        if (again && kind == "more") table.row("a", 3.5);
        table.end();
    }
};

} // namespace

ASSAY_PLUGIN(SecondReading)
