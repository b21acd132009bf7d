#pragma once
// Gates as tests, in the XML that CI servers read (JUnit's, as Jenkins has it). Without gates each finding is a test.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct JunitReport : Renderer {
    static constexpr Manifest manifest{.id = "junit",
                                       .summary = "gates as tests, in JUnit's XML; findings where there are no gates",
                                       .extensions = {".xml"},
                                       .on_request = true};
    option<std::string> fails{*this, "fails", "high", choices({"critical", "high", "medium", "low", "info"}),
                              "where there are no gates: findings as severe as this are failed tests"};
    option<std::int64_t> tests{*this, "findings", 1000, at_least(1),
                               "most findings, the worst first; how many are left out is told"};

    void render(const Report& report, Output& out) override;
};

} // namespace assay
