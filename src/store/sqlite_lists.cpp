#include "store/sqlite_lists.h"

#include <mutex>
#include <string>
#include <utility>

#include "store/data_folder.h"
#include "store/migrations.h"
#include "store/sqlite.h"

namespace harmonic::store {

namespace {

using catalog::ListedSong;
using catalog::SongList;

class SqliteLists final : public catalog::SongLists {
 public:
  explicit SqliteLists(std::unique_ptr<Connection> connection)
      : connection_{std::move(connection)} {}

  Result<std::vector<SongList>> lists() const override;
  Result<void> put_list(const SongList& list) override;
  Result<void> remove_list(std::string_view name) override;

 private:
  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
};

std::optional<ValenceArousal> mood_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return ValenceArousal::clamped(row.real_at(column), row.real_at(column + 1));
}

Result<std::vector<SongList>> SqliteLists::lists() const {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(
      auto rows,
      connection_->prepare("SELECT name, title, artist, album, mood_word, link, valence, arousal "
                           "FROM lists LEFT JOIN listed_songs ON list = lists.id "
                           "ORDER BY name, listed_songs.id"));
  std::vector<SongList> all;
  for (;;) {
    HARMONIC_TRY(const bool row, rows.step());
    if (!row) return all;
    if (all.empty() || all.back().name != rows.text_at(0)) {
      all.push_back({std::string{rows.text_at(0)}, {}});
    }
    if (rows.is_null(1)) continue;  // a list without songs
    const auto text = [&](int column) { return std::string{rows.text_at(column)}; };
    all.back().songs.push_back({text(1), text(2), text(3), text(4), mood_at(rows, 6), text(5)});
  }
}

Result<void> remove(Connection& connection, std::string_view name) {
  HARMONIC_TRY(auto songs, connection.prepare("DELETE FROM listed_songs WHERE list = "
                                              "(SELECT id FROM lists WHERE name = ?1)"));
  HARMONIC_CHECK(songs.text(name).run());
  HARMONIC_TRY(auto list, connection.prepare("DELETE FROM lists WHERE name = ?1"));
  return list.text(name).run();
}

Result<void> insert(Connection& connection, const ListedSong& song, std::int64_t list) {
  HARMONIC_TRY(auto row, connection.prepare(
                             "INSERT INTO listed_songs (list, title, artist, album, mood_word, "
                             "link, valence, arousal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  row.integer(list).text(song.title).text(song.artist).text(song.album);
  row.text(song.mood_word).text(song.link);
  if (song.mood) {
    row.real(static_cast<double>(song.mood->valence()));
    row.real(static_cast<double>(song.mood->arousal()));
  } else {
    row.null().null();
  }
  return row.run();
}

Result<void> SqliteLists::put_list(const SongList& list) {
  if (list.name.empty()) return fail(ErrorKind::kInvalidInput, "a list needs a name");
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto transaction, Transaction::begin(*connection_));
  HARMONIC_CHECK(remove(*connection_, list.name));
  {
    HARMONIC_TRY(auto row, connection_->prepare("INSERT INTO lists (name) VALUES (?1)"));
    HARMONIC_CHECK(row.text(list.name).run());
  }
  const auto id = connection_->last_row();
  for (const auto& song : list.songs) HARMONIC_CHECK(insert(*connection_, song, id));
  return transaction.commit();
}

Result<void> SqliteLists::remove_list(std::string_view name) {
  const std::scoped_lock lock{mutex_};
  HARMONIC_TRY(auto transaction, Transaction::begin(*connection_));
  HARMONIC_CHECK(remove(*connection_, name));
  if (connection_->changed_rows() == 0) {
    return fail(ErrorKind::kNotFound, "there is no list '" + std::string{name} +
                                          "'; `harmonic catalogue list` names them");
  }
  return transaction.commit();
}

}  // namespace

Result<std::unique_ptr<catalog::SongLists>> open_lists(const std::filesystem::path& data_folder) {
  HARMONIC_TRY(const auto file, prepare(data_folder));
  HARMONIC_TRY(auto connection, Connection::open(file));
  HARMONIC_CHECK(migrate(*connection));
  return std::make_unique<SqliteLists>(std::move(connection));
}

}  // namespace harmonic::store
