#include "store/sqlite_daily.h"

#include <mutex>
#include <string>
#include <utility>

#include "store/data_folder.h"
#include "store/migrations.h"
#include "store/song_ids.h"
#include "store/sqlite.h"

namespace harmonic::store {

namespace {

using catalog::DailyList;
using catalog::DayPart;
using catalog::Play;
using std::chrono::system_clock;

class SqliteDaily final : public catalog::DailyLists {
 public:
  explicit SqliteDaily(std::unique_ptr<Connection> connection)
      : connection_{std::move(connection)} {}

  Result<std::vector<Play>> plays_before(ListenerId listener,
                                         system_clock::time_point end) const override;
  Result<std::vector<DailyList>> lists(ListenerId listener, std::int64_t day) const override;
  Result<std::vector<DailyList>> keep_lists(ListenerId listener, std::int64_t day,
                                            std::span<const DailyList> lists) override;

 private:
  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
};

Result<std::vector<Play>> SqliteDaily::plays_before(ListenerId listener,
                                                    system_clock::time_point end) const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto rows, connection_->prepare(
                              "SELECT song, started_at_ms, heard_ms, outcome, valence, arousal "
                              "FROM plays WHERE listener = ?1 AND started_at_ms < ?2 "
                              "ORDER BY started_at_ms, id"));
  rows.integer(listener.value)
      .integer(std::chrono::ceil<std::chrono::milliseconds>(end.time_since_epoch()).count());
  std::vector<Play> plays;
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) return plays;
    Play play;
    play.listener = listener;
    play.song = SongId{rows.integer_at(0)};
    play.started_at = system_clock::time_point{std::chrono::milliseconds{rows.integer_at(1)}};
    play.heard = std::chrono::milliseconds{rows.integer_at(2)};
    play.outcome = static_cast<catalog::PlayOutcome>(rows.integer_at(3));
    if (!rows.is_null(4)) play.mood = ValenceArousal::clamped(rows.real_at(4), rows.real_at(5));
    plays.push_back(play);
  }
}

Result<std::vector<DailyList>> read_lists(Connection& connection, ListenerId listener,
                                          std::int64_t day) {
  HARMONIC_TRY(auto rows, connection.prepare("SELECT part, title, songs FROM daily_lists WHERE "
                                             "listener = ?1 AND day = ?2 ORDER BY place"));
  rows.integer(listener.value).integer(day);
  std::vector<DailyList> lists;
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) return lists;
    HARMONIC_TRY(auto songs, ids_of(rows.text_at(2)));
    lists.push_back(
        {static_cast<DayPart>(rows.integer_at(0)), std::string{rows.text_at(1)}, std::move(songs)});
  }
}

Result<void> put_lists(Connection& connection, ListenerId listener, std::int64_t day,
                       std::span<const DailyList> lists) {
  {
    HARMONIC_TRY(auto forget, connection.prepare("DELETE FROM daily_lists WHERE listener = ?1"));
    HARMONIC_CHECK(forget.integer(listener.value).run());
  }
  std::int64_t place = 0;
  for (const auto& list : lists) {
    HARMONIC_TRY(auto row,
                 connection.prepare("INSERT INTO daily_lists VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    row.integer(listener.value).integer(day).integer(++place);
    row.integer(static_cast<std::int64_t>(list.part)).text(list.title);
    if (auto put = row.text(ids_text(list.songs)).run(); !put) {
      if (!connection.broke_foreign_key()) return tl::unexpected{std::move(put).error()};
      return fail(ErrorKind::kNotFound, "there is no listener " + std::to_string(listener.value));
    }
  }
  return {};
}

Result<std::vector<DailyList>> SqliteDaily::lists(ListenerId listener, std::int64_t day) const {
  const std::scoped_lock lock{mutex_};
  return read_lists(*connection_, listener, day);
}

Result<std::vector<DailyList>> SqliteDaily::keep_lists(ListenerId listener, std::int64_t day,
                                                       std::span<const DailyList> lists) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto transaction, Transaction::begin(*connection_));
  HARMONIC_TRY(auto kept, read_lists(*connection_, listener, day));
  if (!kept.empty()) return kept;
  HARMONIC_CHECK(put_lists(*connection_, listener, day, lists));
  HARMONIC_CHECK(transaction.commit());
  return std::vector<DailyList>(lists.begin(), lists.end());
}

}  // namespace

Result<std::unique_ptr<catalog::DailyLists>> open_daily_lists(
    const std::filesystem::path& data_folder) {
  HARMONIC_TRY(const auto file, prepare(data_folder));
  HARMONIC_TRY(auto connection, Connection::open(file));
  HARMONIC_CHECK(migrate(*connection));
  return std::make_unique<SqliteDaily>(std::move(connection));
}

}  // namespace harmonic::store
