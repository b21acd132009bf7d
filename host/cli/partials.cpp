#include "cli/partials.hpp"
#include "cli/interrupt.hpp"
#include "cli/made_with.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/json_writer.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

namespace assay::cli {

namespace {

constexpr std::int64_t most_shards = 1'000'000;

std::string content_of(const std::string& path) {
    errno = 0;
    try {
        std::ifstream in{path, std::ios::binary};
        std::ostringstream bytes;
        if (in.is_open() && (in.peek() == std::ifstream::traits_type::eof() || bytes << in.rdbuf()) && !in.bad())
            return std::move(bytes).str();
    } catch (const std::ios_base::failure&) {} // a folder can be opened, not read
    throw UsageError{"cannot read '" + path + "': " + std::strerror(errno)};
}

std::string in_quotes(const std::string& path) { return '\'' + path + '\''; }

/// The first sentence that only one of the two has, and which.
std::string difference(const std::vector<std::string>& file, const std::vector<std::string>& here) {
    const auto only_in = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
        const auto found = std::find_if(a.begin(), a.end(), [&](const std::string& sentence) {
            return std::find(b.begin(), b.end(), sentence) == b.end();
        });
        return found == a.end() ? std::string{} : *found;
    };
    const std::string theirs = only_in(file, here), ours = only_in(here, file);
    std::string text;
    if (!theirs.empty()) text += " there is " + theirs;
    if (!ours.empty()) text += (text.empty() ? " here is " : "; here is ") + ours;
    return text.empty() ? " the same stages stand in another order" : text;
}

std::string shard_json(const engine::PartialFile& partials, std::uint64_t failed, const std::string& path, int status) {
    JsonWriter json;
    json.object().field("exit", status).key("shard").object();
    json.field("index", partials.shard.index).field("count", partials.shard.count).end();
    json.key("artifacts").object().field("seen", static_cast<std::uint64_t>(partials.artifacts.size()));
    json.field("failed", failed).field("of", partials.tree_files).end().field("written", path);
    json.key("trouble").array();
    for (const auto& trouble : partials.trouble) json.value(trouble);
    json.end().end();
    return json.take() + "\n";
}

} // namespace

engine::Shard shard_of(const std::string& text) {
    const auto slash = text.find('/');
    const auto index = cell::integer(text.substr(0, slash));
    const auto count = slash == std::string::npos ? std::nullopt : cell::integer(text.substr(slash + 1));
    if (!index || !count || *count < 1 || *count > most_shards || *index < 1 || *index > *count)
        throw UsageError{"--shard takes I/N, such as 3/16, with I from 1 to N; not '" + text + "'"};
    return {static_cast<std::uint64_t>(*index), static_cast<std::uint64_t>(*count)};
}

int write_partials(const Work& work, const ShardWanted& wanted, const pipeline::Pipeline& pipeline,
                   Components& components, const Session& session, const Common& common) {
    auto gathered = gather(work, components.stages, wanted.shard);
    if (!gathered) return 128 + interrupting_signal();
    const engine::PartialFile partials{
        wanted.shard,       made_with(pipeline, session), std::move(gathered->tree),     gathered->tree_files,
        gathered->left_out, std::move(gathered->trouble), std::move(gathered->artifacts)};
    const std::string bytes = engine::encode(partials);
    OutputFile file{"", wanted.path};
    if (file.problem().empty()) file.sink()->write(file.sink(), bytes.data(), bytes.size());
    if (const std::string problem = file.commit(); !problem.empty()) {
        log(Level::error, problem);
        return incomplete;
    }
    const auto failed = std::count_if(partials.artifacts.begin(), partials.artifacts.end(), [](const auto& placed) {
        return placed.partial.record.outcome == ASSAY_OUTCOME_FAILED;
    });
    const int status = !partials.trouble.empty() || (wanted.strict && failed > 0) ? incomplete : done;
    std::ostream& out = wanted.path == "-" ? std::cerr : std::cout;
    if (common.json)
        out << shard_json(partials, static_cast<std::uint64_t>(failed), file.path(), status);
    else if (!common.quiet)
        out << "shard " << wanted.shard.index << " of " << wanted.shard.count << ": " << partials.artifacts.size()
            << " of " << partials.tree_files << " artifacts, " << failed << " failed\nwrote " << file.path() << "\n";
    return status;
}

Gathered read_partials(const std::vector<std::string>& paths, const pipeline::Pipeline& pipeline,
                       const Session& session) {
    const auto here = made_with(pipeline, session);
    std::vector<engine::PartialFile> files;
    for (const auto& path : paths) {
        std::string problem;
        auto file = engine::decode_partial_file(content_of(path), problem);
        if (!file) throw UsageError{problem.insert(0, in_quotes(path) + ' ')};
        if (file->made_with != here)
            throw UsageError{"'" + path +
                             "' was made with another pipeline or other plugins:" + difference(file->made_with, here)};
        files.push_back(std::move(*file));
    }
    std::string problem;
    auto all = engine::unite(std::move(files), paths, problem);
    if (!all) throw UsageError{problem};
    Gathered out;
    out.at_hand = false;
    out.artifacts = std::move(all->artifacts);
    out.left_out = all->left_out;
    out.trouble = std::move(all->trouble);
    for (const auto& trouble : out.trouble) log(Level::error, trouble);
    out.tree_files = all->tree_files;
    out.started =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    return out;
}

} // namespace assay::cli
