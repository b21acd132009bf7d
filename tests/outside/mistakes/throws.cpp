// Throws what no host expects.
#include <assay/sdk.hpp>

namespace {

class Throws final : public assay::Parser {
  public:
    static constexpr assay::Manifest manifest{.id = "throws", .summary = "throws", .extensions = {".throws"}};
    assay::Confidence probe(const assay::Head& head) const override {
        return head.bytes.starts_with("THROW") ? assay::Confidence{90, "begins with THROW"} : assay::Confidence{};
    }
    void parse(assay::Input& in, assay::Sink& out) override {
        assay::Table table = out.table("rows", {{.name = "x", .type = assay::Type::real}});
        table.row(1.0);
        if (in.view() == "THROW failure\n") throw assay::Failure{"bad-header", "the header has 3 fields, not 4"};
        if (in.view() == "THROW not mine\n") throw assay::NotMine{"it only looks like mine"};
        throw std::out_of_range{"vector::at: 7 is beyond 3"};
    }
};

} // namespace

ASSAY_PLUGIN(Throws)
