#include "evaluate/faces.h"

#include <cassert>
#include <numeric>
#include <unordered_set>
#include <vector>

#include "image/picture.h"

namespace harmonic::evaluate {
namespace {

image::Picture picture_of(std::span<const std::uint8_t> face) {
  return {kFaceSide, kFaceSide, 1, {face.begin(), face.end()}};
}

Result<std::unordered_set<std::uint32_t>> leaked_rows(const std::filesystem::path& dir,
                                                      Split split) {
  if (split == Split::kPrivateTest) return leaked_private_rows(dir);
  return std::unordered_set<std::uint32_t>{};
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

Result<FaceReport> evaluate_faces(const affect::Classifier& classifier,
                                  const std::filesystem::path& dir, Split split,
                                  const OnFace& on_face) {
  HARMONIC_TRY(const auto faces, read_split(dir, split));
  HARMONIC_TRY(const auto leaked, leaked_rows(dir, split));
  std::vector<Answer> all, clean, rated;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    HARMONIC_TRY(const auto reading, classifier.classify(picture_of(faces.image(i))));
    const Answer answer{emotion_of_label(faces.labels[i]), shares_of_fer2013(reading.fer2013)};
    all.push_back(answer);
    if (!leaked.contains(faces.first_row + static_cast<std::uint32_t>(i))) clean.push_back(answer);
    if (const auto majority = majority_of(faces.votes[i])) {
      rated.push_back({*majority, shares_of_ferplus(reading.scores)});
    }
    on_face(i + 1, faces.size());
  }
  FaceReport report{score(all), std::nullopt, score(rated)};
  if (split == Split::kPrivateTest) report.fer2013_clean = score(clean);
  return report;
}

}  // namespace harmonic::evaluate
