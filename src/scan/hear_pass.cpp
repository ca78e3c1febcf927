#include "scan/hear_pass.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <new>
#include <utility>

#include "audio/analyse.h"
#include "audio/cue_song.h"
#include "scan/content.h"
#include "scan/song_of.h"

namespace harmonic::scan {

namespace {

class Hearing {
 public:
  Hearing(catalog::Store& store, const mood::Model* moods, Crew& crew, Meter& meter)
      : store_{store}, moods_{moods}, crew_{crew}, meter_{meter} {}

  /// Tracks of one cue sheet together, any other file alone.
  void hear(std::vector<FileToHear> files) {
    try {
      for (auto& file : files) {
        if (file.content) continue;  // if not, it was stored by an earlier program
        if (const auto looked = glimpse(file.path)) file.content = looked->content;
      }
      audio::sheet_of(files.front().path) ? hear_tracks(files) : hear(files.front());
    } catch (const std::bad_alloc&) {
      for (const auto& file : files)
        refuse(file, {ErrorKind::kUnavailable, "there was not enough memory to read it"});
    }
  }

  [[nodiscard]] Heard take() { return std::move(heard_); }

 private:
  void hear(const FileToHear& file) { take(file, audio::analyse(file.path, crew_.stop())); }

  void take(const FileToHear& file, Result<audio::Analysis> heard) {
    if (crew_.stopped()) return;
    heard ? keep(file, *std::move(heard)) : refuse(file, heard.error());
  }

  /// Each sound file of the sheet is decoded once, for all its tracks.
  void hear_tracks(const std::vector<FileToHear>& files) {
    struct Track {
      const FileToHear* file;
      audio::CueSong song;
    };
    std::map<std::filesystem::path, std::vector<Track>> sounds;
    for (const auto& file : files) {
      auto song = audio::find_cue_song(file.path);
      if (!song) {
        refuse(file, song.error());
        continue;
      }
      auto& tracks = sounds[song->sound];
      tracks.push_back({&file, *std::move(song)});
    }
    for (const auto& [sound, tracks] : sounds) {
      std::vector<audio::Part> parts;
      for (const auto& track : tracks) parts.push_back(track.song.part);
      auto heard = audio::analyse_parts(sound, parts, crew_.stop());
      for (std::size_t i = 0; i < tracks.size(); ++i) {
        const auto& [file, song] = tracks[i];
        auto one =
            heard ? std::move((*heard)[i]) : Result<audio::Analysis>{tl::unexpected{heard.error()}};
        if (one) audio::tell_track(one->tags, song.sheet, song.track);
        take(*file, std::move(one));
      }
    }
  }

  void keep(const FileToHear& file, audio::Analysis&& analysis) {
    const double seconds = static_cast<double>(analysis.duration.count()) / 1000.0;
    const auto stored = store_.put_song(song_of(file, std::move(analysis), moods_));
    if (!stored) return crew_.break_off(stored.error());
    {
      const std::lock_guard lock{mutex_};
      ++heard_.heard;
      heard_.audio_seconds += seconds;
    }
    meter_.add(file.stamp.bytes, seconds);
  }

  void refuse(const FileToHear& file, const Error& why) {
    // Permissions and disks change without the file changing: such a file is tried again. So is one
    // that went away meanwhile: the next scan finds it where it is.
    const bool lasts = why.kind == ErrorKind::kInvalidInput || why.kind == ErrorKind::kCorrupt;
    if (lasts) {
      const auto stored = store_.put_failed({file.path, file.stamp, why.message});
      if (!stored) return crew_.break_off(stored.error());
    }
    {
      const std::lock_guard lock{mutex_};
      heard_.refused += lasts ? 1 : 0;
      if (why.kind != ErrorKind::kNotFound) heard_.failed.push_back({file.path, why.message});
    }
    meter_.add(file.stamp.bytes);
  }

  catalog::Store& store_;
  const mood::Model* moods_;
  Crew& crew_;
  Meter& meter_;
  std::mutex mutex_;
  Heard heard_;
};

/// What is heard at one go, in the order of its first file.
std::vector<std::vector<std::size_t>> in_jobs(const std::vector<FileToHear>& files) {
  std::vector<std::vector<std::size_t>> jobs;
  std::map<std::filesystem::path, std::size_t> sheets;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto sheet = audio::sheet_of(files[i].path);
    if (!sheet) {
      jobs.push_back({i});
      continue;
    }
    const auto [job, fresh] = sheets.try_emplace(*sheet, jobs.size());
    if (fresh) jobs.emplace_back();
    jobs[job->second].push_back(i);
  }
  return jobs;
}

}  // namespace

Result<Heard> hear_files(catalog::Store& store, const mood::Model* moods,
                         const std::vector<FileToHear>& files, Crew& crew,
                         const OnProgress& on_progress) {
  std::uint64_t bytes = 0;
  for (const auto& file : files) bytes += file.stamp.bytes;
  Meter meter{Phase::kHearing, files.size(), bytes, on_progress};
  Hearing hearing{store, moods, crew, meter};
  const auto jobs = in_jobs(files);
  crew.share(jobs.size(), [&](std::size_t i) {
    std::vector<FileToHear> job;
    for (const auto at : jobs[i]) job.push_back(files[at]);
    hearing.hear(std::move(job));
  });
  HARMONIC_CHECK(crew.verdict());
  return hearing.take();
}

}  // namespace harmonic::scan
