#pragma once
// The cache: partials of earlier runs, by the file's content, its name and all else that decides what is in a partial.
// A file that looks as it did is not opened; one that was touched, moved or copied is hashed, not parsed. What failed
// or was skipped is never kept. Whatever goes wrong here costs time, never a run: `Say` is told once.
#include "engine/content_record.hpp"
#include "engine/known_files.hpp"
#include "engine/store_file.hpp"
#include "engine/workers.hpp"
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace assay::engine {

struct StoreWanted {
    std::string folder;           ///< made where it is missing
    std::uint64_t most_bytes = 0; ///< of the file; what was not used for longest goes first
    std::string made_with;        ///< digest of all that decides what is in a partial, apart from the artifact
};

class PartialStore {
  public:
    /// Before the files are discovered: one that changed about then, or later, is not trusted to look the same.
    PartialStore(StoreWanted wanted, Say say);

    /// The partials of those files whose content is known. The watcher is asked while files are hashed. `jobs`:
    /// threads.
    std::vector<std::optional<Partial>> recall(std::span<const intake::Found> files, const Watcher& watcher,
                                               std::size_t jobs = 1);
    /// Saves what `recall` did not know. The same files, and what became of them; nothing where a file was not folded.
    void keep(std::span<const intake::Found> files, const std::vector<std::optional<Partial>>& partials);

  private:
    struct Known { ///< of one file
        Place place;
        std::string sha256;
        bool by_stamp = false;
    };
    template <class Body> void guarded(const char* doing, Body body);
    bool settled(const intake::Found& found) const;
    void find_by_stamp(Database& database, std::span<const intake::Found> files);
    std::vector<std::size_t> worth_hashing(Database& database, std::span<const intake::Found> files) const;
    void find_by_content(Database& database, std::span<const intake::Found> files,
                         const std::vector<std::size_t>& hashed);
    struct Members;
    std::vector<Members> wanted_packs() const;
    std::vector<std::size_t> decode_pack(const Members& members, std::string_view blob, std::string& room,
                                         std::vector<std::optional<Partial>>& out) const;
    void read_packs(Database& database, std::size_t jobs, std::vector<std::optional<Partial>>& out);
    void write_packs(Database& database, std::span<const intake::Found> files,
                     const std::vector<std::optional<Partial>>& partials, const std::vector<std::size_t>& fresh);
    void write_folders(Database& database, std::span<const intake::Found> files,
                       const std::vector<std::size_t>& changed);
    bool make_room(Database& database, std::uint64_t bytes);
    void forget_what_is_gone(Database& database);

    StoreWanted wanted_;
    Say say_;
    std::int64_t start_ns_; ///< since 1970
    bool usable_ = true;
    std::int64_t made_ = 0;
    std::vector<Known> known_;              ///< by file
    std::set<std::int64_t> used_, damaged_; ///< packs
    bool touch_ = false;                    ///< `used_` is to be noted
    bool evicted_ = false;
};

} // namespace assay::engine
