#include "parse.hpp"
#include "line_mark.hpp"
#include "read.hpp"
#include "scan.hpp"
#include <algorithm>

namespace assay::json {
namespace {

constexpr std::size_t probe_bytes = std::size_t{64} << 10U, head_bytes = std::size_t{1} << 20U;

bool named_lines(const auto& named) { return named(".jsonl") || named(".ndjson"); }
bool named_json(const auto& named) { return named(".json") || named_lines(named); }

/// No text in any encoding that JSON comes in.
bool is_binary(std::string_view text) {
    const std::string_view mark = text.substr(0, 2);
    return mark != "\xFF\xFE" && mark != "\xFE\xFF" && text.substr(0, 4096).find('\0') != text.npos;
}

Confidence judge(const Scan& found, std::string_view text, bool complete, bool named) {
    const bool object = text.front() == '{';
    if (!found.fault || (!complete && found.fault->reason == "truncated")) {
        if (found.documents.size() + (found.fault ? 1 : 0) < 2) return {complete ? 95 : 90, "JSON syntax"};
        const auto& first = found.documents.front();
        const bool lines = text.find('\n', first.end) < found.documents.back().begin ||
                           (found.documents.size() == 1 && text.find('\n', first.end) != text.npos);
        if (!object && !named && text.substr(first.begin, 1) != "[") return {0, "no JSON"};
        return lines ? Confidence{85, "one JSON value a line"} : Confidence{80, "several JSON documents"};
    }
    if (found.fault->reason == "too-deep") return {80, "JSON syntax, nested too deep"};
    if (found.fault->reason == "truncated") return {object || named ? 70 : 40, "begins as JSON and ends early"};
    if (!found.documents.empty() && (object || named)) return {60, "a JSON document with something behind it"};
    if (named) return {30, "named so, and begins as JSON"};
    return {object && found.fault->offset > 64 ? 20 : 0, "no JSON syntax"};
}

} // namespace

Confidence JsonParser::probe(const Head& head) const {
    const auto name = [&](std::string_view extension) { return head.named(extension); };
    const bool named = named_json(name);
    Confidence by_name = named ? Confidence{10, "the name's extension"} : Confidence{};
    if (is_binary(head.bytes)) return by_name;
    std::string owned;
    const bool cut = head.bytes.size() > probe_bytes;
    std::string_view text = decoded(head.bytes.substr(0, probe_bytes), owned);
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return by_name;
    text.remove_prefix(begin);
    const bool complete = head.complete && !cut;
    const Scan found = scan(text, static_cast<std::size_t>(*max_depth));
    if (text.front() == '{' || text.front() == '[') {
        const Confidence answer = judge(found, text, complete, named);
        return answer.value > by_name.value ? answer : by_name;
    }
    if (const auto mark = line_mark(text, complete, static_cast<std::size_t>(*max_depth)))
        return {(2 * mark->marked >= mark->lines) ? 70 : 45, std::to_string(mark->marked) + " of " +
                                                                 std::to_string(mark->lines) +
                                                                 " lines are JSON behind '" + mark->text + "'"};
    if (named && complete && !found.fault && found.documents.size() == 1) return {50, "one JSON value"};
    return by_name;
}

std::optional<LineSettings> JsonParser::by_lines(Input& in) const {
    std::string head(static_cast<std::size_t>(std::min<std::uint64_t>(head_bytes, in.size())), '\0');
    head.resize(in.read_at(0, head.data(), head.size()));
    if (is_binary(head)) throw Failure{"binary", "it holds NUL bytes, so it is no JSON text"};
    const Head start{in.name(), head, head.size() < head_bytes};
    const auto name = [&](std::string_view extension) { return start.named(extension); };
    const auto depth = static_cast<std::size_t>(*max_depth);
    LineSettings settings{.max_depth = depth, .repeat = {*repeat_document}};
    if (const auto mark = *lines == "no" ? std::nullopt : line_mark(head, start.complete, depth)) {
        settings.mark = mark->text;
        return settings;
    }
    if (*lines == "yes" || (*lines == "auto" && is_lines(head, start.complete, named_lines(name), depth)))
        return settings;
    return std::nullopt;
}

void JsonParser::parse(Input& in, Sink& out) {
    Remarks remarks;
    if (const auto settings = by_lines(in)) {
        parse_lines(in, *settings, remarks, out);
    } else {
        std::string owned;
        const std::string_view text = decoded(in.view(), owned);
        const Document document = read(text, static_cast<std::size_t>(*max_depth), remarks);
        emit(shape(document.root, remarks),
             {std::string_view{in.name()}.substr(std::string_view{in.name()}.rfind('/') + 1), {*repeat_document}},
             remarks, out);
    }
    remarks.send(out);
}

std::string JsonParser::survey(Input& in, std::uint64_t begin, std::uint64_t end) {
    const auto settings = by_lines(in);
    if (!settings) throw NotMine{"a document has no parts"};
    if (in.size() <= settings->whole_up_to) throw NotMine{"its lines are few enough to be one document"};
    return survey_lines(in, begin, end);
}

void JsonParser::parse_part(Input& in, Part& part, Sink& out) {
    parse_lines(in, by_lines(in).value_or(LineSettings{}), part, out);
}

void JsonParser::join_parts(const std::vector<std::string_view>& found, Sink& out) { join_lines(found, out); }

} // namespace assay::json
