#pragma once
// Labels of one chart or column that are too long: what they have in common gives way, not what tells them apart.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

namespace detail {

/// Ends a word of a path, a name or a label.
inline bool ends_word(char c) { return std::string_view{"/ _-.:,;[]()=|"}.find(c) != std::string_view::npos; }
inline bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Length of what all begin with, up to the end of a word.
inline std::size_t common_head(const std::vector<std::string>& labels) {
    std::string_view head = labels.front();
    for (const std::string& label : labels) {
        const auto differ = std::mismatch(head.begin(), head.end(), label.begin(), label.end()).first;
        head = head.substr(0, static_cast<std::size_t>(differ - head.begin()));
    }
    while (!head.empty() && !ends_word(head.back())) head.remove_suffix(1);
    return head.size();
}

/// Length of what all end with, from the beginning of a word.
inline std::size_t common_tail(const std::vector<std::string>& labels) {
    std::string_view tail = labels.front();
    for (const std::string& label : labels) {
        const auto differ = std::mismatch(tail.rbegin(), tail.rend(), label.rbegin(), label.rend()).first;
        tail = tail.substr(tail.size() - static_cast<std::size_t>(differ - tail.rbegin()));
    }
    while (!tail.empty() && !ends_word(tail.front())) tail.remove_prefix(1);
    return tail.size();
}

/// Its two ends.
inline std::string without_middle(const std::string& label, std::size_t most, std::string_view mark) {
    if (label.size() <= most || most < mark.size() + 2) return label;
    const std::size_t room = most - mark.size();
    std::size_t head = room / 2, tail = label.size() - (room - head);
    while (head > 0 && continues_character(label[head])) --head;
    while (tail < label.size() && continues_character(label[tail])) ++tail;
    return label.substr(0, head).append(mark).append(label, tail);
}

} // namespace detail

/// Where one is longer than `most` bytes: without what all begin with; where that is not enough, without what all end
/// with. `mark` stands for what is left out.
inline std::vector<std::string> without_common_ends(std::vector<std::string> labels, std::size_t most,
                                                    std::string_view mark = "…") {
    const auto fit = [&] {
        return std::all_of(labels.begin(), labels.end(), [&](const auto& label) { return label.size() <= most; });
    };
    const bool differ =
        std::any_of(labels.begin(), labels.end(), [&](const auto& label) { return label != labels[0]; });
    if (fit()) return labels;
    if (const std::size_t head = differ ? detail::common_head(labels) : 0; head > mark.size())
        for (std::string& label : labels) label.replace(0, head, mark);
    if (fit()) return labels;
    if (const std::size_t tail = differ ? detail::common_tail(labels) : 0; tail > mark.size())
        for (std::string& label : labels) label.replace(label.size() - tail, tail, mark);
    return labels;
}

/// At most `most` bytes each: first their common ends give way, then their middle.
inline std::vector<std::string> short_labels(std::vector<std::string> labels, std::size_t most,
                                             std::string_view mark = "…") {
    labels = without_common_ends(std::move(labels), most, mark);
    for (std::string& label : labels) label = detail::without_middle(label, most, mark);
    return labels;
}

} // namespace assay
