#include "store/migrations.h"

#include <array>
#include <string>

namespace harmonic::store {

namespace {

// The library: what scan found. `path` and the tags are the bytes that the file system and the file
// gave, valid UTF-8 or not. A mood is either measured, both columns, or absent, neither.
constexpr std::string_view kSongs = R"sql(
CREATE TABLE songs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
  bytes INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  container TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  title TEXT NOT NULL, artist TEXT NOT NULL, album TEXT NOT NULL,
  album_artist TEXT NOT NULL, genre TEXT NOT NULL,
  track INTEGER, year INTEGER,
  analysis_version INTEGER NOT NULL,
  loudness_lufs REAL, loudness_range_lu REAL,
  tempo_bpm REAL, tempo_confidence REAL NOT NULL,
  key_tonic INTEGER CHECK (key_tonic BETWEEN 0 AND 11),
  key_mode INTEGER CHECK (key_mode IN (0, 1)),
  key_strength REAL NOT NULL,
  valence REAL NOT NULL CHECK (valence BETWEEN -1 AND 1),
  arousal REAL NOT NULL CHECK (arousal BETWEEN -1 AND 1),
  features INTEGER NOT NULL,
  vector BLOB NOT NULL,
  CHECK ((key_tonic IS NULL) = (key_mode IS NULL))
) STRICT;
CREATE TABLE failed_files (
  path TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE library (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  songs_revision INTEGER NOT NULL
) STRICT;
INSERT INTO library VALUES (1, 0);
CREATE TRIGGER songs_inserted AFTER INSERT ON songs
  BEGIN UPDATE library SET songs_revision = songs_revision + 1; END;
CREATE TRIGGER songs_updated AFTER UPDATE ON songs
  BEGIN UPDATE library SET songs_revision = songs_revision + 1; END;
CREATE TRIGGER songs_deleted AFTER DELETE ON songs
  BEGIN UPDATE library SET songs_revision = songs_revision + 1; END;
)sql";

// The listening: who heard what. `outcome` is catalog::PlayOutcome in its order.
constexpr std::string_view kListening = R"sql(
CREATE TABLE listeners (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE plays (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listener INTEGER NOT NULL REFERENCES listeners (id),
  song INTEGER NOT NULL REFERENCES songs (id),
  started_at_ms INTEGER NOT NULL,
  heard_ms INTEGER NOT NULL CHECK (heard_ms >= 0),
  outcome INTEGER NOT NULL CHECK (outcome IN (0, 1, 2)),
  valence REAL CHECK (valence BETWEEN -1 AND 1),
  arousal REAL CHECK (arousal BETWEEN -1 AND 1),
  CHECK ((valence IS NULL) = (arousal IS NULL))
) STRICT;
CREATE INDEX plays_by_listener ON plays (listener, song, outcome, started_at_ms);
CREATE INDEX plays_by_song ON plays (song);
CREATE TABLE likes (
  listener INTEGER NOT NULL REFERENCES listeners (id),
  song INTEGER NOT NULL REFERENCES songs (id),
  PRIMARY KEY (listener, song)
) STRICT, WITHOUT ROWID;
CREATE INDEX likes_by_song ON likes (song);
)sql";

// Songs known by name: lists from elsewhere. A mood is given, both columns, or not, neither.
constexpr std::string_view kLists = R"sql(
CREATE TABLE lists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;
CREATE TABLE listed_songs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list INTEGER NOT NULL REFERENCES lists (id),
  title TEXT NOT NULL, artist TEXT NOT NULL, album TEXT NOT NULL,
  mood_word TEXT NOT NULL, link TEXT NOT NULL,
  valence REAL CHECK (valence BETWEEN -1 AND 1),
  arousal REAL CHECK (arousal BETWEEN -1 AND 1),
  CHECK ((valence IS NULL) = (arousal IS NULL))
) STRICT;
CREATE INDEX listed_songs_by_list ON listed_songs (list);
)sql";

// Songs that were not heard yet: a mood is measured, with the model that made it, or absent. And
// the key by which a file is known again under another name.
constexpr std::string_view kHearingLater = R"sql(
ALTER TABLE songs RENAME COLUMN valence TO first_valence;
ALTER TABLE songs RENAME COLUMN arousal TO first_arousal;
ALTER TABLE songs ADD COLUMN valence REAL CHECK (valence BETWEEN -1 AND 1);
ALTER TABLE songs ADD COLUMN arousal REAL
  CHECK (arousal BETWEEN -1 AND 1) CHECK ((valence IS NULL) = (arousal IS NULL));
ALTER TABLE songs ADD COLUMN mood_version INTEGER NOT NULL DEFAULT 0
  CHECK ((valence IS NULL) = (mood_version = 0));
ALTER TABLE songs ADD COLUMN content BLOB CHECK (length(content) = 16);
UPDATE songs SET valence = first_valence, arousal = first_arousal, mood_version = 1
  WHERE analysis_version > 0;
ALTER TABLE songs DROP COLUMN first_valence;
ALTER TABLE songs DROP COLUMN first_arousal;
)sql";

// What a song's file says beyond its row in `songs`. A list is one text, a value a line: cleaned
// tags hold no line ends.
constexpr std::string_view kSongTags = R"sql(
CREATE TABLE song_tags (
  song INTEGER PRIMARY KEY REFERENCES songs (id),
  artists TEXT NOT NULL, album_artists TEXT NOT NULL, genres TEXT NOT NULL,
  track_total INTEGER, disc INTEGER, disc_total INTEGER,
  date TEXT NOT NULL, composer TEXT NOT NULL,
  mb_recording TEXT NOT NULL, mb_release TEXT NOT NULL, mb_release_group TEXT NOT NULL,
  mb_artists TEXT NOT NULL,
  track_gain_db REAL, track_peak REAL, album_gain_db REAL, album_peak REAL
) STRICT;
)sql";

// What listeners asked for. `plays` is made anew, for a check cannot be changed: "not now" is a
// fourth outcome. A listener's learning starts at a time and from what was known then, or both are
// absent; `former_...` is the start before, while it can come back.
constexpr std::string_view kPreferences = R"sql(
CREATE TABLE new_plays (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listener INTEGER NOT NULL REFERENCES listeners (id),
  song INTEGER NOT NULL REFERENCES songs (id),
  started_at_ms INTEGER NOT NULL,
  heard_ms INTEGER NOT NULL CHECK (heard_ms >= 0),
  outcome INTEGER NOT NULL CHECK (outcome IN (0, 1, 2, 3)),
  valence REAL CHECK (valence BETWEEN -1 AND 1),
  arousal REAL CHECK (arousal BETWEEN -1 AND 1),
  CHECK ((valence IS NULL) = (arousal IS NULL))
) STRICT;
INSERT INTO new_plays SELECT * FROM plays;
DROP TABLE plays;
ALTER TABLE new_plays RENAME TO plays;
CREATE INDEX plays_by_listener ON plays (listener, song, outcome, started_at_ms);
CREATE INDEX plays_by_song ON plays (song);
CREATE INDEX plays_by_time ON plays (listener, started_at_ms);
CREATE TABLE learning (
  listener INTEGER PRIMARY KEY REFERENCES listeners (id),
  since_ms INTEGER,
  learned BLOB NOT NULL,
  has_former INTEGER NOT NULL CHECK (has_former IN (0, 1)),
  former_since_ms INTEGER,
  former_learned BLOB NOT NULL
) STRICT;
CREATE TABLE banned_artists (
  listener INTEGER NOT NULL REFERENCES listeners (id),
  artist TEXT NOT NULL CHECK (artist <> ''),
  PRIMARY KEY (listener, artist)
) STRICT, WITHOUT ROWID;
CREATE TABLE banned_songs (
  listener INTEGER NOT NULL REFERENCES listeners (id),
  song INTEGER NOT NULL REFERENCES songs (id),
  PRIMARY KEY (listener, song)
) STRICT, WITHOUT ROWID;
)sql";

// Playlists: by hand, songs in order, or `rules` as .nsp text. Songs are
// named by id, so that a moved file stays and a missing one keeps its place. `former_playlists` is
// what each change replaced, NULL where there was nothing: undoing goes back through it. Ids in
// `songs` of a row stand with a space between. `part` is catalog::DayPart in its order.
constexpr std::string_view kPlaylists = R"sql(
CREATE TABLE playlists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  comment TEXT NOT NULL,
  rules TEXT,
  created_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE playlist_songs (
  playlist INTEGER NOT NULL REFERENCES playlists (id),
  place INTEGER NOT NULL,
  song INTEGER NOT NULL REFERENCES songs (id),
  PRIMARY KEY (playlist, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX playlist_songs_by_song ON playlist_songs (song);
CREATE TABLE former_playlists (
  change INTEGER NOT NULL,
  playlist INTEGER NOT NULL,
  name TEXT, comment TEXT, rules TEXT,
  created_ms INTEGER, changed_ms INTEGER, version INTEGER,
  songs TEXT,
  PRIMARY KEY (change, playlist)
) STRICT, WITHOUT ROWID;
CREATE TABLE daily_lists (
  listener INTEGER NOT NULL REFERENCES listeners (id),
  day INTEGER NOT NULL,
  place INTEGER NOT NULL,
  part INTEGER NOT NULL CHECK (part BETWEEN 0 AND 3),
  title TEXT NOT NULL,
  songs TEXT NOT NULL,
  PRIMARY KEY (listener, day, place)
) STRICT, WITHOUT ROWID;
)sql";

// Who agreed that listeners help each other choose; who is not in it did not.
constexpr std::string_view kAgreed = R"sql(
CREATE TABLE agreed (
  listener INTEGER PRIMARY KEY REFERENCES listeners (id)
) STRICT;
)sql";

constexpr std::array kSteps{kSongs,    kListening,   kLists,     kHearingLater,
                            kSongTags, kPreferences, kPlaylists, kAgreed};

/// What a database file says of itself.
struct Identity {
  std::int64_t version = 0;
  std::int64_t owner = 0;
  std::int64_t tables = 0;
};

/// Read in one transaction: half of it from before another process made the tables would look like
/// the database of another program.
Result<Identity> identity_of(Connection& connection) {
  HARMONIC_CHECK(connection.run("BEGIN"));
  HARMONIC_TRY(const auto version, connection.number("PRAGMA user_version"));
  HARMONIC_TRY(const auto owner, connection.number("PRAGMA application_id"));
  HARMONIC_TRY(const auto tables, connection.number("SELECT count(*) FROM sqlite_schema"));
  HARMONIC_CHECK(connection.run("COMMIT"));
  return Identity{version, owner, tables};
}

Result<void> refuse_what_is_not_ours(Connection& connection, const Identity& identity,
                                     std::size_t newest) {
  const auto& [version, owner, tables] = identity;
  HARMONIC_TRY(const auto file,
               connection.word("SELECT file FROM pragma_database_list WHERE name = 'main'"));
  if (owner != kApplicationId && (owner != 0 || version != 0 || tables != 0)) {
    return fail(ErrorKind::kCorrupt,
                file + ": is the database of another program; name another folder with --data");
  }
  if (version < 0 || version > static_cast<std::int64_t>(newest)) {
    return fail(ErrorKind::kUnavailable, file + ": was made by a newer program (tables " +
                                             std::to_string(version) + ", this one knows " +
                                             std::to_string(newest) + "); update Harmonic Fusion");
  }
  return {};
}

/// One step, if it is still to be done: another process may have been quicker.
Result<void> take_step(Connection& connection, std::int64_t from, std::string_view step) {
  HARMONIC_TRY(auto transaction, Transaction::begin(connection));
  HARMONIC_TRY(const auto version, connection.number("PRAGMA user_version"));
  if (version != from) return {};
  HARMONIC_CHECK(connection.run(step));
  HARMONIC_CHECK(connection.run("PRAGMA application_id = " + std::to_string(kApplicationId)));
  HARMONIC_CHECK(connection.run("PRAGMA user_version = " + std::to_string(from + 1)));
  return transaction.commit();
}

}  // namespace

std::span<const std::string_view> migrations() { return kSteps; }

Result<void> migrate(Connection& connection, std::span<const std::string_view> steps) {
  HARMONIC_TRY(const auto identity, identity_of(connection));
  HARMONIC_CHECK(refuse_what_is_not_ours(connection, identity, steps.size()));
  for (auto from = static_cast<std::size_t>(identity.version); from < steps.size(); ++from) {
    if (auto taken = take_step(connection, static_cast<std::int64_t>(from), steps[from]); !taken) {
      return tl::unexpected{std::move(taken).error().while_doing(
          "step " + std::to_string(from + 1) + " of the tables")};
    }
  }
  return {};
}

}  // namespace harmonic::store
