#include "nn/graph.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "nn/onnx_for_tests.h"

namespace harmonic::nn {
namespace {

std::string small() {
  return OnnxWriter{}
      .input("x", {1, 1, 4, 4})
      .weights("w", {2, 1, 3, 3}, std::vector<float>(18, 0.5F))
      .numbers("to", {1, -1})
      .layer("Conv", {"x", "w"}, "c", integers("pads", {1, 1, 1, 1}) + text("auto_pad", "NOTSET"))
      .layer("Gemm", {"c", "w", ""}, "g", number("alpha", 2.5F) + integer("transB", 1))
      .output("g")
      .bytes();
}

TEST(Graph, ReadsLayersWeightsAndEnds) {
  const auto graph = read_graph(small()).value();
  ASSERT_EQ(graph.nodes.size(), 2U);
  EXPECT_EQ(graph.nodes[0].operation, "Conv");
  EXPECT_EQ(graph.nodes[0].inputs, (std::vector<std::string>{"x", "w"}));
  EXPECT_EQ(graph.nodes[0].outputs, std::vector<std::string>{"c"});
  EXPECT_EQ(graph.nodes[0].attributes.at("pads").integers, (Shape{1, 1, 1, 1}));
  EXPECT_EQ(graph.nodes[0].attributes.at("auto_pad").text, "NOTSET");
  EXPECT_EQ(graph.nodes[1].attributes.at("alpha").number, 2.5F);
  EXPECT_EQ(graph.nodes[1].attributes.at("transB").integer, 1);
  EXPECT_EQ(graph.constants.at("w").shape, (Shape{2, 1, 3, 3}));
  EXPECT_EQ(graph.constants.at("w").floats, std::vector<float>(18, 0.5F));
  EXPECT_EQ(graph.constants.at("to").integers, (Shape{1, -1}));
  ASSERT_EQ(graph.inputs.size(), 1U);
  EXPECT_EQ(graph.inputs[0].shape, (Shape{1, 1, 4, 4}));
  ASSERT_EQ(graph.outputs.size(), 1U);
  EXPECT_EQ(graph.outputs[0].name, "g");
}

TEST(Graph, ReadsTheShippedNetwork) {
  std::ifstream file{std::string{HARMONIC_SOURCE_DIR} + "/models/expression/expression.onnx",
                     std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  const auto graph = read_graph(bytes).value();
  EXPECT_EQ(graph.inputs.size(), 1U);
  EXPECT_EQ(graph.outputs.size(), 2U);
  EXPECT_GT(graph.nodes.size(), 20U);
}

// Guards against a reader that trusts a length: a file cut anywhere is refused.
TEST(Graph, CutAnywhereIsCorrupt) {
  const auto whole = small();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto graph = read_graph(std::string_view{whole}.substr(0, size));
    ASSERT_FALSE(graph.has_value()) << size;
    EXPECT_EQ(graph.error().kind, ErrorKind::kCorrupt) << size;
  }
}

TEST(Graph, RefusesWhatIsNoGraph) {
  const auto with = [](const std::string& part) { return field(7, part); };
  const struct {
    const char* what;
    std::string bytes;
  } table[] = {
      {"an endless varint", std::string(12, '\xFF')},
      {"a field without a number", std::string(2, '\0')},
      {"a group", varint(1U << 3U | 3U)},
      {"a graph that is a number", field(7, 5)},
      {"a length of 2^63", varint(7U << 3U | 2U) + varint(std::uint64_t{1} << 63U)},
      {"a name that is a number", with(field(1, field(4, 1)))},
      {"weights that are too few", with(field(5, field(1, 3) + field(2, 1) + field(8, "w")))},
      {"weights of negative size", with(field(5, field(1, -1) + field(2, 1) + field(8, "w")))},
      {"weights whose size overflows",
       with(field(5, field(1, std::int64_t{1} << 32) + field(1, std::int64_t{1} << 32) +
                         field(2, 1) + field(8, "w")))},
      {"half a float", with(field(5, field(1, 1) + field(2, 1) + field(8, "w") + field(9, "abc")))},
      {"two weights of one name",
       with(field(5, field(2, 9) + field(8, "w")) + field(5, field(2, 9) + field(8, "w")))},
  };
  for (const auto& [what, bytes] : table) {
    const auto graph = read_graph(bytes);
    ASSERT_FALSE(graph.has_value()) << what;
    EXPECT_EQ(graph.error().kind, ErrorKind::kCorrupt) << what;
  }
}

}  // namespace
}  // namespace harmonic::nn
