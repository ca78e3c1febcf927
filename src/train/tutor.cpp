#include "train/tutor.h"

#include <algorithm>
#include <array>

#include "affect/classifier.h"
#include "image/picture.h"

namespace harmonic::train {
namespace {

using evaluate::kFaceSide;

image::Picture mirrored(image::Picture face) {
  for (auto row = face.pixels.begin(); row != face.pixels.end(); row += kFaceSide) {
    std::reverse(row, row + kFaceSide);
  }
  return face;
}

Result<void> add(Lesson& lesson, const affect::Classifier& teacher, const image::Picture& face,
                 float share) {
  HARMONIC_TRY(const auto reading, teacher.classify(face));
  for (std::size_t i = 0; i < lesson.fer2013.size(); ++i) {
    lesson.fer2013.at(i) += share * reading.fer2013.at(i);
  }
  for (std::size_t i = 0; i < lesson.ferplus.size(); ++i) {
    lesson.ferplus.at(i) += share * reading.scores.at(i);
  }
  return {};
}

}  // namespace

Result<std::vector<Lesson>> lessons_of(
    std::span<const std::filesystem::path> manifests, const evaluate::LabelledFaces& faces,
    const std::function<void(std::size_t, std::size_t)>& on_face) {
  std::vector<affect::Classifier> teachers;
  for (const auto& manifest : manifests) {
    HARMONIC_TRY(auto teacher, affect::Classifier::load(manifest));
    teachers.push_back(std::move(teacher));
  }
  const float share = 0.5F / static_cast<float>(teachers.size());
  std::vector<Lesson> lessons(teachers.empty() ? 0 : faces.size());
  for (std::size_t row = 0; row < lessons.size(); ++row) {
    const auto face = faces.picture(row);
    for (const auto& teacher : teachers) {
      HARMONIC_CHECK(add(lessons[row], teacher, face, share));
      HARMONIC_CHECK(add(lessons[row], teacher, mirrored(face), share));
    }
    on_face(row + 1, lessons.size());
  }
  return lessons;
}

}  // namespace harmonic::train
