// A parser of BREC, a small binary record format. All numbers are little-endian.
//
//     "BREC", u16 version (1), u16 number of columns
//     per column: u8 kind, then its name and its unit, each as u8 length and UTF-8 bytes
//     records to the end of the file; a record has one cell per column:
//         't'  i64  time in microseconds since 1970 UTC
//         'd'  f64  measurement; NaN where there is none
//         's'  i32  exit status
#include <assay/bytes.hpp>
#include <assay/sdk.hpp>
#include <cmath>

namespace {

std::string short_text(assay::ByteReader& bytes) {
    const std::size_t size = bytes.get<std::uint8_t>();
    const std::string_view text = bytes.rest().substr(0, size);
    if (!bytes.ok() || text.size() < size) throw assay::Failure{"truncated", "the file ends within its header"};
    bytes.skip(size);
    return std::string{text};
}

std::size_t cell_bytes(const assay::Field& field) { return field.role == "status" ? 4 : 8; }

void copy_cell(assay::ByteReader& bytes, const assay::Field& field, assay::Table& table) {
    if (field.role == "status") {
        table.integer(bytes.get<std::int32_t>());
    } else if (field.role == "timestamp") {
        table.time(bytes.get<std::int64_t>());
    } else if (const double value = bytes.get<double>(); std::isnan(value)) {
        table.null(); // absent is not zero
    } else {
        table.real(value);
    }
}

class Brec final : public assay::Parser {
  public:
    static constexpr assay::Manifest manifest{.id = "brec", .summary = "BREC binary records", .extensions = {".brec"}};
    assay::option<std::string> better{*this, "better", "lower", assay::choices({"lower", "higher"}), "which is better"};

    assay::Confidence probe(const assay::Head& head) const override {
        return head.bytes.starts_with("BREC") ? assay::Confidence{95, "begins with BREC"} : assay::Confidence{};
    }

    void parse(assay::Input& in, assay::Sink& out) override {
        assay::ByteReader bytes{in.view()};
        bytes.skip(4);
        if (const int version = bytes.get<std::uint16_t>(); version != 1)
            throw assay::Failure{"bad-version", "BREC version " + std::to_string(version) + ", expected 1"};
        std::vector<assay::Field> fields(bytes.get<std::uint16_t>());
        std::size_t record = 0;
        for (assay::Field& field : fields) record += cell_bytes(field = read_field(bytes));
        if (record == 0) throw assay::Failure{"no-columns", "the header names no columns"};

        assay::Table table = out.table("records", fields);
        while (bytes.rest().size() >= record) {
            for (const assay::Field& field : fields) copy_cell(bytes, field, table);
            table.end_row();
        }
        if (bytes.rest().empty()) return;
        table.reject(1);
        out.diagnose({.code = "truncated", .message = "the last record is incomplete", .table = "records"});
    }

  private:
    assay::Field read_field(assay::ByteReader& bytes) const {
        const char kind = bytes.get<char>();
        const std::string name = short_text(bytes), unit = short_text(bytes);
        if (kind == 't') return {.name = name, .type = assay::Type::time, .role = "timestamp"};
        if (kind == 's') return {.name = name, .type = assay::Type::integer, .role = "status"};
        if (kind != 'd') throw assay::Failure{"bad-column", "column '" + name + "' is of an unknown kind"};
        return {.name = name, .type = assay::Type::real, .unit = unit, .role = "metric", .direction = *better};
    }
};

} // namespace

ASSAY_PLUGIN(Brec)
