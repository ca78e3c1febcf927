#include "scan/scan.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

#include "audio/features.h"
#include "scan/crew.h"
#include "scan/hear_pass.h"
#include "scan/homes.h"
#include "scan/inner_sheets.h"
#include "scan/plan.h"
#include "scan/read_pass.h"
#include "scan/rescore.h"
#include "scan/sheets.h"

namespace harmonic::scan {

namespace {

using Clock = std::chrono::steady_clock;
using catalog::KnownFile;

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

/// Takes out the files that were written within the settle time; how many. One with a time in the
/// future is not waited for.
std::size_t leave_unsettled(Walk& walked, std::chrono::milliseconds settle) {
  if (settle.count() == 0) return 0;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::erase_if(walked.files, [&](const FoundFile& file) {
    const auto age = now - std::chrono::nanoseconds{file.stamp.modified_ns};
    return age.count() >= 0 && age < settle;
  });
}

void append(std::vector<Trouble>& all, const std::vector<Trouble>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

Result<std::vector<KnownFile>> files_by_path(const catalog::Store& store) {
  HARMONIC_TRY(auto known, store.known_files());
  std::sort(known.begin(), known.end(), [](const KnownFile& a, const KnownFile& b) {
    return a.path.native() < b.path.native();
  });
  return known;
}

/// What the reading leaves to the hearing, and what it adds to the summary.
Result<std::vector<FileToHear>> read_new(catalog::Store& store, Crew& crew, Walk& walked,
                                         const OnProgress& on_progress, Summary& summary) {
  HARMONIC_TRY(const auto known, files_by_path(store));
  HARMONIC_TRY(const auto missing, store.missing_files());
  HARMONIC_TRY(const auto failed_before, store.failed_files());
  tell_inner_apart(walked, known, failed_before, crew, on_progress);
  append(summary.failed, walked.unreadable);
  Plan plan = make_plan(walked, known, failed_before, audio::kAnalysisVersion);
  append(summary.failed, suspicious_roots(walked, known));
  append(summary.failed, plan.remembered);

  Homes homes{walked, known, missing};
  HARMONIC_TRY(auto read, read_files(store, plan, known, homes, crew, on_progress));
  append(summary.failed, read.failed);
  summary.read = read.read;
  summary.moved = read.moved;
  summary.unchanged = plan.unchanged + read.ready;
  // Only after all files were looked at is it known who is gone and who has moved.
  if (!crew.stopped()) {
    for (const auto at : plan.gone) {
      if (homes.was_claimed(known[at].song)) continue;
      HARMONIC_CHECK(store.mark_missing(known[at].song));
      ++summary.missing;
    }
  }
  auto to_hear = std::move(plan.to_hear);
  std::move(read.to_hear.begin(), read.to_hear.end(), std::back_inserter(to_hear));
  return to_hear;
}

Result<void> hear(catalog::Store& store, const mood::Model* moods, Crew& crew,
                  const std::vector<FileToHear>& files, const OnProgress& on_progress,
                  Summary& summary) {
  HARMONIC_TRY(const auto heard, hear_files(store, moods, files, crew, on_progress));
  append(summary.failed, heard.failed);
  summary.decoded = heard.heard;
  summary.audio_seconds = heard.audio_seconds;
  summary.unheard = files.size() - heard.heard - heard.refused;
  return {};
}

}  // namespace

Result<Summary> scan(catalog::Store& store, const Options& options, const OnProgress& on_progress,
                     const std::stop_token& stop) {
  const auto start = Clock::now();
  Summary summary;
  Crew crew{options, stop};
  std::vector<FileToHear> to_hear;
  {
    Walk walked = walk(options.roots);
    tell_apart(walked);
    HARMONIC_CHECK(check_roots(walked));
    summary.unsettled = leave_unsettled(walked, options.settle);
    append(summary.failed, walked.absent_roots);
    HARMONIC_TRY(to_hear, read_new(store, crew, walked, on_progress, summary));
  }
  if (options.moods) {
    HARMONIC_TRY(summary.rescored, rescore(store, *options.moods, on_progress, stop));
  }
  summary.unheard = to_hear.size();
  if (!options.tags_only)
    HARMONIC_CHECK(hear(store, options.moods.get(), crew, to_hear, on_progress, summary));
  summary.songs = summary.decoded + summary.unheard + summary.unchanged;
  summary.stopped = stop.stop_requested();
  std::stable_sort(
      summary.failed.begin(), summary.failed.end(),
      [](const Trouble& a, const Trouble& b) { return a.path.native() < b.path.native(); });
  summary.seconds = Seconds{Clock::now() - start}.count();
  return summary;
}

}  // namespace harmonic::scan
