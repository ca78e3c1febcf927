#include "scan/read_pass.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "audio/analyse.h"
#include "audio/claims.h"
#include "scan/content.h"
#include "scan/file_kind.h"
#include "scan/song_of.h"

namespace harmonic::scan {

namespace {

using catalog::FilePlace;
using catalog::KnownFile;
using catalog::Song;

// A write costs one wait for the disk however many songs are in it; a kill costs reading these
// again.
constexpr std::size_t kBatch = 256;

bool is_lasting(const Error& error) {
  // Permissions and disks change without the file changing: such a file is tried again.
  return error.kind == ErrorKind::kInvalidInput || error.kind == ErrorKind::kCorrupt;
}

/// What is to be written next. Filled by many threads, written by one at a time and in order, for a
/// song must have left a path before another is put there.
class Batch {
 public:
  Batch(catalog::Store& store, Crew& crew, Read& read) : store_{store}, crew_{crew}, read_{read} {}

  void put(Song&& song) {
    const auto count = [&] {
      const std::lock_guard lock{mutex_};
      songs_.push_back(std::move(song));
      return songs_.size();
    }();
    if (count >= kBatch) write();
  }

  void place(FilePlace&& place, bool ready) {
    const auto count = [&] {
      const std::lock_guard lock{mutex_};
      places_.push_back({std::move(place), ready});
      return places_.size();
    }();
    if (count >= kBatch) write();
  }

  void write() {
    const std::lock_guard one_at_a_time{writing_};
    std::vector<Song> songs;
    std::vector<Place> places;
    {
      const std::lock_guard lock{mutex_};
      songs.swap(songs_);
      places.swap(places_);
    }
    if (const auto stored = write(places, songs); !stored) crew_.break_off(stored.error());
  }

 private:
  struct Place {
    FilePlace file;
    bool ready = false;  ///< heard already
  };

  Result<void> write(std::vector<Place>& places, std::vector<Song>& songs) {
    std::vector<FilePlace> files;
    files.reserve(places.size());
    for (const auto& place : places) files.push_back(place.file);
    if (!files.empty()) HARMONIC_CHECK(store_.place_songs(files));
    if (!songs.empty()) HARMONIC_CHECK(store_.put_songs(songs));
    for (auto& [file, ready] : places) {
      ++read_.moved;
      if (ready) {
        ++read_.ready;
      } else {
        read_.to_hear.push_back({file.path.native(), file.stamp, file.content});
      }
    }
    read_.read += songs.size();
    for (auto& song : songs)
      read_.to_hear.push_back({song.path.native(), song.stamp, song.content});
    return {};
  }

  catalog::Store& store_;
  Crew& crew_;
  Read& read_;  ///< the counts and to_hear, by whoever writes
  std::mutex writing_;
  std::mutex mutex_;
  std::vector<Song> songs_;
  std::vector<Place> places_;
};

class Reading {
 public:
  Reading(catalog::Store& store, const std::vector<KnownFile>& known, Homes& homes, Crew& crew)
      : store_{store}, known_{known}, homes_{homes}, crew_{crew}, batch_{store, crew, read_} {}

  Result<Read> run(Plan& plan, const OnProgress& on_progress) {
    const auto files = plan.fresh.size() + plan.changed.size() + plan.unkeyed.size();
    Meter meter{Phase::kReading, files, files, on_progress};
    look_at_changed(plan);
    crew_.share(plan.fresh.size(), [&](std::size_t i) {
      read(plan.fresh[i], true);
      meter.add(1);
    });
    // What moved to a path has left its own before anything new is put there.
    const auto replaced = place_changed(plan, meter);
    batch_.write();
    crew_.share(replaced.size(), [&](std::size_t i) {
      read(plan.changed[replaced[i]].file, false);
      meter.add(1);
    });
    batch_.write();
    give_keys(plan, meter);
    HARMONIC_CHECK(crew_.verdict());
    return std::move(read_);
  }

 private:
  /// Two names may have been exchanged, so all changed files are looked at before any is placed.
  void look_at_changed(const Plan& plan) {
    keys_.resize(plan.changed.size());
    crew_.share(plan.changed.size(), [&](std::size_t i) {
      const auto& [file, known] = plan.changed[i];
      const auto now = glimpse(file.path);
      if (!now || now->content == known_[known].content) return;
      keys_[i] = now->content;
      homes_.left(known);
    });
  }

  /// Those that are not the content of another song.
  std::vector<std::size_t> place_changed(const Plan& plan, Meter& meter) {
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < plan.changed.size() && !crew_.stopped(); ++i) {
      if (keys_[i] && moved_here(plan.changed[i].file, *keys_[i])) {
        meter.add(1);
      } else {
        others.push_back(i);
      }
    }
    return others;
  }

  void give_keys(const Plan& plan, Meter& meter) {
    const auto batches = (plan.unkeyed.size() + kBatch - 1) / kBatch;
    crew_.share(batches, [&](std::size_t batch) {
      const auto end = std::min(plan.unkeyed.size(), (batch + 1) * kBatch);
      std::vector<FilePlace> places;
      for (auto i = batch * kBatch; i < end; ++i, meter.add(1)) {
        const auto& song = known_[plan.unkeyed[i]];
        if (const auto looked = glimpse(song.path))
          places.push_back({song.song, song.path, song.stamp, looked->content});
      }
      if (const auto stored = store_.place_songs(places); !stored) crew_.break_off(stored.error());
    });
  }

  void read(const FoundFile& file, bool may_have_moved) {
    try {
      const auto looked = glimpse(file.path);
      if (!looked) return refuse_or_pass(file, looked.error());
      if (looked->other_kind) return other(file, *looked->other_kind);
      if (may_have_moved && moved_here(file, looked->content)) return;
      auto claims = audio::read_claims(file.path);
      if (!claims) return refuse_or_pass(file, claims.error());
      batch_.put(song_of(file, looked->content, *std::move(claims)));
    } catch (const std::bad_alloc&) {
      refuse(file, {ErrorKind::kUnavailable, "there was not enough memory to read it"});
    }
  }

  bool moved_here(const FoundFile& file, const catalog::ContentKey& content) {
    const auto song = homes_.claim(file.path, content);
    if (!song) return false;
    const bool ready = song->analysis_version == audio::kAnalysisVersion;
    batch_.place({song->song, file.path, file.stamp, content}, ready);
    return true;
  }

  /// What is plainly no sound is passed over; what only pretends to be sound is refused.
  void other(const FoundFile& file, std::string_view kind) {
    if (!has_sound_name(file.path)) return;
    refuse(file, {ErrorKind::kInvalidInput,
                  "is " + std::string{kind} + ", not sound, whatever its name says"});
  }

  void refuse_or_pass(const FoundFile& file, const Error& why) {
    if (why.kind == ErrorKind::kNotFound) return;  // it went away after the walk
    if (file.stamp.bytes == 0) return other(file, "empty (0 bytes)");
    refuse(file, why);
  }

  void refuse(const FoundFile& file, const Error& why) {
    if (is_lasting(why)) {
      const auto stored = store_.put_failed({file.path, file.stamp, why.message});
      if (!stored) return crew_.break_off(stored.error());
    }
    const std::lock_guard lock{mutex_};
    read_.failed.push_back({file.path, why.message});
  }

  catalog::Store& store_;
  const std::vector<KnownFile>& known_;
  Homes& homes_;
  Crew& crew_;
  std::vector<std::optional<catalog::ContentKey>> keys_;  ///< of the changed files that are others
  std::mutex mutex_;
  Read read_;
  Batch batch_;
};

}  // namespace

Result<Read> read_files(catalog::Store& store, Plan& plan, const std::vector<KnownFile>& known,
                        Homes& homes, Crew& crew, const OnProgress& on_progress) {
  return Reading{store, known, homes, crew}.run(plan, on_progress);
}

}  // namespace harmonic::scan
