#include "database.hpp"
#include <algorithm>
#include <array>
#include <assay/failure.hpp>
#include <assay/utf8.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sqlite3.h>
#include <unistd.h>
#include <vector>

namespace assay {

namespace {

[[noreturn]] void sqlite_failed(sqlite3* database) { throw Failure{"sqlite", sqlite3_errmsg(database)}; }

/// What an SQLite text can hold: NUL would end it for half of SQLite's functions.
std::string clean(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = text[i] == '\0' ? 0 : utf8_length(text, i);
        if (length == 0)
            out += "\uFFFD";
        else
            out += text.substr(i, length);
        i += std::max<std::size_t>(length, 1);
    }
    return out;
}

bool is_clean(std::string_view text) { return text.find('\0') == std::string_view::npos && is_utf8(text); }

std::string in_quotes(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : clean(text)) out.append(c == quote ? 2 : 1, c);
    return out += quote;
}

int open_temporary(std::string& name) {
    const std::array<const char*, 4> folders{std::getenv("SQLITE_TMPDIR"), std::getenv("TMPDIR"), "/var/tmp", "/tmp"};
    for (const char* folder : folders) {
        if (!folder) continue;
        name = std::string{folder} + "/assay-export.XXXXXX";
        if (const int descriptor = ::mkstemp(name.data()); descriptor >= 0) return descriptor;
    }
    throw Failure{"no-room", std::string{"no temporary file can be made: "} + std::strerror(errno)};
}

} // namespace

std::string quoted_name(std::string_view name) { return in_quotes(name, '"'); }
std::string quoted_text(std::string_view text) { return in_quotes(text, '\''); }

NewDatabase::NewDatabase() {
    std::string name;
    descriptor_ = open_temporary(name);
    const int code = sqlite3_open_v2(name.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    // Whatever ends this process, the file goes with it.
    ::unlink(name.c_str());
    if (code != SQLITE_OK) sqlite_failed(handle_);
    run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
        "PRAGMA page_size = 8192; PRAGMA cache_size = -32768; PRAGMA encoding = 'UTF-8'; BEGIN");
}

NewDatabase::~NewDatabase() {
    sqlite3_close_v2(handle_);
    if (descriptor_ >= 0) ::close(descriptor_);
}

void NewDatabase::run(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) sqlite_failed(handle_);
}

void NewDatabase::write_to(Output& out) {
    run("COMMIT");
    if (sqlite3_close(handle_) != SQLITE_OK) sqlite_failed(handle_);
    handle_ = nullptr;
    std::vector<char> buffer(std::size_t{1} << 20U);
    for (off_t at = 0;;) {
        const ssize_t got = ::pread(descriptor_, buffer.data(), buffer.size(), at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Failure{"no-room", std::string{"the database cannot be read back: "} + std::strerror(errno)};
        if (got == 0) return;
        out.write({buffer.data(), static_cast<std::size_t>(got)});
        at += got;
    }
}

void Insert::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Insert::Insert(NewDatabase& database, std::string_view table, std::size_t columns) : database_{database.get()} {
    std::string sql = "INSERT INTO " + quoted_name(table) + " VALUES(";
    for (std::size_t i = 0; i < columns; ++i) sql += i == 0 ? "?" : ",?";
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(database_, (sql += ')').c_str(), -1, &made, nullptr));
    statement_.reset(made);
}

void Insert::check(int code) const {
    if (code != SQLITE_OK) sqlite_failed(database_);
}

void Insert::text(std::string_view text) {
    if (is_clean(text))
        check(sqlite3_bind_text64(statement_.get(), ++cell_, text.empty() ? "" : text.data(), text.size(),
                                  SQLITE_TRANSIENT, SQLITE_UTF8));
    else
        this->text(clean(text));
}

void Insert::number(double number) { check(sqlite3_bind_double(statement_.get(), ++cell_, number)); }
void Insert::integer(std::int64_t number) { check(sqlite3_bind_int64(statement_.get(), ++cell_, number)); }

void Insert::end_row() {
    if (sqlite3_step(statement_.get()) != SQLITE_DONE) sqlite_failed(database_);
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    cell_ = 0;
}

} // namespace assay
