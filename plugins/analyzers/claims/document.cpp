#include "claims/document.hpp"
#include "claims/preformatted.hpp"
#include "claims/tex.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <set>

namespace assay::claims {

namespace {

std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(mark, begin);
        parts.emplace_back(text.substr(begin, end - begin));
        if (end == text.npos) return parts;
        begin = end + 1;
    }
}

std::string trimmed(std::string_view text) { return std::string{cell::trim(text)}; }

/// Does a line begin a statement of its own: `Label: ...`, a list mark?
bool begins_statement(std::string_view line) {
    line = cell::trim(line);
    if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("| ")) return true;
    const auto colon = line.find(':');
    return colon != line.npos && colon < 40 && (colon + 1 == line.size() || line[colon + 1] == ' ');
}

struct Piece {
    std::size_t begin, end;
};

/// Is what stands before a full stop a word, and none that is cut short? In chats the next sentence begins small.
bool ends_word(std::string_view text, std::size_t stop) {
    constexpr std::size_t least = 5;
    std::size_t begin = stop;
    while (begin > 0 && is_letter(text[begin - 1])) --begin;
    const std::string word = lower(text.substr(begin, stop - begin));
    const bool measure = begin > 1 && text[begin - 1] == ' ' && is_digit(text[begin - 2]); // "3.1 s."
    if (measure) return true;
    return word.size() >= least && word != "approx" && word != "figure" && word != "table";
}

/// Sentences of a block, as ranges of its text.
std::vector<Piece> sentences(std::string_view text) {
    std::vector<Piece> out;
    std::size_t begin = 0;
    const auto cut = [&](std::size_t end) {
        if (!cell::trim(text.substr(begin, end - begin)).empty()) out.push_back({begin, end});
        begin = end;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            const std::size_t next = text.find('\n', i + 1);
            if (begins_statement(text.substr(i + 1, next - i - 1))) cut(i + 1);
        } else if ((c == '.' || c == '!' || c == '?') && i + 1 < text.size() &&
                   (text[i + 1] == ' ' || text[i + 1] == '\n')) {
            const std::size_t next = text.find_first_not_of(" \n", i + 1);
            const bool upper = next != text.npos && (!(text[next] >= 'a' && text[next] <= 'z') || ends_word(text, i));
            const std::string_view so_far = cell::trim(text.substr(begin, i - begin));
            const bool number = so_far.find_first_not_of("0123456789") == so_far.npos;                  // of a section
            const bool short_word = number || (i >= 2 && text[i - 2] == '.' && is_letter(text[i - 1])); // e.g. i.e.
            if (upper && !short_word) cut(i + 1);
        } else if (c == '-' && text.substr(i, 2) == "- " && i >= 2 && text.substr(i - 2, 2) == ": ") {
            cut(i); // list items glued to one line
        }
    }
    cut(text.size());
    return out;
}

/// How much of a long text is one statement: to a blank, else to the end of a character.
std::size_t whole_words(std::string_view text) {
    const std::size_t blank = text.find_last_of(" \n", Statement::longest - 1);
    if (blank != text.npos && blank > 0) return blank + 1;
    std::size_t end = Statement::longest;
    while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return end;
}

/// Words before a colon at the head of a block, as in "Mean TTFT: 0.165 s".
std::string label_of(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos || colon > 80 || text.substr(0, colon).find(". ") != text.npos) return {};
    if (colon + 1 < text.size() && text[colon + 1] != ' ' && text[colon + 1] != '\n') return {};
    return trimmed(text.substr(0, colon));
}

/// Is it a label that holds for all of a block?
bool is_short(const std::string& label) {
    constexpr std::ptrdiff_t most_blanks = 5;
    return std::count(label.begin(), label.end(), ' ') <= most_blanks;
}

std::string shortened(std::string text) { // of plain text: whole characters
    text.resize(std::min(text.size(), Statement::longest_around));
    return text;
}
std::shared_ptr<const std::string> short_text(std::string_view text) {
    return std::make_shared<const std::string>(shortened(plain(trimmed(text)).text));
}
std::shared_ptr<const std::string> nothing() {
    static const auto none = std::make_shared<const std::string>();
    return none;
}

class Reader {
  public:
    Document run(const std::vector<KeptNode>& nodes) {
        for (const auto& node : nodes)
            if (node.type == "row") row_lines_.insert(node.line);
        for (const auto& node : nodes) read(node);
        return std::move(out_);
    }

  private:
    void read(const KeptNode& node) {
        if (node.type == "heading") return heading(node);
        if (node.type == "table") {
            ++table_, row_ = 0;
            std::vector<std::string> columns;
            for (const auto& name : split_columns(node.text)) columns.push_back(shortened(plain(name).text));
            columns_ = std::make_shared<const std::vector<std::string>>(columns);
            columns.insert(columns.begin(), std::string{});
            cornered_ = std::make_shared<const std::vector<std::string>>(std::move(columns));
            return;
        }
        if (node.type == "row") return row(node);
        if (node.type == "code") return code(node);
        if (node.type == "paragraph" || node.type == "list-item" || node.type == "quote") block(node);
    }
    /// What is of no language and set in columns is a table.
    void code(const KeptNode& node) {
        const std::string language = lower(node.info), lead = lower(*lead_);
        if (says(lead,
                 {"example", "format", "template", "planned", "expected", "default", "defaults", "sample output"}))
            return; // of what is to be
        for (const std::string_view known : {"", "text", "txt", "plain", "plaintext", "console", "output"}) {
            if (language != known) continue;
            const std::uint64_t first = node.line + (node.level > 0 ? 1 : 0); // behind the fence
            bool head = true;
            for (const auto& [line, cells] : preformatted_table(node.text)) {
                std::string joined;
                for (const auto& cell : cells) joined += (joined.empty() ? "" : "\t") + cell;
                read({head ? "table" : "row", joined, {}, {}, 0, first + line});
                head = false;
            }
        }
    }
    static std::vector<std::string> split_columns(const std::string& text) {
        if (text.find('\t') != text.npos) return split(text, '\t');
        std::vector<std::string> parts;
        std::size_t begin = 0;
        for (std::size_t at = text.find(" | "); at != text.npos; at = text.find(" | ", begin)) {
            parts.push_back(text.substr(begin, at - begin));
            begin = at + 3;
        }
        parts.push_back(text.substr(begin));
        return parts;
    }
    void set_heading(std::size_t level, const std::string& text, std::uint64_t line) {
        std::vector<std::string> headings = *headings_;
        headings.resize(std::clamp<std::size_t>(level, 1, 6) - 1);
        headings.push_back(shortened(text));
        headings_ = std::make_shared<const std::vector<std::string>>(std::move(headings));
        lead_ = nothing();
        history_.emplace_back(line, headings_);
    }
    /// "# 8.7x" of a slide: a number and a word or two, which heads nothing.
    static bool is_big_number(const std::string& text) {
        const auto found = quantities(plain(text).text);
        const std::string all = plain(text).text;
        return found.size() == 1 && found[0].begin == 0 && found[0].kind == Kind::number && !found[0].spelled &&
               found[0].unit.known() && all.size() < found[0].end + 8;
    }
    void heading(const KeptNode& node) {
        std::string text = node.text;
        if (is_big_number(text)) return statement(Statement::Form::sentence, node.line, text);
        // Lines that lost their ends: "# Title ## Baseline".
        const auto glued = text.find(" ##");
        set_heading(static_cast<std::size_t>(node.level), plain(text.substr(0, glued)).text, node.line);
        statement(Statement::Form::heading, node.line, text.substr(0, glued));
        if (glued != text.npos) glued_heading(text.substr(glued + 1), node.line);
    }
    void glued_heading(std::string_view text, std::uint64_t line) {
        const std::size_t level = text.find_first_not_of('#');
        if (level == text.npos) return;
        const std::string title = plain(cell::trim(text.substr(level))).text;
        // A heading has no end mark: where a list or a table follows, it is over.
        const auto end = std::min(title.find(" - "), title.find(" | "));
        set_heading(level, title.substr(0, end), line);
        statement(Statement::Form::heading, line, title.substr(0, end));
        if (end != title.npos) statement(Statement::Form::sentence, line, title.substr(end));
    }
    void row(const KeptNode& node) {
        Statement s = base(Statement::Form::row, node.line);
        // Headings glued to prose around a table were met before its rows.
        const auto known = std::find_if(history_.rbegin(), history_.rend(),
                                        [&](const auto& heading) { return heading.first <= node.line; });
        if (known != history_.rend()) s.headings = known->second;
        const auto written = split(node.text, '\t');
        for (const auto& cell : written) s.cells.push_back(plain(cell).text);
        const bool corner = columns_->size() + 1 == s.cells.size(); // without a name
        s.columns = corner ? cornered_ : columns_;
        for (const auto& cell : s.cells)
            if (s.text.size() < Statement::longest)
                (s.text += s.text.empty() ? "" : " | ").append(cell, 0, Statement::longest);
        if (!s.cells[0].empty() || row_ == 0) first_ = shortened(s.cells[0]);
        s.first = first_;
        s.table = table_;
        s.row = row_++;
        s.lead = lead_;
        const std::size_t index = out_.statements.size();
        std::vector<std::size_t> texts; // cells too long for a statement
        for (std::size_t c = 0; c < written.size(); ++c) {
            auto& numbers = s.cell_numbers.emplace_back();
            if (s.cells[c].size() > Statement::longest) {
                s.cells[c].resize(Statement::longest);
                texts.push_back(c);
                continue;
            }
            const auto found = claims_of(written[c], plain(written[c]), node.line, index, c);
            numbers.any = !found.empty();
            if (found.size() == 1 && found[0].kind == Kind::number) numbers.alone = found[0].value;
        }
        out_.statements.push_back(std::move(s));
        for (const std::size_t c : texts) sentences_of(written[c], node.line);
    }
    void block(const KeptNode& node) {
        ++block_;
        in_item_ = node.type == "list-item";
        items_.resize(node.type == "list-item"
                          ? std::min<std::size_t>(items_.size(),
                                                  static_cast<std::size_t>(std::max<std::int64_t>(node.level, 1)) - 1)
                          : 0);
        std::uint64_t line = node.line;
        std::string kept;
        std::uint64_t begin = line;
        for (const auto& text : split(node.text, '\n')) {
            if (tex_line(text, line)) {
                sentences_of(kept, begin);
                kept.clear();
                begin = ++line;
                continue;
            }
            const bool ruler = text.find_first_not_of("|-: \t") == text.npos;
            std::string here = text;
            if (row_lines_.count(line) || (ruler && text.find('|') != text.npos)) {
                // A row of a table that is glued to prose; what was glued behind it is a heading, if anything.
                const auto mark = text.find("## ");
                here = mark == text.npos ? "" : text.substr(text.find('#'));
            } else if (row_lines_.count(line + 2) && text.find('|') != text.npos) {
                here = text.substr(0, text.find('|'));
            }
            const auto glued = here.find("## ");
            if (glued != here.npos && (glued == 0 || here[glued - 1] == ' ' || here[glued - 1] == '#')) {
                kept += here.substr(0, here.find('#'));
                sentences_of(kept, begin);
                kept.clear();
                begin = line + 1;
                glued_heading(std::string_view{here}.substr(here.find('#')), line);
            } else {
                if (kept.empty() && cell::trim(here).empty())
                    begin = line + 1;
                else
                    kept += here + '\n';
            }
            ++line;
        }
        sentences_of(kept, begin);
        if (node.type == "list-item") {
            items_.resize(static_cast<std::size_t>(std::max<std::int64_t>(node.level, 1)) - 1);
            items_.push_back(short_text(node.text));
        }
        if (node.type != "list-item") lead_ = short_text(node.text);
    }
    /// Of a table in TeX: its first line names the columns, its caption leads to it.
    bool tex_line(const std::string& text, std::uint64_t line) {
        if (const auto caption = tex_caption(text); !caption.empty()) {
            lead_ = short_text(caption);
            tex_columns_ = 0;
            statement(Statement::Form::sentence, line, caption);
            return true;
        }
        const auto cells = tex_cells(text);
        if (cells.empty()) return false;
        std::string joined;
        for (const auto& cell : cells) joined += (joined.empty() ? "" : "\t") + cell;
        const bool head = cells.size() != tex_columns_;
        tex_columns_ = cells.size();
        read({head ? "table" : "row", joined, {}, {}, 0, line});
        return true;
    }
    void sentences_of(const std::string& text, std::uint64_t line) {
        std::string first = label_of(plain(text).text);
        if (!is_short(first)) first.clear(); // a clause, of its own sentence
        std::size_t counted = 0;
        const auto pieces = sentences(text);
        // "19:12, 2 October. First attempt, ...": a heading that runs into its item.
        std::string run_in;
        if (first.empty() && in_item_ && pieces.size() > 1)
            if (const auto head = trimmed(plain(text.substr(0, pieces[0].end)).text);
                head.ends_with('.') && is_short(head))
                first = run_in = head.substr(0, head.size() - 1);
        for (const Piece& p : pieces) {
            const std::string_view before = std::string_view{text}.substr(counted, p.begin - counted);
            line += static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
            counted = p.begin;
            const std::string piece = text.substr(p.begin, p.end - p.begin);
            label_ = label_of(plain(piece).text);
            if (label_.empty())
                label_ = first;
            else if (!run_in.empty())
                label_ = run_in + ", " + label_;
            statement(Statement::Form::sentence, line, piece);
        }
        label_.clear();
    }
    Statement base(Statement::Form form, std::uint64_t line) const {
        Statement s;
        s.form = form;
        s.line = line;
        s.headings = headings_;
        s.lead = nothing();
        s.columns = no_columns_;
        s.block = block_;
        return s;
    }
    void statement(Statement::Form form, std::uint64_t line, std::string_view text) {
        while (text.size() > Statement::longest) {
            const std::string_view piece = text.substr(0, whole_words(text));
            one_statement(form, line, std::string{piece});
            line += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
            text.remove_prefix(piece.size());
        }
        one_statement(form, line, std::string{text});
    }
    void one_statement(Statement::Form form, std::uint64_t line, const std::string& text) {
        Statement s = base(form, line);
        const Plain p = plain(text);
        s.text = p.text;
        s.label = label_;
        // What is no list has a paragraph of its own, unless the one before leads to it.
        const bool led = in_item_ || lead_->ends_with(':');
        s.lead = form != Statement::Form::sentence || !led ? nothing() : items_.empty() ? lead_ : items_.back();
        claims_of(text, p, line, out_.statements.size(), SIZE_MAX);
        out_.statements.push_back(std::move(s));
    }
    std::vector<Quantity> claims_of(const std::string& written, const Plain& p, std::uint64_t line, std::size_t index,
                                    std::size_t cell) {
        auto found = quantities(p.text);
        const std::size_t first = out_.claims.size();
        for (const Quantity& q : found) {
            if (q.low != SIZE_MAX) continue;    // told with its other end
            if (q.kind == Kind::name) continue; // of a thing, no number
            Claim claim;
            if (q.high != SIZE_MAX) claim.high = found[q.high];
            const std::size_t begin = p.origin[q.begin];
            std::size_t end = p.origin[claim.high ? claim.high->end : q.end];
            while (end > begin && std::string_view{"$}\\"}.find(written[end - 1]) != std::string_view::npos)
                --end; // TeX
            const std::string_view before{written.data(), begin};
            claim.line = line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
            claim.text = written.substr(begin, end - begin);
            claim.quantity = q;
            if (cell != SIZE_MAX) {
                round_to_zeros(claim.quantity);
                if (claim.high) round_to_zeros(*claim.high);
            }
            claim.statement = index;
            claim.cell = cell;
            claim.peers_begin = first;
            out_.claims.push_back(std::move(claim));
        }
        for (std::size_t i = first; i < out_.claims.size(); ++i) out_.claims[i].peers_end = out_.claims.size();
        return found;
    }

    Document out_;
    std::set<std::uint64_t> row_lines_;
    Statement::Texts no_columns_ = std::make_shared<const std::vector<std::string>>();
    Statement::Texts headings_ = no_columns_, columns_ = no_columns_,
                     cornered_ = no_columns_;                         ///< cornered_: columns behind one without a name
    std::vector<std::shared_ptr<const std::string>> items_;           ///< list items around the one being read
    std::vector<std::pair<std::uint64_t, Statement::Texts>> history_; ///< lines of headings, and what holds behind them
    std::shared_ptr<const std::string> lead_ = nothing();
    std::string label_, first_;
    std::size_t table_ = SIZE_MAX, row_ = 0, block_ = 0;
    std::size_t tex_columns_ = 0; ///< of the table in TeX that is being read
    bool in_item_ = false;
};

} // namespace

std::string lead_of(const Statement& s, std::size_t cell) {
    const std::string text = ". " + lower(*s.lead);
    std::string own;
    bool any = false;
    for (std::size_t c = 0; c < std::min<std::size_t>(s.columns->size(), 64); ++c) {
        const std::string mark = ". " + lower((*s.columns)[c]) + ": ";
        const auto at = mark.size() > 4 ? text.find(mark) : text.npos;
        if (at == text.npos) continue;
        any = true;
        if (c == cell) own = s.lead->substr(at, text.find(". ", at + 2) - at);
    }
    return any ? own : *s.lead;
}

Document read_document(const std::vector<KeptNode>& nodes) { return Reader{}.run(nodes); }

} // namespace assay::claims
