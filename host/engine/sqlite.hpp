#pragma once
// SQLite as the cache uses it: one connection of one thread, statements that are bound and stepped, errors thrown.
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace assay::engine {

struct SqliteError : std::runtime_error {
    /// `code`: SQLite's primary result code.
    SqliteError(int error_code, const std::string& message) : std::runtime_error{message}, code{error_code} {}
    /// The file is damaged or was no database ever; anything else is a matter of the moment or of permissions.
    bool damaged() const;
    int code;
};

class Database {
  public:
    /// Opens the file, for reading alone where it cannot be written. Waits up to `patience_ms` for other processes.
    Database(const std::string& path, bool make, int patience_ms);
    void run(const std::string& sql);
    std::int64_t number(const std::string& sql); ///< first column of the first row, 0 where there is none
    std::int64_t last_id() const;
    /// Makes it an empty database under SQLite's own locks, whatever the file held; others may have it open.
    void empty();
    sqlite3* get() const { return handle_.get(); }

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Undone at its end unless committed.
class Transaction {
  public:
    explicit Transaction(Database& database, const char* begin = "BEGIN IMMEDIATE");
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    Database* database_;
};

/// Texts are bound and read as blobs. A blob that was read is valid until the next step.
class Statement {
  public:
    Statement(Database& database, std::string_view sql);
    /// Starts over with these values; what they view must live until the next `with`.
    template <class... Values> Statement& with(const Values&... values) {
        restart();
        int place = 0;
        (bind(++place, values), ...);
        return *this;
    }
    bool step(); ///< false: no more rows
    void done(); ///< runs it to its end
    std::int64_t integer(int column) const;
    std::string_view blob(int column) const;

  private:
    void restart();
    void bind(int place, std::string_view value);
    void bind(int place, std::int64_t value);
    void bind(int place, std::uint64_t value) { bind(place, static_cast<std::int64_t>(value)); }
    void check(int code) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

} // namespace assay::engine
