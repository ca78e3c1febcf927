#include "classic/measure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/test_folder.h"
#include "classic/cache.h"
#include "classic/table.h"
#include "evaluate/archive_for_tests.h"
#include "evaluate/faces.h"

namespace harmonic::classic {
namespace {

using evaluate::Split;

const Progress kQuiet = [](std::string_view, std::size_t, std::size_t) {};

/// Says something of every face that hangs on its pixels, right or wrong, never surely.
Result<affect::Reading> some_reading(const image::Picture& face) {
  affect::Reading reading;
  float sum = 0;
  for (std::size_t i = 0; i < reading.fer2013.size(); ++i) {
    reading.fer2013.at(i) = 1 + static_cast<float>(face.pixels.at(i * 48 * 6 + 3 * 48));
    sum += reading.fer2013.at(i);
  }
  for (auto& share : reading.fer2013) share /= sum;
  reading.scores.fill(0.1F);
  reading.scores.at(1) = 0.3F;
  return reading;
}

void expect_same(const std::optional<Figures>& ours,
                 const std::optional<evaluate::Scores>& theirs) {
  ASSERT_EQ(ours.has_value(), theirs.has_value());
  if (!ours) return;
  EXPECT_EQ(ours->count, theirs->count);
  EXPECT_DOUBLE_EQ(ours->accuracy, theirs->accuracy);
  EXPECT_DOUBLE_EQ(ours->macro_f1, theirs->macro_f1);
  EXPECT_EQ(ours->confusion, theirs->confusion);
  EXPECT_EQ(ours->calibration_error, theirs->calibration_error);
}

// The table's own loop must give what eval faces gives, or its rows cannot be compared with it.
TEST(Measure, IsWhatEvaluateFacesMeasures) {
  const TestFolder folder;
  evaluate::write_archive(folder.path(), 40);
  for (const auto split : {Split::kPrivateTest, Split::kPublicTest}) {
    const auto theirs = evaluate::evaluate_faces(some_reading, folder.path(), split,
                                                 [](std::size_t, std::size_t) {});
    ASSERT_TRUE(theirs);
    const auto exam = read_exam(folder.path(), split, 0);
    ASSERT_TRUE(exam);
    Row row;
    const Responder responder = [](const image::Picture& face) {
      return some_reading(face).map([](const auto& reading) { return std::optional{reading}; });
    };
    ASSERT_TRUE(measure(row, responder, *exam, true, kQuiet));
    expect_same(row.fer2013, theirs->fer2013);
    expect_same(row.clean, theirs->fer2013_clean);
    expect_same(row.ferplus, theirs->ferplus);
    EXPECT_EQ(row.unanswered, 0U);
  }
}

// Two of three right and one without an answer: half of four is right, not two thirds.
TEST(Measure, AFaceWithoutAnAnswerIsAWrongOne) {
  using affect::Emotion;
  const auto sure_of = [](std::uint8_t label) {
    return evaluate::shares_of_fer2013(reading_of(label).fer2013);
  };
  const std::vector<evaluate::Answer> answers{
      {Emotion::kHappy, sure_of(3)}, {Emotion::kHappy, sure_of(3)}, {Emotion::kSad, sure_of(3)}};
  Missed missed{};
  missed.at(static_cast<std::size_t>(Emotion::kHappy)) = 1;
  const auto figures = figures_of(answers, missed, false);
  ASSERT_TRUE(figures);
  EXPECT_EQ(figures->count, 4U);
  EXPECT_DOUBLE_EQ(figures->accuracy, 0.5);
  // happy: 2 of 3 found, 2 of 3 answers right: 2/3; sad: none; the mean of both
  EXPECT_NEAR(figures->macro_f1, 1.0 / 3, 1e-12);
  EXPECT_FALSE(figures->calibration_error);
  EXPECT_FALSE(figures_of({}, {}, false));
  EXPECT_DOUBLE_EQ(figures_of({}, missed, false)->accuracy, 0);
}

TEST(Measure, LimitTakesTheFirstFaces) {
  const TestFolder folder;
  evaluate::write_archive(folder.path(), 20);
  const auto exam = read_exam(folder.path(), Split::kPrivateTest, 7);
  ASSERT_TRUE(exam);
  EXPECT_EQ(exam->faces.size(), 7U);
  EXPECT_EQ(exam->faces.images.size(), 7 * evaluate::kFacePixels);
  EXPECT_EQ(exam->faces.votes.size(), 7U);
}

// From the archive's files to a row, with the recipe that needs no face finder: the drawn faces of
// archive_for_tests.h are told apart by where their bar is (by luck one in seven; LBP, which sees
// the pattern behind the bar as well, gets .79).
TEST(Recipe, LearnsTheDrawnFaces) {
  const TestFolder folder;
  evaluate::write_archive(folder.path(), 70);
  const auto training = evaluate::read_split(folder.path(), Split::kTraining);
  const auto choosing = evaluate::read_split(folder.path(), Split::kPublicTest);
  const auto exam = read_exam(folder.path(), Split::kPrivateTest, 0);
  ASSERT_TRUE(training && choosing && exam);
  for (const auto& recipe : recipes()) {
    if (recipe.features == FeatureKind::kGeometry) continue;
    const auto trained = Trained::train(recipe, *training, *choosing, "/nowhere", kQuiet);
    ASSERT_TRUE(trained) << recipe.name << ": " << trained.error().message;
    EXPECT_EQ(trained->rows(), 70U);
    Row row;
    const Responder responder = [&](const image::Picture& face) {
      return trained->answer(face).map([](const auto& label) {
        return label ? std::optional{reading_of(*label)} : std::nullopt;
      });
    };
    ASSERT_TRUE(measure(row, responder, *exam, false, kQuiet));
    EXPECT_GT(row.fer2013->accuracy, 0.7) << recipe.name;
  }
}

Row sample_row() {
  Row row;
  row.name = "eigenfaces + SVM";
  row.source = "Turk & Pentland 1991";
  row.settings = "C 3, gamma 1";
  row.rows = 12000;
  row.seconds = 81.25;
  row.milliseconds = 1.5;
  row.unanswered = 3;
  Figures figures;
  figures.count = 3589;
  figures.accuracy = 0.4321;
  figures.macro_f1 = 1.0 / 3;
  figures.confusion.at(2).at(5) = 17;
  row.fer2013 = figures;
  figures.calibration_error = 0.125;
  row.ferplus = figures;
  return row;
}

TEST(Cache, ARunThatWasInterruptedGoesOn) {
  const TestFolder folder;
  const auto cache = Cache::open(folder.path() / "rows");
  ASSERT_TRUE(cache);
  EXPECT_FALSE(cache->find("a"));
  ASSERT_TRUE(cache->keep("a", sample_row()));
  const auto again = Cache::open(folder.path() / "rows");
  ASSERT_TRUE(again->find("a"));
  EXPECT_EQ(*again->find("a"), sample_row());
  EXPECT_FALSE(again->find("b"));  // other settings, other row
  for (const auto& file : std::filesystem::directory_iterator{folder.path() / "rows"}) {
    std::filesystem::resize_file(file.path(), 40);
  }
  EXPECT_FALSE(again->find("a"));  // cut off: made again, not believed
}

TEST(Cache, WithoutAFolderNothingIsKept) {
  const auto cache = Cache::open({});
  ASSERT_TRUE(cache && cache->keep("a", sample_row()));
  EXPECT_FALSE(cache->find("a"));
}

TEST(Cache, ARowThatLacksAFigureIsRefused) {
  EXPECT_EQ(row_of("{\"name\": \"x\"}").error().kind, ErrorKind::kCorrupt);
  EXPECT_EQ(row_of("").error().kind, ErrorKind::kCorrupt);
}

TEST(Cache, AnotherArchiveIsAnotherDigest) {
  const TestFolder folder;
  evaluate::write_archive(folder.path(), 8);
  const auto before = digest_of_archive(folder.path());
  ASSERT_TRUE(before);
  EXPECT_EQ(before->size(), 64U);
  EXPECT_EQ(*digest_of_archive(folder.path()), *before);
  evaluate::write_archive(folder.path(), 9);
  EXPECT_NE(*digest_of_archive(folder.path()), *before);
}

TEST(Table, SaysWhatWasMeasuredAndWhatWasNot) {
  auto network = sample_row();
  network.name = "the student that ships";
  network.rows.reset();
  network.seconds.reset();
  network.settings.clear();
  const std::vector<Row> rows{sample_row(), network};
  const About about{"harmonic eval faces --all", "abc123", Split::kPrivateTest, 0};
  const auto text = text_table(rows, about);
  for (const char* part : {"eigenfaces + SVM", "12000", "43.2 / 33.3", "C 3, gamma 1", "81", "1.50",
                           "Turk & Pentland 1991", "PrivateTest", "69.3 / 67.0",
                           "measured elsewhere on the same pixels, not by this command"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("nan"), std::string::npos);
  EXPECT_EQ(text.find("flatter"), std::string::npos);
  const auto page = markdown_page(rows, about);
  EXPECT_NE(page.find("`abc123`"), std::string::npos);
  EXPECT_NE(page.find("(eigenfaces-svm.png)"), std::string::npos);
  EXPECT_EQ(page, markdown_page(rows, about));
}

TEST(Table, SaysThatAChoiceOnTheSameFacesFlatters) {
  const About about{"x", "y", Split::kPublicTest, 500};
  const auto text = text_table(std::vector{sample_row()}, about);
  EXPECT_NE(text.find("flatter"), std::string::npos);
  EXPECT_NE(text.find("the first 500 faces of every split only"), std::string::npos);
}

TEST(Table, PictureNamesAreDistinctAndPlain) {
  EXPECT_EQ(picture_name("landmark geometry + RBF network"), "landmark-geometry-rbf-network.png");
  EXPECT_EQ(picture_name("../x/"), "x.png");
}

}  // namespace
}  // namespace harmonic::classic
