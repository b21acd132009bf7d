#include "github_report.hpp"

ASSAY_PLUGIN(assay::GithubReport)
