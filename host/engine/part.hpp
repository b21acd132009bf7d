#pragma once
// One large content read in parts, side by side: each part is surveyed, then each is folded, then all are joined. What
// comes of it is what reading it as a whole gives; where a part cannot promise that, the content is read as a whole.
#include "engine/fold.hpp"
#include "engine/table_sink.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

struct ByteRange {
    std::uint64_t begin, end;
};

/// Ranges of about one size, cut where chunks of the digest are: as many as hold at most `enough` (not 0) bytes each,
/// or `most`.
std::vector<ByteRange> cut(std::uint64_t bytes, std::size_t most, std::uint64_t enough);

/// What is known of a part before it is folded.
struct PartSurvey {
    std::string refusal; ///< why the content is not read in parts; empty where it is
    std::string parser, claim_reason;
    std::string chunk_digests; ///< of its bytes
    std::string found;         ///< by the parser
};

/// What folding a part gave.
struct PartFold {
    std::string refusal; ///< as in PartSurvey
    bool again = false;  ///< all parts are to be folded once more; what follows is then empty but for `found`
    std::string found;   ///< by the parser
    assay_place began{}, ended{};
    ContentRecord record; ///< its remarks
    TableTally tally;
    std::vector<std::string> states;
};

/// A content that is read in parts.
struct Parts {
    std::vector<ByteRange> ranges;
    std::vector<std::optional<PartSurvey>> surveys;
    std::vector<std::optional<PartFold>> folds;
    ContentRecord record;           ///< as it is known once all is surveyed
    Replan replan;                  ///< what folding all parts has shown
    std::vector<std::string> known; ///< likewise, to the parser: of each part
    int round = 1;

    explicit Parts(std::vector<ByteRange> cut_at)
        : ranges{std::move(cut_at)}, surveys(ranges.size()), folds(ranges.size()) {}
    bool surveyed() const;
    bool folded() const;
    /// Once all is surveyed: the digest and the claim. False: the parts do not agree.
    bool identify(std::uint64_t bytes);
    /// Once all is folded: makes the record of the whole. `again`: plans must be wider, all is to be folded once more.
    /// False: the parts do not fit together.
    bool conclude(bool& again);

  private:
    void begin_round();
};

// In a worker each; for one thread at a time, as they use the stages' instances.
PartSurvey survey(const intake::Found& found, const ByteRange& range, Stages& stages, const FoldLimits& limits,
                  Activity& activity);
PartFold fold_part(const intake::Found& found, const Parts& parts, std::size_t part, Stages& stages,
                   const plan::Rules& rules, const FoldLimits& limits, Activity& activity);
/// Of a content whose parts are concluded. Nothing where its parser or an analyzer cannot join them, or the file has
/// changed since.
std::optional<Partial> join(const intake::Found& found, const Parts& parts, Stages& stages, const FoldLimits& limits,
                            Activity& activity);

void encode(const PartSurvey& survey, std::string& out);
std::optional<PartSurvey> decode_survey(std::string_view bytes);
void encode(const PartFold& fold, std::string& out);
std::optional<PartFold> decode_fold(std::string_view bytes);

} // namespace assay::engine
