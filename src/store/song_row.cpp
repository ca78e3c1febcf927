#include "store/song_row.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace harmonic::store {

namespace {

bool finite(const std::optional<float>& value) { return !value || std::isfinite(*value); }

std::uint32_t little_endian(std::uint32_t word) {
  if constexpr (std::endian::native == std::endian::big) return __builtin_bswap32(word);
  return word;
}

template <typename T>
std::optional<T> optional_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<T>(row.real_at(column));
}

Result<catalog::SoundProfile> read_sound(const Statement& row) {
  catalog::SoundProfile sound;
  sound.version = static_cast<int>(row.integer_at(13));
  sound.loudness_lufs = optional_at<float>(row, 14);
  sound.loudness_range_lu = optional_at<float>(row, 15);
  if (!row.is_null(16)) {
    HARMONIC_TRY(sound.tempo, Tempo::from_bpm(row.real_at(16)));
  }
  sound.tempo_confidence = static_cast<float>(row.real_at(17));
  if (!row.is_null(18)) {
    sound.key = Key{static_cast<std::uint8_t>(row.integer_at(18)),
                    row.integer_at(19) != 0 ? Mode::kMajor : Mode::kMinor};
  }
  sound.key_strength = static_cast<float>(row.real_at(20));
  if (!row.is_null(21)) sound.mood = ValenceArousal::clamped(row.real_at(21), row.real_at(22));
  HARMONIC_TRY(sound.vector, to_vector(row.blob_at(24), row.integer_at(23)));
  sound.mood_version = static_cast<int>(row.integer_at(25));
  return sound;
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
  return {};
}

void bind_song(Statement& statement, const catalog::Song& song) {
  const auto& [title, artist, album, album_artist, genre, track, year] = song.tags;
  const auto& sound = song.sound;
  statement.text(song.path.native())
      .integer(static_cast<std::int64_t>(song.stamp.bytes))
      .integer(song.stamp.modified_ns)
      .text(song.container)
      .integer(song.duration.count());
  statement.text(title).text(artist).text(album).text(album_artist).text(genre);
  statement.integer_or_null(track).integer_or_null(year);
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
  if (!row.is_null(11)) song.tags.track = static_cast<int>(row.integer_at(11));
  if (!row.is_null(12)) song.tags.year = static_cast<int>(row.integer_at(12));
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

std::vector<std::byte> to_bytes(std::span<const float> vector) {
  std::vector<std::byte> bytes(vector.size() * sizeof(float));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const auto word = little_endian(std::bit_cast<std::uint32_t>(vector[i]));
    std::memcpy(bytes.data() + i * sizeof word, &word, sizeof word);
  }
  return bytes;
}

Result<std::vector<float>> to_vector(std::span<const std::byte> bytes, std::int64_t features) {
  if (features < 0 || bytes.size() != static_cast<std::uint64_t>(features) * sizeof(float)) {
    return fail(ErrorKind::kCorrupt, std::to_string(bytes.size()) + " bytes for " +
                                         std::to_string(features) + " features");
  }
  std::vector<float> vector(bytes.size() / sizeof(float));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + i * sizeof word, sizeof word);
    vector[i] = std::bit_cast<float>(little_endian(word));
    if (!std::isfinite(vector[i])) {
      return fail(ErrorKind::kCorrupt, "feature " + std::to_string(i) + " is not a number");
    }
  }
  return vector;
}

}  // namespace harmonic::store
