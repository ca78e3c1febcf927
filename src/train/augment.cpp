#include "train/augment.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "evaluate/fer2013.h"
#include "evaluate/hardship.h"
#include "image/picture.h"

namespace harmonic::train {
namespace {

using evaluate::kFacePixels;
using evaluate::kFaceSide;

constexpr float kTilted = 0.15F;
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

void warp(std::span<const std::uint8_t> face, Dice& dice, float moved, std::span<float> out) {
  const float mirror = dice.chance(0.5F) ? -1.0F : 1.0F;
  // Most heads are nearly upright; some lie on a pillow.
  const float most = dice.chance(kTilted) ? 35.0F : 15.0F;
  const float angle = moved * dice.between(-most, most) * std::numbers::pi_v<float> / 180;
  const float scale_x = 1 + moved * dice.between(-0.15F, 0.15F);
  const float scale_y = scale_x * (1 + moved * dice.between(-0.06F, 0.06F));
  const float shift_x = moved * dice.between(-5, 5);
  const float shift_y = moved * dice.between(-5, 5);
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

/// One thing in seven that a bad camera does, at a strength up to somewhat beyond the suite that
/// measures it.
image::Picture hardship(const image::Picture& face, Dice& dice) {
  switch (dice.below(7)) {
    case 0: return evaluate::exposed(face, dice.between(-4.5F, -1), dice);
    case 1: return evaluate::exposed(face, dice.between(-1, 1.2F), dice);
    case 2: return evaluate::shrunk(face, static_cast<int>(dice.between(14, 36)));
    case 3: return evaluate::blurred(face, dice.between(0.4F, 1.8F));
    case 4: return evaluate::compressed(face, static_cast<int>(dice.between(8, 50)));
    case 5: return evaluate::noisy(face, dice.between(3, 20), dice);
    default:
      return evaluate::cast(
          face, {dice.between(0.5F, 1.6F), dice.between(0.5F, 1.6F), dice.between(0.5F, 1.6F)});
  }
}

void suffer(std::span<float> pixels, Dice& dice) {
  image::Picture face{kFaceSide, kFaceSide, 1, std::vector<std::uint8_t>(kFacePixels)};
  std::ranges::transform(pixels, face.pixels.begin(), [](float pixel) {
    return static_cast<std::uint8_t>(std::clamp(pixel, 0.0F, 255.0F));
  });
  face = hardship(face, dice);
  if (dice.chance(0.3F)) face = hardship(face, dice);
  std::ranges::copy(face.pixels, pixels.begin());
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

void distort(std::span<const std::uint8_t> face, Dice& dice, const Distortions& how,
             std::span<float> out) {
  assert(face.size() == kFacePixels && out.size() == kFacePixels);
  warp(face, dice, how.moved, out);
  if (dice.chance(0.5F)) change_light(out, dice);
  if (dice.chance(how.hard)) suffer(out, dice);
  if (dice.chance(how.erased)) erase(out, dice);
  standardise(out);
}

}  // namespace harmonic::train
