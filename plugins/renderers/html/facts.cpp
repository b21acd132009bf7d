#include "facts.hpp"

namespace assay::html {

const ReportFact* FactIndex::find(std::string_view id) const {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : &all[found->second];
}

FactIndex read_facts(const Report& report, RecordReader& reader) {
    FactIndex index;
    const std::size_t n = report.size(ASSAY_RECORD_FACT);
    index.all.reserve(n);
    for (std::size_t i = 0; i < n; ++i) index.all.push_back(reader.fact(report.record(ASSAY_RECORD_FACT, i)));
    index.by_id.reserve(n);
    for (std::size_t i = 0; i < n; ++i) index.by_id.emplace(index.all[i].id, i);
    return index;
}

const std::string* subject_value(const ReportFact& fact, std::string_view key) {
    for (const auto& [name, value] : fact.subject)
        if (name == key) return &value;
    return nullptr;
}

std::string subject_text(const ReportFact& fact) {
    std::string out;
    for (const auto& [name, value] : fact.subject)
        if (name != "dataset") join(out, ", ", {name, " ", value});
    return out;
}

} // namespace assay::html
