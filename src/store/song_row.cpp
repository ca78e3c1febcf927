#include "store/song_row.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace harmonic::store {

namespace {

bool finite(const std::optional<float>& value) { return !value || std::isfinite(*value); }

/// A value a line.
std::string lines_of(const std::vector<std::string>& values) {
  std::string lines;
  for (const auto& value : values) lines.append(lines.empty() ? "" : "\n").append(value);
  return lines;
}

std::vector<std::string> values_of(std::string_view lines) {
  std::vector<std::string> values;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    values.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return values;
}

bool keeps_lines(const std::vector<std::string>& values) {
  return std::none_of(values.begin(), values.end(), [](const std::string& value) {
    return value.empty() || value.find('\n') != std::string::npos;
  });
}

std::uint32_t little_endian(std::uint32_t word) {
  if constexpr (std::endian::native == std::endian::big) return __builtin_bswap32(word);
  return word;
}

template <typename T>
std::optional<T> optional_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<T>(row.real_at(column));
}

std::optional<int> whole_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<int>(row.integer_at(column));
}

constexpr auto kFirstTag =
    static_cast<int>(std::count(kSongColumns.begin(), kSongColumns.end(), ',')) + 1;

void read_tags(const Statement& row, catalog::Tags& tags) {
  int column = kFirstTag;
  if (row.is_null(column)) return;
  tags.artists = values_of(row.text_at(++column));
  tags.album_artists = values_of(row.text_at(++column));
  tags.genres = values_of(row.text_at(++column));
  tags.track_total = whole_at(row, ++column);
  tags.disc = whole_at(row, ++column);
  tags.disc_total = whole_at(row, ++column);
  tags.date = row.text_at(++column);
  tags.composer = row.text_at(++column);
  tags.musicbrainz.recording = row.text_at(++column);
  tags.musicbrainz.release = row.text_at(++column);
  tags.musicbrainz.release_group = row.text_at(++column);
  tags.musicbrainz.artists = values_of(row.text_at(++column));
  tags.replay_gain.track_db = optional_at<float>(row, ++column);
  tags.replay_gain.track_peak = optional_at<float>(row, ++column);
  tags.replay_gain.album_db = optional_at<float>(row, ++column);
  tags.replay_gain.album_peak = optional_at<float>(row, ++column);
}

Result<catalog::SoundProfile> read_sound(const Statement& row) {
  catalog::SoundProfile sound;
  sound.version = static_cast<int>(row.integer_at(13));
  sound.loudness_lufs = optional_at<float>(row, 14);
  sound.loudness_range_lu = optional_at<float>(row, 15);
  HARMONIC_TRY(sound.tempo, tempo_at(row, 16));
  sound.tempo_confidence = static_cast<float>(row.real_at(17));
  sound.key = key_at(row, 18);
  sound.key_strength = static_cast<float>(row.real_at(20));
  if (!row.is_null(21)) sound.mood = ValenceArousal::clamped(row.real_at(21), row.real_at(22));
  HARMONIC_TRY(sound.vector, to_vector(row.blob_at(24), row.integer_at(23)));
  sound.mood_version = static_cast<int>(row.integer_at(25));
  return sound;
}

Result<void> check_tags(const catalog::Song& song) {
  const auto& tags = song.tags;
  const auto& gain = tags.replay_gain;
  if (!finite(gain.track_db) || !finite(gain.track_peak) || !finite(gain.album_db) ||
      !finite(gain.album_peak)) {
    return fail(ErrorKind::kInvalidInput,
                song.path.string() + ": its ReplayGain is not a finite number; mend its tags");
  }
  if (keeps_lines(tags.artists) && keeps_lines(tags.album_artists) && keeps_lines(tags.genres) &&
      keeps_lines(tags.musicbrainz.artists)) {
    return {};
  }
  return fail(ErrorKind::kInvalidInput,
              song.path.string() +
                  ": a tag of several values has an empty one or one of several "
                  "lines; mend its tags");
}

}  // namespace

Result<void> check_song(const catalog::Song& song) {
  const auto refuse = [&](const std::string& what) {
    return fail(ErrorKind::kInvalidInput, song.path.string() + ": its " + what +
                                              " is not a finite number; analyse the file again");
  };
  const auto& sound = song.sound;
  if (!finite(sound.loudness_lufs)) return refuse("loudness");
  if (!finite(sound.loudness_range_lu)) return refuse("loudness range");
  if (!std::isfinite(sound.tempo_confidence)) return refuse("tempo confidence");
  if (!std::isfinite(sound.key_strength)) return refuse("key strength");
  const auto odd = std::find_if(sound.vector.begin(), sound.vector.end(),
                                [](float value) { return !std::isfinite(value); });
  if (odd != sound.vector.end()) {
    return refuse("feature " + std::to_string(odd - sound.vector.begin()));
  }
  if (sound.mood.has_value() != (sound.mood_version != 0)) {
    return fail(ErrorKind::kInvalidInput,
                song.path.string() + ": a mood and the version of its model go together");
  }
  return check_tags(song);
}

void bind_song(Statement& statement, const catalog::Song& song) {
  const auto& tags = song.tags;
  const auto& sound = song.sound;
  statement.text(song.path.native())
      .integer(static_cast<std::int64_t>(song.stamp.bytes))
      .integer(song.stamp.modified_ns)
      .text(song.container)
      .integer(song.duration.count());
  statement.text(tags.title).text(tags.artist).text(tags.album).text(tags.album_artist);
  statement.text(tags.genre).integer_or_null(tags.track).integer_or_null(tags.year);
  statement.integer(sound.version)
      .real_or_null(sound.loudness_lufs)
      .real_or_null(sound.loudness_range_lu);
  if (sound.tempo) {
    statement.real(sound.tempo->bpm());
  } else {
    statement.null();
  }
  statement.real(static_cast<double>(sound.tempo_confidence));
  if (sound.key) {
    statement.integer(sound.key->tonic).integer(sound.key->mode == Mode::kMajor ? 1 : 0);
  } else {
    statement.null().null();
  }
  statement.real(static_cast<double>(sound.key_strength));
  if (sound.mood) {
    statement.real(static_cast<double>(sound.mood->valence()))
        .real(static_cast<double>(sound.mood->arousal()));
  } else {
    statement.null().null();
  }
  statement.integer(static_cast<std::int64_t>(sound.vector.size())).blob(to_bytes(sound.vector));
  statement.integer(sound.mood_version);
  if (song.content) {
    statement.blob(*song.content);
  } else {
    statement.null();
  }
}

Error damaged_analysis(const std::filesystem::path& song, const Error& what) {
  return {ErrorKind::kCorrupt, "the stored analysis of " + song.string() + " is damaged (" +
                                   what.message +
                                   "); restore library.sqlite from a backup, or move it away and "
                                   "scan the music again"};
}

void bind_tags(Statement& statement, SongId id, const catalog::Tags& tags) {
  statement.integer(id.value)
      .text(lines_of(tags.artists))
      .text(lines_of(tags.album_artists))
      .text(lines_of(tags.genres));
  statement.integer_or_null(tags.track_total)
      .integer_or_null(tags.disc)
      .integer_or_null(tags.disc_total);
  statement.text(tags.date).text(tags.composer);
  const auto& ids = tags.musicbrainz;
  statement.text(ids.recording).text(ids.release).text(ids.release_group);
  statement.text(lines_of(ids.artists));
  const auto& gain = tags.replay_gain;
  statement.real_or_null(gain.track_db)
      .real_or_null(gain.track_peak)
      .real_or_null(gain.album_db)
      .real_or_null(gain.album_peak);
}

Result<catalog::Song> read_song(const Statement& row) {
  catalog::Song song;
  song.id = SongId{row.integer_at(0)};
  song.path = std::string{row.text_at(1)};
  song.stamp = {static_cast<std::uint64_t>(row.integer_at(2)), row.integer_at(3)};
  song.container = row.text_at(4);
  song.duration = std::chrono::milliseconds{row.integer_at(5)};
  song.tags.title = row.text_at(6);
  song.tags.artist = row.text_at(7);
  song.tags.album = row.text_at(8);
  song.tags.album_artist = row.text_at(9);
  song.tags.genre = row.text_at(10);
  song.tags.track = whole_at(row, 11);
  song.tags.year = whole_at(row, 12);
  read_tags(row, song.tags);
  auto sound = read_sound(row);
  if (!sound) return tl::unexpected{damaged_analysis(song.path, sound.error())};
  song.sound = *std::move(sound);
  const auto content = content_at(row, 26);
  if (!content) return tl::unexpected{damaged_analysis(song.path, content.error())};
  song.content = *content;
  return song;
}

Result<std::optional<catalog::ContentKey>> content_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  const auto bytes = row.blob_at(column);
  catalog::ContentKey key{};
  if (bytes.size() != key.size()) {
    return fail(ErrorKind::kCorrupt, "a content key of " + std::to_string(bytes.size()) + " bytes");
  }
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

Result<std::optional<Tempo>> tempo_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  HARMONIC_TRY(const auto tempo, Tempo::from_bpm(row.real_at(column)));
  return tempo;
}

std::optional<Key> key_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Key{static_cast<std::uint8_t>(row.integer_at(column)),
             row.integer_at(column + 1) != 0 ? Mode::kMajor : Mode::kMinor};
}

std::vector<std::byte> to_bytes(std::span<const float> vector) {
  std::vector<std::byte> bytes(vector.size() * sizeof(float));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const auto word = little_endian(std::bit_cast<std::uint32_t>(vector[i]));
    std::memcpy(bytes.data() + i * sizeof word, &word, sizeof word);
  }
  return bytes;
}

Result<std::vector<float>> to_vector(std::span<const std::byte> bytes, std::int64_t features) {
  std::vector<float> vector;
  HARMONIC_CHECK(read_vector(bytes, features, vector));
  return vector;
}

Result<void> read_vector(std::span<const std::byte> bytes, std::int64_t features,
                         std::vector<float>& vector) {
  if (features < 0 || bytes.size() != static_cast<std::uint64_t>(features) * sizeof(float)) {
    return fail(ErrorKind::kCorrupt, std::to_string(bytes.size()) + " bytes for " +
                                         std::to_string(features) + " features");
  }
  vector.resize(bytes.size() / sizeof(float));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + i * sizeof word, sizeof word);
    vector[i] = std::bit_cast<float>(little_endian(word));
    if (!std::isfinite(vector[i])) {
      return fail(ErrorKind::kCorrupt, "feature " + std::to_string(i) + " is not a number");
    }
  }
  return {};
}

}  // namespace harmonic::store
