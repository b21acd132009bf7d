// A call a fact: what small models are asked, and that nothing is let through which the other way would refuse.
#include "llm-summary/singly.hpp"
#include "llm-summary/note.hpp"
#include "narrative/sample.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <boost/test/unit_test.hpp>
#include <regex>
#include <stdexcept>

using namespace assay::test;
using namespace assay::narrative;

namespace {

const FactTable& table() { return sample().table; }

Note note_on(const std::string& nickname) {
    for (const Note& note : notes_of(table()))
        if (note.id == with_ids(nickname)) return note;
    throw std::logic_error{"the sample has no such note"};
}

std::string answer(const std::string& text, const std::string& code = canary_of(table())) {
    assay::JsonWriter json;
    json.object().field("text", with_ids(text)).field("echo", code).end();
    return json.take();
}

std::string choice(const std::vector<std::string>& ids) {
    assay::JsonWriter json;
    json.object().key("ids").array();
    for (const auto& id : ids) json.value(with_ids(id));
    json.end().field("echo", canary_of(table())).end();
    return json.take();
}

/// With room for so many sentences.
Written write_all(std::deque<std::string> replies, std::uint64_t room = 7, std::optional<std::uint64_t> window = {}) {
    return write_singly(scripted(std::move(replies)), sample().material, table(), {}, {150, 64 * room}, window);
}

/// What stands between two texts; empty where they do not stand there.
std::string between(const std::string& text, std::string_view before, std::string_view behind) {
    const auto begin = text.find(before);
    if (begin == std::string::npos) return {};
    const auto end = text.find(behind, begin + before.size());
    return text.substr(begin + before.size(), end - begin - before.size());
}

std::vector<Sentence> sentences(const Written& written, std::string_view status) {
    std::vector<Sentence> out;
    for (const Part& part : written.parts)
        for (const auto& sentence : part.sentences)
            if (sentence.status == status) out.push_back(sentence);
    return out;
}

std::vector<std::string> rules_against(const std::string& nickname, const std::string& text) {
    std::vector<std::string> out;
    for (const Violation& one : verify_sentence(note_on(nickname), with_ids(text), table())) out.push_back(one.rule);
    return out;
}

const std::string told_failed = "In {@failed.name}, {@failed} failed.";

} // namespace

BOOST_AUTO_TEST_SUITE(narrative_singly)

BOOST_AUTO_TEST_CASE(a_note_is_nearly_the_sentence_and_says_which_dataset_it_is_of) {
    BOOST_TEST(note_on("@failed").text == with_ids("in {@failed.name}: {@failed} failed"));
    BOOST_TEST(note_on("@once").text == with_ids("in {@once.name}: {@once} were measured once"));
    BOOST_TEST(note_on("@dark").text == with_ids("{@dark} lack telemetry beside their measurements"));
    BOOST_TEST(note_on("@fast").text.find("highest median token rate: ") != std::string::npos);
    BOOST_TEST(note_on("@even1").text.find("highest") == std::string::npos); // it cannot be told from the next
}

BOOST_AUTO_TEST_CASE(every_note_can_be_told_in_a_way_that_passes) {
    for (const Note& note : notes_of(table())) {
        const auto colon = note.text.find(": ");
        std::string text = note.text;
        if (colon != std::string::npos) text.replace(colon, 2, note.section == "comparisons" ? " is " : ", ");
        text[0] = text[0] == '{' ? '{' : 'I';
        const auto wrong = verify_sentence(note, text + '.', table());
        BOOST_TEST(wrong.empty(), text << ": " << (wrong.empty() ? "" : wrong.front().message));
    }
}

BOOST_AUTO_TEST_CASE(a_sentence_that_loses_what_was_found_is_refused) {
    BOOST_TEST(rules_against("@once", "In {@once.name}, {@once} were measured once.").empty());
    BOOST_TEST((rules_against("@once", "In {@once.name}, {@once} of a sweep were measured.") ==
                std::vector<std::string>{"V4"}));
}

BOOST_AUTO_TEST_CASE(the_host_s_claims_are_those_that_the_facts_bear_out) {
    BOOST_TEST(rules_against("@fast", "{@fast.name} has the highest median token rate, {@fast}.").empty());
    BOOST_TEST(!rules_against("@fast", "{@fast.name} has the lowest median token rate, {@fast}.").empty());
    BOOST_TEST(!rules_against("@even1", "{@even1.name} has the highest median token rate, {@even1}.").empty());
    BOOST_TEST(rules_against("@dark", "{@dark} lack telemetry beside their measurements.").empty());
    BOOST_TEST(!rules_against("@dark", "{@dark} have telemetry beside their measurements.").empty());
    BOOST_TEST(!rules_against("@failed", "All {@failed} failed in {@failed.name}.").empty());
}

BOOST_AUTO_TEST_CASE(the_code_stands_in_the_first_line_alone_and_no_example_has_one) {
    const std::string code = canary_of(table());
    for (const auto& request : {choice_request(notes_of(table()), table(), {}, 7, 150),
                                sentence_request(note_on("@fast"), table(), {}, 64)}) {
        BOOST_TEST(request.messages.front().text.starts_with(first_line(code)));
        std::string all = request.schema;
        for (const auto& message : request.messages) all += message.text;
        BOOST_TEST(all.find(code) == all.rfind(code));
        BOOST_TEST(request.messages.back().text.find("\"echo\" of the first line") != std::string::npos);
        for (const auto& message : request.messages)
            if (message.role == "assistant") BOOST_TEST(message.text.find("echo") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_copied_example_is_refused) {
    for (const char* about : {"@failed", "@dark", "@fast"}) {
        const Note note = note_on(about);
        for (const auto& message : sentence_request(note, table(), {}, 64).messages) {
            if (message.role != "assistant") continue;
            const std::string text = between(message.text, "{\"text\": \"", "\"}");
            BOOST_TEST(!verify_sentence(note, text, table()).empty(), text);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_schema_asks_for_each_placeholder_once_and_for_no_digit) {
    const std::string schema = sentence_schema({{"G001", "G001.name"}, {"G001.name", "G001"}});
    std::string pattern = between(schema, "\"pattern\":\"", "$\"") + '$';
    for (auto at = pattern.find("\\\\"); at != std::string::npos; at = pattern.find("\\\\", at + 1))
        pattern.erase(at, 1);
    const std::regex form{pattern};
    const auto fits = [&](const char* text) { return std::regex_match(text, form); };
    BOOST_TEST(fits("In {G001.name}, {G001} failed."));
    BOOST_TEST(fits("{G001} of {G001.name} failed."));
    BOOST_TEST(!fits("In {G001.name}, rows failed."));
    BOOST_TEST(!fits("In {G001.name}, {G001} of {G001} failed."));
    BOOST_TEST(!fits("In {G001xname}, {G001} failed."));
    BOOST_TEST(!fits("In {G001.name}, {G001} failed 5 times."));
    BOOST_TEST(!fits("In {G001.name}, {G001} failed"));
}

BOOST_AUTO_TEST_CASE(what_passes_stands_before_the_templates_of_which_none_goes) {
    const Written written =
        write_all({choice({"@failed", "@fast"}), answer(told_failed),
                   answer("In {@order.name}, {@fast.name} has the highest median token rate, {@fast}.")},
                  2);
    BOOST_TEST(written.tally.verified == 2U);
    BOOST_TEST(written.note == "");
    const auto own = sentences(written, "verified");
    BOOST_REQUIRE(own.size() == 2U);
    BOOST_TEST(own[0].text == "In speed, “alpha:1b” has the highest median token rate, 295 tokens/s.");
    BOOST_TEST(own[1].text == "In “batch runs”, 75 of 100 rows failed.");
    for (const Part& part : written.parts)
        if (part.id == "comparisons") {
            BOOST_TEST(part.sentences.front().status == "verified");
            BOOST_TEST(part.sentences.size() == 1U + 4U); // with the template's four rankings
        }
}

BOOST_AUTO_TEST_CASE(what_fails_gets_one_turn_and_then_the_template_stands_where_it_stood) {
    const std::string lost = answer("In {@failed.name}, these are {@failed}.");
    const Written once = write_all({choice({"@failed"}), lost, answer(told_failed)}, 1);
    BOOST_TEST(once.tally.repaired == 1U);
    const Written never = write_all({choice({"@failed"}), lost, lost}, 1);
    BOOST_TEST(never.tally.replaced == 1U);
    BOOST_TEST(sentences(never, "template").size() == [] {
        std::size_t n = 0;
        for (const Part& part : narrate(sample().material)) n += part.sentences.size();
        return n;
    }());
}

BOOST_AUTO_TEST_CASE(a_reply_with_another_code_or_of_another_form_is_none) {
    for (const std::string& reply : {answer(told_failed, "1234-5678-9012"), answer(told_failed, ""), std::string{"{}"},
                                     std::string{"no json"}, answer("")}) {
        const Written written = write_all({choice({"@failed"}), reply, reply}, 1);
        BOOST_TEST(written.by == "template", reply);
        BOOST_TEST(written.failure == "bad-reply", reply);
        BOOST_TEST(sentences(written, "verified").empty());
    }
    const Written one = write_all(
        {choice({"@failed", "@fast"}), "{}", "{}", answer("{@fast.name} has the highest median token rate, {@fast}.")},
        2);
    BOOST_TEST(one.tally.verified == 1U);
    BOOST_TEST(one.note.starts_with("1 reply held no sentence ("), one.note);
}

BOOST_AUTO_TEST_CASE(what_is_not_chosen_fills_the_room_that_is_left_in_the_order_of_relevance) {
    const Written written = write_all(
        {choice({"@fast"}), answer("{@fast.name} has the highest median token rate, {@fast}."), answer(told_failed)},
        2);
    BOOST_TEST(written.tally.verified == 2U);
    BOOST_TEST(written.note == "");
}

BOOST_AUTO_TEST_CASE(where_nothing_is_chosen_the_order_of_relevance_chooses_and_the_note_says_so) {
    std::deque<std::string> replies{"{}"};
    for (int i = 0; i < 40; ++i) replies.push_back(answer(told_failed));
    const Written written = write_all(replies);
    BOOST_TEST(written.note.find("The model selected no facts") != std::string::npos);
    BOOST_TEST(written.tally.verified == 1U); // the same sentence of other facts is refused
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_answering_leaves_what_was_written_and_before_that_the_template) {
    BOOST_TEST(write_all({}).failure == "unreachable");
    BOOST_TEST(write_all({choice({"@failed"})}, 1).failure == "unreachable");
    const Written half = write_all({choice({"@failed", "@once"}), answer(told_failed)}, 2);
    BOOST_TEST(half.failure == "");
    BOOST_TEST(half.tally.verified == 1U);
    BOOST_TEST(half.note == "1 reply held no sentence (nobody listens).");
    const Written third = write_all({choice({"@failed", "@once", "@fast"}), answer(told_failed)}, 3);
    BOOST_TEST(third.note == "1 reply held no sentence (nobody listens); 1 fact was not asked about.");
    const Written cut = write_all({choice({"@failed", "@once"}), answer(told_failed), answer("It is fast.")}, 3);
    BOOST_TEST(cut.tally.verified == 1U); // the server ended before it could mend the second
    BOOST_TEST(cut.note.find("(nobody listens)") != std::string::npos, cut.note);
}

BOOST_AUTO_TEST_CASE(no_more_is_asked_for_than_the_budget_and_no_more_offered_than_the_window_holds) {
    std::deque<std::string> replies{choice({"@failed", "@once", "@fast", "@even1", "@dark", "@rate4", "@wait4"})};
    for (int i = 0; i < 7; ++i) replies.push_back("{}"), replies.push_back("{}");
    const Written written = write_all(replies);
    std::uint64_t tokens = 0;
    for (const Exchange& one : written.exchanges) tokens += one.step == "repair" ? 0 : *one.request.most_tokens;
    BOOST_TEST(tokens <= 600U);
    const Written wide = write_all({"{}"}), narrow = write_all({"{}"}, 7, 560);
    const auto asked = [](const Written& one) { return one.exchanges.front().request.messages.back().text.size(); };
    BOOST_TEST(asked(narrow) < asked(wide));
}

BOOST_AUTO_TEST_SUITE_END()
