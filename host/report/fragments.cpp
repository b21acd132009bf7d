#include "report/fragments.hpp"
#include <algorithm>
#include <simdjson.h>
#include <unordered_set>

namespace assay::report {

struct Record {
    std::uint32_t rank;
    std::string_view text;
    std::string_view id; ///< of a fact
};
using Records = std::vector<Record>;

namespace {

/// Keeps those of smallest rank; among equals those that come first. Answers how many were cut.
std::size_t keep_best(const std::vector<Records*>& lists, std::size_t limit) {
    std::vector<std::uint32_t> ranks;
    for (const auto* list : lists)
        for (const auto& record : *list) ranks.push_back(record.rank);
    if (ranks.size() <= limit) return 0;
    std::nth_element(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(limit), ranks.end());
    const std::uint32_t last = ranks[limit];
    const auto below =
        static_cast<std::size_t>(std::count_if(ranks.begin(), ranks.end(), [&](auto r) { return r < last; }));
    std::size_t room = limit - below;
    for (auto* list : lists)
        std::erase_if(*list, [&](const Record& record) {
            if (record.rank < last) return false;
            if (record.rank == last && room > 0) return --room, false;
            return true;
        });
    return ranks.size() - limit;
}

} // namespace

class StageRecords {
  public:
    StageRecords(std::string stage, std::size_t limit) : name{std::move(stage)}, facts_limit_{limit} {}

    std::string add(std::int32_t kind, std::uint32_t rank, std::string_view text, const Block& block) {
        const auto refusal = [&](const std::string& message) { return "stage '" + name + "' " + message; };
        if (kind < ASSAY_RECORD_FACT || kind > ASSAY_RECORD_SECTION)
            return refusal("gives a record of unknown kind " + std::to_string(kind));
        simdjson::dom::element record;
        if (parser_.parse(text.data(), text.size(), block == nullptr).get(record) != simdjson::SUCCESS ||
            !record.is_object())
            return refusal("gives a record that is not a JSON object: " + std::string{text.substr(0, 60)});
        std::string_view id;
        if (kind == ASSAY_RECORD_FACT) {
            if (record["id"].get(id) != simdjson::SUCCESS || id.empty()) return refusal("gives a fact without an id");
            id = id_texts_.keep(id);
            if (!ids_.insert(id).second) return refusal("gives fact " + std::string{id} + " twice");
        }
        keep(kind, {rank, text, id}, block);
        return {};
    }
    void discard() {
        for (auto& list : records) list.clear();
        ids_.clear();
        cut = 0;
    }
    bool has_fact(std::string_view id) const { return ids_.contains(id); }
    /// Some fact of this is one of the other's too.
    bool shares_facts(const StageRecords& other) const {
        const bool more_here = ids_.size() > other.ids_.size();
        const auto &fewer = more_here ? other.ids_ : ids_, &more = more_here ? ids_ : other.ids_;
        return std::any_of(fewer.begin(), fewer.end(), [&](auto id) { return more.contains(id); });
    }

    const std::string name;
    std::array<Records, record_kinds> records = {};
    std::size_t cut = 0;
    Texts texts = {};

  private:
    void keep(std::int32_t kind, Record record, const Block& block) {
        if (block)
            texts.keep(block);
        else
            record.text = texts.keep(record.text);
        Records& list = records[static_cast<std::size_t>(kind)];
        list.push_back(record);
        // Twice the limit is room enough to know which are to be kept without sorting at every record. A stage's
        // own facts decide alone, so that those who take from it see the same whatever runs beside it.
        if (kind != ASSAY_RECORD_FACT || list.size() <= 2 * facts_limit_) return;
        cut += keep_best({&list}, facts_limit_);
        let_go_of_cut();
    }
    /// What is left is copied together, so that a stage may give any number of facts.
    void let_go_of_cut() {
        Texts left;
        for (auto& list : records)
            for (Record& record : list) record.text = left.keep(record.text);
        texts = std::move(left);
    }
    std::size_t facts_limit_;
    Texts id_texts_ = {};
    std::unordered_set<std::string_view> ids_ = {}; ///< of all facts that were given
    simdjson::dom::parser parser_{};
};

Fragments::Fragments(std::size_t facts_limit) : facts_limit_{facts_limit} {}

Fragments::~Fragments() = default;

StageRecords& Fragments::of_stage(const std::string& name) {
    return *stages_.emplace_back(std::make_unique<StageRecords>(name, facts_limit_));
}

std::string Fragments::add(StageRecords& to, std::int32_t kind, std::uint32_t rank, std::string_view text,
                           const Block& block) {
    return to.add(kind, rank, text, block);
}

const StageRecords* Fragments::find(const std::string& stage) const {
    for (const auto& one : stages_)
        if (one->name == stage) return one.get();
    return nullptr;
}

void Fragments::discard(const std::string& stage) {
    for (auto& one : stages_)
        if (one->name == stage) one->discard();
}

std::size_t Fragments::size(const std::string& stage, std::int32_t kind) const {
    const auto* found = find(stage);
    return found && kind > 0 && kind < static_cast<std::int32_t>(record_kinds)
               ? found->records[static_cast<std::size_t>(kind)].size()
               : 0;
}

std::string_view Fragments::record(const std::string& stage, std::int32_t kind, std::size_t index) const {
    return index < size(stage, kind) ? find(stage)->records[static_cast<std::size_t>(kind)][index].text
                                     : std::string_view{};
}

/// Facts are looked up by id: of two stages that give the same, the first in the report's order has it.
std::size_t Fragments::drop_known_facts() {
    std::size_t dropped = 0;
    for (std::size_t later = 1; later < stages_.size(); ++later)
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (!stages_[later]->shares_facts(*stages_[earlier])) continue;
            dropped += std::erase_if(stages_[later]->records[ASSAY_RECORD_FACT],
                                     [&](const Record& fact) { return stages_[earlier]->has_fact(fact.id); });
        }
    return dropped;
}

void Fragments::move_into(Model& model) {
    std::vector<Records*> facts;
    for (auto& stage : stages_) {
        facts.push_back(&stage->records[ASSAY_RECORD_FACT]);
        cut_ += stage->cut;
    }
    cut_ += drop_known_facts();
    cut_ += keep_best(facts, facts_limit_);
    for (std::size_t kind = ASSAY_RECORD_FACT; kind <= ASSAY_RECORD_SECTION; ++kind) {
        Records ordered;
        for (auto& stage : stages_)
            ordered.insert(ordered.end(), stage->records[kind].begin(), stage->records[kind].end());
        // Facts stand as their stages gave them; what readers see stands by rank.
        if (kind != ASSAY_RECORD_FACT)
            std::stable_sort(ordered.begin(), ordered.end(), [](auto& a, auto& b) { return a.rank < b.rank; });
        for (const auto& record : ordered) model.records[kind].push_back(record.text);
    }
    for (auto& stage : stages_) model.texts.keep(std::move(stage->texts));
}

} // namespace assay::report
