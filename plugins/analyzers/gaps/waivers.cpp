#include "gaps/waivers.hpp"
#include "gaps/family.hpp"
#include <assay/cell.hpp>
#include <assay/failure.hpp>

namespace assay::gaps {

namespace {

std::string say_expired(const Group& group, double) {
    return counted(group.k, "waiver has", "waivers have") +
           " expired, and what they covered counts again: " + most_frequent(group, 5);
}

} // namespace

const Rule expired_waiver{.id = "W1",
                          .slug = "expired-waiver",
                          .severity = Severity::medium,
                          .definition = "A waiver's last day is over.",
                          .fix = "Mend what it covers, or renew it with a reason that still holds.",
                          .looks_at = "waivers",
                          .statement = say_expired};

Waiver read_waiver(const std::string& key, const std::string& text) {
    const auto space = key.find(' ');
    const std::string name = key.substr(0, space);
    const Rule* rule = find_rule(name);
    if (rule == nullptr) throw BadOption{"waive: no rule is called '" + name + "'; `assay plugins gaps` lists them"};
    constexpr std::string_view word = "until ";
    const auto until = text.rfind(word);
    const auto day = until == std::string::npos ? std::nullopt : cell::time(text.substr(until + word.size()));
    std::string reason = text.substr(0, until == std::string::npos ? 0 : until);
    while (!reason.empty() && std::string_view{" ;,"}.find(reason.back()) != std::string_view::npos) reason.pop_back();
    if (!day || reason.empty())
        throw BadOption{"waive: '" + key +
                        "' needs a reason and a last day, as in \"known, to be measured again; until "
                        "2027-01-31\""};
    constexpr std::int64_t a_day = 86'400'000'000;
    return {rule, space == std::string::npos ? "" : key.substr(space + 1), reason, text.substr(until + word.size()),
            day->microseconds + a_day};
}

} // namespace assay::gaps
