// Module smartlist: playlists that rules choose, and playlists in files.
//
//   .nsp -> Rules -> Selection, compiled -> songs      .m3u8, .xspf -> entries -> songs, and back
//
// Uses     base, affect, catalog, songlist (nlohmann-json and libxml2 inside the .cpp files).
//          Used by server and the commands.
// Read     rules.h (what can be said), nsp.h and typed_rule.h (how it is written), select.h (which
//          songs it chooses), collection.h and listing.h (playlists that refer to each other), then
//          playlist_file.h, match.h and exchange.h. docs/playlists.md has all fields and operators.
// Threads  every function is a pure function of its arguments and of the files that it names.
//
// smartlist/field.h - what a rule may ask of a song, and how.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace harmonic::smartlist {

enum class Field : std::uint8_t {
  kTitle,
  kArtist,
  kAlbum,
  kAlbumArtist,
  kGenre,
  kComposer,
  kFilePath,
  kFileType,
  kRecordingId,
  kReleaseId,
  kReleaseGroupId,
  kArtistId,
  kYear,
  kTrack,
  kDisc,
  kDuration,
  kSize,
  kLoudness,
  kLoudnessRange,
  kBpm,
  kBpmOctave,
  kValence,
  kArousal,
  kPlayCount,
  kSkipCount,
  kRating,
  kLoved,
  kDate,
  kLastPlayed,
  kDateModified,
  kKey,
  kMode,
  kMood,
  kPlaylistId,
  kPlaylistName,
  kRandom,
};
inline constexpr std::size_t kFieldCount = 36;

enum class FieldType : std::uint8_t {
  kText,      ///< one or several values; none where the tag is absent
  kNumber,    ///< absent where it is not known
  kFlag,      ///< true or false
  kDate,      ///< of a tag: a day, a month or a year; absent where it is not known
  kMoment,    ///< of the clock; "never" is known too
  kKey,       ///< "A minor"; absent until measured
  kWord,      ///< one of a few words; absent until measured
  kPlaylist,  ///< a playlist's id or name
  kOrder,     ///< of no value, to sort by
};

enum class Operator : std::uint8_t {
  kIs,
  kIsNot,
  kGreater,
  kLess,
  kContains,
  kNotContains,
  kStartsWith,
  kEndsWith,
  kInTheRange,
  kBefore,
  kAfter,
  kInTheLast,
  kNotInTheLast,
  kInHarmonyWith,
  kIsMissing,
  kIsPresent,
  kInPlaylist,
  kNotInPlaylist,
};
inline constexpr std::size_t kOperatorCount = 18;

[[nodiscard]] std::string_view name_of(Field field);
[[nodiscard]] std::string_view name_of(Operator op);
[[nodiscard]] FieldType type_of(Field field);

/// By any of its names, upper and lower case alike.
[[nodiscard]] std::optional<Field> field_named(std::string_view name);
[[nodiscard]] std::optional<Operator> operator_named(std::string_view name);

[[nodiscard]] bool allows(FieldType type, Operator op);

/// The words that a field of type kWord can have.
[[nodiscard]] std::span<const std::string_view> words_of(Field field);

/// For messages and help: "a, b, c".
[[nodiscard]] std::string field_names();
[[nodiscard]] std::string operator_names();
[[nodiscard]] std::string operator_names(FieldType type);

/// Why a field of another program's .nsp cannot be asked for here; nothing for a word that nobody
/// knows.
[[nodiscard]] std::optional<std::string> not_kept(std::string_view name);

}  // namespace harmonic::smartlist
