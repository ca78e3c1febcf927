#include "classic/measure.h"

#include <algorithm>
#include <ctime>
#include <numeric>
#include <utility>

#include "evaluate/faces.h"
#include "evaluate/votes.h"

namespace harmonic::classic {
namespace {

/// Answers to one set of labels.
struct Part {
  std::vector<evaluate::Answer> answers;
  Missed missed{};

  void add(affect::Emotion truth, const std::optional<evaluate::Shares>& shares) {
    if (shares) {
      answers.push_back({truth, *shares});
    } else {
      ++missed.at(static_cast<std::size_t>(truth));
    }
  }
};

/// Harmonic mean of precision and recall over the emotions that occur, missed faces among them.
double macro_f1_of(const evaluate::Confusion& confusion, const Missed& missed) {
  double sum = 0;
  std::size_t occurring = 0;
  for (std::size_t i = 0; i < evaluate::kRatedCount; ++i) {
    const auto& row = confusion.at(i);
    const auto truths = std::accumulate(row.begin(), row.end(), missed.at(i));
    if (truths == 0) continue;
    ++occurring;
    std::size_t answers = 0;
    for (const auto& each : confusion) answers += each.at(i);
    sum += 2.0 * static_cast<double>(row.at(i)) / static_cast<double>(truths + answers);
  }
  return occurring > 0 ? sum / static_cast<double>(occurring) : 0;
}

}  // namespace

std::optional<Figures> figures_of(std::span<const evaluate::Answer> answers, const Missed& missed,
                                  bool sure) {
  Figures figures;
  figures.count = std::accumulate(missed.begin(), missed.end(), answers.size());
  if (figures.count == 0) return std::nullopt;
  const auto scores = evaluate::score(answers);
  if (!scores) return figures;
  std::size_t right = 0;
  for (std::size_t i = 0; i < evaluate::kRatedCount; ++i) right += scores->confusion.at(i).at(i);
  figures.accuracy = static_cast<double>(right) / static_cast<double>(figures.count);
  figures.macro_f1 = macro_f1_of(scores->confusion, missed);
  figures.confusion = scores->confusion;
  if (sure) figures.calibration_error = scores->calibration_error;
  return figures;
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

affect::Reading reading_of(std::uint8_t label) {
  affect::Reading reading;
  reading.fer2013.at(label) = 1;
  reading.scores.at(static_cast<std::size_t>(evaluate::emotion_of_label(label))) = 1;
  return reading;
}

void shorten(evaluate::LabelledFaces& faces, std::size_t limit) {
  if (limit == 0 || faces.size() <= limit) return;
  faces.images.resize(limit * evaluate::kFacePixels);
  faces.labels.resize(limit);
  faces.votes.resize(limit);
}

Result<Exam> read_exam(const std::filesystem::path& dir, evaluate::Split split, std::size_t limit) {
  HARMONIC_TRY(auto faces, evaluate::read_split(dir, split));
  shorten(faces, limit);
  if (split != evaluate::Split::kPrivateTest) return Exam{std::move(faces), {}, split};
  HARMONIC_TRY(auto leaked, evaluate::leaked_private_rows(dir));
  return Exam{std::move(faces), std::move(leaked), split};
}

Result<void> measure(Row& row, const Responder& responder, const Exam& exam, bool sure,
                     const Progress& progress) {
  Part all, clean, rated;
  double spent = 0;
  row.unanswered = 0;
  for (std::size_t i = 0; i < exam.faces.size(); ++i) {
    const auto face = exam.faces.image(i);
    const image::Picture picture{
        evaluate::kFaceSide, evaluate::kFaceSide, 1, {face.begin(), face.end()}};
    const double began = cpu_seconds();
    HARMONIC_TRY(const auto reading, responder(picture));
    spent += cpu_seconds() - began;
    std::optional<evaluate::Shares> own, raters;
    if (reading) {
      own = evaluate::shares_of_fer2013(reading->fer2013);
      raters = evaluate::shares_of_ferplus(reading->scores);
    } else {
      ++row.unanswered;
    }
    const auto truth = evaluate::emotion_of_label(exam.faces.labels[i]);
    all.add(truth, own);
    const auto number = exam.faces.first_row + static_cast<std::uint32_t>(i);
    if (!exam.leaked.contains(number)) clean.add(truth, own);
    if (const auto majority = evaluate::majority_of(exam.faces.votes[i])) {
      rated.add(*majority, raters);
    }
    progress("faces", i + 1, exam.faces.size());
  }
  if (exam.faces.size() > 0) {
    row.milliseconds = 1000 * spent / static_cast<double>(exam.faces.size());
  }
  row.fer2013 = figures_of(all.answers, all.missed, sure);
  row.clean.reset();
  if (exam.split == evaluate::Split::kPrivateTest) {
    row.clean = figures_of(clean.answers, clean.missed, sure);
  }
  row.ferplus = figures_of(rated.answers, rated.missed, sure);
  return {};
}

}  // namespace harmonic::classic
