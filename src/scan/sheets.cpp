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
    const auto is_sheet = [](const FoundFile& file) { return audio::is_cue_sheet(file.path); };
    for (const auto& file : walk_.files) {
      if (is_sheet(file)) read(file);
    }
    std::ranges::sort(walk_.told_apart);
    std::erase_if(walk_.files, [&](const FoundFile& file) {
      return is_sheet(file) || std::ranges::binary_search(walk_.told_apart, file.path);
    });
    for (const auto& track : tracks_) walk_.tracks.push_back(track.path);
    std::move(tracks_.begin(), tracks_.end(), std::back_inserter(walk_.files));
    std::ranges::sort(walk_.files, {}, &FoundFile::path);
    std::ranges::sort(walk_.tracks);
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
      if (!known || tracks.size() < 2 || std::ranges::count(walk_.told_apart, sound) > 0) continue;
      walk_.told_apart.push_back(sound);
      // Its share of the bytes, so that progress adds up; the later of both changes.
      const catalog::FileStamp stamp{found->stamp.bytes / tracks.size(),
                                     std::max(found->stamp.modified_ns, file.stamp.modified_ns)};
      for (const auto* track : tracks) {
        const auto place = static_cast<int>(track - sheet->tracks.data()) + 1;
        tracks_.push_back({audio::path_of_track(file.path, place).native(), stamp});
      }
    }
  }

  Walk& walk_;
  std::vector<FoundFile> tracks_;
};

}  // namespace

void tell_apart(Walk& walk) { Teller{walk}.run(); }

}  // namespace harmonic::scan
