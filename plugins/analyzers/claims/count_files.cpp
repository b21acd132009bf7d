// Counts of files: of a type, of a folder, of all.
#include "claims/count.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace assay::claims {

namespace {

/// Names of file types, as people say them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> type_names{{{"csv", ".csv"},
                                                                                    {"json", ".json"},
                                                                                    {"markdown", ".md"},
                                                                                    {"md", ".md"},
                                                                                    {"text", ".txt"},
                                                                                    {"txt", ".txt"},
                                                                                    {"parquet", ".parquet"},
                                                                                    {"yaml", ".yaml"},
                                                                                    {"log", ".log"},
                                                                                    {"xml", ".xml"}}};

/// The type named nearest to the number, before it if there is one; empty where none is.
std::string type_beside(const std::string& text, std::size_t begin, std::size_t end) {
    std::string best;
    std::size_t distance = 40;
    const std::string low = lower(text);
    const bool own_noun = end > begin && low.compare(end, 5, " file") == 0; // "1 csv, 10 files"
    for (const auto& [name, extension] : type_names) {
        for (std::size_t at = low.find(name); at != low.npos; at = low.find(name, at + 1)) {
            const auto inner = [](char c) { return is_word(c) || c == '/' || c == '-'; };
            const std::size_t behind = at + name.size();
            const bool path = at > 1 && low[at - 1] == '.' && inner(low[at - 2]); // of a file that is named
            const bool whole =
                (at == 0 || !inner(low[at - 1])) && (behind >= low.size() || !inner(low[behind])) && !path;
            if (!whole) continue;
            if (end > begin && at == end + 1) return std::string{extension}; // "28 csv"
            const std::size_t gap = at >= end                   ? (at - end) * 2
                                    : begin >= at + name.size() ? begin - at - name.size()
                                                                : 0;
            // Another number between them has the type for itself.
            const std::size_t from = at < begin ? at : end, to = at < begin ? begin : at;
            const auto digits = from < to ? low.substr(from, to - from) : std::string{};
            const bool joined = digits.find(',') != digits.npos || digits.find(" and ") != digits.npos;
            const bool taken =
                (own_noun && at < begin && joined) ||
                std::any_of(digits.begin(), digits.end(), [](char c) { return is_digit(c) || c == ';'; });
            if (gap < distance && !taken) distance = gap, best = extension;
        }
    }
    return best;
}

/// Folders that a text writes out.
struct Folders {
    std::set<std::string> known; ///< of the data
    bool unknown = false;        ///< a path is written that the data do not have
    bool any() const { return unknown || !known.empty(); }
};

bool ends_in(const std::string& path, const std::string& end) {
    return path == end ||
           (path.size() > end.size() && path.ends_with(end) && path[path.size() - end.size() - 1] == '/');
}

void add_path(Folders& to, const World& world, const std::string& path) {
    bool known = false;
    for (const auto& file : world.files) {
        known = known || ends_in(file.path, path); // a file that is named
        for (auto at = file.path.find('/'); at != file.path.npos; at = file.path.find('/', at + 1)) {
            const std::string folder = file.path.substr(0, at);
            if (!ends_in(folder, path) && !(folder.find('/') != folder.npos && ends_in(path, folder))) continue;
            to.known.insert(folder);
            known = true;
        }
    }
    to.unknown = to.unknown || !known;
}

Folders folders_in(const World& world, const std::string& text) {
    Folders out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\n,;()[]`\"'|", begin), text.size());
        std::string path = text.substr(begin, end - begin);
        begin = end + 1;
        while (!path.empty() && (path.back() == '.' || path.back() == ':')) path.pop_back();
        while (path.starts_with("./")) path.erase(0, 2);
        if (const auto last = path.rfind('/'); last != path.npos && path.find('*', last) != path.npos)
            path.resize(last);
        const bool folder = path.size() > 2 && path.ends_with('/');
        if (folder) path.pop_back();
        const auto slash = path.find('/');
        if (!folder && (slash == path.npos || slash < 2 || slash + 1 == path.size() || path.ends_with("/s")))
            continue; // "tokens/s"
        const auto type = [&](const auto& known) { return path.starts_with(std::string{known.first} + "/"); };
        const std::string low = lower(path);
        if (std::none_of(low.begin(), low.end(), is_letter) || low.starts_with("and/") ||
            std::any_of(type_names.begin(), type_names.end(), type))
            continue; // "3/4", "json/csv"
        add_path(out, world, path);
    }
    return out;
}

/// The clause of a sentence that a number stands in.
std::string clause_of_count(const std::string& text, const Quantity& q) {
    const auto ends = [&](std::size_t i) {
        return text[i] == ',' || text[i] == ';' || text[i] == '(' || text[i] == ')' ||
               (text.compare(i, 5, " and ") == 0 && i + 5 < text.size() && is_digit(text[i + 5]));
    };
    std::size_t begin = q.begin, end = q.end;
    while (begin > 0 && !ends(begin - 1)) --begin;
    while (end < text.size() && !ends(end)) ++end;
    return text.substr(begin, end - begin);
}

/// The nearest that are written out: beside the number, in its statement, its lead, its headings.
struct MeantFolders {
    std::set<std::string> folders;
    bool beside = false; ///< written in the number's own clause: the whole tree is not meant
    bool doubt = false;  ///< which are meant is not sure
};
MeantFolders folders_meant(const World& world, const Statement& s, const Quantity& q) {
    std::string all = s.label + " ; " + s.text, beside = s.text;
    if (s.form == Statement::Form::row)
        for (const auto& cell : s.cells) beside += " | " + cell;
    else
        beside = clause_of_count(s.text, q);
    const Folders own = folders_in(world, beside), around = folders_in(world, all);
    const bool doubt = own.unknown || around.unknown || own.known.size() > 1 || around.known.size() > 1;
    if (own.any()) return {own.known, true, doubt};
    if (around.any()) return {around.known, false, doubt};
    std::vector<std::string> texts{*s.lead};
    texts.insert(texts.end(), s.headings->rbegin(), s.headings->rend());
    for (const auto& text : texts)
        if (auto found = folders_in(world, text); found.any())
            return {found.known, false, found.unknown || found.known.size() > 1};
    return {};
}

struct FileCounts {
    std::map<std::string, double> by_type;
    double all = 0, read = 0;
    std::string types_read; ///< for people
};
FileCounts count_in(const World& world, const std::set<std::string>& folders) {
    FileCounts out;
    std::set<std::string> read;
    for (const auto& file : world.files) {
        const auto in = [&](const std::string& folder) { return file.path.starts_with(folder + "/"); };
        if (!folders.empty() && std::none_of(folders.begin(), folders.end(), in)) continue;
        out.by_type[file.extension] += 1;
        out.all += 1;
        if (file.parsed) read.insert(file.extension);
    }
    for (const auto& type : read)
        out.read += out.by_type[type], out.types_read += (out.types_read.empty() ? "" : ", ") + type;
    return out;
}

/// Does a phrase say that these are all: "63 files in total", `JSON files | 63`?
bool says_all(const Statement& s, const Claim& claim, bool typed) {
    const Quantity& q = claim.quantity;
    if (s.form == Statement::Form::row) {
        const auto header = concepts(claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : ""),
                   first = concepts(s.first);
        const bool files = holds(header, "file") || (holds(first, "file") && s.cells.size() < 3);
        return files && (typed || (first.size() < 3 && (holds(first, "total") || holds(header, "total"))));
    }
    const auto named = [&](const auto& type) { return lower(s.label) == type.first; }; // "CSV: 3 files"
    if (holds(concepts(s.label), "total") || std::any_of(type_names.begin(), type_names.end(), named)) return true;
    const std::string near = lower(clause_of_count(s.text, q));
    return near.find("total") != near.npos || near.find("altogether") != near.npos ||
           lower(s.text.substr(q.end, 32)).find(" in all") != near.npos;
}

/// Are they files and no more: "5 CSV files in total", and not "7 files of Python code"?
bool plainly_files(const Statement& s, const Claim& claim) {
    const auto plain = [](const std::string& text) {
        for (const auto& word : concepts(text)) {
            const bool type = std::any_of(type_names.begin(), type_names.end(),
                                          [&](const auto& known) { return known.first == word; });
            if (!type &&
                !is_any(word, {"file", "artifact", "total", "all", "type", "count", "number", "data", "result"}))
                return false;
        }
        return true;
    };
    if (s.form == Statement::Form::row)
        return plain(s.first) && plain(claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : "");
    const std::string behind = lower(s.text.substr(claim.quantity.end, 60));
    const auto noun = behind.find("file");
    if (noun == behind.npos || std::count(behind.begin(), behind.begin() + static_cast<std::ptrdiff_t>(noun), ' ') > 3)
        return !s.label.empty() && plain(s.label);
    const std::string rest = behind.substr(std::min(behind.find_first_of(" .,;:)", noun), behind.size()));
    const bool ends = rest.empty() || rest[0] != ' ' || rest.starts_with(" in ") || rest.starts_with(" altogether") ||
                      rest.starts_with(" total") || rest.starts_with(" (") || rest.starts_with(" and ");
    return ends && plain(behind.substr(0, noun));
}

} // namespace

Verdict count_verdict(Status status, double value, const std::string& what) {
    Verdict v;
    v.status = status;
    v.expected = value;
    v.datum.emplace();
    v.datum->value = value;
    v.datum->stat = "count";
    v.datum->column = what;
    v.datum->selector = what;
    v.reason = "there are " + std::to_string(static_cast<long long>(value)) + " " + what;
    return v;
}

std::optional<Verdict> judge_files(const World& world, const Document& document, const Claim& claim,
                                   const Context& context) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const bool speaks = holds(context.wide, "file") || holds(context.wide, "artifact");
    if (!speaks) return std::nullopt;
    std::string type;
    if (s.form == Statement::Form::row) {
        const std::string first = s.cells.empty() ? "" : s.cells[0];
        type = type_beside(first + " ", first.size(), first.size());
        if (type.empty() && !holds(concepts(first), "file") && !holds(context.near, "file")) return std::nullopt;
    } else {
        type = type_beside(s.text, q.begin, q.end);
    }
    const MeantFolders meant = folders_meant(world, s, q);
    if (meant.beside && meant.folders.empty()) return std::nullopt; // of a folder that is not among the data
    std::string in;
    for (const auto& folder : meant.folders) in += (in.empty() ? " in " : ", ") + folder;
    const FileCounts counts = count_in(world, meant.folders), whole = count_in(world, {});
    const auto given = [&](double count, double of_all, const std::string& what) -> std::optional<Verdict> {
        if (count == q.value) return count_verdict(Status::supported, count, what + in);
        if (of_all == q.value && meant.beside) return std::nullopt;
        if (of_all == q.value) return count_verdict(Status::supported, of_all, what);
        if (meant.doubt || !says_all(s, claim, !type.empty()) || q.bound != 0 || !plainly_files(s, claim))
            return std::nullopt;
        return count_verdict(Status::contradicted, count, what + in);
    };
    if (!type.empty()) {
        const auto of_type = [&](const FileCounts& files) {
            const auto at = files.by_type.find(type);
            return at == files.by_type.end() ? 0 : at->second;
        };
        return given(of_type(counts), of_type(whole), "*" + type + " files");
    }
    const bool all =
        holds(concepts(s.form == Statement::Form::row ? q.noun
                                                      : s.text.substr(q.begin > 24 ? q.begin - 24 : 0,
                                                                      q.end - (q.begin > 24 ? q.begin - 24 : 0) + 28)),
              "file") ||
        holds(concepts(s.label), "file") || holds(concepts(s.cells.empty() ? "" : s.cells[0]), "file");
    if (!all) return std::nullopt;
    if (counts.read == q.value)
        return count_verdict(Status::supported, counts.read, "files (" + counts.types_read + ")" + in);
    if (!meant.beside && whole.read == q.value)
        return count_verdict(Status::supported, whole.read, "files (" + whole.types_read + ")");
    // The documents may lie among the data and not be counted.
    const auto documents = whole.by_type.find(".md");
    if (documents != whole.by_type.end() && !meant.beside && whole.all - documents->second == q.value)
        return count_verdict(Status::supported, q.value, "files that are no documents");
    if (auto found = given(counts.all, whole.all, "files");
        found && (found->status == Status::supported || meant.folders.empty()))
        return found;
    return std::nullopt;
}

} // namespace assay::claims
