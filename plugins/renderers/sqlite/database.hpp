#pragma once
// A database in a file of its own that nobody else sees: made in one transaction, then written out.
#include <assay/report.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace assay {

/// An SQL identifier or literal of any text.
std::string quoted_name(std::string_view name);
std::string quoted_text(std::string_view text);

class NewDatabase {
  public:
    /// In $SQLITE_TMPDIR, $TMPDIR, /var/tmp or /tmp, without a name. Throws Failure.
    NewDatabase();
    ~NewDatabase();
    NewDatabase(const NewDatabase&) = delete;
    NewDatabase& operator=(const NewDatabase&) = delete;
    void run(const std::string& sql);
    /// Commits, closes and writes it out. Nothing else is called after.
    void write_to(Output& out);
    sqlite3* get() const { return handle_; }

  private:
    int descriptor_ = -1;
    sqlite3* handle_ = nullptr;
};

/// Rows into one table, cell by cell; text is made UTF-8 without NUL.
class Insert {
  public:
    Insert(NewDatabase& database, std::string_view table, std::size_t columns);
    void text(std::string_view text);
    void number(double number);
    void integer(std::int64_t number);
    void truth(bool truth) { integer(truth ? 1 : 0); }
    void null() { ++cell_; } ///< what is not bound is null
    void end_row();

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    void check(int code) const;
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int cell_ = 0;
};

} // namespace assay
