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
    };
    struct StageRecords {
        std::string name;
        std::array<std::vector<Record>, record_kinds> records;
    };

    std::size_t facts_limit;
    std::vector<std::unique_ptr<StageRecords>> stages;
    StageRecords* current = nullptr;
    std::unordered_set<std::string> ids;
    simdjson::dom::parser parser;
    assay_fragment abi{};
    std::size_t facts = 0, cut = 0;

    const StageRecords* find(const std::string& name) const {
        for (const auto& stage : stages)
            if (stage->name == name) return stage.get();
        return nullptr;
    }

    std::int32_t add(std::int32_t kind, std::uint32_t rank, std::string_view text, assay_error* error) {
        const auto refuse = [&](const std::string& message) {
            if (error && error->set) error->set(error, to_abi("bad-record"), to_abi(message));
            return ASSAY_FAILED;
        };
        if (kind < ASSAY_RECORD_FACT || kind > ASSAY_RECORD_SECTION)
            return refuse("stage '" + current->name + "' gives a record of unknown kind " + std::to_string(kind));
        simdjson::dom::element record;
        if (parser.parse(text.data(), text.size()).get(record) != simdjson::SUCCESS || !record.is_object())
            return refuse("stage '" + current->name +
                          "' gives a record that is not a JSON object: " + std::string{text.substr(0, 60)});
        if (kind == ASSAY_RECORD_FACT) {
            std::string_view id;
            if (record["id"].get(id) != simdjson::SUCCESS || id.empty())
                return refuse("stage '" + current->name + "' gives a fact without an id");
            if (!ids.emplace(id).second)
                return refuse("stage '" + current->name + "' gives fact " + std::string{id} + " twice");
            ++facts;
        }
        current->records[static_cast<std::size_t>(kind)].push_back({rank, std::string{text}});
        // Twice the limit is room enough to know which are to be kept without sorting at every record.
        if (facts > 2 * facts_limit) keep_best();
        return ASSAY_OK;
    }

    /// Keeps the facts of smallest rank; among equals those that came first.
    void keep_best() {
        if (facts <= facts_limit) return;
        std::vector<std::uint32_t> ranks;
        ranks.reserve(facts);
        for (const auto& stage : stages)
            for (const auto& fact : stage->records[ASSAY_RECORD_FACT]) ranks.push_back(fact.rank);
        std::nth_element(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(facts_limit), ranks.end());
        const std::uint32_t last = ranks[facts_limit];
        const auto below =
            static_cast<std::size_t>(std::count_if(ranks.begin(), ranks.end(), [&](auto r) { return r < last; }));
        std::size_t room = facts_limit - below;
        for (const auto& stage : stages)
            std::erase_if(stage->records[ASSAY_RECORD_FACT], [&](const Record& fact) {
                if (fact.rank < last) return false;
                if (fact.rank == last && room > 0) return --room, false;
                return true;
            });
        cut += facts - facts_limit;
        facts = facts_limit;
    }
};

Fragments::Fragments(std::size_t facts_limit) : state_{std::make_unique<State>()} {
    state_->facts_limit = facts_limit;
    state_->abi.struct_size = sizeof(assay_fragment);
    state_->abi.self = state_.get();
    state_->abi.add = [](assay_fragment* out, std::int32_t kind, std::uint32_t rank, assay_str json,
                         assay_error* error) {
        return static_cast<State*>(out->self)->add(kind, rank, view(json), error);
    };
}

Fragments::~Fragments() = default;

assay_fragment* Fragments::of_stage(const std::string& name) {
    state_->stages.push_back(std::make_unique<State::StageRecords>());
    state_->current = state_->stages.back().get();
    state_->current->name = name;
    return &state_->abi;
}

void Fragments::discard(const std::string& stage) {
    for (auto& s : state_->stages) {
        if (s->name != stage) continue;
        state_->facts -= s->records[ASSAY_RECORD_FACT].size();
        for (auto& list : s->records) list.clear();
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
    state_->keep_best();
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
