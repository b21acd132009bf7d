// Two steps, one turn of repair, then the template.
#include "narrative/sample.hpp"
#include <boost/test/unit_test.hpp>
#include <set>
#include <utility>

using namespace assay::test;
using namespace assay::narrative;

namespace {

const Item good = item("In the dataset batch runs, {@failed} failed.", {"@failed"});
const Item bad = item("In the dataset batch runs, 80 of the rows failed.", {"@failed"});
const Item other = item("The median token rate of {@fast.name} is {@fast}.", {"@fast"}, {}, "comparisons");

Written write(std::deque<std::string> replies) {
    return write_with(scripted(std::move(replies)), sample().material, sample().table, {}, {});
}

std::vector<std::string> statuses(const Written& written, std::string_view part) {
    std::vector<std::string> out;
    for (const Part& one : written.parts)
        if (one.id == part)
            for (const auto& sentence : one.sentences) out.push_back(sentence.status);
    return out;
}

bool tells(const Written& written, std::string_view text) {
    for (const Part& part : written.parts)
        for (const auto& sentence : part.sentences)
            if (sentence.text.find(text) != std::string::npos) return true;
    return false;
}

bool grave_findings_are_told(const Written& written) {
    std::set<std::string> told;
    for (const Part& part : written.parts)
        for (const auto& sentence : part.sentences) told.insert(sentence.sources.begin(), sentence.sources.end());
    return told.contains("gN6") && told.contains("gN2") && told.contains("gN14");
}

} // namespace

BOOST_AUTO_TEST_SUITE(narrative_dialogue)

BOOST_AUTO_TEST_CASE(what_passes_is_verified_and_what_is_passed_over_is_told_by_the_template) {
    const Written written = write({selection_json({"@failed", "@fast"}), reply_json({good, other})});
    BOOST_TEST(written.by == "scripted");
    BOOST_TEST(written.exchanges.size() == 2U);
    BOOST_TEST(written.tally.verified == 2U);
    BOOST_TEST(tells(written, "In the dataset “batch runs”, 75 of 100 rows failed."));
    BOOST_TEST(grave_findings_are_told(written));
    BOOST_TEST(statuses(written, "findings").front() == "verified");
    BOOST_TEST(statuses(written, "data").front() == "template");
}

BOOST_AUTO_TEST_CASE(what_fails_gets_one_turn_of_repair_with_the_violations) {
    std::vector<assay::chat::Request> asked;
    auto inner = scripted({selection_json({"@failed"}), reply_json({bad}), reply_json({good})});
    const Written written = write_with(
        [&](const assay::chat::Request& request) {
            asked.push_back(request);
            return inner(request);
        },
        sample().material, sample().table, {}, {});
    BOOST_REQUIRE(asked.size() == 3U);
    BOOST_TEST(asked[2].messages.back().text.find("item 1: V2") != std::string::npos);
    BOOST_TEST(written.tally.repaired == 1U);
    BOOST_TEST(statuses(written, "findings").front() == "repaired");
}

BOOST_AUTO_TEST_CASE(what_fails_again_gives_way_to_the_template_of_the_same_facts) {
    const Written written = write({selection_json({"@failed"}), reply_json({bad, other}), reply_json({bad})});
    BOOST_TEST(written.tally.generated == 2U);
    BOOST_TEST(written.tally.verified == 1U);
    BOOST_TEST(written.tally.replaced == 1U);
    BOOST_TEST(!tells(written, "80 of"));
    BOOST_TEST(statuses(written, "findings").front() == "replaced");
    BOOST_TEST(grave_findings_are_told(written));
}

BOOST_AUTO_TEST_CASE(a_model_that_cannot_be_reached_leaves_a_whole_narrative_and_the_reason) {
    const Written written = write({});
    BOOST_TEST(written.by == "template");
    BOOST_TEST(written.failure == "unreachable");
    BOOST_TEST(written.reason == "nobody listens");
    BOOST_TEST(written.parts.size() == narrate(sample().material).size());
}

BOOST_AUTO_TEST_CASE(a_wrong_canary_or_garbage_is_no_reply) {
    for (const char* text : {"", "no json", "[]", "{\"echo\":\"wrong\",\"sections\":[]}", "{\"echo\":1}"}) {
        const Written written = write({selection_json({"@failed"}), text, text});
        BOOST_TEST(written.by == "template", text);
        BOOST_TEST(written.failure == "bad-reply", text);
    }
}

BOOST_AUTO_TEST_CASE(a_selection_of_nothing_known_is_made_by_the_host) {
    const Written written = write({selection_json({"F999"}), reply_json({good})});
    BOOST_TEST(written.tally.verified == 1U);
}

BOOST_AUTO_TEST_CASE(a_selection_that_was_cut_off_is_made_by_the_host_too_but_no_other_failure) {
    const auto with = [](const char* failure) {
        auto inner = scripted({selection_json({"@failed"}), reply_json({good})});
        bool first = true;
        return write_with(
            [&](const assay::chat::Request& request) {
                auto reply = inner(request);
                if (std::exchange(first, false)) reply.failure = failure;
                return reply;
            },
            sample().material, sample().table, {}, {});
    };
    BOOST_TEST(with(assay::chat::failed::too_long).tally.verified == 1U);
    BOOST_TEST(with(assay::chat::failed::timed_out).failure == "timed-out");
}

BOOST_AUTO_TEST_CASE(every_list_that_a_model_is_asked_for_has_an_end) {
    for (const std::string& schema : {selection_schema(sample().table), reply_schema({"F001", "F002"})}) {
        std::size_t lists = 0, ends = 0;
        for (auto at = schema.find("\"array\""); at != std::string::npos; at = schema.find("\"array\"", at + 1))
            ++lists;
        for (auto at = schema.find("\"maxItems\""); at != std::string::npos; at = schema.find("\"maxItems\"", at + 1))
            ++ends;
        BOOST_TEST(lists >= 2U);
        BOOST_TEST(lists == ends);
    }
}

BOOST_AUTO_TEST_CASE(no_more_facts_are_to_be_phrased_than_a_reply_has_room_for) {
    std::vector<std::string> ids;
    for (const auto& fact : sample().table.facts) ids.push_back(fact.id);
    const Written written = write_with(scripted({selection_json(ids), reply_json({good})}), sample().material,
                                       sample().table, {}, {150, 120});
    const std::string& asked = written.exchanges[1].request.messages[1].text;
    BOOST_TEST(asked.find("findings: " + ids[0] + ' ' + ids[1] + '\n') != std::string::npos, asked);
    BOOST_TEST(*written.exchanges[1].request.most_tokens == 120U);
}

BOOST_AUTO_TEST_CASE(each_sentence_names_what_it_rests_on) {
    const Written written = write({selection_json({"@failed"}), reply_json({good})});
    for (const Part& part : written.parts)
        for (const auto& sentence : part.sentences)
            if (sentence.status != "template") BOOST_TEST(!sentence.sources.empty(), sentence.text);
}

BOOST_AUTO_TEST_CASE(the_tally_adds_up) {
    const Written written = write({selection_json({"@failed"}), reply_json({good, bad, other, bad}), reply_json({})});
    const Tally& t = written.tally;
    BOOST_TEST(t.generated == 4U);
    BOOST_TEST(t.generated == t.verified + t.repaired + t.replaced + t.dropped);
}

BOOST_AUTO_TEST_SUITE_END()
