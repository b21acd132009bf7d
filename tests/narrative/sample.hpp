#pragma once
// A small corpus as a narrative sees it: two models that differ, two that cannot be told apart, two numbers of threads
// measured by two metrics, gaps of each kind.
#include "llm-summary/dialogue.hpp"
#include "llm-summary/verify_reply.hpp"
#include <deque>

namespace assay::test {

narrative::Material sample_material();

/// The table of that material, and ids by what they are about: the ids themselves are no part of any promise.
struct Sample {
    narrative::Material material = sample_material();
    narrative::FactTable table = narrative::build_fact_table(material, {});
    std::string id(narrative::Kind kind, std::string_view about) const; ///< its subject, rule or first source
    std::string figure(std::string_view model) const { return id(narrative::Kind::statistic, model); }
};
const Sample& sample();

/// An item of the section "findings" unless said otherwise. "@fast" and the like in text and cites stand for ids:
/// fast, slow (apart from each other), even1, even2 (not), rate4, rate8, wait4, wait8 (throughput and latency of "4"
/// and "8"), failed (75 of 100), once (36 of 36), rows (140), dark (35 of 36 files).
narrative::Item item(std::string text, std::vector<std::string> cites, std::vector<narrative::Claim> claims = {},
                     std::string section = "findings", std::string action = "none");
std::string with_ids(std::string text);

/// Rules that refuse it, each once.
std::vector<std::string> refusals(const narrative::Item& item);
bool refuses(const narrative::Item& item, std::string_view rule);
/// The text that would stand in the report; empty where it is refused.
std::string shown(const narrative::Item& item);

/// A reply as a model writes it.
std::string reply_json(const std::vector<narrative::Item>& items);
std::string selection_json(const std::vector<std::string>& ids);
/// Answers with these texts, one after another; then fails as unreachable.
chat::Ask scripted(std::deque<std::string> texts);

} // namespace assay::test
