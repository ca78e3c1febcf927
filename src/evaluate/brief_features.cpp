#include <algorithm>
#include <cmath>

#include "evaluate/brief_recognition.h"

namespace harmonic::evaluate {
namespace {

constexpr int kStep = 2;
constexpr auto kPixels = static_cast<std::size_t>(kFlowSide) * kFlowSide;

std::vector<double> channel_of(const image::Picture& flow, std::size_t channel) {
  std::vector<double> values(kPixels);
  for (std::size_t i = 0; i < kPixels; ++i) values[i] = flow.pixels[i * 3 + channel];
  // Most of a face keeps still: the middle value is where no motion lies.
  auto sorted = values;
  const auto middle = sorted.begin() + kPixels / 2;
  std::ranges::nth_element(sorted, middle);
  for (auto& value : values) value -= *middle;
  return values;
}

/// Along one axis, the edge repeated.
std::vector<double> smoothed(const std::vector<double>& values, double deviation,
                             std::size_t stride_x, std::size_t stride_y) {
  const int reach = static_cast<int>(std::ceil(3 * deviation));
  const auto index = [=](int along, int across) {
    return static_cast<std::size_t>(along) * stride_x + static_cast<std::size_t>(across) * stride_y;
  };
  std::vector<double> result(values.size());
  for (int across = 0; across < kFlowSide; ++across) {
    for (int along = 0; along < kFlowSide; ++along) {
      double sum = 0, weights = 0;
      for (int step = -reach; step <= reach; ++step) {
        const int there = std::clamp(along + step, 0, kFlowSide - 1);
        const double weight = std::exp(-step * step / (2 * deviation * deviation));
        sum += weight * values[index(there, across)];
        weights += weight;
      }
      result[index(along, across)] = sum / weights;
    }
  }
  return result;
}

void to_length_one(std::span<double> values) {
  double squares = 0;
  for (const double v : values) squares += v * v;
  if (squares <= 0) return;
  for (auto& v : values) v /= std::sqrt(squares);
}

}  // namespace

image::Picture mirrored(const image::Picture& flow) {
  auto result = flow;
  const auto width = static_cast<std::size_t>(flow.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(flow.height); ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const auto* from = &flow.pixels[(y * width + width - 1 - x) * 3];
      auto* to = &result.pixels[(y * width + x) * 3];
      to[0] = static_cast<std::uint8_t>(255 - from[0]);  // what went right goes left
      to[1] = from[1];
      to[2] = from[2];
    }
  }
  return result;
}

std::vector<double> features_of(const image::Picture& flow, double smoothing, double power) {
  std::vector<double> all;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    auto values = smoothed(channel_of(flow, channel), smoothing, 1, kFlowSide);
    values = smoothed(values, smoothing, kFlowSide, 1);
    const auto first = static_cast<std::ptrdiff_t>(all.size());
    for (int y = 0; y < kFlowSide; y += kStep) {
      for (int x = 0; x < kFlowSide; x += kStep) {
        double sum = 0;
        for (int dy = 0; dy < kStep; ++dy) {
          for (int dx = 0; dx < kStep; ++dx) {
            sum += values[static_cast<std::size_t>(y + dy) * kFlowSide +
                          static_cast<std::size_t>(x + dx)];
          }
        }
        all.push_back(std::copysign(std::pow(std::abs(sum), power), sum));
      }
    }
    to_length_one(std::span{all}.subspan(static_cast<std::size_t>(first)));
  }
  to_length_one(all);
  return all;
}

}  // namespace harmonic::evaluate
