#pragma once
// What stages give to the report, record by record: checked, bounded, in order of arrival.
#include "report/model.hpp"
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

/// Facts beyond this are cut by rank, and counted.
inline constexpr std::size_t most_facts = 50'000;

class Fragments {
  public:
    explicit Fragments(std::size_t facts_limit = most_facts);
    ~Fragments();
    Fragments(const Fragments&) = delete;
    Fragments& operator=(const Fragments&) = delete;

    /// Where the stage `name` puts its records; several stages may do so in turns. Valid as long as this.
    assay_fragment* of_stage(const std::string& name);
    /// Takes back all that a stage gave: it failed.
    void discard(const std::string& stage);

    std::size_t size(const std::string& stage, std::int32_t kind) const;
    std::string_view record(const std::string& stage, std::int32_t kind, std::size_t index) const;

    std::size_t facts_cut() const;
    /// Moves everything into the model, in order of stage and arrival.
    void move_into(Model& model);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace assay::report
