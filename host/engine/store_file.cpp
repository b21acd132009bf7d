#include "engine/store_file.hpp"
#include "registry/search.hpp"
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = boost::filesystem;

namespace assay::engine {

namespace {

constexpr int patience_ms = 10'000;                 // for other runs
constexpr std::int64_t application_id = 0x61736179; // "asay"
constexpr std::int64_t store_format = 2;            // of the tables, and of the form of their blobs

/// What only an empty database takes, or VACUUM.
constexpr const char* store_layout = "PRAGMA page_size = 16384; PRAGMA auto_vacuum = FULL";

// `pack` is small and looked through; the blobs lie apart. Ids are never used twice, so that a place that has gone is
// never another's.
constexpr const char* store_tables = R"(
    CREATE TABLE made(id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB UNIQUE);
    CREATE TABLE pack(id INTEGER PRIMARY KEY AUTOINCREMENT, used INTEGER, partials INTEGER, bytes INTEGER);
    CREATE TABLE data(pack INTEGER PRIMARY KEY, blob BLOB);
    CREATE TABLE content(made INTEGER, name BLOB, bytes INTEGER, sha256 BLOB, pack INTEGER, at INTEGER,
                         PRIMARY KEY(made, name, bytes, sha256)) WITHOUT ROWID;
    CREATE TABLE folder(made INTEGER, path BLOB, pack INTEGER, files BLOB, UNIQUE(made, path));
)";

void make_tables(Database& database) {
    database.run(store_layout);
    Transaction making{database};
    if (database.number("PRAGMA user_version") == 0) { // nobody was faster
        database.run(store_tables);
        database.run("PRAGMA application_id = " + std::to_string(application_id));
        database.run("PRAGMA user_version = " + std::to_string(store_format));
    }
    making.commit();
}

bool has_tables(Database& database) { return database.number("SELECT count(*) FROM sqlite_schema") > 0; }

/// Empty, or why not.
std::string make_folder(const std::string& folder) {
    boost::system::error_code error;
    const fs::path above = fs::path{folder}.parent_path();
    if (!above.empty()) fs::create_directories(above, error);
    if (error) return error.message();
    return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST ? "" : std::strerror(errno);
}

/// Why this is not a cache that this program can read: "is ..."; empty where it is one, or has no tables yet.
std::string problem_of(Database& database) {
    try {
        if (!has_tables(database)) return {};
        if (database.number("PRAGMA application_id") != application_id) return "is a database of another program";
        const auto found = database.number("PRAGMA user_version");
        if (found == store_format) return {};
        return "has format " + std::to_string(found) + "; this assay has " + std::to_string(store_format);
    } catch (const SqliteError& error) {
        if (!error.damaged()) throw;
        return std::string{"is damaged or no database ("} + error.what() + ")";
    }
}

} // namespace

std::string store_path(const std::string& folder) { return folder + "/partials.sqlite"; }

void begin_anew(Database& database) {
    database.empty();
    database.run(std::string{store_layout} + "; VACUUM");
    make_tables(database);
}

std::optional<Database> open_store(const std::string& folder, StoreUse use, const Say& say) {
    const std::string path = store_path(folder);
    if (use == StoreUse::write) {
        if (const auto problem = make_folder(folder); !problem.empty()) {
            say(false, "no cache: the folder '" + folder + "' cannot be made: " + problem);
            return std::nullopt;
        }
    } else if (boost::system::error_code ignored; !fs::exists(path, ignored)) {
        return std::nullopt;
    }
    auto exposed = registry::exposure(folder);
    if (boost::system::error_code ignored; !exposed && fs::exists(path, ignored)) exposed = registry::exposure(path);
    if (exposed) {
        say(true, "the cache in '" + folder + "' is not used: " + *exposed +
                      "; take the others' permission away, or name another folder with --cache");
        return std::nullopt;
    }
    // What is cached is nobody else's to read. Where this fails, opening it says why.
    if (const int made = use == StoreUse::write ? ::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
        made >= 0)
        ::close(made);
    Database database{path, use == StoreUse::write, patience_ms};
    const auto problem = problem_of(database);
    if (!problem.empty()) {
        const bool looking = use == StoreUse::look;
        say(true, "the cache '" + path + "' " + problem + (looking ? "" : ": it is begun anew"));
        if (looking) return std::nullopt;
        begin_anew(database);
    } else if (use != StoreUse::look && !has_tables(database)) {
        make_tables(database);
    }
    // A machine that fails leaves at worst a file that is begun anew: no waiting for the disk.
    database.run("PRAGMA synchronous = OFF");
    return database;
}

} // namespace assay::engine
