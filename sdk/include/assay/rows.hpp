#pragma once
// For renderers of all rows: the tables behind the report, row by row, whatever their size.
#include <assay/analyzer.hpp>
#include <assay/report.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace assay {

/// A table whose rows follow.
struct RowTable {
    std::size_t artifact; ///< index of its record in the report
    std::size_t table;    ///< index among the tables of that record
    const assay_table& plan;
};

/// Takes tables one after another, in path order: table, rows..., table_end.
class RowReceiver {
  public:
    virtual ~RowReceiver() = default;
    virtual void table(const RowTable& table) = 0;
    virtual void rows(const Batch& batch) = 0;
    virtual void table_end() {}
    /// None of this artifact's rows can be had any more.
    virtual void lost(std::size_t /*artifact*/, std::string_view /*reason_code*/, std::string_view /*reason*/) {}
};

/// A renderer that calls `read_rows`; its manifest says `.needs = {"rows"}`.
class RowsRenderer : public Renderer {
  public:
    /// False where the options it was given ask for no rows: then no artifact is read once more.
    virtual bool needs_rows() const { return true; }
};

namespace detail {
/// A RowReceiver as the host calls it; what it throws waits here until the host has returned.
struct RowCalls {
    RowReceiver& to;
    const assay_table* plan = nullptr;
    std::exception_ptr thrown = nullptr;

    template <class Work> static std::int32_t call(assay_row_receiver* self, Work work) noexcept {
        auto& calls = *static_cast<RowCalls*>(self->self);
        try {
            work(calls);
            return ASSAY_OK;
        } catch (...) {
            calls.thrown = std::current_exception();
            return ASSAY_FAILED;
        }
    }
    assay_row_receiver abi() {
        assay_row_receiver out{};
        out.struct_size = sizeof out;
        out.self = this;
        out.table_begin = [](assay_row_receiver* self, const assay_row_table* table, assay_error*) -> std::int32_t {
            return call(self, [&](RowCalls& calls) {
                calls.plan = table->plan;
                calls.to.table({table->artifact, table->table, *table->plan});
            });
        };
        out.batch = [](assay_row_receiver* self, const assay_batch* batch, assay_error*) -> std::int32_t {
            return call(self, [&](RowCalls& calls) { calls.to.rows(Batch{*batch, *calls.plan}); });
        };
        out.table_end = [](assay_row_receiver* self, assay_error*) -> std::int32_t {
            return call(self, [](RowCalls& calls) { calls.to.table_end(); });
        };
        out.lost = [](assay_row_receiver* self, std::size_t artifact, assay_str code, assay_str reason,
                      assay_error*) -> std::int32_t {
            return call(self, [&](RowCalls& calls) { calls.to.lost(artifact, view(code), view(reason)); });
        };
        return out;
    }
};
} // namespace detail

/// Gives all rows to `to`. May be called more than once.
inline void read_rows(const Report& report, RowReceiver& to) {
    const assay_report& abi = report.abi();
    if (abi.struct_size < offsetof(assay_report, rows) + sizeof abi.rows || abi.rows == nullptr)
        throw Failure{"no-rows", "this report has no rows behind it"};
    detail::RowCalls calls{to};
    assay_row_receiver receiver = calls.abi();
    detail::ErrorText error;
    const std::int32_t code = abi.rows(&abi, &receiver, &error.error);
    if (calls.thrown) std::rethrow_exception(calls.thrown);
    error.check(code);
}

} // namespace assay
