#include "scan/scan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

#include "audio/analyse.h"
#include "scan/file_kind.h"
#include "scan/plan.h"

namespace harmonic::scan {

namespace {

using Clock = std::chrono::steady_clock;

catalog::Song song_of(const FoundFile& file, audio::Analysis&& heard) {
  catalog::Song song;
  song.path = file.path;
  song.stamp = file.stamp;
  song.container = std::move(heard.container);
  song.duration = heard.duration;
  song.tags = std::move(heard.tags);
  song.sound.version = audio::kAnalysisVersion;
  song.sound.loudness_lufs = heard.loudness_lufs;
  song.sound.loudness_range_lu = heard.loudness_range_lu;
  song.sound.tempo = heard.tempo;
  song.sound.key = heard.key;
  song.sound.tempo_confidence = heard.tempo_confidence;
  song.sound.key_strength = heard.key_strength;
  song.sound.vector = std::move(heard.features);
  song.sound.mood = heard.mood;
  return song;
}

/// Nothing when the file may be sound; otherwise what it is.
std::optional<std::string_view> look_at(const FoundFile& file) {
  if (file.stamp.bytes == 0) return "empty (0 bytes)";
  std::array<std::byte, kFirstBytes> start{};
  std::ifstream in{file.path, std::ios::binary};
  in.read(reinterpret_cast<char*>(start.data()), std::ssize(start));
  if (in.gcount() <= 0) return std::nullopt;  // opening it properly will say why
  return other_kind(std::span{start}.first(static_cast<std::size_t>(in.gcount())));
}

/// One scan in its course: the files to hear, shared among the threads.
class Work {
 public:
  Work(catalog::Store& store, std::vector<FoundFile> files, const OnProgress& on_progress,
       std::stop_token stop)
      : store_{store},
        files_{std::move(files)},
        on_progress_{on_progress},
        stop_{std::move(stop)},
        start_{Clock::now()} {
    for (const auto& file : files_) bytes_total_ += file.stamp.bytes;
  }

  void run(int jobs) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < std::max(1, jobs); ++i) threads.emplace_back([this] { take_files(); });
  }

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  void add_to(Summary& summary) {
    summary.decoded += decoded_;
    summary.audio_seconds += audio_seconds_;
    summary.failed.insert(summary.failed.end(), failed_.begin(), failed_.end());
  }

 private:
  void take_files() {
    while (!broken_ && !stop_.stop_requested()) {
      const auto at = next_++;
      if (at >= files_.size()) return;
      hear(files_[at]);
    }
  }

  void hear(const FoundFile& file) {
    try {
      auto heard = audio::analyse(file.path, stop_);
      if (stop_.stop_requested()) return;
      heard ? keep(file, *std::move(heard)) : refuse(file, heard.error());
    } catch (const std::bad_alloc&) {
      refuse(file, {ErrorKind::kUnavailable, "there was not enough memory to read it"});
    }
  }

  void keep(const FoundFile& file, audio::Analysis&& heard) {
    const double seconds = static_cast<double>(heard.duration.count()) / 1000.0;
    const auto stored = store_.put_song(song_of(file, std::move(heard)));
    if (!stored) return break_off(stored.error());
    const std::lock_guard lock{mutex_};
    ++decoded_;
    audio_seconds_ += seconds;
    report(file);
  }

  void refuse(const FoundFile& file, const Error& why) {
    // Permissions and disks change without the file changing: such a file is tried again.
    if (why.kind == ErrorKind::kInvalidInput || why.kind == ErrorKind::kCorrupt) {
      const auto stored = store_.put_failed({file.path, file.stamp, why.message});
      if (!stored) return break_off(stored.error());
    }
    const std::lock_guard lock{mutex_};
    failed_.push_back({file.path, why.message});
    report(file);
  }

  void break_off(const Error& error) {
    const std::lock_guard lock{mutex_};
    if (!error_) error_ = error;
    broken_ = true;
  }

  void report(const FoundFile& file) {  // with mutex_ held
    ++done_;
    bytes_done_ += file.stamp.bytes;
    if (!on_progress_) return;
    Progress progress{done_, files_.size(), audio_seconds_, Clock::now() - start_, std::nullopt};
    if (bytes_done_ > 0) {
      progress.left = progress.elapsed * (static_cast<double>(bytes_total_ - bytes_done_) /
                                          static_cast<double>(bytes_done_));
    }
    on_progress_(progress);
  }

  catalog::Store& store_;
  std::vector<FoundFile> files_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  Clock::time_point start_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> broken_{false};
  std::mutex mutex_;
  std::optional<Error> error_;
  std::vector<Trouble> failed_;
  std::size_t done_ = 0;
  std::size_t decoded_ = 0;
  std::uint64_t bytes_done_ = 0;
  std::uint64_t bytes_total_ = 0;
  double audio_seconds_ = 0.0;
};

/// Takes out what is plainly no sound; what only pretends to be sound is refused and remembered.
Result<void> sort_out(catalog::Store& store, std::vector<FoundFile>& files,
                      std::vector<Trouble>& failed) {
  std::vector<FoundFile> sound;
  for (auto& file : files) {
    const auto kind = look_at(file);
    if (!kind) {
      sound.push_back(std::move(file));
    } else if (has_sound_name(file.path)) {
      const std::string reason = "is " + std::string{*kind} + ", not sound, whatever its name says";
      HARMONIC_CHECK(store.put_failed({file.path, file.stamp, reason}));
      failed.push_back({file.path, reason});
    }
  }
  files = std::move(sound);
  return {};
}

/// An error when there is nothing at all to walk through.
Result<void> check_roots(const Walk& walked) {
  if (!walked.roots.empty() || !walked.empty_roots.empty()) return {};
  if (walked.absent_roots.empty())
    return fail(ErrorKind::kInvalidInput, "no folder to scan was named");
  const auto& [path, reason] = walked.absent_roots.front();
  return fail(ErrorKind::kNotFound, path.string() + ": " + reason);
}

/// An empty folder that held songs is more likely an unmounted disk than a deleted library.
std::vector<Trouble> suspicious_roots(const Walk& walked,
                                      const std::vector<catalog::KnownFile>& known) {
  std::vector<Trouble> troubles;
  for (const auto& root : walked.empty_roots) {
    const auto count = std::count_if(known.begin(), known.end(), [&root](const auto& song) {
      return is_inside(song.path, root);
    });
    if (count == 0) continue;
    troubles.push_back({root, "the folder is empty: is its disk mounted? Its " +
                                  std::to_string(count) + " songs stay in the library"});
  }
  return troubles;
}

}  // namespace

Result<Summary> scan(catalog::Store& store, const Options& options, const OnProgress& on_progress,
                     const std::stop_token& stop) {
  const auto start = Clock::now();
  const Walk walked = walk(options.roots);
  HARMONIC_CHECK(check_roots(walked));
  HARMONIC_TRY(const auto known, store.known_files());
  HARMONIC_TRY(const auto failed_before, store.failed_files());
  Plan plan = make_plan(walked, known, failed_before, audio::kAnalysisVersion);

  Summary summary;
  summary.failed = suspicious_roots(walked, known);
  summary.failed.insert(summary.failed.end(), walked.absent_roots.begin(),
                        walked.absent_roots.end());
  summary.failed.insert(summary.failed.end(), walked.unreadable.begin(), walked.unreadable.end());
  summary.failed.insert(summary.failed.end(), plan.remembered.begin(), plan.remembered.end());
  HARMONIC_CHECK(sort_out(store, plan.to_hear, summary.failed));
  for (const SongId song : plan.gone) HARMONIC_CHECK(store.mark_missing(song));

  Work work{store, std::move(plan.to_hear), on_progress, stop};
  work.run(options.jobs);
  if (work.error()) return tl::unexpected{*work.error()};
  work.add_to(summary);
  summary.unchanged = plan.unchanged;
  summary.missing = plan.gone.size();
  summary.songs = summary.decoded + summary.unchanged;
  summary.stopped = stop.stop_requested();
  std::stable_sort(
      summary.failed.begin(), summary.failed.end(),
      [](const Trouble& a, const Trouble& b) { return a.path.native() < b.path.native(); });
  summary.seconds = Seconds{Clock::now() - start}.count();
  return summary;
}

}  // namespace harmonic::scan
