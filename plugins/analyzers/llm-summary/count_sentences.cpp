// Sentences of files and rows.
#include "llm-summary/rules.hpp"
#include "llm-summary/templates.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>

namespace assay::narrative {

namespace {

constexpr std::size_t most_files = 6;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

} // namespace

void cite(Sentence& sentence, const Count& count) {
    if (!count.fact.empty()) sentence.sources.push_back(count.fact);
}

void cite(Sentence& sentence, const Gap* gap) {
    if (!gap) return;
    for (const Found& found : gap->found) sentence.sources.push_back(found.fingerprint);
}

Sentence files_claimed(const Material& m) {
    Sentence out;
    if (m.files.value == 0) return {"No files were found.", {m.files.fact}};
    std::vector<std::string> types;
    for (const auto& [type, n] : m.types) {
        types.push_back(counted(n.value, type + " file", type + " files"));
        cite(out, n);
    }
    cite(out, m.files);
    cite(out, m.claimed);
    if (m.claimed.value == m.files.value)
        out.text = (m.files.value == 1 ? "" : "All ") + counted(m.files.value, "file was", "files were") +
                   " claimed by a parser";
    else
        out.text = std::to_string(m.claimed.value) + " of " + counted(m.files.value, "file was", "files were") +
                   " claimed by a parser";
    out.text += (types.empty() ? "" : ": " + listed(types, most_files)) + '.';
    return out;
}

Sentence files_without_data(const Material& m) {
    Sentence out;
    const Gap* gap = find_gap(m, "error-message-as-artifact");
    if (!gap || gap->found.empty()) {
        if (m.unread.value == 0) return out;
        out.text = "Of these, " + listed(m.unread_names, most_files) + " could not be read.";
        cite(out, m.unread);
        return out;
    }
    const Found& found = gap->found.front();
    const std::uint64_t n = found.k.value_or(1);
    cite(out, gap);
    // One file that is an error message is also the one that could not be read, and not what its name says.
    const bool same = n == 1 && m.unread_names == std::vector<std::string>{found.place};
    if (same) cite(out, m.unread);
    if (const Gap* other = find_gap(m, "extension-contradicts-content");
        other && other->found.size() == 1 && other->found.front().place == found.place)
        cite(out, other);
    out.text = n == 1 ? "One of them, " + found.place + ", holds an error message in place of data" +
                            (same ? " and could not be read." : ".")
                      : counted(n, "file holds", "files hold") + " an error message in place of data, such as " +
                            found.place + '.';
    return out;
}

Sentence files_unclaimed(const Material& m) {
    Sentence out;
    if (m.unclaimed.value == 0) return out;
    std::vector<std::string> names;
    for (const auto& path : m.unclaimed_names) names.push_back(file_name(path));
    out.text = "No parser knows the other " + (m.unclaimed.value == 1 ? "file" : std::to_string(m.unclaimed.value)) +
               ": " + listed(names, most_files) + '.';
    cite(out, m.unclaimed);
    cite(out, find_gap(m, "unclaimed"));
    return out;
}

Sentence rows_read(const Material& m) {
    Sentence out;
    if (m.rows.value == 0) return out;
    out.text = "Rows: " + std::to_string(m.rows.value) + " read, " + std::to_string(m.rows_ok.value) + " ok, " +
               std::to_string(m.rows_failed.value) + " failed.";
    for (const Count* count : {&m.rows, &m.rows_ok, &m.rows_failed}) cite(out, *count);
    return out;
}

Sentence copies(const Material& m) {
    Sentence out;
    if (m.copies.value == 0) return out;
    out.text = counted(m.copies.value, "file is a byte-identical copy of another and counts",
                       "files are byte-identical copies of others and count") +
               " once.";
    cite(out, m.copies);
    cite(out, find_gap(m, "identical-copies"));
    return out;
}

Sentence failed_rows_in_short(const Material& m) {
    Sentence out;
    if (m.failures.empty()) return out;
    const Failures& worst = m.failures.front();
    out.text = std::to_string(worst.failed.value) + " of " + counted(worst.rows.value, "row", "rows") + " of " +
               in_quotes(worst.dataset) + " failed";
    if (!worst.folder.empty())
        out.text += " (" + std::to_string(worst.failed.value) + " of the " + std::to_string(worst.folder_rows.value) +
                    " under " + worst.folder + ')';
    out.text += "; they are in no figure here.";
    for (const Count* count : {&worst.failed, &worst.rows, &worst.folder_rows}) cite(out, *count);
    return out;
}

} // namespace assay::narrative
