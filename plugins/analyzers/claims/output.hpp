#pragma once
// What the report gets: facts that claims rest on, the claims, findings and a section.
#include "claims/document.hpp"
#include "claims/rule.hpp"
#include "claims/verdict.hpp"
#include <assay/report.hpp>
#include <set>

namespace assay::claims {

struct Judged {
    std::string path;
    Document document;
    std::vector<Verdict> verdicts;
    std::vector<Fired> fired; ///< on its text
};

/// `paths`: of all artifacts, by index. `left_out`: what was not looked at, in sentences.
void give(const std::vector<std::string>& paths, const std::vector<Judged>& all,
          const std::vector<std::string>& left_out, Fragment& out);

} // namespace assay::claims
