#include "nn/layers.h"

#include <algorithm>

namespace harmonic::nn {

namespace {

constexpr std::int64_t kMostKernel = 4096;

const Attribute* find(const Node& node, std::string_view name) {
  const auto found = node.attributes.find(name);
  return found == node.attributes.end() ? nullptr : &found->second;
}

tl::unexpected<Error> contradiction(const Node& node, const char* what) {
  return fail(ErrorKind::kCorrupt,
              "layer " + node.operation + " of the network has " + what + " that cannot be");
}

bool plain(const Node& node) {
  const auto* padding = find(node, "auto_pad");
  const auto dilations = integers_of(node, "dilations");
  return (padding == nullptr || padding->text.empty() || padding->text == "NOTSET") &&
         integer_of(node, "ceil_mode", 0) == 0 && integer_of(node, "storage_order", 0) == 0 &&
         std::ranges::all_of(dilations, [](auto d) { return d == 1; });
}

}  // namespace

std::int64_t integer_of(const Node& node, std::string_view name, std::int64_t otherwise) {
  const auto* attribute = find(node, name);
  return attribute == nullptr ? otherwise : attribute->integer;
}

float number_of(const Node& node, std::string_view name, float otherwise) {
  const auto* attribute = find(node, name);
  return attribute == nullptr ? otherwise : attribute->number;
}

std::vector<std::int64_t> integers_of(const Node& node, std::string_view name) {
  const auto* attribute = find(node, name);
  return attribute == nullptr ? std::vector<std::int64_t>{} : attribute->integers;
}

Result<std::optional<Window>> window_of(const Node& node, std::optional<Shape> kernel) {
  if (!plain(node)) return std::optional<Window>{};
  const auto stated = integers_of(node, "kernel_shape");
  auto strides = integers_of(node, "strides");
  auto pads = integers_of(node, "pads");
  if (!kernel) kernel = stated;
  if (strides.empty()) strides = {1, 1};
  if (pads.empty()) pads = {0, 0, 0, 0};
  if (kernel->size() != 2 || (!stated.empty() && stated != *kernel)) {
    return contradiction(node, "a kernel");
  }
  if (strides.size() != 2 || pads.size() != 4) return contradiction(node, "strides or padding");
  const auto side = [](std::int64_t least) {
    return [least](std::int64_t x) { return x >= least && x <= kMostKernel; };
  };
  if (!std::ranges::all_of(*kernel, side(1)) || !std::ranges::all_of(strides, side(1)) ||
      !std::ranges::all_of(pads, side(0))) {
    return contradiction(node, "a kernel, strides or padding");
  }
  Window window;
  window.counts_padding = integer_of(node, "count_include_pad", 0) != 0;
  for (std::size_t i = 0; i < 2; ++i) {
    window.kernel.at(i) = kernel->at(i);
    window.stride.at(i) = strides.at(i);
    window.before.at(i) = pads.at(i);
    window.after.at(i) = pads.at(i + 2);
    // A window that sees padding alone: libraries differ in what that gives.
    if (std::max(pads.at(i), pads.at(i + 2)) >= kernel->at(i)) return std::optional<Window>{};
  }
  return std::optional{window};
}

Result<Shape> slid_over(const Shape& source, const Window& window, std::int64_t channels) {
  if (source.size() != 4) {
    return fail(ErrorKind::kCorrupt, "a layer of the network slides over what is no picture");
  }
  Shape shape{source[0], channels, 0, 0};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto room =
        source[i + 2] + window.before.at(i) + window.after.at(i) - window.kernel.at(i);
    if (room < 0) {
      return fail(ErrorKind::kCorrupt, "a layer's kernel is larger than what it slides over");
    }
    shape[i + 2] = room / window.stride.at(i) + 1;
  }
  return shape;
}

Result<Shape> reshaped(const Shape& source, const std::vector<std::int64_t>& target) {
  Shape shape = target;
  std::int64_t rest = elements_of(source).value_or(0);
  std::optional<std::size_t> open;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 0 && i < source.size()) shape[i] = source[i];
    if (shape[i] == -1 && !open) {
      open = i;
    } else if (shape[i] < 1 || rest % shape[i] != 0) {
      return fail(ErrorKind::kCorrupt, "a layer's numbers do not fill its new shape");
    } else {
      rest /= shape[i];
    }
  }
  if (open) shape[*open] = rest;
  if (rest < 1 || (!open && rest != 1)) {
    return fail(ErrorKind::kCorrupt, "a layer's numbers do not fill its new shape");
  }
  return shape;
}

}  // namespace harmonic::nn
