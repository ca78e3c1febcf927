#include "identity/recogniser.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "identity/classics.h"
#include "identity/descriptor.h"
#include "identity/drawn_people.h"
#include "identity/embedding.h"
#include "identity/model.h"
#include "identity/training.h"
#include "identity/trial.h"

namespace harmonic::identity {
namespace {

constexpr EmbeddingPlan kSmallPlan{30, 10, 0.3};

Matrix descriptors_of(const std::vector<Person>& people) {
  Matrix rows{people.size() * 2, kDescriptorLength};
  for (std::size_t i = 0; i < rows.rows; ++i) {
    const auto one = describe(people[i / 2].portraits.at(i % 2));
    std::copy(one.begin(), one.end(), rows.row(i).begin());
  }
  return rows;
}

const EmbeddingWeights& trained() {
  static const auto weights = fit_embedding(descriptors_of(drawn_people(100, 40, 2)), kSmallPlan);
  return *weights;
}

std::vector<std::unique_ptr<Recogniser>> all_recognisers() {
  std::vector<image::Picture> others;
  for (const auto& person : drawn_people(100, 40, 1)) others.push_back(person.portraits.front());
  std::vector<std::unique_ptr<Recogniser>> all;
  all.push_back(make_eigenfaces(others, 20));
  all.push_back(make_pattern_histograms());
  all.push_back(make_embedding(trained()));
  return all;
}

TEST(Recognisers, TellDrawnPeopleApartAndKnowStrangers) {
  for (const auto& recogniser : all_recognisers()) {
    SCOPED_TRACE(recogniser->name());
    const auto people = features_of(*recogniser, drawn_people(0, 16, 5));
    ASSERT_EQ(people.front().pictures.front().size(), recogniser->length());
    const auto asked = ask(*recogniser, people, {8, 3}, 1);
    ASSERT_EQ(asked.size(), 32U);
    const auto shares = shares_at(asked, threshold_for(asked, 0.0));
    EXPECT_EQ(shares.strangers, 0);
    EXPECT_GE(shares.rank1, 0.9);
    EXPECT_GE(shares.listeners, 0.5);
  }
}

TEST(Recognisers, AnswerUnknownBelowTheThreshold) {
  const auto recogniser = make_embedding(trained());
  const auto people = features_of(*recogniser, drawn_people(0, 6, 4));
  const std::span enrolled{people.data(), 5};
  const auto own = recognise(*recogniser, enrolled, people[2].pictures[0], 0);
  ASSERT_TRUE(own) << own.error().message;
  EXPECT_TRUE(own->known);
  EXPECT_EQ(own->nearest, 2U);
  const auto above = recognise(*recogniser, enrolled, people[2].pictures[0], own->score + 1);
  EXPECT_FALSE(above->known);
  const auto stranger = recognise(*recogniser, enrolled, people[5].pictures[0], own->score);
  EXPECT_FALSE(stranger->known);
}

TEST(Recognisers, RefuseFeaturesOfAnotherSizeAndNobody) {
  const auto recogniser = make_embedding(trained());
  const Features right(recogniser->length(), 0.5F), wrong(recogniser->length() + 1, 0.5F);
  const std::vector<Listener> one{{"Ann", {right}}}, mixed{{"Ann", {right, wrong}}},
      empty{{"Ann", {}}};
  EXPECT_TRUE(recognise(*recogniser, one, right, 0));
  EXPECT_FALSE(recognise(*recogniser, one, wrong, 0));
  EXPECT_FALSE(recognise(*recogniser, mixed, right, 0));
  EXPECT_FALSE(recognise(*recogniser, empty, right, 0));
  EXPECT_FALSE(recognise(*recogniser, {}, right, 0));
}

TEST(Embedding, TheSamePicturesGiveTheSameWeights) {
  const auto again = fit_embedding(descriptors_of(drawn_people(100, 40, 2)), kSmallPlan);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(encode_weights(*again), encode_weights(trained()));
  const auto other = fit_embedding(descriptors_of(drawn_people(101, 40, 2)), kSmallPlan);
  EXPECT_NE(encode_weights(*other), encode_weights(trained()));
}

TEST(Embedding, RefusesTooFewPeople) {
  const auto fitted = fit_embedding(descriptors_of(drawn_people(0, 30, 2)), kSmallPlan);
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.error().kind, ErrorKind::kInvalidInput);
}

TEST(Embedding, WeightsComeBackAndDamageIsSeen) {
  const auto bytes = encode_weights(trained());
  const auto read = decode_weights(bytes);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(encode_weights(*read), bytes);
  for (const std::size_t cut :
       {std::size_t{0}, std::size_t{3}, std::size_t{15}, bytes.size() - 1}) {
    EXPECT_FALSE(decode_weights(bytes.substr(0, cut))) << cut;
  }
  EXPECT_FALSE(decode_weights(bytes + "x"));
  auto spread = trained();
  spread.within[0] = 0;  // would be divided by
  EXPECT_FALSE(decode_weights(encode_weights(spread)));
}

TEST(Trial, ThresholdLetsNoMorePassThanItSays) {
  std::vector<Asked> asked;
  for (int i = 0; i < 1000; ++i) asked.push_back({static_cast<double>(i / 2), false, false});
  for (const double rate : {0.0, 0.001, 0.01, 0.5}) {
    EXPECT_LE(shares_at(asked, threshold_for(asked, rate)).strangers, rate);
  }
  EXPECT_GE(shares_at(asked, threshold_for(asked, 0.01)).strangers, 0.008);
}

TEST(Model, TheManifestIsRead) {
  const auto read = parse_model_manifest(R"({"file":"a.bin","sha256":"00","threshold":1.5})");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->threshold, 1.5);
  for (const auto* bad : {"", "[]", R"({"file":"a.bin","sha256":"00"})",
                          R"({"file":"../a","sha256":"00","threshold":1})",
                          R"({"file":"a.bin","sha256":"00","threshold":"1"})"}) {
    EXPECT_FALSE(parse_model_manifest(bad)) << bad;
  }
}

TEST(Model, TheShippedWeightsAreWhole) {
  const auto model = load_shipped_model(HARMONIC_SOURCE_DIR);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->recogniser->features(drawn_portrait(1, 0)).size(), model->recogniser->length());
}

TEST(People, ReadsGreyMaps) {
  const auto picture = decode_pgm(std::string{"P5\n2 3\n255\nabcdef"});
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(picture->width, 2);
  EXPECT_EQ(picture->pixels, (std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
  for (const auto* bad : {"", "P5", "P5 2 3", "P5 2 3 255\nabcde", "P5 2 3 255\nabcdefg",
                          "P6 2 3 255\nabcdef", "P5 0 3 255\n", "P5 2 3 65535\nabcdef",
                          "P5 99999999 99999999 255\n", "P52 3 255\nabcdef"}) {
    EXPECT_FALSE(decode_pgm(bad)) << bad;
  }
}

}  // namespace
}  // namespace harmonic::identity
