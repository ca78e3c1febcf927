#include "store/sqlite.h"

#include <sqlite3.h>

#include <chrono>
#include <thread>
#include <utility>

namespace harmonic::store {

Statement::~Statement() {
  if (handle_ == nullptr) return;
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

Statement::Statement(Statement&& other) noexcept
    : connection_{other.connection_},
      handle_{std::exchange(other.handle_, nullptr)},
      next_{other.next_},
      failure_{other.failure_} {}

Statement& Statement::bound(int code) {
  if (code != SQLITE_OK && failure_ == SQLITE_OK) failure_ = code;
  return *this;
}

Statement& Statement::integer(std::int64_t value) {
  return bound(sqlite3_bind_int64(handle_, next_++, value));
}

Statement& Statement::real(double value) {
  return bound(sqlite3_bind_double(handle_, next_++, value));
}

Statement& Statement::text(std::string_view value) {
  const char* bytes =
      value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
  return bound(
      sqlite3_bind_text64(handle_, next_++, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::blob(std::span<const std::byte> value) {
  if (value.empty()) return bound(sqlite3_bind_zeroblob(handle_, next_++, 0));
  return bound(sqlite3_bind_blob64(handle_, next_++, value.data(), value.size(), SQLITE_TRANSIENT));
}

Statement& Statement::null() { return bound(sqlite3_bind_null(handle_, next_++)); }

Result<bool> Statement::step() {
  const int code = failure_ != SQLITE_OK ? failure_ : sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return tl::unexpected{connection_->error(code)};
}

Result<void> Statement::run() {
  HARMONIC_TRY([[maybe_unused]] const bool row, step());
  return {};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer_at(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double Statement::real_at(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::text_at(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::span<const std::byte> Statement::blob_at(int column) const {
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      file.c_str(), &handle,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  // Also a failed open hands out a connection that must be closed.
  std::unique_ptr<Connection> connection{new Connection{handle, file}};
  if (code != SQLITE_OK) return tl::unexpected{connection->error(code)};
  HARMONIC_CHECK(connection->configure());
  return connection;
}

Result<void> Connection::configure() {
  sqlite3_busy_timeout(handle_, kPatienceMs);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  HARMONIC_CHECK(
      run("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL"));
  // The change to WAL needs the file alone and does not wait by itself when two programs start at
  // once; so we wait for it.
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::milliseconds{kPatienceMs};
  for (;;) {
    auto changed = run("PRAGMA journal_mode = WAL");
    const bool busy = (sqlite3_errcode(handle_) & 0xff) == SQLITE_BUSY;
    if (changed || !busy || std::chrono::steady_clock::now() > give_up) return changed;
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

Connection::~Connection() {
  for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Result<Statement> Connection::prepare(std::string_view sql) {
  if (const auto known = prepared_.find(sql); known != prepared_.end()) {
    return Statement{*this, known->second};
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return tl::unexpected{error(code)};
  prepared_.emplace(sql, statement);
  return Statement{*this, statement};
}

Result<void> Connection::run(std::string_view sql) {
  const int code = sqlite3_exec(handle_, std::string{sql}.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected{error(code)};
  return {};
}

Result<std::int64_t> Connection::number(std::string_view sql) {
  HARMONIC_TRY(auto statement, prepare(sql));
  HARMONIC_TRY(const bool row, statement.step());
  return row ? statement.integer_at(0) : 0;
}

Result<std::string> Connection::word(std::string_view sql) {
  HARMONIC_TRY(auto statement, prepare(sql));
  HARMONIC_TRY(const bool row, statement.step());
  return row ? std::string{statement.text_at(0)} : std::string{};
}

void Connection::release_memory() { static_cast<void>(sqlite3_db_release_memory(handle_)); }

std::int64_t Connection::last_row() const { return sqlite3_last_insert_rowid(handle_); }

std::int64_t Connection::changed_rows() const { return sqlite3_changes64(handle_); }

bool Connection::broke_foreign_key() const {
  return handle_ != nullptr && sqlite3_extended_errcode(handle_) == SQLITE_CONSTRAINT_FOREIGNKEY;
}

Error Connection::error(int code) const {
  const std::string what = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  const std::string file = file_.string();
  const auto told = [&](ErrorKind kind, const std::string& remedy) {
    return Error{kind, file + ": " + what + "; " + remedy};
  };
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return told(ErrorKind::kCorrupt,
                  "restore the file from a backup, or move it away and scan the music again");
    case SQLITE_FULL: return told(ErrorKind::kUnavailable, "make room on the disk and try again");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return told(ErrorKind::kUnavailable, "another program holds the library; try again later");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return told(ErrorKind::kUnavailable,
                  "make the folder writable, or name another one with --data");
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      return told(ErrorKind::kInvalidInput, "the value does not fit the library's rules");
    case SQLITE_ERROR: return told(ErrorKind::kCorrupt, "the tables are not those of this program");
    default:
      return told(ErrorKind::kUnavailable,
                  "look after the disk and its free space, then try again");
  }
}

Result<Transaction> Transaction::begin(Connection& connection) {
  HARMONIC_CHECK(connection.run("BEGIN IMMEDIATE"));
  return Transaction{connection};
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_{std::exchange(other.connection_, nullptr)} {}

Transaction::~Transaction() {
  // Where the failure has already ended the transaction there is nothing left to undo.
  if (connection_ != nullptr) static_cast<void>(connection_->run("ROLLBACK"));
}

Result<void> Transaction::commit() {
  HARMONIC_CHECK(connection_->run("COMMIT"));
  connection_ = nullptr;
  return {};
}

}  // namespace harmonic::store
