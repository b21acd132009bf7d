#include <assay/json_writer.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

using assay::JsonWriter;

BOOST_AUTO_TEST_CASE(json_is_written_compactly_and_in_order) {
    JsonWriter json;
    json.object().field("text", "a").field("whole", -5).field("real", 0.1).field("truth", true);
    json.field("none", std::optional<double>{}).field("not_finite", std::numeric_limits<double>::infinity());
    json.key("list").array().value(std::uint64_t{18446744073709551615U}).raw("{}").null().end().end();
    BOOST_TEST(json.take() == R"({"text":"a","whole":-5,"real":0.1,"truth":true,"none":null,"not_finite":null,)"
                              R"("list":[18446744073709551615,{},null]})");
    BOOST_TEST(json.text() == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_plain_ascii_is_escaped_in_keys_and_values) {
    JsonWriter json;
    json.object().field("a\"b", "c\\d\n\x01").field("ü", "\xFF").end();
    BOOST_TEST(json.text() == "{\"a\\\"b\":\"c\\\\d\\n\\u0001\",\"ü\":\"\xEF\xBF\xBD\"}");
}

BOOST_AUTO_TEST_CASE(what_is_no_plain_ascii_is_escaped_wherever_it_stands) {
    for (std::size_t size = 1; size <= 25; ++size)
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'x'), wanted = text;
            text[at] = '\n';
            wanted.replace(at, 1, "\\n");
            JsonWriter json;
            BOOST_TEST(json.value(text).text() == '"' + wanted + '"');
        }
}

BOOST_AUTO_TEST_CASE(text_of_any_length_is_whole_also_where_it_was_looked_at_before) {
    JsonWriter json;
    std::string wanted = "[";
    json.array();
    for (std::size_t size = 0; size < 3000; size += 7) {
        const std::string text(size, 'x');
        wanted.append(size == 0 ? "" : ",").append("\"").append(text).append("\"");
        json.value(text);
        if (size % 2 == 0) BOOST_REQUIRE((json.text() == wanted));
    }
    BOOST_TEST((json.end().text() == wanted + "]"));
    json.clear();
    BOOST_TEST(json.array().end().text() == "[]");
}
