#include "report/model.hpp"
#include <assay/strings.hpp>

namespace assay::report {

AbiReport::AbiReport(const Model& model, GiveRows rows) : model_{model}, rows_{std::move(rows)}, report_{} {
    report_.struct_size = sizeof report_;
    report_.self = this;
    report_.run = to_abi(model.run);
    report_.inventory = to_abi(model.inventory);
    report_.summary = to_abi(model.counts);
    report_.n_records = [](const assay_report* report, std::int32_t kind) -> std::size_t {
        const auto& records = static_cast<const AbiReport*>(report->self)->model_.records;
        return kind > 0 && kind < static_cast<std::int32_t>(records.size())
                   ? records[static_cast<std::size_t>(kind)].size()
                   : 0;
    };
    report_.record = [](const assay_report* report, std::int32_t kind, std::size_t index) -> assay_str {
        const auto& records = static_cast<const AbiReport*>(report->self)->model_.records;
        if (kind <= 0 || kind >= static_cast<std::int32_t>(records.size())) return {nullptr, 0};
        const auto& list = records[static_cast<std::size_t>(kind)];
        return index < list.size() ? to_abi(list[index]) : assay_str{nullptr, 0};
    };
    if (!rows_) return;
    report_.rows = [](const assay_report* report, assay_row_receiver* to, assay_error* error) -> std::int32_t {
        if (!to || to->struct_size < sizeof *to || !to->table_begin || !to->batch || !to->table_end || !to->lost) {
            if (error && error->set)
                error->set(error, to_abi("bad-receiver"), to_abi("the receiver of rows lacks a call"));
            return ASSAY_FAILED;
        }
        return static_cast<const AbiReport*>(report->self)->rows_(*to, error);
    };
}

} // namespace assay::report
