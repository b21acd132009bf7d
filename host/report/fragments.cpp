#include "report/fragments.hpp"
#include <algorithm>
#include <assay/strings.hpp>
#include <simdjson.h>
#include <unordered_set>

namespace assay::report {

struct Fragments::State {
    struct Record {
        std::uint32_t rank;
        std::string text;
        std::string id = {}; ///< of a fact
    };
    using Records = std::vector<Record>;

    /// Keeps those of smallest rank; among equals those that come first. Answers how many were cut.
    static std::size_t keep_best(const std::vector<Records*>& lists, std::size_t limit) {
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

    struct StageRecords {
        StageRecords(std::string stage, std::size_t limit) : name{std::move(stage)}, facts_limit{limit} {}
        std::string name;
        std::size_t facts_limit;
        std::array<Records, record_kinds> records = {};
        std::unordered_set<std::string> ids = {};
        std::size_t cut = 0;
        simdjson::dom::parser parser{};
        assay_fragment abi = {};

        std::int32_t add(std::int32_t kind, std::uint32_t rank, std::string_view text, assay_error* error) {
            const auto refuse = [&](const std::string& message) {
                if (error && error->set)
                    error->set(error, to_abi("bad-record"), to_abi("stage '" + name + "' " + message));
                return ASSAY_FAILED;
            };
            if (kind < ASSAY_RECORD_FACT || kind > ASSAY_RECORD_SECTION)
                return refuse("gives a record of unknown kind " + std::to_string(kind));
            simdjson::dom::element record;
            if (parser.parse(text.data(), text.size()).get(record) != simdjson::SUCCESS || !record.is_object())
                return refuse("gives a record that is not a JSON object: " + std::string{text.substr(0, 60)});
            std::string_view id;
            if (kind == ASSAY_RECORD_FACT) {
                if (record["id"].get(id) != simdjson::SUCCESS || id.empty())
                    return refuse("gives a fact without an id");
                if (!ids.emplace(id).second) return refuse("gives fact " + std::string{id} + " twice");
            }
            Records& list = records[static_cast<std::size_t>(kind)];
            list.push_back({rank, std::string{text}, std::string{id}});
            // Twice the limit is room enough to know which are to be kept without sorting at every record. A stage's
            // own facts decide alone, so that those who take from it see the same whatever runs beside it.
            if (kind == ASSAY_RECORD_FACT && list.size() > 2 * facts_limit) cut += keep_best({&list}, facts_limit);
            return ASSAY_OK;
        }
    };
    std::size_t facts_limit;
    std::vector<std::unique_ptr<StageRecords>> stages;
    std::size_t cut = 0;

    const StageRecords* find(const std::string& name) const {
        for (const auto& stage : stages)
            if (stage->name == name) return stage.get();
        return nullptr;
    }
};

Fragments::Fragments(std::size_t facts_limit) : state_{std::make_unique<State>()} { state_->facts_limit = facts_limit; }

Fragments::~Fragments() = default;

assay_fragment* Fragments::of_stage(const std::string& name) {
    state_->stages.push_back(std::make_unique<State::StageRecords>(name, state_->facts_limit));
    State::StageRecords& stage = *state_->stages.back();
    stage.abi.struct_size = sizeof(assay_fragment);
    stage.abi.self = &stage;
    stage.abi.add = [](assay_fragment* out, std::int32_t kind, std::uint32_t rank, assay_str json, assay_error* error) {
        return static_cast<State::StageRecords*>(out->self)->add(kind, rank, view(json), error);
    };
    return &stage.abi;
}

void Fragments::discard(const std::string& stage) {
    for (auto& s : state_->stages) {
        if (s->name != stage) continue;
        for (auto& list : s->records) list.clear();
        s->cut = 0;
    }
}

std::size_t Fragments::size(const std::string& stage, std::int32_t kind) const {
    const auto* found = state_->find(stage);
    return found && kind > 0 && kind < static_cast<std::int32_t>(record_kinds)
               ? found->records[static_cast<std::size_t>(kind)].size()
               : 0;
}

std::string_view Fragments::record(const std::string& stage, std::int32_t kind, std::size_t index) const {
    return index < size(stage, kind)
               ? std::string_view{state_->find(stage)->records[static_cast<std::size_t>(kind)][index].text}
               : std::string_view{};
}

std::size_t Fragments::facts_cut() const { return state_->cut; }

void Fragments::move_into(Model& model) {
    std::vector<State::Records*> facts;
    for (auto& stage : state_->stages) {
        facts.push_back(&stage->records[ASSAY_RECORD_FACT]);
        state_->cut += stage->cut;
    }
    // Facts are looked up by id: of two stages that give the same, the first in the report's order has it.
    std::unordered_set<std::string> ids; // not views: erasing moves the facts
    for (auto* list : facts)
        state_->cut += std::erase_if(*list, [&](const auto& fact) { return !ids.insert(fact.id).second; });
    state_->cut += State::keep_best(facts, state_->facts_limit);
    for (std::size_t kind = ASSAY_RECORD_FACT; kind <= ASSAY_RECORD_SECTION; ++kind) {
        auto& out = model.records[kind];
        std::vector<std::pair<std::uint32_t, std::string*>> ordered;
        for (auto& stage : state_->stages)
            for (auto& record : stage->records[kind]) ordered.emplace_back(record.rank, &record.text);
        // Facts stand as their stages gave them; what readers see stands by rank.
        if (kind != ASSAY_RECORD_FACT)
            std::stable_sort(ordered.begin(), ordered.end(), [](auto& a, auto& b) { return a.first < b.first; });
        for (auto& [rank, text] : ordered) out.push_back(std::move(*text));
    }
}

} // namespace assay::report
