#include "scan/inner_sheets.h"

#include <algorithm>
#include <new>
#include <string>
#include <unordered_map>
#include <utility>

#include "audio/cue_song.h"
#include "audio/inner_cue.h"
#include "scan/sheets.h"

namespace harmonic::scan {

namespace {

using catalog::FailedFile;
using catalog::KnownFile;

/// What is stored of the files of a walk.
class Stored {
 public:
  Stored(const std::vector<KnownFile>& known, const std::vector<FailedFile>& failed)
      : known_{known} {
    for (const auto& file : failed) {
      const auto sound = audio::sheet_of(file.path);
      failed_[sound ? sound->native() : file.path.native()].push_back(&file);
    }
  }

  /// The parts by which a file is stored, or refused since it changed; none if it is whole or not
  /// known.
  [[nodiscard]] std::vector<FoundFile> tracks_of(const FoundFile& sound) const {
    std::vector<FoundFile> tracks;
    const auto is_part = [&sound](const std::filesystem::path& path) {
      return audio::sheet_of(path) == sound.path;
    };
    for (auto at = from(sound.path + "/"); at != known_.end() && is_part(at->path); ++at)
      tracks.push_back({at->path.native(), at->stamp});
    for (const auto* file : refused(sound.path)) {
      if (is_part(file->path) && file->stamp.modified_ns == sound.stamp.modified_ns)
        tracks.push_back({file->path.native(), file->stamp});
    }
    return tracks;
  }

  /// Whether it is stored as one song, or refused, and has not changed since.
  [[nodiscard]] bool is_whole(const FoundFile& file) const {
    const auto at = from(file.path);
    if (at != known_.end() && at->path.native() == file.path) return at->stamp == file.stamp;
    const auto all = refused(file.path);
    return std::ranges::any_of(all, [&file](const FailedFile* one) {
      return one->path.native() == file.path && one->stamp == file.stamp;
    });
  }

 private:
  [[nodiscard]] std::vector<KnownFile>::const_iterator from(const std::string& path) const {
    return std::ranges::lower_bound(
        known_, path, {}, [](const KnownFile& file) -> const auto& { return file.path.native(); });
  }
  [[nodiscard]] std::vector<const FailedFile*> refused(const std::string& sound) const {
    const auto found = failed_.find(sound);
    return found == failed_.end() ? std::vector<const FailedFile*>{} : found->second;
  }

  const std::vector<KnownFile>& known_;
  std::unordered_map<std::string, std::vector<const FailedFile*>> failed_;  ///< by sound file
};

class InnerTeller {
 public:
  InnerTeller(Walk& walk, const Stored& stored) : walk_{walk}, stored_{stored} {}

  void run(Crew& crew, const OnProgress& on_progress) {
    std::vector<const FoundFile*> unknown;
    for (const auto& file : walk_.files) {
      if (audio::may_carry_cue(file.path) && !audio::sheet_of(file.path) && !is_known(file))
        unknown.push_back(&file);
    }
    Meter meter{Phase::kLooking, unknown.size(), unknown.size(), on_progress};
    std::vector<Result<std::size_t>> counts(unknown.size(), Result<std::size_t>{0});
    crew.share(unknown.size(), [&](std::size_t i) {
      counts[i] = tracks_in(unknown[i]->path);
      meter.add(1);
    });
    for (std::size_t i = 0; i < unknown.size(); ++i) {
      counts[i] ? tell(*unknown[i], *counts[i]) : leave(*unknown[i], counts[i].error());
    }
    std::erase_if(walk_.files, [this](const FoundFile& file) {
      return std::ranges::find(left_, file.path) != left_.end();
    });
    put_tracks(walk_, std::move(sounds_), std::move(tracks_));
  }

 private:
  /// Takes the tracks of a file that did not change.
  bool is_known(const FoundFile& file) {
    const auto stored = stored_.tracks_of(file);
    if (stored.empty()) return stored_.is_whole(file);
    const auto stamp = stamp_of_track(file.stamp, stored.size());
    if (!std::ranges::all_of(stored,
                             [&stamp](const FoundFile& track) { return track.stamp == stamp; }))
      return false;
    tracks_.insert(tracks_.end(), stored.begin(), stored.end());
    sounds_.push_back(file.path);
    return true;
  }

  /// 0: one song, or no sound at all, which is for the reading to say.
  /// Errors  kUnavailable: nothing can be said of it now.
  static Result<std::size_t> tracks_in(const std::string& path) {
    try {
      const auto sheet = audio::read_inner_cue(path);
      if (sheet) return *sheet ? (*sheet)->tracks.size() : 0;
      if (sheet.error().kind != ErrorKind::kUnavailable) return 0;
      return tl::unexpected{sheet.error()};
    } catch (const std::bad_alloc&) {
      return fail(ErrorKind::kUnavailable, "there was not enough memory to read it");
    }
  }

  /// An album that may not be read now keeps its songs; of others the reading tells.
  void leave(const FoundFile& file, const Error& why) {
    if (stored_.tracks_of(file).empty()) return;
    walk_.unreadable.push_back({file.path, why.message});
    left_.push_back(file.path);
  }

  void tell(const FoundFile& file, std::size_t count) {
    if (count == 0) return;
    const auto stamp = stamp_of_track(file.stamp, count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto place = static_cast<int>(i) + 1;
      tracks_.push_back({audio::path_of_track(file.path, place).native(), stamp});
    }
    sounds_.push_back(file.path);
  }

  Walk& walk_;
  const Stored& stored_;
  std::vector<std::string> sounds_;
  std::vector<FoundFile> tracks_;
  std::vector<std::string> left_;
};

}  // namespace

void tell_inner_apart(Walk& walk, const std::vector<KnownFile>& known,
                      const std::vector<FailedFile>& failed, Crew& crew,
                      const OnProgress& on_progress) {
  const Stored stored{known, failed};
  InnerTeller{walk, stored}.run(crew, on_progress);
}

}  // namespace harmonic::scan
