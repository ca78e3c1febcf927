#include "train/covers.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"
#include "nn/network.h"
#include "nn/standardise.h"

namespace harmonic::train {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFaces = 300;

void ignore(int, int, double) {}

std::string text_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

class CoverTraining : public testing::Test {
 protected:
  void SetUp() override { evaluate::write_archive(folder_.path(), kFaces); }

  [[nodiscard]] CoverSettings settings(const char* out) const {
    CoverSettings settings;
    settings.data = folder_.path();
    settings.out = folder_.path() / out;
    settings.epochs = 4;
    return settings;
  }

  TestFolder folder_;
};

// The failure: a network that is written otherwise than it learned, or a bound of other numbers.
TEST_F(CoverTraining, WhatIsWrittenIsWhatWasMeasured) {
  for (const char* file : {"private_test_images.u8", "private_test_labels.u8"})
    fs::remove(folder_.path() / file);  // which it must not miss
  const auto wanted = settings("cover");
  const auto scores = train_covers(wanted, ignore);
  ASSERT_TRUE(scores) << scores.error().message;
  const auto manifest = nlohmann::json::parse(text_of(wanted.out / "manifest.json"));
  const auto network =
      nn::Network::load(wanted.out / "cover.onnx", manifest["sha256"].get<std::string>());
  ASSERT_TRUE(network) << network.error().message;
  const auto faces = evaluate::read_split(folder_.path(), evaluate::Split::kPublicTest).value();
  std::array<int, 2> above{};
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const auto input = nn::standardised(faces.image(i), 48, 48, manifest["input"]["epsilon"]);
    const auto said = network->run(input, std::array<std::string, 1>{"covered"});
    ASSERT_TRUE(said) << said.error().message;
    for (std::size_t part = 0; part < 2; ++part) {
      const float bound = manifest["output"]["logits"][part]["bound"];
      // The bound is one of the numbers themselves, which another library rounds otherwise.
      above.at(part) += said->front().values.at(part) > bound + 1e-4F ? 1 : 0;
    }
  }
  for (std::size_t part = 0; part < 2; ++part) {
    EXPECT_NEAR(above.at(part), scores->at_rest.at(part) * kFaces, 1.01);
    EXPECT_LE(scores->at_rest.at(part), kFalseCovers);
  }
  EXPECT_EQ(scores->found[1][0], -1) << "glasses lie on no mouth";
}

TEST_F(CoverTraining, TheSameSeedGivesTheSameNetworkAndAnUnseenCoverAnother) {
  auto one = settings("one"), two = settings("two");
  ASSERT_TRUE(train_covers(one, ignore));
  ASSERT_TRUE(train_covers(two, ignore));
  EXPECT_EQ(text_of(one.out / "cover.onnx"), text_of(two.out / "cover.onnx"));
  two.unseen = evaluate::Cover::kHand;
  ASSERT_TRUE(train_covers(two, ignore));
  EXPECT_NE(text_of(one.out / "cover.onnx"), text_of(two.out / "cover.onnx"));
}

TEST_F(CoverTraining, SaysWhatCannotBeReadOrWritten) {
  auto nowhere = settings("cover");
  nowhere.data = folder_.path() / "nowhere";
  EXPECT_EQ(train_covers(nowhere, ignore).error().kind, ErrorKind::kNotFound);
  evaluate::write_file(folder_.path() / "file", "");
  const auto refused = train_covers(settings("file"), ignore);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("file"), std::string::npos);
}

}  // namespace
}  // namespace harmonic::train
