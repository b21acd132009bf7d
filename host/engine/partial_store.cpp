#include "engine/partial_store.hpp"
#include "engine/partial_pack.hpp"
#include "intake/digest.hpp"
#include "intake/read_error.hpp"
#include "intake/source.hpp"
#include <algorithm>
#include <assay/in_order.hpp>
#include <chrono>
#include <map>
#include <mutex>
#include <sys/stat.h>

namespace assay::engine {

namespace {

/// File systems note times this coarsely at worst: within it a file can change and look the same.
constexpr std::int64_t coarsest_ns = 2'000'000'000;
/// That a pack was used is noted no more often, so that most runs write nothing.
constexpr std::int64_t use_noted_ms = 3'600'000;
/// Of the tables beside the blobs, for each partial.
constexpr std::uint64_t row_bytes = 512;

std::int64_t nanoseconds_now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string_view folder_of(const intake::Found& found) {
    return std::string_view{found.file}.substr(0, found.file.rfind('/') + 1);
}

/// As parsers see it, but for the suffix of a compression.
std::string_view name_of(const intake::Found& found) {
    return std::string_view{found.path}.substr(found.path.rfind('/') + 1);
}

using ByFolder = std::map<std::string_view, std::vector<std::size_t>>;

const KnownFile* find_known(const std::vector<KnownFile>& files, std::string_view name) {
    const auto at = std::lower_bound(files.begin(), files.end(), name,
                                     [](const KnownFile& file, std::string_view n) { return file.name < n; });
    return at != files.end() && at->name == name ? &*at : nullptr;
}

bool worth_keeping(const Partial& partial) {
    const ContentRecord& record = partial.record;
    if (record.outcome != ASSAY_OUTCOME_PARSED && record.outcome != ASSAY_OUTCOME_UNCLAIMED) return false;
    return std::none_of(record.remarks.begin(), record.remarks.end(),
                        [](const Remark& remark) { return remark.code == "stage-failed"; });
}

std::int64_t id_of_made(Database& database, const std::string& digest) {
    Statement query{database, "SELECT id FROM made WHERE digest = ?"};
    return query.with(digest).step() ? query.integer(0) : 0;
}

std::uint64_t bytes_in_use(Database& database) {
    const auto pages = database.number("PRAGMA page_count") - database.number("PRAGMA freelist_count");
    return static_cast<std::uint64_t>(pages * database.number("PRAGMA page_size"));
}

/// Reads packs, for one thread after another.
class PackReader {
  public:
    struct Pack {
        std::optional<std::int64_t> used_ms = {}; ///< absent: it is not there
        std::string blob = {};
    };
    explicit PackReader(Database& database)
        : query_{database, "SELECT used, blob FROM pack JOIN data ON pack = id WHERE id = ?"} {}
    Pack read(std::int64_t id) {
        const std::lock_guard lock{one_at_a_time_};
        if (!query_.with(id).step()) return {};
        return {query_.integer(0), std::string{query_.blob(1)}};
    }

  private:
    std::mutex one_at_a_time_;
    Statement query_;
};

/// Empty where the file cannot be read, which is for whoever folds it to say.
std::string content_digest_of(const intake::Found& found) {
    try {
        intake::Source source{found};
        return intake::content_digest(source);
    } catch (const intake::ReadError&) {
        return {};
    }
}

} // namespace

PartialStore::PartialStore(StoreWanted wanted, Say say)
    : wanted_{std::move(wanted)}, say_{std::move(say)}, start_ns_{nanoseconds_now()} {}

/// Runs `body` with the cache, if there is one that can be used.
template <class Body> void PartialStore::guarded(const char* doing, Body body) {
    if (!usable_) return;
    usable_ = false; // unless it goes well
    const std::string name = "the cache '" + store_path(wanted_.folder) + "' ";
    try {
        usable_ = body();
    } catch (const SqliteError& error) {
        if (!error.damaged()) return say_(false, name + "cannot be " + doing + ": " + error.what());
        say_(true, name + "is damaged (" + error.what() + "): it is begun anew");
        known_.assign(known_.size(), {});
        used_.clear();
        damaged_.clear();
        try {
            if (auto database = open_store(wanted_.folder, StoreUse::write, say_)) begin_anew(*database);
            usable_ = true;
        } catch (const SqliteError&) {} // then the next run finds it damaged
    }
}

bool PartialStore::settled(const intake::Found& found) const {
    return std::max(found.modified_ns, found.changed_ns) < start_ns_ - coarsest_ns;
}

std::vector<std::optional<Partial>> PartialStore::recall(std::span<const intake::Found> files, const Watcher& watcher,
                                                         std::size_t jobs) {
    std::vector<std::optional<Partial>> out(files.size());
    known_.assign(files.size(), {});
    guarded("read", [&] {
        bool trusted = true;
        auto database = open_store(wanted_.folder, StoreUse::read, [&](bool warning, const std::string& message) {
            trusted = false;
            say_(warning, message);
        });
        if (!database) return trusted;
        std::vector<std::size_t> to_hash;
        {
            // Others can write while files are hashed, not while tables are read.
            const Transaction reading{*database, "BEGIN"};
            made_ = id_of_made(*database, wanted_.made_with);
            if (made_ == 0) return true;
            find_by_stamp(*database, files);
            to_hash = worth_hashing(*database, files);
        }
        for (const auto i : to_hash) {
            if (const InWork hashed{&files[i]}; !watcher({&hashed, 1}, 0, 0)) break;
            known_[i].sha256 = content_digest_of(files[i]);
        }
        const Transaction reading{*database, "BEGIN"};
        find_by_content(*database, files, to_hash);
        read_packs(*database, jobs, out);
        return true;
    });
    return out;
}

void PartialStore::find_by_stamp(Database& database, std::span<const intake::Found> files) {
    ByFolder folders;
    ByFolder::value_type* last = nullptr; // files of a folder stand beside each other
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (files[i].kind != intake::FileKind::regular) continue;
        const auto folder = folder_of(files[i]);
        if (last == nullptr || last->first != folder) last = &*folders.try_emplace(folder).first;
        last->second.push_back(i);
    }
    Statement query{database, "SELECT files FROM folder WHERE made = ? AND path = ?"};
    for (const auto& [folder, members] : folders) {
        if (!query.with(made_, folder).step()) continue;
        const auto earlier = decode_known_files(query.blob(0));
        if (!earlier) continue; // all its files are hashed, and the row is written again
        for (const auto i : members)
            if (const KnownFile* file = find_known(*earlier, name_of(files[i]));
                file && file->stamp == stamp_of(files[i]))
                known_[i] = {file->place, std::string{file->sha256}, true};
    }
}

/// Files without a known look of whose name and size there is some content. Others would be hashed in vain.
std::vector<std::size_t> PartialStore::worth_hashing(Database& database, std::span<const intake::Found> files) const {
    std::vector<std::size_t> out;
    Statement query{database, "SELECT 1 FROM content WHERE made = ? AND name = ? AND bytes = ? LIMIT 1"};
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!known_[i].by_stamp && files[i].kind == intake::FileKind::regular &&
            query.with(made_, name_of(files[i]), files[i].bytes).step())
            out.push_back(i);
    return out;
}

void PartialStore::find_by_content(Database& database, std::span<const intake::Found> files,
                                   const std::vector<std::size_t>& hashed) {
    Statement query{database, "SELECT pack, at FROM content WHERE made = ? AND name = ? AND bytes = ? AND sha256 = ?"};
    for (const auto i : hashed)
        if (query.with(made_, name_of(files[i]), files[i].bytes, known_[i].sha256).step())
            known_[i].place = {query.integer(0), static_cast<std::uint64_t>(query.integer(1))};
}

/// The files whose partials lie in a pack.
struct PartialStore::Members {
    std::int64_t pack;
    std::vector<std::size_t> files = {};
};

std::vector<PartialStore::Members> PartialStore::wanted_packs() const {
    std::map<std::int64_t, std::vector<std::size_t>> wanted;
    for (std::size_t i = 0; i < known_.size(); ++i)
        if (known_[i].place.pack != 0) wanted[known_[i].place.pack].push_back(i);
    std::vector<Members> out;
    for (auto& [pack, files] : wanted) out.push_back({pack, std::move(files)});
    return out;
}

/// Puts the partials of a pack's files to `out`; the files that it turns out not to hold are answered.
std::vector<std::size_t> PartialStore::decode_pack(const Members& members, std::string_view blob, std::string& room,
                                                   std::vector<std::optional<Partial>>& out) const {
    const Unpacked unpacked = unpack(blob, room);
    const auto& saved = unpacked.partials;
    std::vector<std::size_t> lost;
    for (const auto i : members.files) {
        const auto at = known_[i].place.at;
        auto partial = saved && at < saved->size() ? decode_partial((*saved)[at], unpacked.plans) : std::nullopt;
        if (partial && partial->record.sha256 == known_[i].sha256)
            out[i] = std::move(*partial);
        else
            lost.push_back(i);
    }
    return lost;
}

/// Each file's partial has its own place in `out`, so that packs are read and decoded in any of `jobs` threads.
void PartialStore::read_packs(Database& database, std::size_t jobs, std::vector<std::optional<Partial>>& out) {
    struct Read {
        std::optional<std::int64_t> used_ms;
        std::vector<std::size_t> lost;
    };
    const auto wanted = wanted_packs();
    PackReader reader{database};
    std::vector<std::string> rooms(std::max<std::size_t>(jobs, 1)); // by thread
    const auto read = [&](std::size_t worker, std::size_t i) -> Read {
        const auto pack = reader.read(wanted[i].pack);
        return {pack.used_ms, decode_pack(wanted[i], pack.blob, rooms[worker], out)};
    };
    std::size_t lost = 0;
    each_in_order(jobs, wanted.size(), read, [&](std::size_t i, const Read& done) {
        const bool there = done.used_ms.has_value(), whole = done.lost.empty();
        for (const auto file : done.lost) known_[file] = {};
        lost += there ? done.lost.size() : 0;
        if (whole) used_.insert(wanted[i].pack);
        if (there && !whole) damaged_.insert(wanted[i].pack);
        touch_ = touch_ || (whole && start_ns_ / 1'000'000 - *done.used_ms > use_noted_ms);
    });
    if (lost > 0)
        say_(true, "the cache '" + store_path(wanted_.folder) + "' is damaged in part: " + std::to_string(lost) +
                       " artifacts are read again");
}

void PartialStore::keep(std::span<const intake::Found> files, const std::vector<std::optional<Partial>>& partials) {
    std::vector<std::size_t> fresh, changed;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const bool is_fresh = known_[i].place.pack == 0 && partials[i] && worth_keeping(*partials[i]);
        if (is_fresh) fresh.push_back(i);
        if ((is_fresh || known_[i].place.pack != 0) && !known_[i].by_stamp && settled(files[i])) changed.push_back(i);
    }
    if (fresh.empty() && changed.empty() && !touch_ && damaged_.empty()) return;
    guarded("written", [&] {
        auto database = open_store(wanted_.folder, StoreUse::write, say_);
        if (!database) return false;
        Transaction writing{*database};
        for (const char* sql : {"DELETE FROM data WHERE pack = ?", "DELETE FROM pack WHERE id = ?"}) {
            Statement remove{*database, sql};
            for (const auto pack : damaged_) remove.with(pack).done();
        }
        if (!damaged_.empty()) forget_what_is_gone(*database);
        Statement touch{*database, "UPDATE pack SET used = ? WHERE id = ?"};
        for (const auto pack : used_) touch.with(start_ns_ / 1'000'000, pack).done();
        made_ = id_of_made(*database, wanted_.made_with);
        if (made_ == 0) {
            Statement{*database, "INSERT INTO made(digest) VALUES(?)"}.with(wanted_.made_with).done();
            made_ = database->last_id();
        }
        write_packs(*database, files, partials, fresh);
        write_folders(*database, files, changed);
        if (evicted_) forget_what_is_gone(*database);
        writing.commit();
        return true;
    });
}

void PartialStore::write_packs(Database& database, std::span<const intake::Found> files,
                               const std::vector<std::optional<Partial>>& partials,
                               const std::vector<std::size_t>& fresh) {
    Statement same{database, "SELECT pack, at FROM content WHERE made = ? AND name = ? AND bytes = ? AND sha256 = ?"};
    Statement add_content{database, "REPLACE INTO content VALUES(?, ?, ?, ?, ?, ?)"};
    Statement add_pack{database, "INSERT INTO pack(used, partials, bytes) VALUES(?, ?, ?)"};
    Statement add_data{database, "INSERT INTO data VALUES(?, ?)"};
    PartialPack pack;
    std::vector<std::size_t> members;
    std::int64_t next = database.number("SELECT seq FROM sqlite_sequence WHERE name = 'pack'") + 1;
    const auto flush = [&] {
        const std::string blob = pack.take();
        const bool room = make_room(database, blob.size() + members.size() * row_bytes);
        if (room) {
            add_pack.with(start_ns_ / 1'000'000, std::uint64_t{members.size()}, std::uint64_t{blob.size()}).done();
            add_data.with(next++, blob).done();
        } else { // the rows that lead there are forgotten at the end
            for (const auto i : members) known_[i].place = {};
        }
        members.clear();
        return room;
    };
    for (const auto i : fresh) {
        const ContentRecord& record = partials[i]->record;
        known_[i].sha256 = record.sha256;
        if (same.with(made_, name_of(files[i]), files[i].bytes, record.sha256).step()) {
            known_[i].place = {same.integer(0), static_cast<std::uint64_t>(same.integer(1))};
            continue;
        }
        known_[i].place = {next, members.size()};
        add_content.with(made_, name_of(files[i]), files[i].bytes, record.sha256, next, known_[i].place.at).done();
        pack.add(*partials[i]);
        members.push_back(i);
        if (pack.full() && !flush()) return;
    }
    if (!members.empty()) flush();
}

/// False: there is no room, and nothing older to give up for it.
bool PartialStore::make_room(Database& database, std::uint64_t bytes) {
    Statement oldest{database, "SELECT id FROM pack WHERE used < ? ORDER BY used, id LIMIT 1"};
    while (bytes_in_use(database) + bytes > wanted_.most_bytes) {
        evicted_ = true;
        if (!oldest.with(start_ns_ / 1'000'000).step()) return false;
        const auto pack = oldest.integer(0);
        Statement{database, "DELETE FROM data WHERE pack = ?"}.with(pack).done();
        Statement{database, "DELETE FROM pack WHERE id = ?"}.with(pack).done();
    }
    return true;
}

void PartialStore::write_folders(Database& database, std::span<const intake::Found> files,
                                 const std::vector<std::size_t>& changed) {
    ByFolder folders;
    for (const auto i : changed)
        if (known_[i].place.pack != 0) folders[folder_of(files[i])].push_back(i);
    Statement query{database, "SELECT files FROM folder WHERE made = ? AND path = ?"};
    Statement write{database, "REPLACE INTO folder(made, path, pack, files) VALUES(?, ?, ?, ?)"};
    for (const auto& [folder, members] : folders) {
        std::map<std::string_view, KnownFile> now;
        for (const auto i : members)
            now[name_of(files[i])] = {name_of(files[i]), known_[i].sha256, stamp_of(files[i]), known_[i].place};
        // Others may read other files of the folder: what they know of those stays, while there are such files.
        const std::string before{query.with(made_, folder).step() ? query.blob(0) : std::string_view{}};
        const auto earlier = decode_known_files(before).value_or(std::vector<KnownFile>{});
        for (const auto& file : earlier) {
            struct stat status {};
            const std::string path = std::string{folder}.append(file.name);
            if (!now.contains(file.name) && ::lstat(path.c_str(), &status) == 0) now[file.name] = file;
        }
        std::vector<KnownFile> all;
        std::int64_t newest = 0;
        for (const auto& [name, file] : now) {
            all.push_back(file);
            newest = std::max(newest, file.place.pack);
        }
        write.with(made_, folder, newest, encode(all)).done();
    }
}

void PartialStore::forget_what_is_gone(Database& database) {
    database.run("DELETE FROM content WHERE pack NOT IN (SELECT id FROM pack);"
                 "DELETE FROM folder WHERE pack NOT IN (SELECT id FROM pack);"
                 "DELETE FROM made WHERE id NOT IN (SELECT made FROM content)");
}

} // namespace assay::engine
