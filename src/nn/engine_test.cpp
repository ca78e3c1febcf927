#include "nn/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <thread>

#include "nn/onnx_for_tests.h"
#include "nn/reference_for_tests.h"

namespace harmonic::nn {
namespace {

using Random = std::mt19937;

std::vector<float> normal(std::size_t count, Random& random, float deviation = 1) {
  std::normal_distribution<float> draw{0, deviation};
  std::vector<float> values(count);
  for (float& value : values) value = draw(random);
  return values;
}

std::string model(const std::string& name) {
  std::ifstream file{std::string{HARMONIC_SOURCE_DIR} + "/models/" + name, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string shipped() { return model("expression/expression.onnx"); }

Plan plan_for(const std::string& bytes) {
  return plan_of(read_graph(bytes).value()).value().value();
}

Tensor tensor_of(const Shape& shape, std::vector<float> values) {
  return {{shape.begin(), shape.end()}, std::move(values)};
}

// Random numbers, and pieces of a photograph at several sizes, standardised as the classifier does.
std::vector<Tensor> faces() {
  const Shape shape{1, 1, 48, 48};
  std::vector<Tensor> inputs;
  Random random{1};
  for (int i = 0; i < 12; ++i) inputs.push_back(tensor_of(shape, normal(48UL * 48, random)));
  const auto photograph = cv::imread(
      std::string{HARMONIC_SOURCE_DIR} + "/tests/fixtures/astronaut.png", cv::IMREAD_GRAYSCALE);
  for (const int side : {48, 96, 160, 224}) {
    for (int at = 0; at < 4; ++at) {
      cv::Mat small;
      cv::resize(photograph(cv::Rect(60 * at, 30 * at, side, side)), small, {48, 48});
      small.convertTo(small, CV_32F);
      cv::Scalar mean, deviation;
      cv::meanStdDev(small, mean, deviation);
      small = (small - mean[0]) / std::max(deviation[0], 1.0);
      inputs.push_back(tensor_of(shape, {small.begin<float>(), small.end<float>()}));
    }
  }
  return inputs;
}

// Guards against an engine that computes another function than the one that was trained.
TEST(Engine, BothAgreeOnTheShippedNetwork) {
  const std::vector<std::string> heads{"fer2013", "ferplus"};
  const auto fast = onednn_engine(fused(plan_for(shipped()))).value();
  const auto other = opencv_engine(shipped()).value();
  for (const auto& input : faces()) {
    const auto ours = fast->run(input, heads).value();
    const auto theirs = other->run(input, heads).value();
    ASSERT_EQ(ours.size(), 2U);
    for (std::size_t head = 0; head < 2; ++head) {
      ASSERT_EQ(ours[head].shape, theirs[head].shape);
      for (std::size_t i = 0; i < ours[head].values.size(); ++i) {
        EXPECT_NEAR(ours[head].values[i], theirs[head].values[i], 1e-4);
      }
    }
  }
}

// Four outputs of each of its networks, on noise from -1 to 1 and on nothing but black.
TEST(Engine, BothAgreeOnTheFaceFinder) {
  const std::vector<std::string> outputs{"Identity:0", "Identity_1:0", "Identity_2:0",
                                         "Identity_3:0"};
  Random random{5};
  for (const std::int64_t side : {128, 256}) {
    const std::string kind = side == 128 ? "front_128x128" : "back_256x256";
    const auto bytes = model("blazeface/face_detection_" + kind + "_barracuda.onnx");
    const auto fast = onednn_engine(fused(plan_for(bytes))).value();
    const auto other = opencv_engine(bytes).value();
    const auto count = static_cast<std::size_t>(side * side * 3);
    for (const auto& values : {normal(count, random, 0.4F), std::vector<float>(count, -1.0F)}) {
      const auto input = tensor_of({1, side, side, 3}, values);
      const auto ours = fast->run(input, outputs).value();
      const auto theirs = other->run(input, outputs).value();
      for (std::size_t i = 0; i < outputs.size(); ++i) {
        ASSERT_EQ(ours[i].shape, theirs[i].shape);
        // Sums in another order differ by what the largest rounds to, the small ones as well.
        float largest = 0;
        for (const float value : theirs[i].values) largest = std::max(largest, std::abs(value));
        for (std::size_t k = 0; k < ours[i].values.size(); ++k) {
          ASSERT_NEAR(ours[i].values[k], theirs[i].values[k], 1e-5 * (10 + largest));
        }
      }
    }
  }
}

void expect_as_reference(const std::string& bytes, Random& random, const std::string& what) {
  const auto plan = plan_for(bytes);
  const auto& shape = plan.shapes[plan.input];
  const auto input =
      tensor_of(shape, normal(static_cast<std::size_t>(elements_of(shape).value()), random));
  const auto expected = Reference::run(plan, input.values);
  for (const auto& engine : {onednn_engine(plan), onednn_engine(fused(plan))}) {
    ASSERT_TRUE(engine.has_value()) << what << engine.error().message;
    for (int turn = 0; turn < 2; ++turn) {  // the second in the memory that the first has used
      for (const auto& [name, numbers] : expected) {
        const auto result = (*engine)->run(input, std::vector{name});
        ASSERT_TRUE(result.has_value()) << what << result.error().message;
        const auto& got = result->front().values;
        ASSERT_EQ(got.size(), numbers.size()) << what;
        for (std::size_t i = 0; i < got.size(); ++i) {
          ASSERT_NEAR(got[i], numbers[i], 1e-4 * (1 + std::abs(numbers[i]))) << what << name << i;
        }
      }
    }
  }
}

// A graph with pictures of `channels`, to which each row of the table adds its layers.
OnnxWriter picture(std::int64_t channels, Random& random) {
  const auto count = static_cast<std::size_t>(channels * channels);
  return OnnxWriter{}
      .input("x", {2, channels, 9, 7})
      .weights("w3", {channels, channels, 3, 3}, normal(count * 9, random, 0.2F))
      .weights("w1", {channels, channels, 1, 1}, normal(count, random, 0.3F))
      .weights("b", {channels}, normal(static_cast<std::size_t>(channels), random))
      .weights("rows", {channels, 5}, normal(static_cast<std::size_t>(channels) * 5, random))
      .weights("five", {5}, normal(5, random))
      .numbers("flat", {0, -1});
}

std::string around(std::int64_t pad) { return integers("pads", {pad, pad, pad, pad}); }

// Guards against a wrong layout, padding, sum onto something still needed, or order of a window.
TEST(Engine, ComputesEveryPlainLayerByTheTextbook) {
  using Build = OnnxWriter (*)(OnnxWriter);
  const struct {
    const char* what;
    Build build;
  } table[] = {
      {"relu", [](OnnxWriter w) { return w.layer("Relu", {"x"}, "y"); }},
      {"conv without bias",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w3"}, "y");
       }},
      {"uneven padding and stride",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w3", "b"}, "y",
                        integers("pads", {1, 0, 2, 1}) + integers("strides", {2, 1}));
       }},
      {"x + conv(x)",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w3", "b"}, "c", around(1))
             .layer("Add", {"x", "c"}, "s")
             .layer("Relu", {"s"}, "y");
       }},
      {"a block",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w3", "b"}, "a", around(1) + integers("strides", {2, 2}))
             .layer("Relu", {"a"}, "r")
             .layer("Conv", {"r", "w3", "b"}, "c", around(1))
             .layer("Conv", {"x", "w1", "b"}, "s", integers("strides", {2, 2}))
             .layer("Add", {"c", "s"}, "t")
             .layer("Relu", {"t"}, "y");
       }},
      {"a sum whose part is read later",
       [](OnnxWriter w) {
         return w.layer("Relu", {"x"}, "r")
             .layer("Conv", {"r", "w1", "b"}, "a")
             .layer("Conv", {"a", "w1", "b"}, "c")
             .layer("Add", {"c", "r"}, "s")
             .layer("Conv", {"s", "w1"}, "d")
             .layer("Add", {"d", "r"}, "y");
       }},
      {"a part that is an output as well",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w1", "b"}, "a")
             .layer("Conv", {"a", "w1"}, "c")
             .layer("Add", {"a", "c"}, "y")
             .output("a")
             .output("c");
       }},
      {"twice the same",
       [](OnnxWriter w) {
         return w.layer("Add", {"x", "x"}, "y");
       }},
      {"a sum of no convolutions",
       [](OnnxWriter w) {
         return w.layer("Relu", {"x"}, "r").layer("Add", {"r", "x"}, "s").layer("Relu", {"s"}, "y");
       }},
      {"the greatest",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w1", "b"}, "c")
             .layer("MaxPool", {"c"}, "y",
                    integers("kernel_shape", {3, 2}) + integers("strides", {2, 2}) +
                        integers("pads", {1, 0, 1, 1}));
       }},
      {"the mean with its padding",
       [](OnnxWriter w) {
         return w.layer(
             "AveragePool", {"x"}, "y",
             integers("kernel_shape", {3, 3}) + around(1) + integer("count_include_pad", 1));
       }},
      {"the mean without its padding",
       [](OnnxWriter w) {
         return w.layer("AveragePool", {"x"}, "y", integers("kernel_shape", {3, 3}) + around(1));
       }},
      {"two heads",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w3", "b"}, "c")
             .layer("GlobalAveragePool", {"c"}, "m")
             .layer("Flatten", {"m"}, "f")
             .layer("Gemm", {"f", "rows", "five"}, "y")
             .layer("MatMul", {"f", "rows"}, "p")
             .layer("Add", {"p", "five"}, "z")
             .output("z");
       }},
      {"a mean that is flat",
       [](OnnxWriter w) {
         return w.layer("ReduceMean", {"x"}, "y",
                        integers("axes", {-2, -1}) + integer("keepdims", 0));
       }},
      {"another shape",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w1"}, "c")
             .layer("Reshape", {"c", "flat"}, "f")
             .layer("Relu", {"f"}, "y");
       }},
      {"rows of channels",
       [](OnnxWriter w) {
         return w.layer("Conv", {"x", "w1", "b"}, "c")
             .layer("Transpose", {"c"}, "t", integers("perm", {0, 2, 3, 1}))
             .layer("Reshape", {"t", "flat"}, "f")
             .layer("Relu", {"f"}, "r")
             .layer("Transpose", {"x"}, "turned", integers("perm", {2, 3, 0, 1}))
             .layer("Transpose", {"r"}, "y", integers("perm", {1, 0}))
             .output("turned");
       }},
      {"the input", [](OnnxWriter w) { return w.layer("Relu", {"x"}, "y").output("x"); }},
  };
  Random random{2};
  for (const std::int64_t channels : {1, 3, 16, 20}) {
    for (const auto& [what, build] : table) {
      const auto bytes = build(picture(channels, random)).output("y").bytes();
      expect_as_reference(bytes, random, std::string{what} + std::to_string(channels) + " ");
    }
  }
}

// What face finders are made of: guards against channels that are mixed up, or put where none are.
TEST(Engine, ComputesAWindowForEachChannelAndWidens) {
  Random random{4};
  for (const std::int64_t channels : {3, 16, 20}) {
    const auto count = static_cast<std::size_t>(channels);
    const auto bytes = picture(channels, random)
                           .weights("each", {channels, 1, 3, 3}, normal(count * 9, random, 0.4F))
                           .numbers("five more", {2, 5, 4, 7})
                           .layer("Conv", {"x", "each", "b"}, "d",
                                  integer("group", channels) + integers("pads", {0, 1, 1, 1}) +
                                      integers("strides", {2, 1}))
                           .layer("Relu", {"d"}, "r")
                           .layer("ConstantOfShape", {"five more"}, "zeros")
                           .layer("Concat", {"r", "zeros"}, "y", integer("axis", 1))
                           .output("y")
                           .output("d")
                           .bytes();
    expect_as_reference(bytes, random, std::to_string(channels) + " channels ");
  }
}

// Guards against a file that got one wrong byte: refused, or another network, but never a crash.
TEST(Engine, SurvivesAnyWrongByte) {
  Random random{3};
  const auto whole = picture(1, random)
                         .layer("Conv", {"x", "w3", "b"}, "c", around(1))
                         .layer("Add", {"c", "x"}, "y")
                         .output("y")
                         .bytes();
  int ran = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      auto bytes = whole;
      bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ flip);
      const auto graph = read_graph(bytes);
      if (!graph) continue;
      const auto plan = plan_of(*graph);
      if (!plan || !*plan || elements_of((*plan)->shapes[0]).value() > 100'000) continue;
      const auto engine = onednn_engine(fused(**plan));
      if (!engine) continue;
      const auto& shape = (*plan)->shapes[(*plan)->input];
      const auto count = static_cast<std::size_t>(elements_of(shape).value());
      const std::vector<std::string> names{(*plan)->outputs.begin()->first};
      if ((*engine)->run(tensor_of(shape, std::vector<float>(count, 0.5F)), names)) ++ran;
    }
  }
  EXPECT_GT(ran, 100) << "the test reached no engine";
}

TEST(Engine, SaysWhatItCannotTake) {
  const auto engine = onednn_engine(fused(plan_for(shipped()))).value();
  const Tensor batch{{2, 1, 48, 48}, std::vector<float>(2UL * 48 * 48)};
  const Tensor face{{1, 1, 48, 48}, std::vector<float>(48UL * 48)};
  EXPECT_EQ(engine->run(batch, std::vector<std::string>{"ferplus"}).error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_EQ(engine->run(face, std::vector<std::string>{"nobody"}).error().kind,
            ErrorKind::kCorrupt);
}

// Guards against memory that two calls share: many threads must give exactly what one alone gives.
TEST(Engine, ManyThreadsAgreeWithOne) {
  const auto engine = onednn_engine(fused(plan_for(shipped()))).value();
  const auto inputs = faces();
  const std::vector<std::string> heads{"ferplus"};
  std::vector<std::vector<float>> alone;
  for (const auto& input : inputs) alone.push_back(engine->run(input, heads)->front().values);
  std::vector<int> wrong(8, 0);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = 0; i < 4 * inputs.size(); ++i) {
          const auto which = (i + t) % inputs.size();
          const auto result = engine->run(inputs[which], heads);
          if (!result || result->front().values != alone[which]) ++wrong[t];
        }
      });
    }
  }
  EXPECT_EQ(wrong, std::vector<int>(8, 0));
}

}  // namespace
}  // namespace harmonic::nn
