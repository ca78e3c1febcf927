#include "nn/graph.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "nn/wire.h"

namespace harmonic::nn {

namespace {

// The types of numbers that plain networks have, by ONNX's TensorProto.DataType.
constexpr std::int64_t kFloat = 1;
constexpr std::int64_t kInt64 = 7;

// Calls `take` with each field of `message` until one fails.
template <typename Take>
Result<void> each_field(std::string_view message, Take take) {
  WireReader reader{message};
  while (true) {
    HARMONIC_TRY(const auto field, reader.next());
    if (!field) return {};
    HARMONIC_CHECK(take(*field));
  }
}

Result<void> text_into(const Field& field, std::string& to) {
  HARMONIC_TRY(to, bytes_in(field));
  return {};
}

Result<void> integer_into(const Field& field, std::int64_t& to) {
  HARMONIC_TRY(to, integer_in(field));
  return {};
}

// The numbers that a shape holds, or the most that fit where they do not.
std::size_t count_of(const Shape& shape) {
  std::size_t count = 1;
  for (const auto side : shape) {
    const auto factor = static_cast<std::size_t>(side);
    if (factor != 0 && count > std::numeric_limits<std::size_t>::max() / factor) {
      return std::numeric_limits<std::size_t>::max();
    }
    count *= factor;
  }
  return count;
}

Result<void> read_values(std::int64_t type, std::string_view raw, Constant& constant,
                         const std::string& name) {
  if (type == kFloat && !raw.empty()) HARMONIC_CHECK(append_raw_floats(raw, constant.floats));
  if (type == kInt64 && !raw.empty()) HARMONIC_CHECK(append_raw_integers(raw, constant.integers));
  if (type != kFloat) constant.floats.clear();
  if (type != kInt64) constant.integers.clear();
  if (type != kFloat && type != kInt64) return {};
  const auto held = constant.floats.size() + constant.integers.size();
  const bool negative = std::ranges::any_of(constant.shape, [](auto side) { return side < 0; });
  if (negative || held != count_of(constant.shape)) {
    return fail(ErrorKind::kCorrupt, "weights " + name + " do not fill their shape");
  }
  return {};
}

Result<std::pair<std::string, Constant>> read_constant(std::string_view message) {
  std::pair<std::string, Constant> read;
  auto& [name, constant] = read;
  std::int64_t type = 0;
  std::int64_t location = 0;
  std::string_view raw;
  HARMONIC_CHECK(
      each_field(message, [&, &to = constant, &named = name](const Field& field) -> Result<void> {
        switch (field.number) {
          case 1: return append_integers(field, to.shape);
          case 2: return integer_into(field, type);
          case 4: return append_floats(field, to.floats);
          case 7: return append_integers(field, to.integers);
          case 8: return text_into(field, named);
          case 9: raw = field.bytes; break;
          case 14: return integer_into(field, location);
          default: break;
        }
        return {};
      }));
  if (location == 0) {
    HARMONIC_CHECK(read_values(type, raw, constant, name));
  } else {  // the numbers are in another file
    constant.floats.clear();
    constant.integers.clear();
  }
  return read;
}

Result<std::pair<std::string, Attribute>> read_attribute(std::string_view message) {
  std::pair<std::string, Attribute> read;
  auto& [name, attribute] = read;
  HARMONIC_CHECK(
      each_field(message, [&to = attribute, &named = name](const Field& field) -> Result<void> {
        switch (field.number) {
          case 1: return text_into(field, named);
          case 2: {
            HARMONIC_TRY(to.number, float_in(field));
            break;
          }
          case 3: return integer_into(field, to.integer);
          case 4: return text_into(field, to.text);
          case 8: return append_integers(field, to.integers);
          default: break;
        }
        return {};
      }));
  return read;
}

Result<Node> read_node(std::string_view message) {
  Node node;
  HARMONIC_CHECK(each_field(message, [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1: return text_into(field, node.inputs.emplace_back());
      case 2: return text_into(field, node.outputs.emplace_back());
      case 4: return text_into(field, node.operation);
      case 5: {
        HARMONIC_TRY(const auto bytes, bytes_in(field));
        HARMONIC_TRY(auto attribute, read_attribute(bytes));
        node.attributes.insert(std::move(attribute));
        break;
      }
      case 7: return text_into(field, node.domain);
      default: break;
    }
    return {};
  }));
  return node;
}

Result<std::int64_t> read_side(std::string_view message) {
  std::int64_t side = 0;
  HARMONIC_CHECK(each_field(message, [&](const Field& field) {
    return field.number == 1 ? integer_into(field, side) : Result<void>{};
  }));
  return side;
}

// Calls `inner` with each message that stands in field `wanted` of `message`.
template <typename Inner>
Result<void> each_inner(std::string_view message, std::uint32_t wanted, Inner inner) {
  return each_field(message, [&](const Field& field) -> Result<void> {
    if (field.number != wanted) return {};
    HARMONIC_TRY(const auto bytes, bytes_in(field));
    return inner(bytes);
  });
}

// The sides of an end are messages in its shape, that in its tensor, and that in its type.
Result<End> read_end(std::string_view message) {
  End end;
  const auto side = [&](std::string_view bytes) -> Result<void> {
    HARMONIC_TRY(end.shape.emplace_back(), read_side(bytes));
    return {};
  };
  const auto shape = [&](std::string_view bytes) { return each_inner(bytes, 1, side); };
  const auto tensor = [&](std::string_view bytes) { return each_inner(bytes, 2, shape); };
  HARMONIC_CHECK(each_field(message, [&](const Field& field) -> Result<void> {
    if (field.number == 1) return text_into(field, end.name);
    if (field.number != 2) return {};
    HARMONIC_TRY(const auto bytes, bytes_in(field));
    return each_inner(bytes, 1, tensor);
  }));
  return end;
}

Result<void> read_graph_field(const Field& field, Graph& graph) {
  switch (field.number) {
    case 1:
    case 5:
    case 11:
    case 12: break;
    default: return {};
  }
  HARMONIC_TRY(const auto bytes, bytes_in(field));
  if (field.number == 1) {
    HARMONIC_TRY(graph.nodes.emplace_back(), read_node(bytes));
  } else if (field.number == 5) {
    HARMONIC_TRY(auto constant, read_constant(bytes));
    auto name = constant.first;
    if (!graph.constants.insert(std::move(constant)).second) {
      return fail(ErrorKind::kCorrupt, "there are two weights named " + name);
    }
  } else {
    auto& ends = field.number == 11 ? graph.inputs : graph.outputs;
    HARMONIC_TRY(ends.emplace_back(), read_end(bytes));
  }
  return {};
}

}  // namespace

Result<Graph> read_graph(std::string_view onnx) {
  Graph graph;
  bool found = false;
  HARMONIC_CHECK(each_field(onnx, [&](const Field& field) -> Result<void> {
    if (field.number != 7) return {};
    found = true;
    HARMONIC_TRY(const auto bytes, bytes_in(field));
    return each_field(bytes, [&](const Field& part) { return read_graph_field(part, graph); });
  }));
  if (!found) return fail(ErrorKind::kCorrupt, "the weights hold no graph");
  std::erase_if(graph.inputs, [&](const End& end) { return graph.constants.contains(end.name); });
  return graph;
}

}  // namespace harmonic::nn
