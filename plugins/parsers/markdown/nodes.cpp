#include "nodes.hpp"
#include <algorithm>
#include <array>
#include <assay/failure.hpp>
#include <limits>
#include <md4c.h>

namespace assay::markdown {
namespace {

constexpr unsigned flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;

std::string_view view(const MD_ATTRIBUTE& attribute) {
    return attribute.text ? std::string_view{attribute.text, attribute.size} : std::string_view{};
}

/// HTML's elements have names of letters, but for headings. `<unused12>` is none, though CommonMark takes it for one.
bool is_tag(std::string_view text) {
    std::size_t end = text.find_first_of(" \t\n/>", text.substr(0, 2) == "</" ? 2 : 1);
    end = std::min(end, text.size());
    const bool digit = end > 2 && text[end - 1] >= '0' && text[end - 1] <= '9';
    return !digit || (end >= 3 && (text[end - 2] == 'h' || text[end - 2] == 'H') &&
                      (text[end - 3] == '<' || text[end - 3] == '/'));
}

void append(std::string& out, MD_TEXTTYPE type, std::string_view text, bool verbatim) {
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: out += '\n'; return; // so that a reader can tell the line of each word
    case MD_TEXT_NULLCHAR: out += "\xEF\xBF\xBD"; return;
    case MD_TEXT_HTML:
        if (verbatim || !is_tag(text))
            out += text;
        else
            out += ' '; // a tag between words
        return;
    case MD_TEXT_ENTITY:
        if (text == "&nbsp;")
            out += ' ';
        else if (text == "&lt;")
            out += '<';
        else if (text == "&gt;")
            out += '>';
        else if (text == "&amp;")
            out += '&';
        else if (text == "&quot;")
            out += '"';
        else
            out += text;
        return;
    default: out += text;
    }
}

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\n"), end = text.find_last_not_of(" \t\n");
    return begin == text.npos ? std::string{} : text.substr(begin, end - begin + 1);
}

/// Receives md4c's events. One leaf block is open at a time; a list item's text may come with or without a paragraph.
class Reader {
  public:
    Reader(std::string_view text, const Lines& lines, std::vector<Node>& out) : text_{text}, lines_{lines}, out_{out} {}

    void enter(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
        case MD_BLOCK_UL:
        case MD_BLOCK_OL: close(), ++lists_; return;
        case MD_BLOCK_QUOTE: close(), ++quotes_, containers_.push_back(type); return;
        case MD_BLOCK_LI: close(), containers_.push_back(type); return;
        case MD_BLOCK_H:
            open("heading");
            leaf_->level = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
            return;
        case MD_BLOCK_CODE:
            open("code");
            leaf_->info = view(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang);
            fenced_ = static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->fence_char != 0;
            if (fenced_) leaf_->level = 1;
            return;
        case MD_BLOCK_HTML: open("html"); return;
        case MD_BLOCK_TABLE: open("table"); return;
        case MD_BLOCK_P: open_text(); return;
        case MD_BLOCK_THEAD: in_head_ = true; return;
        case MD_BLOCK_TH:
            if (leaf_ && !leaf_->text.empty()) leaf_->text += " | ";
            return;
        default: return;
        }
    }
    void leave(MD_BLOCKTYPE type) {
        switch (type) {
        case MD_BLOCK_UL:
        case MD_BLOCK_OL: close(), --lists_; return;
        case MD_BLOCK_QUOTE: close(), --quotes_, containers_.pop_back(); return;
        case MD_BLOCK_LI: close(), containers_.pop_back(); return;
        case MD_BLOCK_THEAD: in_head_ = false; return;
        case MD_BLOCK_H:
        case MD_BLOCK_CODE:
        case MD_BLOCK_HTML:
        case MD_BLOCK_TABLE:
        case MD_BLOCK_P: close(); return;
        default: return;
        }
    }
    void enter(MD_SPANTYPE type, void* detail) {
        if (type != MD_SPAN_A && type != MD_SPAN_IMG) return;
        if (!leaf_) open_text();
        links_.push_back({});
        links_.back().type = "link";
        links_.back().info = view(type == MD_SPAN_A ? static_cast<MD_SPAN_A_DETAIL*>(detail)->href
                                                    : static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
        open_links_.push_back(links_.size() - 1);
    }
    void leave(MD_SPANTYPE type) {
        if ((type == MD_SPAN_A || type == MD_SPAN_IMG) && !open_links_.empty()) open_links_.pop_back();
    }
    void text(MD_TEXTTYPE type, std::string_view piece) {
        if (!leaf_) open_text();
        place(*leaf_, piece);
        const bool verbatim = leaf_->type == "code" || leaf_->type == "html";
        if (leaf_->type != "table" || in_head_) append(leaf_->text, type, piece, verbatim);
        for (const std::size_t link : open_links_) {
            place(links_[link], piece);
            append(links_[link].text, type, piece, false);
        }
    }

  private:
    void open(const char* type) {
        close();
        leaf_.emplace();
        leaf_->type = type;
    }
    void open_text() {
        if (containers_.empty()) return open("paragraph");
        const bool item = containers_.back() == MD_BLOCK_LI;
        open(item ? "list-item" : "quote");
        leaf_->level = item ? lists_ : quotes_;
    }
    /// md4c has no positions, but what it hands out lies in the text.
    void place(Node& node, std::string_view piece) const {
        const auto less = std::less<const char*>{};
        if (less(piece.data(), text_.data()) || !less(piece.data(), text_.data() + text_.size())) return;
        const std::uint64_t line = lines_.at(static_cast<std::size_t>(piece.data() - text_.data()));
        if (!node.line) node.line = line;
        node.last = std::max(node.last.value_or(line), line);
    }

    void close() {
        if (!leaf_) return;
        Node node = std::move(*leaf_);
        leaf_.reset();
        if (node.type == "code" && fenced_ && node.line && *node.line > 1) --*node.line; // the fence
        if (node.type != "code" && node.type != "html") node.text = trimmed(node.text);
        if (node.type == "heading") headings_.resize(std::min<std::size_t>(headings_.size(), level(node) - 1));
        node.section = path();
        if (node.type == "heading") {
            headings_.resize(level(node) - 1);
            headings_.push_back(node.text);
        }
        out_.push_back(std::move(node));
        for (Node& link : links_) {
            link.text = trimmed(link.text);
            link.section = path();
            if (!link.line) link.line = out_.back().line;
            out_.push_back(std::move(link));
        }
        links_.clear();
        open_links_.clear();
    }
    static std::size_t level(const Node& heading) { return static_cast<std::size_t>(heading.level.value_or(1)); }
    std::string path() const {
        std::string joined;
        for (const auto& heading : headings_)
            if (!heading.empty()) joined += (joined.empty() ? "" : " > ") + heading;
        return joined;
    }

    std::string_view text_;
    const Lines& lines_;
    std::vector<Node>& out_;
    std::optional<Node> leaf_;
    std::vector<Node> links_;
    std::vector<std::size_t> open_links_;
    std::vector<MD_BLOCKTYPE> containers_;
    std::vector<std::string> headings_;
    std::int64_t lists_ = 0, quotes_ = 0;
    bool fenced_ = false, in_head_ = false;
};

Node front_matter_node(const Lines& lines, std::size_t end) {
    Node node;
    node.type = "front-matter";
    node.line = 1;
    node.last = end;
    for (std::size_t line = 2; line < end; ++line) (node.text += lines.text(line)) += '\n';
    node.info = lines.text(1).substr(0, 3) == "+++" ? "toml" : "yaml";
    return node;
}

} // namespace

std::vector<Node> nodes(std::string_view text, const Lines& lines) {
    std::vector<Node> found;
    const std::size_t front = front_matter(lines);
    if (front > 0) found.push_back(front_matter_node(lines, front));
    const std::size_t begin = front == 0 ? 0 : front < lines.count() ? lines.offset(front + 1) : text.size();
    const std::string_view body = text.substr(begin);
    if (body.size() > std::numeric_limits<MD_SIZE>::max()) throw Failure{"too-large", "more than 4 GiB of Markdown"};

    MD_PARSER parser{};
    parser.flags = flags;
    parser.enter_block = [](MD_BLOCKTYPE t, void* d, void* me) { return static_cast<Reader*>(me)->enter(t, d), 0; };
    parser.leave_block = [](MD_BLOCKTYPE t, void*, void* me) { return static_cast<Reader*>(me)->leave(t), 0; };
    parser.enter_span = [](MD_SPANTYPE t, void* d, void* me) { return static_cast<Reader*>(me)->enter(t, d), 0; };
    parser.leave_span = [](MD_SPANTYPE t, void*, void* me) { return static_cast<Reader*>(me)->leave(t), 0; };
    parser.text = [](MD_TEXTTYPE t, const MD_CHAR* p, MD_SIZE n, void* me) {
        return static_cast<Reader*>(me)->text(t, {p, n}), 0;
    };
    Reader reader{text, lines, found};
    if (md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, &reader) != 0)
        throw Failure{"out-of-memory", "md4c could not read it"};
    return found;
}

std::string plain(std::string_view inline_markdown) {
    if (inline_markdown.find_first_of("*_`[]<>&\\~!") == inline_markdown.npos) return std::string{inline_markdown};
    std::string out;
    MD_PARSER parser{};
    parser.flags = flags & ~static_cast<unsigned>(MD_FLAG_TABLES);
    parser.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE t, const MD_CHAR* p, MD_SIZE n, void* me) {
        append(*static_cast<std::string*>(me), t, {p, n}, false);
        return 0;
    };
    // A letter before it keeps a leading `-` or `1.` from being a list.
    const std::string guarded = "x " + std::string{inline_markdown};
    if (md_parse(guarded.data(), static_cast<MD_SIZE>(guarded.size()), &parser, &out) != 0 || out.size() < 2)
        return std::string{inline_markdown};
    return trimmed(out.substr(1));
}

} // namespace assay::markdown
