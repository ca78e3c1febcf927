#include "scan/sheets.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "audio/cue_song.h"

namespace harmonic::scan {

namespace {

using Tracks = std::vector<const audio::CueTrack*>;

std::map<std::string, Tracks> by_sound(const audio::CueSheet& sheet, const std::string& path) {
  std::map<std::string, Tracks> sounds;
  for (const auto& track : sheet.tracks) {
    if (const auto sound = audio::sound_of(track, path)) sounds[sound->native()].push_back(&track);
  }
  return sounds;
}

class Teller {
 public:
  explicit Teller(Walk& walk) : walk_{walk} {}

  void run() {
    for (const auto& file : walk_.files) {
      if (audio::is_cue_sheet(file.path)) read(file);
    }
    put_tracks(walk_, std::move(sounds_), std::move(tracks_));
  }

 private:
  void read(const FoundFile& file) {
    const auto sheet = audio::read_cue(file.path);
    if (!sheet) {
      walk_.unreadable.push_back({file.path, sheet.error().message});
      return;
    }
    for (const auto& [sound, tracks] : by_sound(*sheet, file.path)) {
      const auto found = std::ranges::lower_bound(walk_.files, sound, {}, &FoundFile::path);
      const bool known = found != walk_.files.end() && found->path == sound;
      if (!known || tracks.size() < 2 || std::ranges::count(sounds_, sound) > 0) continue;
      sounds_.push_back(sound);
      auto stamp = stamp_of_track(found->stamp, tracks.size());
      stamp.modified_ns = std::max(stamp.modified_ns, file.stamp.modified_ns);
      for (const auto* track : tracks) {
        const auto place = static_cast<int>(track - sheet->tracks.data()) + 1;
        tracks_.push_back({audio::path_of_track(file.path, place).native(), stamp});
      }
    }
  }

  Walk& walk_;
  std::vector<std::string> sounds_;
  std::vector<FoundFile> tracks_;
};

}  // namespace

void tell_apart(Walk& walk) { Teller{walk}.run(); }

catalog::FileStamp stamp_of_track(const catalog::FileStamp& sound, std::size_t count) {
  return {sound.bytes / count, sound.modified_ns};
}

void put_tracks(Walk& walk, std::vector<std::string> sounds, std::vector<FoundFile> tracks) {
  std::move(sounds.begin(), sounds.end(), std::back_inserter(walk.told_apart));
  std::ranges::sort(walk.told_apart);
  std::erase_if(walk.files, [&walk](const FoundFile& file) {
    return audio::is_cue_sheet(file.path) || std::ranges::binary_search(walk.told_apart, file.path);
  });
  for (const auto& track : tracks) walk.tracks.push_back(track.path);
  std::move(tracks.begin(), tracks.end(), std::back_inserter(walk.files));
  std::ranges::sort(walk.files, {}, &FoundFile::path);
  std::ranges::sort(walk.tracks);
}

}  // namespace harmonic::scan
