#include "train/training.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/whole_file.h"
#include "evaluate/fer2013.h"
#include "evaluate/votes.h"
#include "train/answers.h"
#include "train/feed.h"
#include "train/learner.h"
#include "train/released.h"
#include "train/schedule.h"
#include "train/tutor.h"

namespace harmonic::train {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

/// Enough that the mean and deviation of every channel are known to about a hundredth.
constexpr std::size_t kFacesForNorms = 4096;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What must not change between a run and its resumption, as run.txt holds it.
Json json_of(const TrainingSettings& settings) {
  Json teachers = Json::array();
  for (const auto& teacher : settings.teachers) teachers.push_back(teacher.string());
  return {{"recipe", settings.recipe},
          {"epochs", settings.epochs},
          {"batch", settings.batch},
          {"rate", settings.rate},
          {"seed", settings.seed},
          {"limit", settings.limit},
          {"hard", settings.distortions.hard},
          {"mixed", settings.distortions.mixed},
          {"erased", settings.distortions.erased},
          {"moved", settings.distortions.moved},
          {"decay", settings.decay},
          {"start", settings.start.string()},
          {"teachers", teachers},
          {"taught", settings.taught}};
}

std::string words_of(const TrainingSettings& settings) { return json_of(settings).dump() + "\n"; }

Result<evaluate::LabelledFaces> read_rows(const TrainingSettings& settings, evaluate::Split split) {
  HARMONIC_TRY(auto faces, evaluate::read_split(settings.data, split));
  evaluate::keep_first(faces, settings.limit);
  if (faces.size() == 0) {
    return fail(ErrorKind::kInvalidInput, settings.data.string() + " holds a split without rows");
  }
  return faces;
}

std::size_t argmax(std::span<const float> values) {
  return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
}

struct Accuracies {
  double fer2013 = 0;
  double ferplus = 0;
};

/// Share of right answers of the averaged weights, without distortion.
Result<Accuracies> measure(const Learner& learner, const evaluate::LabelledFaces& faces) {
  std::size_t right = 0, rated = 0, rated_right = 0;
  HARMONIC_TRY(const auto logits, logits_of(learner, faces));
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const auto said = std::span{logits}.subspan(i * kLogitCount, kLogitCount);
    if (argmax(said.first(evaluate::kFer2013Count)) == faces.labels[i]) ++right;
    const auto majority = evaluate::majority_of(faces.votes[i]);
    if (!majority) continue;
    ++rated;
    if (argmax(said.subspan(evaluate::kFer2013Count, evaluate::kRatedCount)) ==
        static_cast<std::size_t>(*majority)) {
      ++rated_right;
    }
  }
  const auto share = [](std::size_t part, std::size_t all) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(all, 1));
  };
  return Accuracies{share(right, faces.size()), share(rated_right, rated)};
}

/// Makes `out` ready and says which epochs are finished.
Result<std::vector<EpochRow>> open_run(const TrainingSettings& settings) {
  std::error_code error;
  fs::create_directories(settings.out, error);
  if (error) {
    return fail(ErrorKind::kUnavailable,
                settings.out.string() + " cannot be made: " + error.message());
  }
  const auto note = settings.out / "run.txt";
  HARMONIC_TRY(auto rows, read_history(settings.out / "log.csv"));
  if (!settings.resume && !rows.empty()) {
    return fail(ErrorKind::kInvalidInput,
                settings.out.string() + " holds a run: give --resume or another --out");
  }
  if (settings.resume && fs::exists(note)) {
    std::ifstream file{note};
    const std::string was{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (was != words_of(settings)) {
      return fail(ErrorKind::kInvalidInput, settings.out.string() + " was begun with " + was +
                                                "which is another run: give the same settings");
    }
  }
  HARMONIC_CHECK(write_whole(note, words_of(settings)));
  return rows;
}

class Run {
 public:
  Run(const TrainingSettings& settings, const OnProgress& on_progress, Learner learner,
      evaluate::LabelledFaces training, Teaching teaching, evaluate::LabelledFaces choosing,
      std::vector<EpochRow> rows)
      : settings_{settings},
        on_progress_{on_progress},
        learner_{std::move(learner)},
        training_{std::move(training)},
        teaching_{std::move(teaching)},
        choosing_{std::move(choosing)},
        rows_{std::move(rows)},
        resumed_at_{static_cast<int>(rows_.size())} {}

  Result<EpochRow> finish() {
    if (!rows_.empty()) {
      HARMONIC_CHECK(learner_.load(checkpoint_of(settings_.out, rows_.back().epoch)));
    } else if (is_released(settings_.start)) {
      HARMONIC_CHECK(go_on_from_release());
    } else if (!settings_.start.empty()) {
      HARMONIC_CHECK(learner_.begin_at(settings_.start));
    }
    while (static_cast<int>(rows_.size()) < settings_.epochs) {
      HARMONIC_CHECK(one_epoch(static_cast<int>(rows_.size()) + 1));
    }
    return *best_of(rows_);
  }

 private:
  /// The norms learn what is usual from faces distorted as this run distorts them.
  Result<void> go_on_from_release() {
    HARMONIC_TRY(const auto net, read_released(settings_.start, learner_.folded()));
    Feed feed{training_,
              teaching_,
              {settings_.batch, settings_.seed, 0, settings_.distortions},
              settings_.threads};
    std::size_t seen = 0;
    return learner_.begin_at(net, [&feed, &seen] {
      auto batch = seen < kFacesForNorms ? feed.next() : std::nullopt;
      if (batch) seen += batch->size();
      return batch ? std::move(batch->images) : std::vector<float>{};
    });
  }

  Result<void> one_epoch(int epoch) {
    const auto start = Clock::now();
    const auto number = static_cast<std::uint64_t>(epoch);
    learner_.start_epoch(settings_.seed * 1000003 + number);
    Feed feed{training_,
              teaching_,
              {settings_.batch, settings_.seed, number, settings_.distortions},
              settings_.threads};
    const auto batches = feed.batch_count();
    const auto steps = batches * static_cast<std::size_t>(settings_.epochs);
    EpochRow row{epoch, 0, 0, 0, 0, 0};
    std::size_t done = 0;
    while (auto batch = feed.next()) {
      row.rate = rate_at((number - 1) * batches + done, steps, std::min(batches, steps / 2 + 1),
                         settings_.rate);
      HARMONIC_TRY(const float loss, learner_.step(*batch, row.rate));
      row.loss += (static_cast<double>(loss) - row.loss) / static_cast<double>(++done);
      report(row, done, batches, nullptr);
    }
    HARMONIC_TRY(const auto accuracy, measure(learner_, choosing_));
    row.fer2013_accuracy = accuracy.fer2013;
    row.ferplus_accuracy = accuracy.ferplus;
    row.seconds = seconds_since(start);
    HARMONIC_CHECK(learner_.save(checkpoint_of(settings_.out, epoch)));
    rows_.push_back(row);
    // The log is written last: an epoch that it lists has its checkpoint.
    HARMONIC_CHECK(write_whole(settings_.out / "log.csv", format_history(rows_)));
    drop_old_checkpoints();
    report(row, batches, batches, &rows_.back());
    return {};
  }

  void report(const EpochRow& row, std::size_t batch, std::size_t batches,
              const EpochRow* finished) const {
    const double done =
        row.epoch - 1 - resumed_at_ + static_cast<double>(batch) / static_cast<double>(batches);
    const double left = settings_.epochs - resumed_at_ - done;
    on_progress_({row.epoch, settings_.epochs, batch, batches, row.loss,
                  seconds_since(began_) / done * left, finished});
  }

  void drop_old_checkpoints() const {
    for (int epoch = 1; epoch < rows_.back().epoch; ++epoch) {
      std::error_code ignored;
      if (epoch != best_of(rows_)->epoch) fs::remove(checkpoint_of(settings_.out, epoch), ignored);
    }
  }

  const TrainingSettings& settings_;
  const OnProgress& on_progress_;
  Learner learner_;
  evaluate::LabelledFaces training_;
  Teaching teaching_;
  evaluate::LabelledFaces choosing_;
  std::vector<EpochRow> rows_;
  int resumed_at_;
  Clock::time_point began_ = Clock::now();
};

}  // namespace

fs::path checkpoint_of(const fs::path& out, int epoch) {
  return out / ("epoch-" + std::to_string(epoch) + ".ckpt");
}

Result<TrainingSettings> settings_of_run(const fs::path& out) {
  std::ifstream file{out / "run.txt"};
  if (!file) return fail(ErrorKind::kNotFound, out.string() + " holds no run: train first");
  const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  const auto json = Json::parse(text, nullptr, false);
  try {
    TrainingSettings settings;
    settings.out = out;
    settings.recipe = json.at("recipe");
    settings.epochs = json.at("epochs");
    settings.batch = json.at("batch");
    settings.rate = json.at("rate");
    settings.seed = json.at("seed");
    settings.limit = json.at("limit");
    settings.distortions = {json.at("hard"), json.at("mixed"), json.at("erased"), json.at("moved")};
    settings.decay = json.at("decay");
    settings.start = json.at("start").get<std::string>();
    for (const auto& teacher : json.at("teachers")) {
      settings.teachers.emplace_back(teacher.get<std::string>());
    }
    settings.taught = json.at("taught");
    return settings;
  } catch (const Json::exception&) {
    return fail(ErrorKind::kCorrupt, (out / "run.txt").string() + " is not of a run: train again");
  }
}

Result<Learner> learner_for(const TrainingSettings& settings) {
  const auto plan = plan_named(settings.recipe);
  if (!plan) {
    std::string known;
    for (const auto name : kRecipeNames) known.append(known.empty() ? "" : ", ").append(name);
    return fail(ErrorKind::kInvalidInput,
                "there is no recipe '" + settings.recipe + "': there are " + known);
  }
  return Learner::create({.plan = *plan,
                          .seed = settings.seed,
                          .threads = settings.threads,
                          .weight_decay = settings.decay});
}

Result<EpochRow> train_faces(const TrainingSettings& settings, const OnProgress& on_progress,
                             const OnLesson& on_lesson) {
  if (settings.epochs < 1 || settings.batch < 2 || settings.threads < 1 || !(settings.rate > 0)) {
    return fail(ErrorKind::kInvalidInput,
                "epochs, threads and rate must be positive and a batch at least 2");
  }
  HARMONIC_TRY(auto training, read_rows(settings, evaluate::Split::kTraining));
  HARMONIC_TRY(auto choosing, read_rows(settings, evaluate::Split::kPublicTest));
  HARMONIC_TRY(auto rows, open_run(settings));
  HARMONIC_TRY(auto learner, learner_for(settings));
  HARMONIC_TRY(auto lessons, lessons_of(settings.teachers, training, on_lesson));
  return Run{settings,
             on_progress,
             std::move(learner),
             std::move(training),
             {std::move(lessons), settings.taught},
             std::move(choosing),
             std::move(rows)}
      .finish();
}

}  // namespace harmonic::train
