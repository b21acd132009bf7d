#pragma once
// What a narrative may draw upon: counts of files and rows, the figures that the report shows first, and findings.
#include <assay/severity.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {
class Corpus;
class Fragment;
} // namespace assay

namespace assay::narrative {

/// A count of files or rows, and the fact that holds it.
struct Count {
    std::uint64_t value = 0;
    std::string fact; ///< id in the report
};

/// A metric in one group: a median with its interval, or an only value.
struct Figure {
    std::string fact, metric, stat, display, unit, direction;
    std::vector<std::string> levels; ///< what tells the group from the others: "gemma3:latest"
    std::optional<double> value, low, high, level;
    std::string interval; ///< as shown, with the level it attains where that falls short
    std::optional<std::uint64_t> n, failed;
};

/// One metric over the groups of a dataset.
struct Family {
    std::string dataset, metric, unit, direction;
    std::vector<std::string> dimensions; ///< names of the levels
    std::vector<Figure> figures;         ///< best first where the direction is known
    std::string note;
};

struct Found {
    std::string fingerprint, scope, message, fix, place, excerpt; ///< place: the first file of its evidence
    std::optional<std::uint64_t> k, n;
};

/// All findings of one rule and severity: one thing to say.
struct Gap {
    std::string rule, slug, severity;
    std::vector<Found> found; ///< the report's order: worst first
};

/// Failed rows of a dataset, and of the folder that they lie in.
struct Failures {
    std::string dataset, folder; ///< folder: empty where all rows of the dataset lie there
    Count failed, rows, folder_rows;
};

struct Material {
    Count files, claimed, unclaimed, unread, skipped, copies, rows, rows_ok, rows_failed;
    std::vector<std::pair<std::string, Count>> types; ///< claimed files by parser
    std::vector<std::string> unclaimed_names, unread_names;
    std::vector<Failures> failures;
    std::vector<Family> families;                           ///< in the order in which the report shows them
    std::vector<Gap> gaps;                                  ///< worst first
    std::map<std::string, std::vector<std::string>> waived; ///< fingerprints of findings that were accepted, by rule
};

/// "75 of 100", "75"; empty where nothing was counted.
std::string k_of_n(const Found& found);

/// Reads what the stages before gave, and gives the counts as facts where no other stage has.
Material read_material(const Corpus& corpus, Fragment& out);

} // namespace assay::narrative
