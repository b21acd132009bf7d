// A parser without ASSAY_PLUGIN behind it.
#include <assay/sdk.hpp>

class Forgotten final : public assay::Parser {
  public:
    static constexpr assay::Manifest manifest{.id = "forgotten", .summary = "no entry"};
    assay::Confidence probe(const assay::Head&) const override { return {}; }
    void parse(assay::Input&, assay::Sink&) override {}
};
