#include "line_parser.hpp"
#include "scan.hpp"

namespace assay::json {

std::string_view LineParser::values(const Line& line, std::size_t& count) {
    count = 1;
    if (!line.too_long && parse(line.text)) return line.text;
    const Scan found = scan(line.text, max_depth_);
    if (line.too_long || found.fault || found.documents.empty()) {
        reject(line,
               line.too_long ? "longer than 64 MiB"
               : found.fault ? found.fault->message
                             : "no value",
               found.fault ? found.fault->offset : 0);
        return {};
    }
    for (const Oddity& odd : found.oddities)
        remarks_.add({.code = odd.code,
                      .message = "a value that strict JSON has not; mended",
                      .line = line.number,
                      .offset = line.offset + odd.offset});
    count = found.documents.size();
    mended_ = mend(line.text, found);
    const std::size_t size = mended_.size();
    mended_.resize(size + simdjson::SIMDJSON_PADDING);
    if (!parse({mended_.data(), size})) {
        reject(line, "it cannot be mended", 0);
        return {};
    }
    return std::string_view{mended_}.substr(count > 1 ? 1 : 0, size - (count > 1 ? 2 : 0));
}

bool LineParser::parse(std::string_view text) {
    if (parser_.max_depth() != max_depth_ + 1 && parser_.allocate(text.size(), max_depth_ + 1) != simdjson::SUCCESS)
        return false;
    return parser_.parse(text.data(), text.size(), false).get(root_) == simdjson::SUCCESS;
}

void LineParser::reject(const Line& line, const std::string& why, std::uint64_t offset) {
    remarks_.add({.code = "bad-line",
                  .message = "line " + std::to_string(line.number) + " is not JSON: " + why,
                  .severity = ASSAY_SEVERITY_ERROR,
                  .line = line.number,
                  .offset = line.offset + offset});
}

} // namespace assay::json
