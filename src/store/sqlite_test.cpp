#include "store/sqlite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/test_folder.h"

namespace harmonic::store {
namespace {

using testing::HasSubstr;

class Sqlite : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Connection::open(file());
    ASSERT_TRUE(opened) << opened.error().message;
    connection_ = *std::move(opened);
    ASSERT_TRUE(connection_->run("CREATE TABLE t (x INTEGER PRIMARY KEY, y BLOB) STRICT"));
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "x.sqlite"; }

  TestFolder folder_;
  std::unique_ptr<Connection> connection_;
};

// What a connection must be for an acknowledged write to last through a loss of power.
TEST_F(Sqlite, IsSetUpToLast) {
  EXPECT_EQ(*connection_->word("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(*connection_->number("PRAGMA synchronous"), 2) << "FULL";
  EXPECT_EQ(*connection_->number("PRAGMA foreign_keys"), 1);
}

TEST_F(Sqlite, ATransactionThatIsNotCommittedIsUndone) {
  {
    auto transaction = Transaction::begin(*connection_);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(connection_->run("INSERT INTO t VALUES (1, NULL)"));
  }
  EXPECT_EQ(*connection_->number("SELECT count(*) FROM t"), 0);
  {
    auto transaction = Transaction::begin(*connection_);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(connection_->run("INSERT INTO t VALUES (1, NULL)"));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(*connection_->number("SELECT count(*) FROM t"), 1);
}

// The failure: a statement that was left in the middle of its rows holds its lock and its values.
TEST_F(Sqlite, AStatementStartsAfreshEachTime) {
  ASSERT_TRUE(connection_->run("INSERT INTO t VALUES (1, NULL), (2, NULL)"));
  for (const std::int64_t from : {1, 2}) {
    auto statement = connection_->prepare("SELECT x FROM t WHERE x >= ?1 ORDER BY x");
    ASSERT_TRUE(statement);
    const auto row = statement->integer(from).step();
    ASSERT_TRUE(row && *row);
    EXPECT_EQ(statement->integer_at(0), from);
  }
  EXPECT_TRUE(connection_->run("DROP TABLE t")) << "no lock is left";
}

TEST_F(Sqlite, AValueTooManyIsToldByTheStep) {
  auto statement = connection_->prepare("SELECT ?1");
  ASSERT_TRUE(statement);
  const auto row = statement->integer(1).integer(2).step();
  ASSERT_FALSE(row);
  EXPECT_EQ(row.error().kind, ErrorKind::kInvalidInput);
}

// Each kind of trouble, made for real, and what a person is told.
TEST_F(Sqlite, TellsWhatIsWrongAndWhatHelps) {
  const auto expect_error = [](const Result<void>& result, ErrorKind kind, const char* remedy) {
    ASSERT_FALSE(result) << remedy;
    EXPECT_EQ(result.error().kind, kind) << result.error().message;
    EXPECT_THAT(result.error().message, HasSubstr("x.sqlite"));
    EXPECT_THAT(result.error().message, HasSubstr(remedy));
  };
  const auto* const fill = "INSERT INTO t (y) SELECT randomblob(100000) FROM generate_series(1, 9)";
  ASSERT_TRUE(connection_->run("PRAGMA max_page_count = 20"));
  expect_error(connection_->run("INSERT INTO t (y) VALUES (randomblob(1000000))"),
               ErrorKind::kUnavailable, "make room on the disk");
  expect_error(connection_->run("INSERT INTO t VALUES ('text', NULL)"), ErrorKind::kInvalidInput,
               "rules");
  expect_error(connection_->run(fill), ErrorKind::kCorrupt, "tables");
  ASSERT_TRUE(connection_->run("PRAGMA query_only = ON"));
  expect_error(connection_->run("INSERT INTO t VALUES (1, NULL)"), ErrorKind::kUnavailable,
               "writable");
}

TEST_F(Sqlite, WaitsForAnotherAndThenSaysThatItIsBusy) {
  auto other = Connection::open(file());
  ASSERT_TRUE(other);
  const auto held = Transaction::begin(**other);
  ASSERT_TRUE(held);
  ASSERT_TRUE(connection_->run("PRAGMA busy_timeout = 50"));
  const auto refused = Transaction::begin(*connection_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("another program"));
}

}  // namespace
}  // namespace harmonic::store
