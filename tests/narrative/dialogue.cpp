// Two steps, one turn of repair, then the template.
#include "llm-summary/chat/tokens.hpp"
#include "narrative/sample.hpp"
#include <boost/test/unit_test.hpp>
#include <regex>
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
        for (const auto& sentence : part.sentences)
            if (part.id != "recommendations" && sentence.text.find("not told here") == std::string::npos)
                told.insert(sentence.sources.begin(), sentence.sources.end());
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
    BOOST_TEST(written.note.find("the reply selects no fact") != std::string::npos, written.note);
    BOOST_TEST(write({selection_json({"@failed"}), reply_json({good})}).note == "");
}

BOOST_AUTO_TEST_CASE(a_selection_that_was_cut_off_is_made_by_the_host_too_but_no_other_failure) {
    const auto with = [](const char* failure) {
        auto inner = scripted({selection_json({"@failed"}), reply_json({good})});
        bool first = true;
        return write_with(
            [&](const assay::chat::Request& request) {
                auto reply = inner(request);
                if (std::exchange(first, false)) reply.failure = failure, reply.reason = "it came to nothing";
                return reply;
            },
            sample().material, sample().table, {}, {});
    };
    for (const char* without : {assay::chat::failed::too_long, assay::chat::failed::no_text}) {
        BOOST_TEST(with(without).tally.verified == 1U, without);
        BOOST_TEST(with(without).note ==
                   "The model selected no facts (it came to nothing): those of most relevance were taken.");
    }
    BOOST_TEST(with(assay::chat::failed::timed_out).failure == "timed-out");
}

BOOST_AUTO_TEST_CASE(the_canary_stands_in_the_first_line_alone) {
    const std::string canary = canary_of(sample().table);
    const std::regex form{"[0-9]{4}-[0-9]{4}-[0-9]{4}"};
    BOOST_TEST(std::regex_match(canary, form));
    const Selection selection{{{"findings", {sample().table.facts.front().id}}}};
    for (const auto& request :
         {selection_request(sample().table, {}, {}), phrasing_request(sample().table, selection, {}, {})}) {
        std::string all = request.schema;
        for (const auto& message : request.messages) all += message.text;
        BOOST_TEST(request.messages.front().text.starts_with("\"echo\": \"" + canary + "\"\n"));
        BOOST_TEST(all.find(canary) == all.rfind(canary));
        BOOST_TEST(request.messages.back().text.find("\"echo\":\"") == std::string::npos);
        BOOST_TEST(request.schema.find("\"pattern\":\"^[0-9]{4}-[0-9]{4}-[0-9]{4}$\"") != std::string::npos);
    }
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

BOOST_AUTO_TEST_CASE(a_section_is_asked_for_no_more_sentences_than_it_may_have) {
    std::vector<std::string> ids;
    for (const auto& fact : sample().table.facts) ids.push_back(fact.id);
    BOOST_REQUIRE(ids.size() > most_in_section);
    const auto bound = "\"maxItems\":" + std::to_string(most_in_section) + ",\"items\":";
    BOOST_TEST(reply_schema(ids).find("\"items\":{\"type\":\"array\"," + bound) != std::string::npos);
    BOOST_TEST(selection_schema(sample().table).find("\"ids\":{\"type\":\"array\"," + bound) != std::string::npos);
    const Written written = write({selection_json(ids), reply_json({good})});
    std::string line = "findings:";
    for (std::size_t i = 0; i < most_in_section; ++i) line += ' ' + ids[i];
    BOOST_TEST(written.exchanges[1].request.messages[1].text.find(line + '\n') != std::string::npos);
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

BOOST_AUTO_TEST_CASE(facts_are_cut_until_the_prompt_fits_the_window) {
    const auto needed = [](const FactTable& table) {
        return assay::chat::estimate(selection_request(table, {}, {})).room + TokenBudget{}.collect;
    };
    const FactTable all = table_for(sample().material, {}, {}, {}, {});
    BOOST_TEST(all.json() == sample().table.json());
    const std::uint64_t whole = needed(all);
    BOOST_TEST(table_for(sample().material, {}, {}, {}, whole).facts.size() == all.facts.size());
    const FactTable less = table_for(sample().material, {}, {}, {}, whole - 1);
    BOOST_TEST(less.facts.size() < all.facts.size());
    BOOST_TEST(less.cut + less.facts.size() == all.facts.size());
    BOOST_TEST(needed(table_for(sample().material, {}, {}, {}, whole * 3 / 4)) <= whole * 3 / 4);
    BOOST_TEST(table_for(sample().material, {}, {}, {}, 1).facts.size() == 1U); // which is then not sent
}

BOOST_AUTO_TEST_CASE(each_sentence_names_what_it_rests_on) {
    const Written written = write({selection_json({"@failed"}), reply_json({good})});
    for (const Part& part : written.parts)
        for (const auto& sentence : part.sentences)
            if (sentence.status != "template") BOOST_TEST(!sentence.sources.empty(), sentence.text);
}

BOOST_AUTO_TEST_CASE(a_verified_sentence_is_shown_also_where_the_template_has_nothing_to_say) {
    Material material = sample().material;
    material.gaps.clear();
    Item alone = other;
    alone.section = "limits";
    const Written written =
        write_with(scripted({selection_json({"@fast"}), reply_json({alone})}), material, sample().table, {}, {});
    BOOST_TEST(written.tally.verified == 1U);
    BOOST_TEST((statuses(written, "limits") == std::vector<std::string>{"verified"}));
}

BOOST_AUTO_TEST_CASE(the_number_of_untold_findings_is_that_of_this_narrative_and_names_them) {
    const auto told = [](const std::vector<Part>& parts) {
        for (const Part& part : parts)
            for (const auto& sentence : part.sentences)
                if (sentence.text.find("not told here") != std::string::npos) return sentence;
        return Sentence{};
    };
    const Sentence standard = told(narrate(sample().material));
    BOOST_TEST(standard.text == "1 finding of less weight is not told here; the report lists it.");
    BOOST_TEST((standard.sources == std::vector<std::string>{"gH4"}));
    // The model's own risks and summary leave out the telemetry, and its recommendations too.
    std::vector<Item> own(3, other);
    own[0].section = "risks";
    own[1] = item("The median token rate of {@slow.name} is {@slow} with {@slow.n}.", {"@slow"}, {}, "summary");
    own[2] = item("The runs that failed should be run again.", {"@failed"}, {}, "recommendations", "rerun");
    const Written written = write({selection_json({"@failed"}), reply_json(own)});
    BOOST_TEST(written.tally.verified == 3U);
    const Sentence less = told(written.parts);
    BOOST_TEST(less.text == "2 findings of less weight are not told here; the report lists all of them.");
    BOOST_TEST((less.sources == std::vector<std::string>{"gH5", "gH4"}));
    BOOST_TEST(grave_findings_are_told(written)); // one of them by the template's summary alone
}

BOOST_AUTO_TEST_CASE(a_finding_that_is_cited_and_not_shown_is_told_by_the_template) {
    Item beside = item("The median token rate of {@fast.name} is {@fast}.", {"@fast", "@failed"});
    const Written written = write({selection_json({"@failed"}), reply_json({beside})});
    BOOST_TEST(written.tally.verified == 1U);
    BOOST_TEST((statuses(written, "findings") == std::vector<std::string>{"verified", "template"}));
    const Written shown = write({selection_json({"@failed"}), reply_json({good})});
    BOOST_TEST((statuses(shown, "findings") == std::vector<std::string>{"verified"}));
}

BOOST_AUTO_TEST_CASE(of_several_findings_by_one_rule_a_sentence_tells_the_one_that_it_shows) {
    Material material = sample().material;
    material.gaps[0].found.push_back(material.gaps[0].found.front());
    material.gaps[0].found.back().fingerprint = "gOther";
    material.gaps[0].found.back().scope = "other runs";
    FactTable table = sample().table; // with its ids and canary
    for (TableFact& fact : table.facts)
        if (fact.rule == "N6") fact.sources.push_back("gOther");
    const Written written =
        write_with(scripted({selection_json({"@failed"}), reply_json({good})}), material, table, {}, {});
    BOOST_TEST(written.tally.verified == 1U);
    BOOST_TEST(tells(written, "other runs"));
}

BOOST_AUTO_TEST_CASE(every_grave_finding_about_conclusions_is_told_however_many_there_are) {
    Material material = sample().material;
    for (int i = 0; i < 12; ++i) {
        Gap gap = material.gaps[0];
        gap.rule = gap.slug = "rule-" + std::to_string(i);
        gap.slug = i % 2 == 0 ? "impossible-values" : "conflicting-records";
        gap.found.front().fingerprint = "gMany" + std::to_string(i);
        material.gaps.push_back(std::move(gap));
    }
    std::set<std::string> told;
    for (const Part& part : narrate(material))
        if (part.id == "findings")
            for (const auto& sentence : part.sentences) told.insert(sentence.sources.begin(), sentence.sources.end());
    for (int i = 0; i < 12; ++i) BOOST_TEST(told.contains("gMany" + std::to_string(i)));
}

BOOST_AUTO_TEST_CASE(advice_is_replaced_by_advice_and_no_finding_s_sentence_is_moved_there) {
    Item wrong = bad;
    wrong.section = "recommendations";
    const Written written = write({selection_json({"@failed"}), reply_json({wrong, other}), reply_json({wrong})});
    BOOST_TEST(written.tally.replaced == 1U);
    BOOST_TEST(tells(written, "Find why they failed and run them again"));
    BOOST_TEST(grave_findings_are_told(written));
}

BOOST_AUTO_TEST_CASE(waived_findings_are_named_by_their_rule_and_cited) {
    Material material = sample().material;
    material.waived["H9"] = {"gW1", "gW2"};
    for (const Part& part : narrate(material))
        for (const auto& sentence : part.sentences)
            if (sentence.text.find("waived") != std::string::npos) {
                BOOST_TEST(sentence.text == "Findings that were waived are not told: H9 (2).");
                BOOST_TEST((sentence.sources == std::vector<std::string>{"gW1", "gW2"}));
                return;
            }
    BOOST_ERROR("no sentence tells of them");
}

BOOST_AUTO_TEST_CASE(the_tally_adds_up) {
    const Written written = write({selection_json({"@failed"}), reply_json({good, bad, other, bad}), reply_json({})});
    const Tally& t = written.tally;
    BOOST_TEST(t.generated == 4U);
    BOOST_TEST(t.generated == t.verified + t.repaired + t.replaced + t.dropped);
}

BOOST_AUTO_TEST_SUITE_END()
