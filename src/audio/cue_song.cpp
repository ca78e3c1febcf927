#include "audio/cue_song.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "audio/inner_cue.h"
#include "audio/text.h"

namespace harmonic::audio {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTrack = "track";
constexpr std::size_t kDigits = 4;

std::optional<int> number_in(std::string_view name) {
  if (!name.starts_with(kTrack) || name.size() != kTrack.size() + kDigits) return std::nullopt;
  const auto digits = name.substr(kTrack.size());
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 1) {
    return std::nullopt;
  }
  return number;
}

Result<CueSheet> sheet_at(const fs::path& path) {
  if (is_cue_sheet(path.native())) return read_cue(path);
  HARMONIC_TRY(auto inner, read_inner_cue(path));
  if (!inner) return fail(ErrorKind::kNotFound, "carries no cue sheet any more");
  return *std::move(inner);
}

}  // namespace

bool is_cue_sheet(std::string_view path) { return ends_in(path, ".cue"); }

fs::path path_of_track(const fs::path& sheet, int place) {
  const auto digits = std::to_string(place);
  return sheet / (std::string{kTrack} +
                  std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits);
}

std::optional<fs::path> sheet_of(const fs::path& path) {
  // Asked of each of 100,000 songs: most are told by their last letters.
  if (!number_in(std::string_view{path.native()}.substr(path.native().rfind('/') + 1))) {
    return std::nullopt;
  }
  auto sheet = path.parent_path();
  if (!is_cue_sheet(sheet.native()) && !may_carry_cue(sheet.native())) return std::nullopt;
  return sheet;
}

Result<CueSong> find_cue_song(const fs::path& path) {
  const auto sheet = sheet_of(path);
  const auto number = number_in(path.filename().native());
  if (!sheet || !number) return fail(ErrorKind::kNotFound, "is no track of a cue sheet");
  HARMONIC_TRY(auto read, sheet_at(*sheet));
  const auto at = static_cast<std::size_t>(*number - 1);
  if (at >= read.tracks.size()) {
    return fail(ErrorKind::kNotFound, "its cue sheet has no such track any more");
  }
  CueSong song;
  song.track = read.tracks[at];
  song.part = {song.track.start, song.track.end};
  song.sheet = std::move(read);
  HARMONIC_TRY(song.sound, sound_of(song.track, *sheet));
  return song;
}

void tell_track(Tags& tags, const CueSheet& sheet, const CueTrack& track) {
  tags.title = track.title;
  if (!track.performer.empty()) {
    tags.artist = track.performer;
    tags.artists = {track.performer};
  }
  if (!sheet.performer.empty()) {
    tags.album_artist = sheet.performer;
    tags.album_artists = {sheet.performer};
  }
  if (!sheet.title.empty()) tags.album = sheet.title;
  if (!track.songwriter.empty()) tags.composer = track.songwriter;
  if (!sheet.genre.empty()) {
    tags.genre = sheet.genre;
    tags.genres = {sheet.genre};
  }
  tags.track = track.number;
  tags.track_total.reset();
  tags.musicbrainz = {};
  tags.replay_gain = {};
}

}  // namespace harmonic::audio
