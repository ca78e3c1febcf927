#include "smartlist/field.h"

#include <algorithm>
#include <array>

#include "affect/emotion.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

struct FieldFacts {
  Field field;
  std::string_view name;  ///< as it is written
  FieldType type;
  std::string_view alias{};
};

// The first names are Navidrome's where it has the field (navidrome.org, "Smart Playlists").
constexpr std::array<FieldFacts, kFieldCount> kFields{{
    {Field::kTitle, "title", FieldType::kText},
    {Field::kArtist, "artist", FieldType::kText, "artists"},
    {Field::kAlbum, "album", FieldType::kText},
    {Field::kAlbumArtist, "albumartist", FieldType::kText, "album_artist"},
    {Field::kGenre, "genre", FieldType::kText, "genres"},
    {Field::kComposer, "composer", FieldType::kText},
    {Field::kFilePath, "filepath", FieldType::kText, "path"},
    {Field::kFileType, "filetype", FieldType::kText, "container"},
    {Field::kRecordingId, "mbz_recording_id", FieldType::kText},
    {Field::kReleaseId, "mbz_album_id", FieldType::kText},
    {Field::kReleaseGroupId, "mbz_release_group_id", FieldType::kText},
    {Field::kArtistId, "mbz_artist_id", FieldType::kText},
    {Field::kYear, "year", FieldType::kNumber},
    {Field::kTrack, "tracknumber", FieldType::kNumber, "track"},
    {Field::kDisc, "discnumber", FieldType::kNumber, "disc"},
    {Field::kDuration, "duration", FieldType::kNumber},
    {Field::kSize, "size", FieldType::kNumber},
    {Field::kLoudness, "loudness", FieldType::kNumber},
    {Field::kLoudnessRange, "loudnessrange", FieldType::kNumber, "loudness_range"},
    {Field::kBpm, "bpm", FieldType::kNumber, "tempo"},
    {Field::kBpmOctave, "bpmoctave", FieldType::kNumber, "bpm_octave"},
    {Field::kValence, "valence", FieldType::kNumber},
    {Field::kArousal, "arousal", FieldType::kNumber},
    {Field::kPlayCount, "playcount", FieldType::kNumber, "plays"},
    {Field::kSkipCount, "skipcount", FieldType::kNumber, "skips"},
    {Field::kRating, "rating", FieldType::kNumber},
    {Field::kLoved, "loved", FieldType::kFlag, "liked"},
    {Field::kDate, "date", FieldType::kDate, "recordingdate"},
    {Field::kLastPlayed, "lastplayed", FieldType::kMoment, "last_played"},
    {Field::kDateModified, "datemodified", FieldType::kMoment},
    {Field::kKey, "key", FieldType::kKey},
    {Field::kMode, "mode", FieldType::kWord},
    {Field::kMood, "mood", FieldType::kWord, "emotion"},
    {Field::kPlaylistId, "id", FieldType::kPlaylist},
    {Field::kPlaylistName, "name", FieldType::kPlaylist},
    {Field::kRandom, "random", FieldType::kOrder},
}};

struct OperatorFacts {
  Operator op;
  std::string_view name;
};

constexpr std::array<OperatorFacts, kOperatorCount> kOperators{{
    {Operator::kIs, "is"},
    {Operator::kIsNot, "isNot"},
    {Operator::kGreater, "gt"},
    {Operator::kLess, "lt"},
    {Operator::kContains, "contains"},
    {Operator::kNotContains, "notContains"},
    {Operator::kStartsWith, "startsWith"},
    {Operator::kEndsWith, "endsWith"},
    {Operator::kInTheRange, "inTheRange"},
    {Operator::kBefore, "before"},
    {Operator::kAfter, "after"},
    {Operator::kInTheLast, "inTheLast"},
    {Operator::kNotInTheLast, "notInTheLast"},
    {Operator::kInHarmonyWith, "inHarmonyWith"},
    {Operator::kIsMissing, "isMissing"},
    {Operator::kIsPresent, "isPresent"},
    {Operator::kInPlaylist, "inPlaylist"},
    {Operator::kNotInPlaylist, "notInPlaylist"},
}};

constexpr std::array<std::string_view, 2> kModes{"minor", "major"};

// What Navidrome has and this library does not keep.
constexpr std::array<std::string_view, 22> kNotKept{
    "dateadded",   "dateloved", "daterated",    "originalyear", "originaldate", "releaseyear",
    "releasedate", "bitrate",   "bitdepth",     "channels",     "compilation",  "hascoverart",
    "comment",     "lyrics",    "discsubtitle", "albumrating",  "albumcomment", "catalognumber",
    "sorttitle",   "sortalbum", "sortartist",   "library_id"};

/// Bits of the operators that a type allows.
constexpr std::uint32_t bits(std::initializer_list<Operator> ops) {
  std::uint32_t mask = 0;
  for (const auto op : ops) mask |= 1U << static_cast<unsigned>(op);
  return mask;
}

constexpr std::uint32_t kPresence = bits({Operator::kIsMissing, Operator::kIsPresent});
constexpr std::uint32_t kEquality = bits({Operator::kIs, Operator::kIsNot});
constexpr std::uint32_t kOrderOf =
    bits({Operator::kGreater, Operator::kLess, Operator::kInTheRange});
constexpr std::uint32_t kTimeOf =
    bits({Operator::kBefore, Operator::kAfter, Operator::kInTheLast, Operator::kNotInTheLast});

constexpr std::uint32_t allowed_by(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return kEquality | kPresence |
             bits({Operator::kContains, Operator::kNotContains, Operator::kStartsWith,
                   Operator::kEndsWith});
    case FieldType::kNumber: return kEquality | kPresence | kOrderOf;
    case FieldType::kFlag: return kEquality;
    case FieldType::kDate: return kEquality | kPresence | kOrderOf | kTimeOf;
    case FieldType::kMoment: return kPresence | kOrderOf | kTimeOf;
    case FieldType::kKey: return kEquality | kPresence | bits({Operator::kInHarmonyWith});
    case FieldType::kWord: return kEquality | kPresence;
    case FieldType::kPlaylist: return bits({Operator::kInPlaylist, Operator::kNotInPlaylist});
    case FieldType::kOrder: return 0;
  }
  return 0;
}

void append(std::string& list, std::string_view name) {
  list.append(list.empty() ? "" : ", ").append(name);
}

}  // namespace

std::string_view name_of(Field field) { return kFields.at(static_cast<std::size_t>(field)).name; }
std::string_view name_of(Operator op) { return kOperators.at(static_cast<std::size_t>(op)).name; }
FieldType type_of(Field field) { return kFields.at(static_cast<std::size_t>(field)).type; }

std::optional<Field> field_named(std::string_view name) {
  const auto wanted = songlist::lowered(name);
  if (wanted.empty()) return std::nullopt;
  const auto* const found = std::find_if(kFields.begin(), kFields.end(), [&](const auto& one) {
    return one.name == wanted || one.alias == wanted;
  });
  if (found == kFields.end()) return std::nullopt;
  return found->field;
}

std::optional<Operator> operator_named(std::string_view name) {
  const auto wanted = songlist::lowered(name);
  const auto* const found =
      std::find_if(kOperators.begin(), kOperators.end(),
                   [&](const auto& one) { return songlist::lowered(one.name) == wanted; });
  if (found == kOperators.end()) return std::nullopt;
  return found->op;
}

bool allows(FieldType type, Operator op) {
  return (allowed_by(type) >> static_cast<unsigned>(op) & 1U) != 0;
}

std::span<const std::string_view> words_of(Field field) {
  if (field == Field::kMode) return kModes;
  if (field == Field::kMood) return affect::kEmotionNames;
  return {};
}

std::string field_names() {
  std::string all;
  for (const auto& one : kFields) {
    if (one.type != FieldType::kPlaylist && one.type != FieldType::kOrder) append(all, one.name);
  }
  return all;
}

std::string operator_names() {
  std::string all;
  for (const auto& one : kOperators) append(all, one.name);
  return all;
}

std::string operator_names(FieldType type) {
  std::string all;
  for (const auto& one : kOperators) {
    if (allows(type, one.op)) append(all, one.name);
  }
  return all;
}

std::optional<std::string> not_kept(std::string_view name) {
  const auto wanted = songlist::lowered(name);
  if (std::find(kNotKept.begin(), kNotKept.end(), wanted) == kNotKept.end()) return std::nullopt;
  return "the library does not keep '" + wanted + "', so no rule can ask for it";
}

}  // namespace harmonic::smartlist
