#include "csv_export.hpp"
#include "csv_writer.hpp"
#include <assay/observations.hpp>

namespace assay {

void CsvExport::configured() {
    if (!dataset->empty() && *what != "observations")
        throw BadOption{"'dataset' goes with \"what\": \"observations\" only"};
}

void CsvExport::render(const Report& report, Output& out) {
    CsvWriter csv{out, *escape_formulas};
    if (*what == "facts") {
        flat::write_facts(report, csv);
    } else if (*what == "findings") {
        flat::write_findings(report, csv);
    } else if (dataset->empty()) {
        flat::TidyRows rows{report, csv};
        read_rows(report, rows);
    } else {
        flat::WideRows rows{report, *dataset, csv};
        read_rows(report, rows);
    }
    csv.flush();
}

} // namespace assay
