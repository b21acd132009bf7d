#pragma once
// The answers of the report on one screen of a terminal.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct TerminalReport : Renderer {
    static constexpr Manifest manifest{
        .id = "terminal", .summary = "the answers on one screen of a terminal", .console = true};
    option<std::int64_t> width{*this, "width", 0, at_least(0), "columns of the terminal; 0: 80"};
    option<std::int64_t> lines{*this, "lines", 40, at_least(0), "most lines; 0: as many as there are"};
    option<bool> colour{*this, "colour", false, "ANSI colours"};
    option<bool> ascii{*this, "ascii", false, "nothing beyond ASCII, for terminals without UTF-8"};
    option<std::string> full_report{*this, "full_report", "",
                                    "what holds everything, named at the end; empty: not named"};

    void render(const Report& report, Output& out) override;
};

} // namespace assay
