#include "store/sqlite_store.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>

#include "store/data_folder.h"
#include "store/migrations.h"
#include "store/song_row.h"
#include "store/song_source.h"
#include "store/sqlite.h"

namespace harmonic::store {

namespace {

namespace fs = std::filesystem;
using catalog::FailedFile;
using catalog::FilePlace;
using catalog::HeardFeatures;
using catalog::KnownFile;
using catalog::Play;
using catalog::Song;
using catalog::SongHistory;
using catalog::SongMood;

// A damaged page is found when it is read in any case; below this size we look at all of them at
// start, which costs under a tenth of a second.
constexpr std::uintmax_t kCheckedAtOpen = std::uintmax_t{16} << 20;

std::int64_t to_ms(std::chrono::system_clock::time_point at) {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

std::chrono::system_clock::time_point from_ms(std::int64_t ms) {
  return std::chrono::system_clock::time_point{std::chrono::milliseconds{ms}};
}

/// A connection and the mutex that its user holds.
struct Line {
  std::unique_ptr<Connection> connection;
  std::mutex mutex;
};

class SqliteStore final : public catalog::Store {
 public:
  SqliteStore(fs::path file, std::unique_ptr<Connection> writer, std::unique_ptr<Connection> reader)
      : file_{std::move(file)} {
    writer_.connection = std::move(writer);
    reader_.connection = std::move(reader);
  }

  Result<std::vector<Song>> songs() const override;
  Result<void> go_through_songs(
      const std::function<Result<void>(const catalog::SongSource&)>& use) const override {
    // A connection of its own, made when it is wanted: it takes a while at a large library, and
    // who asks for one song does not wait for it.
    const std::scoped_lock lock{walker_.mutex};
    if (!walker_.connection) {
      HARMONIC_TRY(walker_.connection, Connection::open(file_));
      HARMONIC_CHECK(walker_.connection->run("PRAGMA query_only = ON"));
    }
    return store::go_through_songs(*walker_.connection, use);
  }
  Result<Song> song(SongId id) const override;
  Result<std::int64_t> songs_revision() const override;
  Result<std::vector<KnownFile>> known_files() const override;
  Result<std::vector<KnownFile>> missing_files() const override;
  Result<std::vector<FailedFile>> failed_files() const override;
  Result<SongId> put_song(const Song& song) override;
  Result<void> put_songs(std::span<const Song> songs) override;
  Result<void> place_songs(std::span<const FilePlace> places) override;
  Result<std::vector<HeardFeatures>> features_to_score(int analysis_version, int mood_version,
                                                       SongId after,
                                                       std::size_t count) const override;
  Result<void> put_moods(std::span<const SongMood> moods, int mood_version) override;
  Result<void> put_failed(const FailedFile& file) override;
  Result<void> mark_missing(SongId id) override;
  Result<ListenerId> find_or_add_listener(std::string_view name) override;
  Result<PlayId> add_play(const Play& play) override;
  Result<void> set_liked(ListenerId listener, SongId song, bool liked) override;
  Result<std::vector<SongHistory>> history(ListenerId listener) const override;

 private:
  /// Calls `read_row` for each row of a query. `bind` fills in its values.
  template <typename Bind, typename ReadRow>
  Result<void> each_row(std::string_view sql, Bind bind, ReadRow read_row) const {
    const std::scoped_lock lock{reader_.mutex};
    HARMONIC_TRY(auto statement, reader_.connection->prepare(sql));
    bind(statement);
    for (;;) {
      HARMONIC_TRY(const bool row, statement.step());
      if (!row) return {};
      HARMONIC_CHECK(read_row(statement));
    }
  }

  Result<std::vector<KnownFile>> files(bool missing) const;

  const fs::path file_;
  mutable Line writer_;
  mutable Line reader_;
  mutable Line walker_;
};

constexpr auto kNoValues = [](Statement&) {};

std::string select_from_songs(std::string_view which) {
  return "SELECT " + std::string{kSongColumns} + ", " + std::string{kTagColumns} +
         " FROM songs LEFT JOIN song_tags ON song = id " + std::string{which};
}

const std::string& select_songs() {
  static const std::string sql = select_from_songs("WHERE missing = 0 ORDER BY id");
  return sql;
}

const std::string& select_song() {
  static const std::string sql = select_from_songs("WHERE id = ?1");
  return sql;
}

const std::string& put_tags() {
  static const std::string sql = [] {
    std::string values = "?1";
    const auto columns = std::count(kTagColumns.begin(), kTagColumns.end(), ',') + 1;
    for (int i = 2; i <= columns; ++i) values += ", ?" + std::to_string(i);
    return "INSERT OR REPLACE INTO song_tags (" + std::string{kTagColumns} + ") VALUES (" + values +
           ")";
  }();
  return sql;
}

/// INSERT ... ON CONFLICT DO UPDATE over all of kSongColumns but the id.
const std::string& upsert_song() {
  static const std::string sql = [] {
    const std::string columns{kSongColumns.substr(std::string_view{"id, "}.size())};
    std::string values;
    std::string updates;
    int number = 0;
    for (std::size_t at = 0; at < columns.size();) {
      const auto end = std::min(columns.find(", ", at), columns.size());
      const auto name = columns.substr(at, end - at);
      values += (number == 0 ? "?" : ", ?") + std::to_string(number + 1);
      updates.append(", ").append(name).append(" = excluded.").append(name);
      ++number;
      at = end + 2;
    }
    return "INSERT INTO songs (" + columns + ") VALUES (" + values +
           ") ON CONFLICT (path) DO UPDATE SET missing = 0" + updates + " RETURNING id";
  }();
  return sql;
}

Error no_such(std::string_view thing, std::int64_t id) {
  return {ErrorKind::kNotFound, "there is no " + std::string{thing} + " " + std::to_string(id)};
}

/// Which of the two ids of a refused row is not there.
Error unknown_side(Connection& connection, ListenerId listener, SongId song) {
  auto statement = connection.prepare("SELECT EXISTS (SELECT 1 FROM songs WHERE id = ?1)");
  if (!statement) return std::move(statement).error();
  const auto row = statement->integer(song.value).step();
  if (!row) return row.error();
  return statement->integer_at(0) == 0 ? no_such("song", song.value)
                                       : no_such("listener", listener.value);
}

Result<std::vector<Song>> SqliteStore::songs() const {
  std::vector<Song> all;
  HARMONIC_CHECK(each_row(select_songs(), kNoValues, [&](const Statement& row) -> Result<void> {
    HARMONIC_TRY(auto song, read_song(row));
    all.push_back(std::move(song));
    return {};
  }));
  return all;
}

Result<Song> SqliteStore::song(SongId id) const {
  std::optional<Song> found;
  HARMONIC_CHECK(each_row(
      select_song(), [&](Statement& statement) { statement.integer(id.value); },
      [&](const Statement& row) -> Result<void> {
        HARMONIC_TRY(found, read_song(row));
        return {};
      }));
  if (!found) return tl::unexpected{no_such("song", id.value)};
  return *std::move(found);
}

Result<std::int64_t> SqliteStore::songs_revision() const {
  const std::scoped_lock lock{reader_.mutex};
  return reader_.connection->number("SELECT songs_revision FROM library");
}

Result<std::vector<KnownFile>> SqliteStore::files(bool missing) const {
  std::vector<KnownFile> all;
  HARMONIC_CHECK(each_row(
      "SELECT id, path, bytes, modified_ns, analysis_version, content FROM songs WHERE missing = "
      "?1 "
      "ORDER BY id",
      [missing](Statement& statement) { statement.integer(missing ? 1 : 0); },
      [&](const Statement& row) -> Result<void> {
        HARMONIC_TRY(const auto content, content_at(row, 5));
        all.push_back({SongId{row.integer_at(0)},
                       std::string{row.text_at(1)},
                       {static_cast<std::uint64_t>(row.integer_at(2)), row.integer_at(3)},
                       static_cast<int>(row.integer_at(4)),
                       content});
        return {};
      }));
  return all;
}

Result<std::vector<KnownFile>> SqliteStore::known_files() const { return files(false); }
Result<std::vector<KnownFile>> SqliteStore::missing_files() const { return files(true); }

Result<std::vector<FailedFile>> SqliteStore::failed_files() const {
  std::vector<FailedFile> all;
  HARMONIC_CHECK(each_row("SELECT path, bytes, modified_ns, reason FROM failed_files ORDER BY path",
                          kNoValues, [&](const Statement& row) -> Result<void> {
                            all.push_back(
                                {std::string{row.text_at(0)},
                                 {static_cast<std::uint64_t>(row.integer_at(1)), row.integer_at(2)},
                                 std::string{row.text_at(3)}});
                            return {};
                          }));
  return all;
}

Result<void> forget_failure(Connection& connection, const fs::path& path) {
  HARMONIC_TRY(auto forget, connection.prepare("DELETE FROM failed_files WHERE path = ?1"));
  return forget.text(path.native()).run();
}

/// Within the caller's transaction.
Result<SongId> upsert(Connection& connection, const Song& song) {
  SongId id;
  {
    HARMONIC_TRY(auto upsert, connection.prepare(upsert_song()));
    bind_song(upsert, song);
    HARMONIC_TRY([[maybe_unused]] const bool row, upsert.step());
    id = SongId{upsert.integer_at(0)};
    HARMONIC_CHECK(upsert.run());  // to its end, or the commit finds it still at work
    HARMONIC_TRY(auto tags, connection.prepare(put_tags()));
    bind_tags(tags, id, song.tags);
    HARMONIC_CHECK(tags.run());
  }
  HARMONIC_CHECK(forget_failure(connection, song.path));
  return id;
}

Result<SongId> SqliteStore::put_song(const Song& song) {
  HARMONIC_CHECK(check_song(song));
  const std::scoped_lock lock{writer_.mutex};
  HARMONIC_TRY(auto transaction, Transaction::begin(*writer_.connection));
  HARMONIC_TRY(const auto id, upsert(*writer_.connection, song));
  HARMONIC_CHECK(transaction.commit());
  return id;
}

Result<void> SqliteStore::put_songs(std::span<const Song> songs) {
  for (const Song& song : songs) HARMONIC_CHECK(check_song(song));
  const std::scoped_lock lock{writer_.mutex};
  HARMONIC_TRY(auto transaction, Transaction::begin(*writer_.connection));
  for (const Song& song : songs) {
    HARMONIC_TRY([[maybe_unused]] const auto id, upsert(*writer_.connection, song));
  }
  return transaction.commit();
}

/// Sends whoever stands at the path where no file can be, so that the path is free; the name stays
/// for those who read the table. Paths are unique, missing songs included.
Result<void> vacate(Connection& connection, const fs::path& path, SongId newcomer) {
  HARMONIC_TRY(auto send, connection.prepare("UPDATE songs SET missing = 1, path = '/dev/null/' || "
                                             "id || ?2 WHERE path = ?1 AND id <> ?3"));
  return send.text(path.native())
      .text("/" + path.filename().native())
      .integer(newcomer.value)
      .run();
}

Result<void> set_place(Connection& connection, const FilePlace& place) {
  HARMONIC_TRY(auto set, connection.prepare("UPDATE songs SET missing = 0, path = ?1, bytes = ?2, "
                                            "modified_ns = ?3, content = ?4 WHERE id = ?5"));
  set.text(place.path.native())
      .integer(static_cast<std::int64_t>(place.stamp.bytes))
      .integer(place.stamp.modified_ns)
      .blob(place.content)
      .integer(place.song.value);
  HARMONIC_CHECK(set.run());
  if (connection.changed_rows() != 1) return tl::unexpected{no_such("song", place.song.value)};
  return forget_failure(connection, place.path);
}

Result<void> SqliteStore::place_songs(std::span<const FilePlace> places) {
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  HARMONIC_TRY(auto transaction, Transaction::begin(connection));
  for (const auto& place : places) HARMONIC_CHECK(vacate(connection, place.path, place.song));
  for (const auto& place : places) HARMONIC_CHECK(set_place(connection, place));
  return transaction.commit();
}

Result<std::vector<HeardFeatures>> SqliteStore::features_to_score(int analysis_version,
                                                                  int mood_version, SongId after,
                                                                  std::size_t count) const {
  std::vector<HeardFeatures> all;
  HARMONIC_CHECK(each_row(
      "SELECT id, path, features, vector FROM songs WHERE id > ?1 AND analysis_version = ?2 AND "
      "mood_version <> ?3 ORDER BY id LIMIT ?4",
      [&](Statement& statement) {
        statement.integer(after.value)
            .integer(analysis_version)
            .integer(mood_version)
            .integer(static_cast<std::int64_t>(count));
      },
      [&](const Statement& row) -> Result<void> {
        auto vector = to_vector(row.blob_at(3), row.integer_at(2));
        if (!vector) {
          return tl::unexpected{damaged_analysis(std::string{row.text_at(1)}, vector.error())};
        }
        all.push_back({SongId{row.integer_at(0)}, *std::move(vector)});
        return {};
      }));
  return all;
}

Result<void> SqliteStore::put_moods(std::span<const SongMood> moods, int mood_version) {
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  HARMONIC_TRY(auto transaction, Transaction::begin(connection));
  for (const auto& [song, mood] : moods) {
    HARMONIC_TRY(auto set, connection.prepare("UPDATE songs SET valence = ?1, arousal = ?2, "
                                              "mood_version = ?3 WHERE id = ?4"));
    set.real(static_cast<double>(mood.valence()))
        .real(static_cast<double>(mood.arousal()))
        .integer(mood_version)
        .integer(song.value);
    HARMONIC_CHECK(set.run());
  }
  return transaction.commit();
}

Result<void> SqliteStore::put_failed(const FailedFile& file) {
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  HARMONIC_TRY(auto transaction, Transaction::begin(connection));
  {
    HARMONIC_TRY(auto insert,
                 connection.prepare("INSERT OR REPLACE INTO failed_files VALUES (?1, ?2, ?3, ?4)"));
    insert.text(file.path.native())
        .integer(static_cast<std::int64_t>(file.stamp.bytes))
        .integer(file.stamp.modified_ns)
        .text(file.reason);
    HARMONIC_CHECK(insert.run());
    HARMONIC_TRY(auto hide, connection.prepare(
                                "UPDATE songs SET missing = 1 WHERE path = ?1 AND missing = 0"));
    HARMONIC_CHECK(hide.text(file.path.native()).run());
  }
  return transaction.commit();
}

Result<void> SqliteStore::mark_missing(SongId id) {
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  HARMONIC_TRY(auto update,
               connection.prepare("UPDATE songs SET missing = 1 WHERE id = ?1 AND missing = 0"));
  HARMONIC_CHECK(update.integer(id.value).run());
  if (connection.changed_rows() == 1) return {};
  HARMONIC_TRY(auto known, connection.prepare("SELECT 1 FROM songs WHERE id = ?1"));
  HARMONIC_TRY(const bool there, known.integer(id.value).step());
  if (!there) return tl::unexpected{no_such("song", id.value)};
  return {};
}

Result<ListenerId> SqliteStore::find_or_add_listener(std::string_view name) {
  if (name.empty()) return fail(ErrorKind::kInvalidInput, "a listener needs a name");
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  {
    HARMONIC_TRY(auto insert,
                 connection.prepare("INSERT INTO listeners (name) SELECT ?1 WHERE NOT EXISTS "
                                    "(SELECT 1 FROM listeners WHERE name = ?1)"));
    HARMONIC_CHECK(insert.text(name).run());
  }
  HARMONIC_TRY(auto find, connection.prepare("SELECT id FROM listeners WHERE name = ?1"));
  HARMONIC_TRY([[maybe_unused]] const bool row, find.text(name).step());
  return ListenerId{find.integer_at(0)};
}

Result<PlayId> SqliteStore::add_play(const Play& play) {
  if (play.heard.count() < 0) {
    return fail(ErrorKind::kInvalidInput, "a song cannot be heard for less than no time");
  }
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  HARMONIC_TRY(auto insert, connection.prepare(
                                "INSERT INTO plays (listener, song, started_at_ms, heard_ms, "
                                "outcome, valence, arousal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  insert.integer(play.listener.value)
      .integer(play.song.value)
      .integer(to_ms(play.started_at))
      .integer(play.heard.count())
      .integer(static_cast<std::int64_t>(play.outcome));
  if (play.mood) {
    insert.real(static_cast<double>(play.mood->valence()))
        .real(static_cast<double>(play.mood->arousal()));
  } else {
    insert.null().null();
  }
  if (auto stored = insert.run(); !stored) {
    if (!connection.broke_foreign_key()) return tl::unexpected{std::move(stored).error()};
    return tl::unexpected{unknown_side(connection, play.listener, play.song)};
  }
  return PlayId{connection.last_row()};
}

Result<void> SqliteStore::set_liked(ListenerId listener, SongId song, bool liked) {
  const std::scoped_lock lock{writer_.mutex};
  auto& connection = *writer_.connection;
  HARMONIC_TRY(auto change,
               connection.prepare(liked ? "INSERT INTO likes VALUES (?1, ?2) ON CONFLICT DO NOTHING"
                                        : "DELETE FROM likes WHERE listener = ?1 AND song = ?2"));
  if (auto stored = change.integer(listener.value).integer(song.value).run(); !stored) {
    if (!connection.broke_foreign_key()) return tl::unexpected{std::move(stored).error()};
    return tl::unexpected{unknown_side(connection, listener, song)};
  }
  return {};
}

Result<std::vector<SongHistory>> SqliteStore::history(ListenerId listener) const {
  std::vector<SongHistory> all;
  HARMONIC_CHECK(each_row(
      "SELECT song, sum(finished), sum(skipped), max(liked), max(started_at_ms) FROM ("
      "  SELECT song, outcome = 0 AS finished, outcome = 1 AS skipped, 0 AS liked, started_at_ms"
      "  FROM plays WHERE listener = ?1"
      "  UNION ALL SELECT song, 0, 0, 1, NULL FROM likes WHERE listener = ?1"
      ") GROUP BY song ORDER BY song",
      [&](Statement& statement) { statement.integer(listener.value); },
      [&](const Statement& row) -> Result<void> {
        SongHistory one{SongId{row.integer_at(0)}, static_cast<int>(row.integer_at(1)),
                        static_cast<int>(row.integer_at(2)), row.integer_at(3) != 0, std::nullopt};
        if (!row.is_null(4)) one.last_heard = from_ms(row.integer_at(4));
        all.push_back(one);
        return {};
      }));
  return all;
}

Result<void> check_pages(Connection& connection, const fs::path& file) {
  std::error_code problem;
  if (fs::file_size(file, problem) > kCheckedAtOpen || problem) return {};
  HARMONIC_TRY(const auto verdict, connection.word("PRAGMA quick_check(1)"));
  if (verdict == "ok") return {};
  return fail(ErrorKind::kCorrupt, file.string() + ": is damaged (" + verdict +
                                       "); restore the file from a backup, or move it away and "
                                       "scan the music again");
}

}  // namespace

bool holds_library(const fs::path& data_folder) {
  std::error_code unreadable;
  return fs::status(data_folder / kFileName, unreadable).type() != fs::file_type::not_found;
}

Result<std::unique_ptr<catalog::Store>> open(const fs::path& data_folder) {
  HARMONIC_TRY(const auto file, prepare(data_folder));
  HARMONIC_TRY(auto writer, Connection::open(file));
  HARMONIC_CHECK(check_pages(*writer, file));
  HARMONIC_CHECK(migrate(*writer));
  HARMONIC_TRY(auto reader, Connection::open(file));
  HARMONIC_CHECK(reader->run("PRAGMA query_only = ON"));
  return std::make_unique<SqliteStore>(file, std::move(writer), std::move(reader));
}

}  // namespace harmonic::store
