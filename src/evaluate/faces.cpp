#include "evaluate/faces.h"

#include <cassert>
#include <numeric>
#include <unordered_set>
#include <utility>
#include <vector>

#include "affect/circumplex.h"
#include "base/dice.h"
#include "evaluate/hardship.h"

namespace harmonic::evaluate {
namespace {

Result<std::unordered_set<std::uint32_t>> leaked_rows(const std::filesystem::path& dir,
                                                      Split split) {
  if (split == Split::kPrivateTest) return leaked_private_rows(dir);
  return std::unordered_set<std::uint32_t>{};
}

template <std::size_t N>
void add(std::array<float, N>& to, const std::array<float, N>& from, float share) {
  for (std::size_t i = 0; i < N; ++i) to.at(i) += share * from.at(i);
}

Answer answer_of(std::uint8_t label, const affect::Reading& reading) {
  return {emotion_of_label(label), shares_of_fer2013(reading.fer2013)};
}

}  // namespace

affect::Emotion emotion_of_label(std::uint8_t label) {
  assert(label < kFer2013Count);
  return *affect::emotion_named(kFer2013Names.at(label));
}

Shares shares_of_fer2013(const affect::Fer2013Scores& scores) {
  Shares shares{};
  for (std::uint8_t label = 0; label < kFer2013Count; ++label) {
    shares.at(static_cast<std::size_t>(emotion_of_label(label))) = scores.at(label);
  }
  return shares;
}

Shares shares_of_ferplus(const affect::EmotionScores& scores) {
  Shares shares{};
  const float rated = std::accumulate(scores.begin(), scores.begin() + kRatedCount, 0.0F);
  for (std::size_t i = 0; i < kRatedCount; ++i) {
    // A face that is nothing but contemptuous leaves no preference among the seven.
    shares.at(i) = rated > 0 ? scores.at(i) / rated : 1.0F / kRatedCount;
  }
  return shares;
}

Reader reader_of(std::vector<affect::Classifier> classifiers) {
  return [several = std::move(classifiers)](const image::Picture& face) -> Result<affect::Reading> {
    affect::Reading mean;
    const float share = 1.0F / static_cast<float>(several.size());
    for (const auto& one : several) {
      HARMONIC_TRY(const auto reading, one.classify(face));
      add(mean.scores, reading.scores, share);
      add(mean.fer2013, reading.fer2013, share);
    }
    mean.point = affect::point_of(mean.scores);
    return mean;
  };
}

Result<FaceReport> evaluate_faces(const Reader& reader, const std::filesystem::path& dir,
                                  Split split, const OnFace& on_face) {
  HARMONIC_TRY(const auto faces, read_split(dir, split));
  HARMONIC_TRY(const auto leaked, leaked_rows(dir, split));
  std::vector<Answer> all, clean, rated;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    HARMONIC_TRY(const auto reading, reader(faces.picture(i)));
    all.push_back(answer_of(faces.labels[i], reading));
    if (!leaked.contains(faces.first_row + static_cast<std::uint32_t>(i))) {
      clean.push_back(all.back());
    }
    if (const auto majority = majority_of(faces.votes[i])) {
      rated.push_back({*majority, shares_of_ferplus(reading.scores)});
    }
    on_face(i + 1, faces.size());
  }
  FaceReport report{score(all), std::nullopt, score(rated)};
  if (split == Split::kPrivateTest) report.fer2013_clean = score(clean);
  return report;
}

Result<std::vector<HardshipScores>> evaluate_hardships(const Reader& reader,
                                                       const std::filesystem::path& dir,
                                                       Split split, const OnFace& on_face) {
  HARMONIC_TRY(const auto faces, read_split(dir, split));
  std::vector<HardshipScores> all;
  for (std::size_t which = 0; which < hardships().size(); ++which) {
    const auto& hardship = hardships()[which];
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < faces.size(); ++i) {
      Dice dice{kHardshipSeed, which, i};
      HARMONIC_TRY(const auto reading, reader(hardship.apply(faces.picture(i), dice)));
      answers.push_back(answer_of(faces.labels[i], reading));
      on_face(which * faces.size() + i + 1, hardships().size() * faces.size());
    }
    const auto scores = score(answers);
    if (!scores) return fail(ErrorKind::kInvalidInput, dir.string() + " has no face to read");
    all.push_back({hardship.name, *scores});
  }
  return all;
}

}  // namespace harmonic::evaluate
