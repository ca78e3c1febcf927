// store/sqlite.h - the C library's connection and statements as values that clean up after
// themselves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace harmonic::store {

class Connection;

/// A prepared statement while it is being used: bind, step, read. Going out of scope resets it, so
/// that it holds no lock. A failed bind is remembered and told by the next step. Not for two
/// threads.
class Statement {
 public:
  Statement(Connection& connection, sqlite3_stmt* handle)
      : connection_{&connection}, handle_{handle} {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  /// Values go to ?1, ?2, ... in the order of the calls. Text and blobs are copied.
  Statement& integer(std::int64_t value);
  Statement& real(double value);
  Statement& text(std::string_view value);
  Statement& blob(std::span<const std::byte> value);
  Statement& null();
  template <typename T>
  Statement& real_or_null(const std::optional<T>& value) {
    return value ? real(static_cast<double>(*value)) : null();
  }
  template <typename T>
  Statement& integer_or_null(const std::optional<T>& value) {
    return value ? integer(static_cast<std::int64_t>(*value)) : null();
  }

  /// True while there is a row. Errors as Connection::error.
  [[nodiscard]] Result<bool> step();
  /// Runs a statement that gives no rows.
  [[nodiscard]] Result<void> run();

  // Columns of the row that step() stands on, from 0. Views last until the next step.
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer_at(int column) const;
  [[nodiscard]] double real_at(int column) const;
  [[nodiscard]] std::string_view text_at(int column) const;
  [[nodiscard]] std::span<const std::byte> blob_at(int column) const;

 private:
  Statement& bound(int code);

  Connection* connection_;
  sqlite3_stmt* handle_;
  int next_ = 1;
  int failure_ = 0;
};

/// One connection. Not for two threads at once: its user holds a mutex.
class Connection {
 public:
  /// Waits this long for another connection's lock before it says kUnavailable.
  static constexpr int kPatienceMs = 5000;

  /// Makes the file when it is missing. Sets WAL, synchronous=FULL and foreign keys.
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Prepares a statement, or takes the one that was prepared for the same text before. Using the
  /// same text again while an earlier Statement of it lives is a mistake of the caller.
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);
  /// Runs statements without values.
  [[nodiscard]] Result<void> run(std::string_view sql);
  /// The first column of the first row, as a number or a text.
  [[nodiscard]] Result<std::int64_t> number(std::string_view sql);
  [[nodiscard]] Result<std::string> word(std::string_view sql);

  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] std::int64_t changed_rows() const;

  /// Gives back the pages that are kept for the next read, as far as nothing uses them.
  void release_memory();
  /// Another number whenever another connection, of this program or another, has written since.
  [[nodiscard]] Result<std::int64_t> writes_of_others() { return number("PRAGMA data_version"); }

  /// What the library's result code means to a person who can act, with the file's name and the
  /// remedy. `code` is an SQLITE_... extended result code.
  [[nodiscard]] Error error(int code) const;
  [[nodiscard]] bool broke_foreign_key() const;

 private:
  Connection(sqlite3* handle, std::filesystem::path file)
      : handle_{handle}, file_{std::move(file)} {}
  [[nodiscard]] Result<void> configure();

  sqlite3* handle_;
  std::filesystem::path file_;
  std::map<std::string, sqlite3_stmt*, std::less<>> prepared_;
};

/// BEGIN IMMEDIATE now; ROLLBACK at the end of the scope unless commit() succeeded.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Connection& connection);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Connection& connection) : connection_{&connection} {}
  Connection* connection_;
};

}  // namespace harmonic::store
