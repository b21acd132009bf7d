#pragma once
// Findings as SARIF 2.1.0 (OASIS), the form that code scanning reads.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct SarifReport : Renderer {
    static constexpr Manifest manifest{.id = "sarif",
                                       .summary = "findings as SARIF 2.1.0, for code scanning",
                                       .extensions = {".sarif"},
                                       .on_request = true};
    option<std::string> base{*this, "base", "",
                             "put before each path, such as benchmarks/, so that it begins at the repository's root"};
    option<std::string> help_uri{*this, "help_uri", "",
                                 "where rules are described; {rule} and {slug} are replaced; empty: not given"};
    option<std::int64_t> results{*this, "results", 5000, at_least(1),
                                 "most results, the worst first; how many are left out is told"};

    void render(const Report& report, Output& out) override;
};

} // namespace assay
