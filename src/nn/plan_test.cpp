#include "nn/plan.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>

#include "nn/arena.h"
#include "nn/onnx_for_tests.h"

namespace harmonic::nn {
namespace {

Result<std::optional<Plan>> planned(const std::string& bytes) {
  HARMONIC_TRY(const auto graph, read_graph(bytes));
  return plan_of(graph);
}

std::string shipped(const std::string& name) {
  std::ifstream file{std::string{HARMONIC_SOURCE_DIR} + "/models/expression/" + name,
                     std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::int64_t stated_macs() {
  const auto manifest = shipped("manifest.json");
  const std::string key = "\"macs\":";
  return std::stoll(manifest.substr(manifest.find(key) + key.size()));
}

OnnxWriter picture() { return OnnxWriter{}.input("x", {1, 2, 6, 6}); }

const std::vector<float> kNine(18, 0.1F);

OnnxWriter widened(const std::vector<std::int64_t>& zeros, std::int64_t axis = 1) {
  return picture()
      .numbers("to", zeros)
      .layer("ConstantOfShape", {"to"}, "zeros")
      .layer("Concat", {"x", "zeros"}, "y", integer("axis", axis));
}

// The macs are those that the trainer counted into the manifest; fewer steps compute the same.
TEST(Plan, KnowsTheShippedNetwork) {
  const auto bytes = shipped("expression.onnx");
  const auto plan = planned(bytes).value();
  ASSERT_TRUE(plan.has_value());
  const auto fewer = fused(*plan);
  EXPECT_EQ(macs_of(*plan), macs_of(fewer));
  EXPECT_EQ(macs_of(*plan), stated_macs());
  for (const auto& step : fewer.steps) {
    EXPECT_NE(step.kind, StepKind::kRelu);
    EXPECT_NE(step.kind, StepKind::kAdd);
  }
}

// Guards against a crash, an endless loop, or memory asked for by a file that lies.
TEST(Plan, RefusesGraphsThatCannotBe) {
  const auto huge = std::numeric_limits<std::int64_t>::max();
  const auto conv = [](const std::string& attributes) {
    return picture().weights("w", {1, 2, 3, 3}, kNine).layer("Conv", {"x", "w"}, "y", attributes);
  };
  const struct {
    const char* what;
    OnnxWriter graph;
  } table[] = {
      {"a missing tensor", picture().layer("Conv", {"x", "w"}, "y")},
      {"a missing bias", conv("").layer("Conv", {"x", "w", "b"}, "z")},
      {"a circle", picture().layer("Relu", {"b"}, "a").layer("Relu", {"a"}, "b")},
      {"a layer that reads itself", picture().layer("Relu", {"y"}, "y")},
      {"two of one name", picture().layer("Relu", {"x"}, "x")},
      {"a result without a name", picture().layer("Relu", {"x"}, "")},
      {"no input's name", picture().layer("Relu", {""}, "y")},
      {"a huge input", OnnxWriter{}.input("x", {huge, huge}).layer("Relu", {"x"}, "y")},
      {"a large input", OnnxWriter{}.input("x", {1, 1, 65536, 65536}).layer("Relu", {"x"}, "y")},
      {"a negative input", OnnxWriter{}.input("x", {1, -1, 6, 6}).layer("Relu", {"x"}, "y")},
      {"weights for other channels", OnnxWriter{}
                                         .input("x", {1, 3, 6, 6})
                                         .weights("w", {1, 2, 3, 3}, kNine)
                                         .layer("Conv", {"x", "w"}, "y")},
      {"a flat picture", OnnxWriter{}
                             .input("x", {1, 72})
                             .weights("w", {1, 2, 3, 3}, kNine)
                             .layer("Conv", {"x", "w"}, "y")},
      {"a kernel that is too large", OnnxWriter{}
                                         .input("x", {1, 2, 2, 2})
                                         .weights("w", {1, 2, 3, 3}, kNine)
                                         .layer("Conv", {"x", "w"}, "y")},
      {"another kernel", conv(integers("kernel_shape", {5, 5}))},
      {"stride 0", conv(integers("strides", {0, 1}))},
      {"a huge stride", conv(integers("strides", {huge, huge}))},
      {"negative padding", conv(integers("pads", {-1, 0, 0, 0}))},
      {"huge padding", conv(integers("pads", {huge, huge, huge, huge}))},
      {"three pads", conv(integers("pads", {1, 1, 1}))},
      {"a pool without a kernel", picture().layer("MaxPool", {"x"}, "y")},
      {"weights that are not finite",
       picture()
           .weights("w", {1, 2, 1, 1}, {1, std::numeric_limits<float>::quiet_NaN()})
           .layer("Conv", {"x", "w"}, "y")},
      {"a shape that does not fit",
       picture().numbers("to", {7, -1}).layer("Reshape", {"x", "to"}, "y")},
      {"a negative shape", picture().numbers("to", {-5, 2}).layer("Reshape", {"x", "to"}, "y")},
      {"no shape", picture().numbers("to", {}).layer("Reshape", {"x", "to"}, "y")},
      {"rows for another input", OnnxWriter{}
                                     .input("x", {1, 3})
                                     .weights("w", {2, 9}, kNine)
                                     .layer("MatMul", {"x", "w"}, "y")},
      {"sides that are not there",
       picture().layer("Transpose", {"x"}, "y", integers("perm", {0, 1, 2, 4}))},
      {"a side twice", picture().layer("Transpose", {"x"}, "y", integers("perm", {0, 1, 2, 2}))},
      {"channels of another size", widened({1, 2, 5, 6})},
      {"channels without end", widened({1, 1'800'000, 6, 6})},
      {"zeros of a name that is taken",
       picture().numbers("to", {1}).layer("ConstantOfShape", {"to"}, "x")},
      {"a sum of one", picture().layer("Add", {"x"}, "y")},
  };
  for (const auto& [what, graph] : table) {
    const auto plan = planned(OnnxWriter{graph}.output("y").bytes());
    ASSERT_FALSE(plan.has_value()) << what;
    EXPECT_EQ(plan.error().kind, ErrorKind::kCorrupt) << what;
  }
  EXPECT_FALSE(planned(picture().layer("Relu", {"x"}, "y").bytes()).has_value()) << "no output";
  EXPECT_FALSE(planned(picture().layer("Relu", {"x"}, "y").output("z").bytes()).has_value());
}

// Guards against a layer that is computed as if it were a plain one.
TEST(Plan, LeavesOtherLayersToAnotherEngine) {
  const auto conv = [](const std::string& attributes) {
    return picture().weights("w", {1, 2, 3, 3}, kNine).layer("Conv", {"x", "w"}, "y", attributes);
  };
  const struct {
    const char* what;
    OnnxWriter graph;
  } table[] = {
      {"an operation of another name", picture().layer("Sigmoid", {"x"}, "y")},
      {"an operation of another house", picture().layer("Relu", {"x"}, "y", field(7, "com.x"))},
      {"groups", conv(integer("group", 2))},
      {"an order of sides that is not stated", picture().layer("Transpose", {"x"}, "y")},
      {"channels of something else",
       picture().layer("Concat", {"x", "x"}, "y", integer("axis", 1))},
      {"rows of zeros", widened({1, 2, 6, 6}, 2)},
      {"channels of no stated size", widened({0, 2, 6, 6})},
      {"holes", conv(integers("dilations", {2, 2}))},
      {"automatic padding", conv(text("auto_pad", "SAME_UPPER"))},
      {"a rounded-up size",
       picture().layer("MaxPool", {"x"}, "y",
                       integers("kernel_shape", {2, 2}) + integer("ceil_mode", 1))},
      {"a computed weight", conv("").layer("Conv", {"y", "y"}, "z")},
      {"a mean over channels", picture().layer("ReduceMean", {"x"}, "y", integers("axes", {1}))},
      {"a stretched sum",
       picture().layer("GlobalAveragePool", {"x"}, "m").layer("Add", {"x", "m"}, "y")},
      {"an open size", OnnxWriter{}.input("x", {0, 2, 6, 6}).layer("Relu", {"x"}, "y")},
      {"two inputs", picture().input("z", {1, 2, 6, 6}).layer("Add", {"x", "z"}, "y")},
      {"a product that is scaled", OnnxWriter{}
                                       .input("x", {1, 9})
                                       .weights("w", {9, 2}, kNine)
                                       .layer("Gemm", {"x", "w"}, "y", number("alpha", 2))},
  };
  for (const auto& [what, graph] : table) {
    const auto plan = planned(OnnxWriter{graph}.output("y").bytes());
    ASSERT_TRUE(plan.has_value()) << what << ": " << plan.error().message;
    EXPECT_FALSE(plan->has_value()) << what;
  }
}

// Guards against values that overwrite each other.
TEST(Arena, ThoseThatLiveTogetherDoNotOverlap) {
  std::vector<Lifetime> lifetimes;
  for (std::size_t i = 0; i < 40; ++i) {
    lifetimes.push_back({1 + i * 7919 % 1000, i, i + i * 31 % 5});
  }
  const auto arena = arena_for(lifetimes);
  std::size_t sum = 0;
  for (std::size_t i = 0; i < lifetimes.size(); ++i) {
    sum += lifetimes[i].bytes;
    EXPECT_EQ(arena.offsets[i] % 64, 0U);
    EXPECT_LE(arena.offsets[i] + lifetimes[i].bytes, arena.bytes);
    for (std::size_t j = 0; j < i; ++j) {
      if (lifetimes[j].last < lifetimes[i].first) continue;
      EXPECT_TRUE(arena.offsets[i] + lifetimes[i].bytes <= arena.offsets[j] ||
                  arena.offsets[j] + lifetimes[j].bytes <= arena.offsets[i]);
    }
  }
  EXPECT_LT(arena.bytes, sum) << "nothing shares memory";
}

}  // namespace
}  // namespace harmonic::nn
