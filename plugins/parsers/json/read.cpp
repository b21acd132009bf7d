#include "read.hpp"
#include "scan.hpp"
#include <assay/failure.hpp>
#include <assay/utf8.hpp>

namespace assay::json {
namespace {

std::string from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t i) {
        const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<std::uint32_t>(big_endian ? a << 8U | b : b << 8U | a);
    };
    std::string out;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t point = unit(i);
        if (point >= 0xD800 && point <= 0xDFFF) {
            const std::uint32_t low = point < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
            const bool pair = low >= 0xDC00 && low <= 0xDFFF;
            point = pair ? 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00) : 0xFFFD;
            if (pair) i += 2;
        }
        append_utf8(out, point);
    }
    return out;
}

std::string place(std::string_view text, std::size_t offset) {
    return " at line " + std::to_string(line_of(text, offset)) + ", byte " + std::to_string(offset);
}

const char* meaning(std::string_view code) {
    if (code == "nan-literal") return "NaN or Infinity is no JSON; read as that number";
    if (code == "big-integer") return "an integer beyond 64 bits; read as a real number";
    if (code == "number-out-of-range") return "a number beyond the range of a double; read as null";
    if (code == "invalid-utf8") return "bytes that are not UTF-8; read as U+FFFD";
    if (code == "control-character") return "a control character inside a string";
    return "half a surrogate pair in a string; read as U+FFFD";
}

void remark_on(std::string_view text, const Scan& scan, Remarks& remarks) {
    for (const Oddity& odd : scan.oddities) {
        if (remarks.wants(odd.code))
            remarks.add({.code = odd.code,
                         .message = meaning(odd.code),
                         .line = line_of(text, odd.offset),
                         .offset = odd.offset});
        else
            remarks.count(odd.code);
    }
    if (scan.documents.size() > 1)
        remarks.add({.code = "several-documents",
                     .message = std::to_string(scan.documents.size()) + " documents in one file; each is a row",
                     .line = line_of(text, scan.documents[1].begin),
                     .offset = scan.documents[1].begin});
    if (scan.fault)
        remarks.add({.code = "trailing-content",
                     .message = "after the document: " + scan.fault->message,
                     .severity = ASSAY_SEVERITY_ERROR,
                     .line = line_of(text, scan.fault->offset),
                     .offset = scan.fault->offset});
}

} // namespace

std::string_view decoded(std::string_view text, std::string& owned) {
    const bool little = text.substr(0, 2) == "\xFF\xFE", big = text.substr(0, 2) == "\xFE\xFF";
    if (little || big) {
        owned = from_utf16(text.substr(2), big);
        owned.reserve(owned.size() + simdjson::SIMDJSON_PADDING);
        return owned;
    }
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    return text;
}

Document read(std::string_view text, std::size_t max_depth, Remarks& remarks) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) throw Failure{"empty", "there is nothing in it"};
    Document document;
    if (document.parser->allocate(text.size(), max_depth) == simdjson::SUCCESS &&
        document.parser->parse(text.data(), text.size(), false).get(document.root) == simdjson::SUCCESS)
        return document;

    const Scan found = scan(text, max_depth);
    if (found.documents.empty() || (found.fault && found.fault->reason != "syntax")) {
        const Fault fault = found.fault.value_or(Fault{"syntax", "no value", 0});
        throw Failure{fault.reason, fault.message + place(text, fault.offset)};
    }
    const simdjson::padded_string mended{mend(text, found)};
    if (const auto code = document.parser->allocate(mended.size(), max_depth + 1); code != simdjson::SUCCESS)
        throw Failure{"too-large", simdjson::error_message(code)};
    if (const auto code = document.parser->parse(mended).get(document.root); code != simdjson::SUCCESS)
        throw Failure{"syntax", simdjson::error_message(code)};
    remark_on(text, found, remarks);
    return document;
}

} // namespace assay::json
