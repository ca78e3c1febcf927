#include "nn/network.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/digest.h"
#include "nn/onnx_for_tests.h"

namespace harmonic::nn {
namespace {

namespace fs = std::filesystem;

const fs::path kExpression = fs::path{HARMONIC_SOURCE_DIR} / "models/expression/expression.onnx";
const std::vector<std::string> kHeads{"fer2013", "ferplus"};

Network expression() {
  return Network::load(kExpression, sha256_of_file(kExpression).value()).value();
}

Tensor face_of(float value) { return {{1, 1, 48, 48}, std::vector<float>(48U * 48U, value)}; }

// Guards against weights that were exchanged or damaged on the disk and are run all the same.
TEST(Network, AnotherDigestIsCorrupt) {
  const auto network = Network::load(kExpression, std::string(64, '0'));
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().kind, ErrorKind::kCorrupt);
  EXPECT_NE(network.error().message.find("digest"), std::string::npos);
}

TEST(Network, MissingWeightsAreNotFound) {
  EXPECT_EQ(Network::load("/nowhere/a.onnx", "").error().kind, ErrorKind::kNotFound);
}

// Guards against the library's exceptions leaving the module.
TEST(Network, BytesThatAreNoNetworkAreCorrupt) {
  for (const char* bytes : {"", "not a network", "\x08\x07\x12\x01"}) {
    const auto network = Network::from_onnx(bytes);
    ASSERT_FALSE(network.has_value()) << bytes;
    EXPECT_EQ(network.error().kind, ErrorKind::kCorrupt);
  }
}

TEST(Network, GivesItsOutputsByName) {
  const auto outputs = expression().run(face_of(0), kHeads);
  ASSERT_TRUE(outputs.has_value()) << outputs.error().message;
  ASSERT_EQ(outputs->size(), 2U);
  EXPECT_EQ(outputs->at(0).values.size(), 7U);
  EXPECT_EQ(outputs->at(1).values.size(), 8U);
}

TEST(Network, RefusesAnInputThatDoesNotFillItsShape) {
  const auto network = expression();
  const Tensor table[] = {{{}, {}}, {{1, 1, 48, 48}, {1, 2, 3}}, {{1, 0, 48, 48}, {}}};
  for (const auto& input : table) {
    const auto outputs = network.run(input, kHeads);
    ASSERT_FALSE(outputs.has_value());
    EXPECT_EQ(outputs.error().kind, ErrorKind::kInvalidInput);
  }
}

// Guards against a network that is refused because it is not plain, or computed as if it were.
TEST(Network, LayersThatAreNotPlainRunByTheOtherEngine) {
  const auto bytes =
      OnnxWriter{}.input("x", {1, 2}).layer("Sigmoid", {"x"}, "y").output("y").bytes();
  const auto network = Network::from_onnx(bytes);
  ASSERT_TRUE(network.has_value()) << network.error().message;
  const auto outputs = network->run({{1, 2}, {0, 2}}, std::vector<std::string>{"y"});
  ASSERT_TRUE(outputs.has_value()) << outputs.error().message;
  EXPECT_NEAR(outputs->front().values.at(0), 0.5F, 1e-6);
  EXPECT_NEAR(outputs->front().values.at(1), 0.880797F, 1e-5);
}

TEST(Network, LayersThatNobodyKnowsAreCorrupt) {
  const auto network = Network::from_onnx(
      OnnxWriter{}.input("x", {1, 2}).layer("Guess", {"x"}, "y").output("y").bytes());
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().kind, ErrorKind::kCorrupt);
}

// Guards against activations shared between threads: many at once must give what one alone gives.
TEST(Network, ManyThreadsAgreeWithOne) {
  const auto network = expression();
  std::vector<std::vector<float>> alone;
  for (int i = 0; i < 4; ++i) {
    alone.push_back(network.run(face_of(static_cast<float>(i)), kHeads)->at(1).values);
  }
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        for (int turn = 0; turn < 5; ++turn) {
          const auto outputs = network.run(face_of(static_cast<float>(i)), kHeads);
          if (!outputs || outputs->at(1).values != alone[i]) ++wrong[i];
        }
      });
    }
  }
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace harmonic::nn
