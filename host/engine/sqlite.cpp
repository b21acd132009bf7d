#include "engine/sqlite.hpp"
#include <sqlite3.h>

namespace assay::engine {

namespace {

[[noreturn]] void fail(sqlite3* database, int code) { throw SqliteError{code & 0xFF, sqlite3_errmsg(database)}; }

} // namespace

bool SqliteError::damaged() const {
    // SQLITE_ERROR: a statement that does not fit the tables there are.
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

Database::Database(const std::string& path, bool make, int patience_ms) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (make ? SQLITE_OPEN_CREATE : 0), nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) fail(opened, code);
    sqlite3_busy_timeout(opened, patience_ms);
}

void Database::run(const std::string& sql) {
    if (const int code = sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(get(), code);
}

std::int64_t Database::number(const std::string& sql) {
    Statement query{*this, sql};
    return query.step() ? query.integer(0) : 0;
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(get()); }

void Database::empty() {
    sqlite3_db_config(get(), SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
    const int code = sqlite3_exec(get(), "VACUUM", nullptr, nullptr, nullptr);
    sqlite3_db_config(get(), SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
    if (code != SQLITE_OK) fail(get(), code);
}

Transaction::Transaction(Database& database, const char* begin) : database_{&database} { database.run(begin); }

Transaction::~Transaction() {
    if (database_) sqlite3_exec(database_->get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_->run("COMMIT");
    database_ = nullptr;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(Database& database, std::string_view sql) : database_{database.get()} {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &made, nullptr);
    statement_.reset(made);
    check(code);
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) fail(database_, code);
}

void Statement::restart() { sqlite3_reset(statement_.get()); }

void Statement::bind(int place, std::string_view value) {
    // A null pointer would be bound as NULL.
    check(sqlite3_bind_blob64(statement_.get(), place, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC));
}

void Statement::bind(int place, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), place, value)); }

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(database_, code);
    return code == SQLITE_ROW;
}

void Statement::done() {
    while (step()) {}
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

} // namespace assay::engine
