#include "scan/hear_pass.h"

#include <mutex>
#include <new>
#include <utility>

#include "audio/analyse.h"
#include "scan/content.h"
#include "scan/song_of.h"

namespace harmonic::scan {

namespace {

class Hearing {
 public:
  Hearing(catalog::Store& store, const mood::Model* moods, Crew& crew, Meter& meter)
      : store_{store}, moods_{moods}, crew_{crew}, meter_{meter} {}

  void hear(FileToHear file) {
    try {
      if (!file.content) {  // stored by an earlier program
        if (const auto looked = glimpse(file.path)) file.content = looked->content;
      }
      auto heard = audio::analyse(file.path, crew_.stop());
      if (crew_.stopped()) return;
      heard ? keep(file, *std::move(heard)) : refuse(file, heard.error());
    } catch (const std::bad_alloc&) {
      refuse(file, {ErrorKind::kUnavailable, "there was not enough memory to read it"});
    }
  }

  [[nodiscard]] Heard take() { return std::move(heard_); }

 private:
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

}  // namespace

Result<Heard> hear_files(catalog::Store& store, const mood::Model* moods,
                         const std::vector<FileToHear>& files, Crew& crew,
                         const OnProgress& on_progress) {
  std::uint64_t bytes = 0;
  for (const auto& file : files) bytes += file.stamp.bytes;
  Meter meter{Phase::kHearing, files.size(), bytes, on_progress};
  Hearing hearing{store, moods, crew, meter};
  crew.share(files.size(), [&](std::size_t i) { hearing.hear(files[i]); });
  HARMONIC_CHECK(crew.verdict());
  return hearing.take();
}

}  // namespace harmonic::scan
