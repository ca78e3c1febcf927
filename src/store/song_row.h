// store/song_row.h - a Song as a row of the table `songs`.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/song.h"
#include "store/sqlite.h"

namespace harmonic::store {

/// The columns that read_song expects, in its order, `id` first.
inline constexpr std::string_view kSongColumns =
    "id, path, bytes, modified_ns, container, duration_ms, title, artist, album, album_artist, "
    "genre, track, year, analysis_version, loudness_lufs, loudness_range_lu, tempo_bpm, "
    "tempo_confidence, key_tonic, key_mode, key_strength, valence, arousal, features, vector, "
    "mood_version, content";

/// kInvalidInput where a number of the song is not finite, its mood has no version, or a value of a
/// list holds a line end, naming it and the file: none would come back as what it was.
[[nodiscard]] Result<void> check_song(const catalog::Song& song);

/// The columns of the table `song_tags`, `song` first.
inline constexpr std::string_view kTagColumns =
    "song, artists, album_artists, genres, track_total, disc, disc_total, date, composer, "
    "mb_recording, mb_release, mb_release_group, mb_artists, track_gain_db, track_peak, "
    "album_gain_db, album_peak";

/// Binds everything but the id, in the order of kSongColumns.
void bind_song(Statement& statement, const catalog::Song& song);

/// Binds everything in the order of kTagColumns.
void bind_tags(Statement& statement, SongId id, const catalog::Tags& tags);

/// The row on which the statement stands: kSongColumns, then kTagColumns, which are null for a song
/// of before they were kept. kCorrupt where a value cannot have been written by us.
[[nodiscard]] Result<catalog::Song> read_song(const Statement& row);

/// What a person is told when a value of that song's row cannot have been written by us.
[[nodiscard]] Error damaged_analysis(const std::filesystem::path& song, const Error& what);

/// Absent where the column is NULL. kCorrupt when the length is another.
[[nodiscard]] Result<std::optional<catalog::ContentKey>> content_at(const Statement& row,
                                                                    int column);

/// Absent where the column is NULL. kCorrupt where it is none.
[[nodiscard]] Result<std::optional<Tempo>> tempo_at(const Statement& row, int column);
/// Of two columns, tonic and mode; absent where the first is NULL.
[[nodiscard]] std::optional<Key> key_at(const Statement& row, int column);

/// float32, little-endian, one after the other.
[[nodiscard]] std::vector<std::byte> to_bytes(std::span<const float> vector);
/// kCorrupt when the length is not 4 * `features` or a value is not finite.
[[nodiscard]] Result<std::vector<float>> to_vector(std::span<const std::byte> bytes,
                                                   std::int64_t features);
/// The same into `vector`, whose memory is used again.
[[nodiscard]] Result<void> read_vector(std::span<const std::byte> bytes, std::int64_t features,
                                       std::vector<float>& vector);

}  // namespace harmonic::store
