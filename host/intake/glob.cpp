#include <intake/glob.hpp>

#include <intake/name_text.hpp>

#include <bit>

namespace assay::intake {
namespace {

constexpr std::size_t longest_pattern = 1024; // bytes; keeps the state sets small

// Is there a folder in the path, or the path itself if it is one, whose name begins with a dot?
bool in_hidden_folder(std::string_view path) {
    for (std::size_t begin = 0;;) {
        const std::size_t slash = path.find('/', begin);
        if (slash == std::string_view::npos) return false;
        if (path[begin] == '.') return true;
        begin = slash + 1;
    }
}

} // namespace

// Builds Thompson's automaton (Thompson 1968) by recursive descent; each part extends it from a state and answers the
// state it ends in.
class GlobCompiler {
  public:
    explicit GlobCompiler(std::string_view text) : pattern(text) {}

    Glob compile() {
        check_shape();
        const std::uint32_t start = add_state();
        glob.end = sequence(start, 0);
        if (at < pattern.size()) fail(at, "`}` without `{`; write `\\}` for the character");
        if (pattern.ends_with('/')) glob.end = whole_names(glob.end);
        glob.everything = pattern == "**" || pattern == "**/*" || pattern == "**/**";
        close();
        return std::move(glob);
    }

  private:
    [[noreturn]] static void fail(std::size_t where, std::string message) {
        throw GlobError{where, std::move(message)};
    }

    void check_shape() {
        if (pattern.empty()) fail(0, "the pattern is empty");
        if (pattern.size() > longest_pattern) fail(longest_pattern, "the pattern is longer than 1024 bytes");
        if (pattern.front() == '/') fail(0, "patterns are relative to the input: leave out the leading `/`");
        if (pattern.starts_with("./")) fail(0, "patterns are relative to the input: leave out the leading `./`");
        for (std::size_t i = 0; i < pattern.size(); i += character_at(pattern, i).bytes) {
            if (!character_at(pattern, i).valid()) fail(i, "the pattern is not UTF-8");
        }
        if (const std::size_t i = pattern.find("//"); i != pattern.npos) fail(i + 1, "an empty name between two `/`");
        if (pattern == ".." || pattern.starts_with("../")) fail(0, "`..` leaves the input");
        if (const std::size_t i = pattern.find("/../"); i != pattern.npos) fail(i + 1, "`..` leaves the input");
    }

    std::uint32_t add_state() {
        glob.edges.emplace_back();
        free_moves.emplace_back();
        return static_cast<std::uint32_t>(glob.edges.size() - 1);
    }
    void connect(std::uint32_t from, std::uint32_t to, Glob::Test test, char32_t literal = 0, std::uint32_t set = 0) {
        glob.edges[from].push_back({test, literal, set, to});
    }
    std::uint32_t literal(std::uint32_t from, char32_t c) {
        const std::uint32_t to = add_state();
        connect(from, to, Glob::Test::literal, c);
        return to;
    }

    // Up to the end of the pattern or, inside braces, to the `,` or `}` that ends the alternative.
    std::uint32_t sequence(std::uint32_t from, std::size_t depth) {
        while (at < pattern.size()) {
            const char c = pattern[at];
            if (c == '}' || (c == ',' && depth > 0)) break;
            from = item(from, depth);
        }
        return from;
    }

    std::uint32_t item(std::uint32_t from, std::size_t depth) {
        switch (pattern[at]) {
        case '*': return pattern.substr(at).starts_with("**") ? double_star(from) : star(from);
        case '?': {
            ++at;
            const std::uint32_t to = add_state();
            connect(from, to, Glob::Test::name_character);
            return to;
        }
        case '[': return set(from);
        case '{': return braces(from, depth);
        case '\\':
            if (++at == pattern.size()) fail(at - 1, "nothing follows `\\`");
            [[fallthrough]];
        default: return literal(from, next());
        }
    }

    char32_t next() {
        const NameCharacter c = character_at(pattern, at);
        at += c.bytes;
        return c.value;
    }

    std::uint32_t star(std::uint32_t from) {
        ++at;
        const std::uint32_t loop = add_state();
        free_moves[from].push_back(loop);
        connect(loop, loop, Glob::Test::name_character);
        return loop;
    }

    std::uint32_t double_star(std::uint32_t from) {
        constexpr std::string_view before = "/{,", after = "/},";
        const std::size_t behind = at + 2;
        const bool whole = (at == 0 || before.find(pattern[at - 1]) != before.npos) &&
                           (behind == pattern.size() || after.find(pattern[behind]) != after.npos);
        if (!whole) fail(at, "`**` stands for whole names: write `**/` before it or `/` behind it, as in `**/*.csv`");
        at = behind;
        if (at == pattern.size() || pattern[at] != '/' || at + 1 == pattern.size()) return whole_names(from);
        ++at; // zero or more names, each with its `/`
        const std::uint32_t loop = add_state(), inside = add_state();
        free_moves[from].push_back(loop);
        connect(loop, inside, Glob::Test::name_character);
        connect(inside, inside, Glob::Test::name_character);
        connect(inside, loop, Glob::Test::literal, U'/');
        return loop;
    }

    // One or more names.
    std::uint32_t whole_names(std::uint32_t from) {
        const std::uint32_t to = add_state();
        connect(from, to, Glob::Test::name_character);
        connect(to, to, Glob::Test::any_character);
        return to;
    }

    std::uint32_t set(std::uint32_t from) {
        const std::size_t opened = at++;
        const auto more = [&] {
            if (at >= pattern.size()) fail(opened, "`[` without `]`; write `\\[` for the character");
        };
        Glob::Set found;
        more();
        if (pattern[at] == '!' || pattern[at] == '^') found.negated = true, ++at;
        for (bool first = true; more(), first || pattern[at] != ']'; first = false) {
            const std::size_t where = at;
            if (pattern.substr(at).starts_with("[:")) fail(at, "named sets such as [:alpha:] are not known");
            const char32_t low = set_character(opened);
            char32_t high = low;
            if (pattern.substr(at).starts_with('-') && !pattern.substr(at).starts_with("-]")) {
                ++at;
                more();
                high = set_character(opened);
            }
            if (high < low) fail(where, "the range runs backwards");
            found.ranges.push_back({low, high});
        }
        ++at;
        glob.sets.push_back(std::move(found));
        const std::uint32_t to = add_state();
        connect(from, to, Glob::Test::set, 0, static_cast<std::uint32_t>(glob.sets.size() - 1));
        return to;
    }

    char32_t set_character(std::size_t opened) {
        if (pattern[at] == '\\' && ++at == pattern.size()) fail(opened, "`[` without `]`");
        if (pattern[at] == '/') fail(at, "a set matches inside one name and cannot hold `/`");
        return next();
    }

    std::uint32_t braces(std::uint32_t from, std::size_t depth) {
        const std::size_t opened = at;
        const std::uint32_t to = add_state();
        do {
            ++at; // `{` or `,`
            const std::uint32_t begin = add_state();
            free_moves[from].push_back(begin);
            free_moves[sequence(begin, depth + 1)].push_back(to);
            if (at == pattern.size()) fail(opened, "`{` without `}`; write `\\{` for the character");
        } while (pattern[at] == ',');
        ++at;
        return to;
    }

    void close() {
        const std::size_t states = glob.edges.size(), words = (states + 63) / 64;
        std::vector<std::uint32_t> open;
        for (std::uint32_t s = 0; s < states; ++s) {
            Glob::States& reached = glob.closure.emplace_back(words);
            open.assign(1, s);
            while (!open.empty()) {
                const std::uint32_t state = open.back();
                open.pop_back();
                const std::uint64_t bit = std::uint64_t{1} << (state % 64);
                if (reached[state / 64] & bit) continue;
                reached[state / 64] |= bit;
                open.insert(open.end(), free_moves[state].begin(), free_moves[state].end());
            }
        }
    }

    std::string_view pattern;
    std::size_t at = 0;
    Glob glob;
    std::vector<std::vector<std::uint32_t>> free_moves; // by state: moves that consume no character
};

bool Glob::passes(const Edge& edge, char32_t c) const {
    switch (edge.test) {
    case Test::literal: return c == edge.literal;
    case Test::name_character: return c != U'/';
    case Test::any_character: return true;
    case Test::set: break;
    }
    if (c == U'/') return false;
    const Set& set = sets[edge.set];
    for (const Range& range : set.ranges) {
        if (c >= range.first && c <= range.last) return !set.negated;
    }
    return set.negated;
}

void Glob::step(const States& from, char32_t c, bool literal_only, States& to) const {
    to.assign(from.size(), 0);
    for (std::size_t word = 0; word < from.size(); ++word) {
        for (std::uint64_t bits = from[word]; bits != 0; bits &= bits - 1) {
            const auto state = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
            for (const Edge& edge : edges[state]) {
                if (literal_only && edge.test != Test::literal) continue;
                if (!passes(edge, c)) continue;
                const States& reached = closure[edge.to];
                for (std::size_t i = 0; i < to.size(); ++i) to[i] |= reached[i];
            }
        }
    }
}

bool Glob::accepts(const States& states) const { return (states[end / 64] >> (end % 64)) & 1; }

bool Glob::matches(std::string_view path, Hidden hidden) const {
    if (path.empty()) return false;
    if (everything) return hidden == Hidden::as_others || !in_hidden_folder(path);
    const std::size_t last_slash = path.rfind('/');
    const std::size_t folders_end = last_slash == path.npos ? 0 : last_slash;
    States now = closure.front(), then;
    bool name_begins = true;
    for (std::size_t at = 0; at < path.size();) {
        const NameCharacter c = character_at(path, at);
        const bool literal_only = hidden == Hidden::named_only && name_begins && c.value == U'.' && at < folders_end;
        step(now, c.value, literal_only, then);
        now.swap(then);
        name_begins = c.value == U'/';
        at += c.bytes;
    }
    return accepts(now);
}

bool Glob::covers(std::string_view path) const {
    if (path.empty()) return false;
    if (everything) return true;
    States now = closure.front(), then;
    for (std::size_t at = 0; at < path.size();) {
        const NameCharacter c = character_at(path, at);
        if (c.value == U'/' && accepts(now)) return true;
        step(now, c.value, false, then);
        now.swap(then);
        at += c.bytes;
    }
    return accepts(now);
}

bool Glob::reaches_into(std::string_view folder) const {
    States now = closure.front(), then;
    bool name_begins = true;
    for (std::size_t at = 0; at < folder.size();) {
        const NameCharacter c = character_at(folder, at);
        step(now, c.value, name_begins && c.value == U'.', then);
        now.swap(then);
        name_begins = c.value == U'/';
        at += c.bytes;
    }
    step(now, U'/', false, then);
    for (const std::uint64_t word : then) {
        if (word != 0) return true;
    }
    return false;
}

std::variant<Glob, GlobError> compile_glob(std::string_view pattern) {
    try {
        return GlobCompiler(pattern).compile();
    } catch (GlobError& error) {
        return std::move(error);
    }
}

} // namespace assay::intake
