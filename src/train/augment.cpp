#include "train/augment.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "evaluate/fer2013.h"

namespace harmonic::train {
namespace {

using evaluate::kFacePixels;
using evaluate::kFaceSide;

constexpr float kCentre = (kFaceSide - 1) / 2.0F;
constexpr std::size_t at(int x, int y) {
  return static_cast<std::size_t>(y) * kFaceSide + static_cast<std::size_t>(x);
}

/// Edge pixels reach outwards for ever: a black border would tell the network about the rotation.
float sample(std::span<const std::uint8_t> face, float x, float y) {
  x = std::clamp(x, 0.0F, kFaceSide - 1.001F);
  y = std::clamp(y, 0.0F, kFaceSide - 1.001F);
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  const float dx = x - static_cast<float>(left);
  const float dy = y - static_cast<float>(top);
  const float upper = face[at(left, top)] * (1 - dx) + face[at(left + 1, top)] * dx;
  const float lower = face[at(left, top + 1)] * (1 - dx) + face[at(left + 1, top + 1)] * dx;
  return upper * (1 - dy) + lower * dy;
}

void warp(std::span<const std::uint8_t> face, Dice& dice, std::span<float> out) {
  const float mirror = dice.chance(0.5F) ? -1.0F : 1.0F;
  const float angle = dice.between(-15, 15) * std::numbers::pi_v<float> / 180;
  const float scale_x = dice.between(0.85F, 1.15F);
  const float scale_y = scale_x * dice.between(0.94F, 1.06F);
  const float shift_x = dice.between(-5, 5);
  const float shift_y = dice.between(-5, 5);
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  for (int y = 0; y < kFaceSide; ++y) {
    for (int x = 0; x < kFaceSide; ++x) {
      const float from_x = (static_cast<float>(x) - kCentre + shift_x) * scale_x * mirror;
      const float from_y = (static_cast<float>(y) - kCentre + shift_y) * scale_y;
      out[at(x, y)] = sample(face, cosine * from_x - sine * from_y + kCentre,
                             sine * from_x + cosine * from_y + kCentre);
    }
  }
}

/// Averages over a window of 3x3, as a slightly defocused lens would.
void blur(std::span<float> pixels) {
  std::array<float, kFacePixels> copy{};
  std::ranges::copy(pixels, copy.begin());
  for (int y = 1; y + 1 < kFaceSide; ++y) {
    for (int x = 1; x + 1 < kFaceSide; ++x) {
      const float rows = copy.at(at(x, y - 1)) + 2 * copy.at(at(x, y)) + copy.at(at(x, y + 1));
      const float left =
          copy.at(at(x - 1, y - 1)) + 2 * copy.at(at(x - 1, y)) + copy.at(at(x - 1, y + 1));
      const float right =
          copy.at(at(x + 1, y - 1)) + 2 * copy.at(at(x + 1, y)) + copy.at(at(x + 1, y + 1));
      pixels[at(x, y)] = (left + 2 * rows + right) / 16;
    }
  }
}

/// A face of 24 pixels, as a camera across the room delivers it.
void halve_resolution(std::span<float> pixels) {
  for (int y = 0; y < kFaceSide; y += 2) {
    for (int x = 0; x < kFaceSide; x += 2) {
      const std::array cell{at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)};
      float sum = 0;
      for (const auto i : cell) sum += pixels[i];
      for (const auto i : cell) pixels[i] = sum / 4;
    }
  }
}

void change_light(std::span<float> pixels, Dice& dice) {
  const float gamma = std::exp(dice.between(-0.5F, 0.5F));
  // A lamp from one side: brightness falls off across the face.
  const float tilt = dice.chance(0.3F) ? dice.between(-0.5F, 0.5F) / kFaceSide : 0.0F;
  std::array<float, 256> curve{};
  for (std::size_t i = 0; i < curve.size(); ++i) {
    curve.at(i) = 255 * std::pow(static_cast<float>(i) / 255, gamma);
  }
  for (int y = 0; y < kFaceSide; ++y) {
    for (int x = 0; x < kFaceSide; ++x) {
      auto& pixel = pixels[at(x, y)];
      const auto level = static_cast<std::size_t>(std::clamp(pixel, 0.0F, 255.0F));
      pixel = curve.at(level) * (1 + tilt * (static_cast<float>(x) - kCentre));
    }
  }
}

/// Zhong et al. 2020, "Random Erasing Data Augmentation": the face behind a hand or a microphone.
void erase(std::span<float> pixels, Dice& dice) {
  const int width = static_cast<int>(dice.between(8, 22));
  const int height = static_cast<int>(dice.between(8, 22));
  const int left = static_cast<int>(dice.between(0, static_cast<float>(kFaceSide - width)));
  const int top = static_cast<int>(dice.between(0, static_cast<float>(kFaceSide - height)));
  const bool noisy = dice.chance(0.5F);
  const float level = dice.between(0, 255);
  for (int y = top; y < top + height; ++y) {
    for (int x = left; x < left + width; ++x) {
      pixels[at(x, y)] = noisy ? dice.between(0, 255) : level;
    }
  }
}

}  // namespace

void standardise(std::span<float> pixels) {
  double sum = 0;
  double squares = 0;
  for (const float p : pixels) sum += p;
  const double mean = sum / static_cast<double>(pixels.size());
  for (const float p : pixels) squares += (p - mean) * (p - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(pixels.size()));
  const auto scale = static_cast<float>(1 / std::max<double>(deviation, kStandardiseEpsilon));
  for (float& p : pixels) p = (p - static_cast<float>(mean)) * scale;
}

void prepare(std::span<const std::uint8_t> face, std::span<float> out) {
  assert(face.size() == kFacePixels && out.size() == kFacePixels);
  std::ranges::copy(face, out.begin());
  standardise(out);
}

void distort(std::span<const std::uint8_t> face, Dice& dice, std::span<float> out) {
  assert(face.size() == kFacePixels && out.size() == kFacePixels);
  warp(face, dice, out);
  if (dice.chance(0.5F)) change_light(out, dice);
  if (dice.chance(0.1F)) blur(out);
  if (dice.chance(0.07F)) halve_resolution(out);
  if (dice.chance(0.2F)) {
    const float sigma = dice.between(2, 14);
    for (float& p : out) p = std::clamp(p + sigma * dice.normal(), 0.0F, 255.0F);
  }
  if (dice.chance(0.5F)) erase(out, dice);
  standardise(out);
}

}  // namespace harmonic::train
