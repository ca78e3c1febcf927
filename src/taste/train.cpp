#include "taste/train.h"

#include <string>

#include "base/whole_file.h"
#include "taste/history.h"
#include "taste/model_file.h"

namespace harmonic::taste {

namespace fs = std::filesystem;

namespace {

Result<void> go_on(IalsLearner& learner, const fs::path& file, const std::string& run) {
  HARMONIC_TRY(const auto bytes, read_whole(file));
  auto checkpoint = decode_checkpoint(bytes);
  if (!checkpoint)
    return fail(checkpoint.error().kind,
                file.string() + ": " + checkpoint.error().message + ", after removing this file");
  if (checkpoint->run != run)
    return fail(ErrorKind::kInvalidInput,
                file.string() +
                    " is of a run with other plays or options: remove it, or name "
                    "another --out");
  learner.resume(std::move(checkpoint->factors), checkpoint->epoch);
  return {};
}

}  // namespace

Result<Trained> train_ials(const TrainSettings& settings, const OnEpoch& on_epoch) {
  PlayLog log;
  for (const auto& file : settings.plays) HARMONIC_CHECK(read_history(file, log));
  if (log.triplets.empty())
    return fail(ErrorKind::kInvalidInput,
                settings.plays.front().string() + " holds no plays: name another file");
  const auto plays = log.plays();
  log.triplets = {};  // as large as the matrix
  const Trained read{plays.listeners(), plays.songs(), plays.size()};
  const auto file = fs::path{settings.out}.concat(".checkpoint");
  const auto run = run_of(plays, settings.plan);
  IalsLearner learner{plays, settings.plan};
  if (fs::exists(file)) HARMONIC_CHECK(go_on(learner, file, run));
  if (on_epoch) on_epoch(read, learner.epoch(), settings.plan.epochs);
  while (learner.epoch() < settings.plan.epochs) {
    learner.run_epoch(settings.jobs);
    HARMONIC_CHECK(write_whole(file, encode_checkpoint({run, learner.epoch(), learner.factors()})));
    if (on_epoch) on_epoch(read, learner.epoch(), settings.plan.epochs);
  }
  HARMONIC_CHECK(write_whole(
      settings.out, encode_model({settings.plan, log.songs.all(), learner.factors().songs})));
  std::error_code left;
  fs::remove(file, left);  // a file that stays is gone on from, which ends at once
  return read;
}

}  // namespace harmonic::taste
