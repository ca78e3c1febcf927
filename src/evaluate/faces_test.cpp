#include "evaluate/faces.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"
#include "evaluate/confusion_picture.h"

namespace harmonic::evaluate {
namespace {

const std::filesystem::path kManifest =
    std::filesystem::path{HARMONIC_SOURCE_DIR} / "models/expression/manifest.json";

TEST(Faces, EveryFaceOfTheSplitIsCountedOnce) {
  const TestFolder folder;
  static constexpr std::size_t kCount = 14;
  write_archive(folder.path(), kCount);
  const auto classifier = affect::Classifier::load(kManifest);
  ASSERT_TRUE(classifier) << classifier.error().message;
  std::size_t last = 0;
  const auto on_face = [&last](std::size_t done, std::size_t all) {
    EXPECT_EQ(done, last + 1);
    EXPECT_EQ(all, kCount);
    last = done;
  };
  const auto report =
      evaluate_faces(reader_of({*classifier}), folder.path(), Split::kPrivateTest, on_face);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(last, kCount);
  EXPECT_EQ(report->fer2013->count, kCount);
  EXPECT_EQ(report->fer2013_clean->count, kCount - 1) << "one is a copy of a Training face";
  EXPECT_EQ(report->ferplus->count, kCount);
  for (const auto& recall : report->fer2013->recall) EXPECT_TRUE(recall);

  last = 0;
  const auto chosen =
      evaluate_faces(reader_of({*classifier}), folder.path(), Split::kPublicTest, on_face);
  EXPECT_EQ(chosen->fer2013_clean, std::nullopt);
}

TEST(Faces, AFolderWithoutAnArchiveIsNotFound) {
  const TestFolder folder;
  const auto classifier = affect::Classifier::load(kManifest);
  ASSERT_TRUE(classifier) << classifier.error().message;
  const auto report = evaluate_faces(reader_of({*classifier}), folder.path(), Split::kPrivateTest,
                                     [](std::size_t, std::size_t) {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::kNotFound);
}

// A picture that shows another matrix than the figures is worse than none: full cells are dark,
// empty ones white, and rows are labels.
TEST(ConfusionPicture, ShadesByTheShareOfTheRow) {
  Confusion confusion{};
  confusion[0][0] = 10;
  confusion[1][3] = 5;
  const auto picture = draw_confusion(confusion, "title");
  ASSERT_EQ(picture.pixels.size(), std::size_t{760} * 700 * 3);
  // Near a cell's corner, beside its figure.
  const auto red = [&picture](std::size_t row, std::size_t column) {
    const std::size_t x = 120 + 80 * column + 5;
    const std::size_t y = 110 + 80 * row + 5;
    return picture.pixels[(y * 760 + x) * 3];
  };
  EXPECT_LT(red(0, 0), 40);
  EXPECT_LT(red(1, 3), 40);
  EXPECT_GT(red(3, 1), 240) << "rows and columns are swapped";
  EXPECT_GT(red(0, 1), 240);
  EXPECT_GT(red(5, 5), 240) << "an empty row stays white";
}

}  // namespace
}  // namespace harmonic::evaluate
