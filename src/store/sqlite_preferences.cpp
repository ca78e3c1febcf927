#include "store/sqlite_preferences.h"

#include <algorithm>
#include <mutex>
#include <span>
#include <utility>

#include "store/data_folder.h"
#include "store/migrations.h"
#include "store/sqlite.h"

namespace harmonic::store {

namespace {

using catalog::Bans;
using catalog::LearningStart;
using catalog::Play;
using std::chrono::milliseconds;
using std::chrono::system_clock;

class SqlitePreferences final : public catalog::Preferences {
 public:
  explicit SqlitePreferences(std::unique_ptr<Connection> connection)
      : connection_{std::move(connection)} {}

  Result<ListenerId> listener(std::string_view name) const override;
  Result<std::vector<Play>> newest_plays(ListenerId listener, std::size_t count) const override;
  Result<LearningStart> learning_start(ListenerId listener) const override;
  Result<void> start_learning(ListenerId listener, const LearningStart& start) override;
  Result<void> take_back_start(ListenerId listener) override;
  Result<std::int64_t> writes_of_others() const override {
    const std::scoped_lock lock{mutex_};
    return connection_->writes_of_others();
  }
  Result<Bans> bans(ListenerId listener) const override;
  Result<void> ban_artist(ListenerId listener, std::string_view artist) override;
  Result<void> ban_song(ListenerId listener, SongId song) override;
  Result<bool> lift_artist(ListenerId listener, std::string_view artist) override;
  Result<bool> lift_song(ListenerId listener, SongId song) override;
  Result<std::size_t> count_listeners() const override;
  Result<std::vector<ListenerId>> agreed() const override;
  Result<void> set_agreed(ListenerId listener, bool agreed) override;

 private:
  /// Runs what only a listener or song that is not there can stop; tells which.
  Result<void> write(Statement& statement, ListenerId listener, SongId song = {});

  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
};

system_clock::time_point time_at(const Statement& row, int column) {
  return system_clock::time_point{milliseconds{row.integer_at(column)}};
}

std::string text_of(std::span<const std::byte> blob) {
  return {reinterpret_cast<const char*>(blob.data()), blob.size()};
}

std::optional<std::int64_t> ms_of(const std::optional<system_clock::time_point>& at) {
  if (!at) return std::nullopt;
  return std::chrono::floor<milliseconds>(at->time_since_epoch()).count();
}

tl::unexpected<Error> no_such(const char* thing, std::int64_t id) {
  return fail(ErrorKind::kNotFound, "there is no " + std::string{thing} + " " + std::to_string(id));
}

Result<void> SqlitePreferences::write(Statement& statement, ListenerId listener, SongId song) {
  if (auto done = statement.run(); !done) {
    if (!connection_->broke_foreign_key()) return tl::unexpected{std::move(done).error()};
    HARMONIC_TRY(auto known, connection_->prepare("SELECT 1 FROM listeners WHERE id = ?1"));
    HARMONIC_TRY(const bool there, known.integer(listener.value).step());
    return there ? no_such("song", song.value) : no_such("listener", listener.value);
  }
  return {};
}

Result<ListenerId> SqlitePreferences::listener(std::string_view name) const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto find, connection_->prepare("SELECT id FROM listeners WHERE name = ?1"));
  HARMONIC_TRY(const bool there, find.text(name).step());
  if (there) return ListenerId{find.integer_at(0)};
  return fail(ErrorKind::kNotFound,
              "nobody named '" + std::string{name} + "' has listened yet; name another --listener");
}

Result<std::vector<Play>> SqlitePreferences::newest_plays(ListenerId listener,
                                                          std::size_t count) const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto rows, connection_->prepare(
                              "SELECT song, started_at_ms, heard_ms, outcome, valence, arousal "
                              "FROM plays WHERE listener = ?1 ORDER BY started_at_ms DESC, id DESC "
                              "LIMIT ?2"));
  rows.integer(listener.value).integer(static_cast<std::int64_t>(count));
  std::vector<Play> plays;
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) break;
    Play play{listener,
              SongId{rows.integer_at(0)},
              time_at(rows, 1),
              milliseconds{rows.integer_at(2)},
              static_cast<catalog::PlayOutcome>(rows.integer_at(3)),
              {}};
    if (!rows.is_null(4)) play.mood = ValenceArousal::clamped(rows.real_at(4), rows.real_at(5));
    plays.push_back(play);
  }
  std::reverse(plays.begin(), plays.end());
  return plays;
}

Result<LearningStart> SqlitePreferences::learning_start(ListenerId listener) const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row,
               connection_->prepare("SELECT since_ms, learned FROM learning WHERE listener = ?1"));
  HARMONIC_TRY(const bool there, row.integer(listener.value).step());
  LearningStart start;
  if (!there) return start;
  if (!row.is_null(0)) start.since = time_at(row, 0);
  start.learned = text_of(row.blob_at(1));
  return start;
}

Result<void> SqlitePreferences::start_learning(ListenerId listener, const LearningStart& start) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row,
               connection_->prepare(
                   "INSERT INTO learning VALUES (?1, ?2, ?3, 1, NULL, x'') ON CONFLICT DO UPDATE "
                   "SET has_former = 1, former_since_ms = since_ms, former_learned = learned, "
                   "since_ms = excluded.since_ms, learned = excluded.learned"));
  row.integer(listener.value).integer_or_null(ms_of(start.since));
  row.blob(std::as_bytes(std::span{start.learned}));
  return write(row, listener);
}

Result<void> SqlitePreferences::take_back_start(ListenerId listener) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row,
               connection_->prepare("UPDATE learning SET since_ms = former_since_ms, learned = "
                                    "former_learned, has_former = 0, former_since_ms = NULL, "
                                    "former_learned = x'' WHERE listener = ?1 AND has_former = 1"));
  HARMONIC_CHECK(row.integer(listener.value).run());
  if (connection_->changed_rows() == 1) return {};
  return fail(ErrorKind::kNotFound, "there is no reset or import to take back");
}

Result<Bans> SqlitePreferences::bans(ListenerId listener) const {
  const std::scoped_lock lock{mutex_};
  Bans bans;
  HARMONIC_TRY(auto artists,
               connection_->prepare(
                   "SELECT artist FROM banned_artists WHERE listener = ?1 ORDER BY artist"));
  artists.integer(listener.value);
  for (;;) {
    HARMONIC_TRY(const bool row, artists.step());
    if (!row) break;
    bans.artists.emplace_back(artists.text_at(0));
  }
  HARMONIC_TRY(auto songs, connection_->prepare(
                               "SELECT song FROM banned_songs WHERE listener = ?1 ORDER BY song"));
  songs.integer(listener.value);
  for (;;) {
    HARMONIC_TRY(const bool row, songs.step());
    if (!row) return bans;
    bans.songs.push_back(SongId{songs.integer_at(0)});
  }
}

Result<void> SqlitePreferences::ban_artist(ListenerId listener, std::string_view artist) {
  if (artist.empty()) return fail(ErrorKind::kInvalidInput, "an artist needs a name");
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row, connection_->prepare(
                             "INSERT INTO banned_artists VALUES (?1, ?2) ON CONFLICT DO NOTHING"));
  row.integer(listener.value).text(artist);
  return write(row, listener);
}

Result<void> SqlitePreferences::ban_song(ListenerId listener, SongId song) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row, connection_->prepare(
                             "INSERT INTO banned_songs VALUES (?1, ?2) ON CONFLICT DO NOTHING"));
  row.integer(listener.value).integer(song.value);
  return write(row, listener, song);
}

Result<bool> SqlitePreferences::lift_artist(ListenerId listener, std::string_view artist) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row, connection_->prepare(
                             "DELETE FROM banned_artists WHERE listener = ?1 AND artist = ?2"));
  HARMONIC_CHECK(row.integer(listener.value).text(artist).run());
  return connection_->changed_rows() == 1;
}

Result<bool> SqlitePreferences::lift_song(ListenerId listener, SongId song) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row,
               connection_->prepare("DELETE FROM banned_songs WHERE listener = ?1 AND song = ?2"));
  HARMONIC_CHECK(row.integer(listener.value).integer(song.value).run());
  return connection_->changed_rows() == 1;
}

Result<std::size_t> SqlitePreferences::count_listeners() const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(const auto count, connection_->number("SELECT count(*) FROM listeners"));
  return static_cast<std::size_t>(count);
}

Result<std::vector<ListenerId>> SqlitePreferences::agreed() const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto rows, connection_->prepare("SELECT listener FROM agreed ORDER BY listener"));
  std::vector<ListenerId> listeners;
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) return listeners;
    listeners.push_back(ListenerId{rows.integer_at(0)});
  }
}

Result<void> SqlitePreferences::set_agreed(ListenerId listener, bool agreed) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto row,
               connection_->prepare(agreed ? "INSERT INTO agreed VALUES (?1) ON CONFLICT DO NOTHING"
                                           : "DELETE FROM agreed WHERE listener = ?1"));
  row.integer(listener.value);
  return write(row, listener);
}

}  // namespace

Result<std::unique_ptr<catalog::Preferences>> open_preferences(
    const std::filesystem::path& data_folder) {
  HARMONIC_TRY(const auto file, prepare(data_folder));
  HARMONIC_TRY(auto connection, Connection::open(file));
  HARMONIC_CHECK(migrate(*connection));
  return std::make_unique<SqlitePreferences>(std::move(connection));
}

}  // namespace harmonic::store
