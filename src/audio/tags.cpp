#include "audio/tags.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "audio/media_file.h"
#include "audio/text.h"
#include "audio/words.h"

namespace harmonic::audio {

namespace {

constexpr int kHighestNumber = 9999;
constexpr float kWidestGain = 51.0F;    // dB; what a tool may write by mistake is more
constexpr float kHighestPeak = 100.0F;  // of full scale

using Names = std::initializer_list<std::string_view>;

std::string text_of(const Words& words, Names names) {
  for (const auto name : names) {
    if (auto text = clean_text(first_of(words, {name})); !text.empty()) return text;
  }
  return {};
}

/// All values of the first of these fields that has any, none twice.
std::vector<std::string> values_of(const Words& words, Names names) {
  std::vector<std::string> values;
  for (const auto name : names) {
    const auto found = words.find(name);
    if (found == words.end()) continue;
    for (const auto& value : found->second) {
      auto text = clean_text(value);
      if (!text.empty() && std::find(values.begin(), values.end(), text) == values.end())
        values.push_back(std::move(text));
    }
    if (!values.empty()) break;
  }
  return values;
}

std::string joined(const std::vector<std::string>& values) {
  std::string line;
  for (const auto& value : values) line.append(line.empty() ? "" : ", ").append(value);
  return line;
}

std::optional<int> number_of(const Words& words, Names names) {
  return leading_number(text_of(words, names), 1, kHighestNumber);
}

/// "3/12" is number 3 of 12; the total may also stand by itself.
std::optional<int> total_of(const Words& words, std::string_view number, Names totals) {
  const auto text = text_of(words, {number});
  const auto slash = text.find('/');
  if (slash != std::string::npos) {
    if (const auto total = leading_number(text.substr(slash + 1), 1, kHighestNumber)) return total;
  }
  return number_of(words, totals);
}

std::optional<float> level_of(const Words& words, std::string_view name, float low, float high) {
  const auto text = text_of(words, {name});
  const std::size_t start = text.starts_with('+') ? 1 : 0;
  float value = 0.0F;
  const auto read = std::from_chars(text.data() + start, text.data() + text.size(), value);
  if (read.ec != std::errc{} || !(value >= low && value <= high)) return std::nullopt;
  return value;
}

/// An R128 gain is in steps of 1/256 dB to -23 LUFS; ours stand to -18.
std::optional<float> gain_of(const Words& words, std::string_view name, std::string_view r128) {
  if (const auto gain = level_of(words, name, -kWidestGain, kWidestGain)) return gain;
  const auto steps = level_of(words, r128, -32768.0F, 32767.0F);
  if (!steps) return std::nullopt;
  const float gain = *steps / 256.0F + 5.0F;
  return std::abs(gain) <= kWidestGain ? std::optional{gain} : std::nullopt;
}

ReplayGain replay_gain_of(const Words& words) {
  return {gain_of(words, "REPLAYGAIN_TRACK_GAIN", "R128_TRACK_GAIN"),
          level_of(words, "REPLAYGAIN_TRACK_PEAK", 0.0F, kHighestPeak),
          gain_of(words, "REPLAYGAIN_ALBUM_GAIN", "R128_ALBUM_GAIN"),
          level_of(words, "REPLAYGAIN_ALBUM_PEAK", 0.0F, kHighestPeak)};
}

/// Every MBID in the field, whatever stands between them.
std::vector<std::string> ids_of(const Words& words, std::string_view name) {
  constexpr std::size_t kLength = 36;
  const auto is_id = [](std::string_view text) {
    for (std::size_t i = 0; i < kLength; ++i) {
      const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0)
        return false;
    }
    return true;
  };
  std::vector<std::string> ids;
  for (const auto& value : values_of(words, {name})) {
    for (std::size_t at = 0; at + kLength <= value.size();) {
      std::string id = value.substr(at, kLength);
      if (!is_id(id)) {
        ++at;
        continue;
      }
      std::transform(id.begin(), id.end(), id.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      ids.push_back(std::move(id));
      at += kLength;
    }
  }
  return ids;
}

MusicBrainzIds musicbrainz_of(const Words& words) {
  const auto first = [&words](std::string_view name) {
    auto ids = ids_of(words, name);
    return ids.empty() ? std::string{} : std::move(ids.front());
  };
  return {first("MUSICBRAINZ_TRACKID"), first("MUSICBRAINZ_ALBUMID"),
          first("MUSICBRAINZ_RELEASEGROUPID"), ids_of(words, "MUSICBRAINZ_ARTISTID")};
}

}  // namespace

Tags tags_of(const MediaFile& file) {
  const auto words = words_of(file);
  Tags tags;
  tags.title = text_of(words, {"TITLE"});
  tags.artist = joined(values_of(words, {"ARTIST", "AUTHOR", "PERFORMER", "ALBUMARTIST"}));
  tags.album = text_of(words, {"ALBUM"});
  tags.album_artist = joined(values_of(words, {"ALBUMARTIST", "ALBUM ARTIST", "ALBUM_ARTIST"}));
  tags.genres = values_of(words, {"GENRE"});
  tags.genre = joined(tags.genres);
  tags.track = number_of(words, {"TRACKNUMBER"});
  tags.year = number_of(words, {"DATE", "YEAR", "ORIGINALDATE"});
  // Picard writes the single names apart from the line "A feat. B" that it shows.
  tags.artists = values_of(words, {"ARTISTS", "ARTIST", "AUTHOR", "PERFORMER", "ALBUMARTIST"});
  tags.album_artists =
      values_of(words, {"ALBUMARTISTS", "ALBUMARTIST", "ALBUM ARTIST", "ALBUM_ARTIST"});
  tags.track_total = total_of(words, "TRACKNUMBER", {"TRACKTOTAL", "TOTALTRACKS"});
  tags.disc = number_of(words, {"DISCNUMBER"});
  tags.disc_total = total_of(words, "DISCNUMBER", {"DISCTOTAL", "TOTALDISCS"});
  tags.date = text_of(words, {"DATE", "YEAR", "ORIGINALDATE"});
  tags.composer = joined(values_of(words, {"COMPOSER"}));
  tags.musicbrainz = musicbrainz_of(words);
  tags.replay_gain = replay_gain_of(words);
  return tags;
}

Result<Tags> read_tags(const std::filesystem::path& path) {
  return MediaFile::open(path).map(tags_of);
}

Result<Tags> read_tags(std::span<const std::byte> bytes) {
  return MediaFile::open(bytes).map(tags_of);
}

}  // namespace harmonic::audio
