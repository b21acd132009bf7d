// Calls a function that no library given to the linker has.
#include <assay/sdk.hpp>

int elsewhere();

class Undefined final : public assay::Parser {
  public:
    static constexpr assay::Manifest manifest{.id = "undefined", .summary = "not linked"};
    assay::Confidence probe(const assay::Head&) const override { return {elsewhere(), "elsewhere"}; }
    void parse(assay::Input&, assay::Sink&) override {}
};

ASSAY_PLUGIN(Undefined)
