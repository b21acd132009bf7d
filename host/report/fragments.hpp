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

/// What one stage gives.
class StageRecords;

class Fragments {
  public:
    explicit Fragments(std::size_t facts_limit = most_facts);
    ~Fragments();
    Fragments(const Fragments&) = delete;
    Fragments& operator=(const Fragments&) = delete;

    /// Where the stage `name` puts its records; several stages may do so in turns. Valid as long as this.
    StageRecords& of_stage(const std::string& name);
    /// Takes a record, and answers an empty text or why it does not. `block`: where it lies and stays, with room behind
    /// it for a parser to look at; null: it is copied.
    static std::string add(StageRecords& to, std::int32_t kind, std::uint32_t rank, std::string_view text,
                           const Block& block = nullptr);
    /// Takes back all that a stage gave: it failed.
    void discard(const std::string& stage);

    std::size_t size(const std::string& stage, std::int32_t kind) const;
    std::string_view record(const std::string& stage, std::int32_t kind, std::size_t index) const;

    std::size_t facts_cut() const { return cut_; }
    /// Moves everything into the model, in order of stage and arrival.
    void move_into(Model& model);

  private:
    const StageRecords* find(const std::string& stage) const;
    std::size_t drop_known_facts();
    std::size_t facts_limit_;
    std::vector<std::unique_ptr<StageRecords>> stages_;
    std::size_t cut_ = 0;
};

} // namespace assay::report
