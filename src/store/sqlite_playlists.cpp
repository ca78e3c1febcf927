#include "store/sqlite_playlists.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "store/data_folder.h"
#include "store/migrations.h"
#include "store/song_ids.h"
#include "store/sqlite.h"

namespace harmonic::store {

namespace {

using catalog::Playlist;
using std::chrono::system_clock;

class SqlitePlaylists final : public catalog::Playlists {
 public:
  explicit SqlitePlaylists(std::unique_ptr<Connection> connection)
      : connection_{std::move(connection)} {}

  Result<std::vector<Playlist>> playlists() const override;
  Result<std::vector<PlaylistId>> put_playlists(std::span<const Playlist> playlists) override;
  Result<void> remove_playlist(PlaylistId id) override;
  Result<std::vector<std::string>> undo_change(std::optional<PlaylistId> only) override;

 private:
  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
};

std::int64_t to_ms(system_clock::time_point at) {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

system_clock::time_point from_ms(std::int64_t ms) {
  return system_clock::time_point{std::chrono::milliseconds{ms}};
}

/// The columns of `playlists` from `first` on: name, comment, rules, created_ms, changed_ms,
/// version.
void read_facts(const Statement& row, int first, Playlist& into) {
  into.name = row.text_at(first);
  into.comment = row.text_at(first + 1);
  if (!row.is_null(first + 2)) into.rules = std::string{row.text_at(first + 2)};
  into.created_at = from_ms(row.integer_at(first + 3));
  into.changed_at = from_ms(row.integer_at(first + 4));
  into.version = row.integer_at(first + 5);
}

void bind_facts(Statement& row, const Playlist& playlist) {
  row.text(playlist.name).text(playlist.comment);
  if (playlist.rules) {
    row.text(*playlist.rules);
  } else {
    row.null();
  }
  row.integer(to_ms(playlist.created_at)).integer(to_ms(playlist.changed_at));
  row.integer(playlist.version);
}

Result<std::vector<Playlist>> read_all(Connection& connection) {
  std::vector<Playlist> all;
  HARMONIC_TRY(auto rows, connection.prepare(
                              "SELECT id, name, comment, rules, created_ms, changed_ms, version, "
                              "song FROM playlists LEFT JOIN playlist_songs ON playlist = id "
                              "ORDER BY name, place"));
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) return all;
    const PlaylistId id{rows.integer_at(0)};
    if (all.empty() || all.back().id != id) {
      all.push_back({});
      all.back().id = id;
      read_facts(rows, 1, all.back());
    }
    if (!rows.is_null(7)) all.back().songs.push_back(SongId{rows.integer_at(7)});
  }
}

/// Nothing where there is no such playlist.
Result<std::optional<Playlist>> read_one(Connection& connection, PlaylistId id) {
  std::optional<Playlist> found;
  {
    HARMONIC_TRY(auto row, connection.prepare("SELECT name, comment, rules, created_ms, "
                                              "changed_ms, version FROM playlists WHERE id = ?1"));
    HARMONIC_TRY(const bool there, row.integer(id.value).step());
    if (!there) return found;
    found.emplace().id = id;
    read_facts(row, 0, *found);
  }
  HARMONIC_TRY(auto songs, connection.prepare("SELECT song FROM playlist_songs WHERE playlist = "
                                              "?1 ORDER BY place"));
  songs.integer(id.value);
  for (;;) {
    HARMONIC_TRY(const bool row, songs.step());
    if (!row) return found;
    found->songs.push_back(SongId{songs.integer_at(0)});
  }
}

/// The number of the change that begins; what is older than kKeptChanges is forgotten.
Result<std::int64_t> begin_change(Connection& connection) {
  HARMONIC_TRY(const auto last,
               connection.number("SELECT coalesce(max(change), 0) FROM former_playlists"));
  HARMONIC_TRY(auto forget, connection.prepare("DELETE FROM former_playlists WHERE change <= ?1"));
  HARMONIC_CHECK(forget.integer(last + 1 - catalog::Playlists::kKeptChanges).run());
  return last + 1;
}

/// Notes what `id` was before the change.
Result<void> keep_former(Connection& connection, std::int64_t change, PlaylistId id,
                         const std::optional<Playlist>& former) {
  HARMONIC_TRY(auto row, connection.prepare(
                             "INSERT INTO former_playlists (change, playlist, name, comment, "
                             "rules, created_ms, changed_ms, version, songs) VALUES (?1, ?2, ?3, "
                             "?4, ?5, ?6, ?7, ?8, ?9)"));
  row.integer(change).integer(id.value);
  if (!former) return row.run();
  bind_facts(row, *former);
  return row.text(ids_text(former->songs)).run();
}

Result<void> remove_songs(Connection& connection, PlaylistId id) {
  HARMONIC_TRY(auto songs, connection.prepare("DELETE FROM playlist_songs WHERE playlist = ?1"));
  return songs.integer(id.value).run();
}

Result<void> remove(Connection& connection, PlaylistId id) {
  HARMONIC_CHECK(remove_songs(connection, id));
  HARMONIC_TRY(auto row, connection.prepare("DELETE FROM playlists WHERE id = ?1"));
  return row.integer(id.value).run();
}

Result<void> put_songs(Connection& connection, PlaylistId id, std::span<const SongId> songs) {
  HARMONIC_CHECK(remove_songs(connection, id));
  std::int64_t place = 0;
  for (const auto song : songs) {
    HARMONIC_TRY(auto row, connection.prepare("INSERT INTO playlist_songs VALUES (?1, ?2, ?3)"));
    if (auto put = row.integer(id.value).integer(++place).integer(song.value).run(); !put) {
      if (!connection.broke_foreign_key()) return tl::unexpected{std::move(put).error()};
      return fail(ErrorKind::kNotFound,
                  "there is no song " + std::to_string(song.value) + "; take it out of the list");
    }
  }
  return {};
}

/// Writes the playlist as it is, under its id or, with none, a new one.
Result<PlaylistId> write(Connection& connection, const Playlist& playlist) {
  HARMONIC_TRY(auto row, connection.prepare(
                             "INSERT INTO playlists (id, name, comment, rules, created_ms, "
                             "changed_ms, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                             "ON CONFLICT (id) DO UPDATE SET name = excluded.name, comment = "
                             "excluded.comment, rules = excluded.rules, created_ms = "
                             "excluded.created_ms, changed_ms = excluded.changed_ms, version = "
                             "excluded.version RETURNING id"));
  if (playlist.id.value == 0) {
    row.null();
  } else {
    row.integer(playlist.id.value);
  }
  bind_facts(row, playlist);
  HARMONIC_TRY([[maybe_unused]] const bool there, row.step());
  const PlaylistId id{row.integer_at(0)};
  HARMONIC_CHECK(row.run());  // to its end, or the commit finds it still at work
  HARMONIC_CHECK(put_songs(connection, id, playlist.songs));
  return id;
}

tl::unexpected<Error> no_such(PlaylistId id) {
  return fail(ErrorKind::kNotFound, "there is no playlist " + std::to_string(id.value) +
                                        "; `harmonic playlist list` names them");
}

Result<void> check_name(Connection& connection, const Playlist& playlist) {
  if (playlist.name.empty()) return fail(ErrorKind::kInvalidInput, "a playlist needs a name");
  if (playlist.rules && !playlist.songs.empty()) {
    return fail(ErrorKind::kInvalidInput, "the playlist '" + playlist.name +
                                              "' has rules, which choose its songs; none can be "
                                              "put into it by hand");
  }
  HARMONIC_TRY(auto row,
               connection.prepare("SELECT name FROM playlists WHERE name = ?1 AND id <> ?2"));
  HARMONIC_TRY(const bool taken, row.text(playlist.name).integer(playlist.id.value).step());
  if (!taken) return {};
  return fail(ErrorKind::kInvalidInput, "there is a playlist '" + std::string{row.text_at(0)} +
                                            "' already; choose another name");
}

Result<PlaylistId> put(Connection& connection, std::int64_t change, Playlist playlist) {
  HARMONIC_CHECK(check_name(connection, playlist));
  std::optional<Playlist> former;
  if (playlist.id.value != 0) {
    HARMONIC_TRY(former, read_one(connection, playlist.id));
    if (!former) return no_such(playlist.id);
    if (former->version != playlist.version) {
      return fail(ErrorKind::kUnavailable, "somebody else changed the playlist '" + former->name +
                                               "' at the same time; try again");
    }
  }
  ++playlist.version;
  HARMONIC_TRY(const auto id, write(connection, playlist));
  HARMONIC_CHECK(keep_former(connection, change, id, former));
  return id;
}

Result<std::vector<Playlist>> SqlitePlaylists::playlists() const {
  const std::scoped_lock lock{mutex_};
  return read_all(*connection_);
}

Result<std::vector<PlaylistId>> SqlitePlaylists::put_playlists(
    std::span<const Playlist> playlists) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto transaction, Transaction::begin(*connection_));
  HARMONIC_TRY(const auto change, begin_change(*connection_));
  std::vector<PlaylistId> ids;
  ids.reserve(playlists.size());
  for (const auto& playlist : playlists) {
    HARMONIC_TRY(const auto id, put(*connection_, change, playlist));
    ids.push_back(id);
  }
  HARMONIC_CHECK(transaction.commit());
  return ids;
}

Result<void> SqlitePlaylists::remove_playlist(PlaylistId id) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto transaction, Transaction::begin(*connection_));
  HARMONIC_TRY(const auto former, read_one(*connection_, id));
  if (!former) return no_such(id);
  HARMONIC_TRY(const auto change, begin_change(*connection_));
  HARMONIC_CHECK(keep_former(*connection_, change, id, former));
  HARMONIC_CHECK(remove(*connection_, id));
  return transaction.commit();
}

/// What stood before the last change; without a name it was not there.
Result<std::vector<Playlist>> formers(Connection& connection) {
  std::vector<Playlist> all;
  HARMONIC_TRY(auto rows,
               connection.prepare("SELECT playlist, name, comment, rules, created_ms, changed_ms, "
                                  "version, songs FROM former_playlists WHERE change = "
                                  "(SELECT max(change) FROM former_playlists)"));
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) return all;
    all.push_back({});
    all.back().id = PlaylistId{rows.integer_at(0)};
    if (rows.is_null(1)) continue;
    read_facts(rows, 1, all.back());
    HARMONIC_TRY(all.back().songs, ids_of(rows.text_at(7)));
  }
}

Result<std::vector<std::string>> SqlitePlaylists::undo_change(std::optional<PlaylistId> only) {
  const std::scoped_lock lock{mutex_};
  auto& connection = *connection_;
  HARMONIC_TRY(auto transaction, Transaction::begin(connection));
  HARMONIC_TRY(auto before, formers(connection));
  if (before.empty()) {
    return fail(ErrorKind::kNotFound, "no change of a playlist is left to take back");
  }
  if (only && std::none_of(before.begin(), before.end(),
                           [&](const Playlist& one) { return one.id == *only; })) {
    return fail(ErrorKind::kUnavailable,
                "another playlist was changed since; `harmonic playlist undo` takes that back "
                "first");
  }
  std::vector<std::string> names;
  for (auto& former : before) {
    HARMONIC_TRY(const auto current, read_one(connection, former.id));
    names.push_back(current ? current->name : former.name);
    if (former.name.empty()) {
      HARMONIC_CHECK(remove(connection, former.id));
      continue;
    }
    // Whoever read the version that is taken back must not write over this one.
    former.version = std::max(former.version, current ? current->version : 0) + 1;
    HARMONIC_CHECK(write(connection, former));
  }
  HARMONIC_CHECK(connection.run(
      "DELETE FROM former_playlists WHERE change = (SELECT max(change) FROM former_playlists)"));
  HARMONIC_CHECK(transaction.commit());
  return names;
}

}  // namespace

Result<std::unique_ptr<catalog::Playlists>> open_playlists(
    const std::filesystem::path& data_folder) {
  HARMONIC_TRY(const auto file, prepare(data_folder));
  HARMONIC_TRY(auto connection, Connection::open(file));
  HARMONIC_CHECK(migrate(*connection));
  return std::make_unique<SqlitePlaylists>(std::move(connection));
}

}  // namespace harmonic::store
