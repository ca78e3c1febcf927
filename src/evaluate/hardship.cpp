#include "evaluate/hardship.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "image/codec.h"
#include "image/transform.h"

namespace harmonic::evaluate {
namespace {

// A pixel of a webcam's sensor (1 to 2 micrometres) holds a few thousand electrons.
constexpr float kFullWell = 2000;
constexpr float kReadNoise = 4;
// sRGB's curve as one power.
constexpr float kGamma = 2.2F;

std::size_t index_of(int x, int y, int width) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
         static_cast<std::size_t>(x);
}

std::uint8_t level_of(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

template <typename Function>
image::Picture each(image::Picture face, Function function) {
  for (auto& pixel : face.pixels) pixel = level_of(function(static_cast<float>(pixel)));
  return face;
}

std::vector<float> gaussian(float sigma) {
  const int reach = std::max(1, static_cast<int>(std::ceil(3 * sigma)));
  std::vector<float> kernel;
  float sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    const auto x = static_cast<float>(i) / sigma;
    sum += kernel.emplace_back(std::exp(-x * x / 2));
  }
  for (auto& weight : kernel) weight /= sum;
  return kernel;
}

/// Along rows or along columns; edges are repeated.
std::vector<float> convolved(const std::vector<float>& pixels, int width, int height,
                             const std::vector<float>& kernel, bool rows) {
  const int reach = static_cast<int>(kernel.size()) / 2;
  std::vector<float> out(pixels.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      float sum = 0;
      auto weight = kernel.begin();
      for (int k = -reach; k <= reach; ++k) {
        const int from_x = rows ? std::clamp(x + k, 0, width - 1) : x;
        const int from_y = rows ? y : std::clamp(y + k, 0, height - 1);
        sum += *weight++ * pixels[index_of(from_x, from_y, width)];
      }
      out[index_of(x, y, width)] = sum;
    }
  }
  return out;
}

constexpr std::array kSuite{
    Hardship{"exposure_-2ev", [](const auto& face, Dice& dice) { return exposed(face, -2, dice); }},
    Hardship{"exposure_-4ev", [](const auto& face, Dice& dice) { return exposed(face, -4, dice); }},
    Hardship{"exposure_+1ev", [](const auto& face, Dice& dice) { return exposed(face, 1, dice); }},
    Hardship{"24px", [](const auto& face, Dice&) { return shrunk(face, 24); }},
    Hardship{"16px", [](const auto& face, Dice&) { return shrunk(face, 16); }},
    Hardship{"blur", [](const auto& face, Dice&) { return blurred(face, 1.5F); }},
    Hardship{"jpeg_10", [](const auto& face, Dice&) { return compressed(face, 10); }},
    Hardship{"colour_cast",
             [](const auto& face, Dice&) {
               return cast(face, {1.6F, 1.0F, 0.5F});
             }},
    Hardship{"noise", [](const auto& face, Dice& dice) { return noisy(face, 16, dice); }},
    Hardship{"rotation_15", [](const auto& face,
                               Dice& dice) { return turned(face, dice.chance(0.5F) ? 15 : -15); }},
    Hardship{"rotation_30", [](const auto& face,
                               Dice& dice) { return turned(face, dice.chance(0.5F) ? 30 : -30); }},
    Hardship{"eyes_covered", [](const auto& face, Dice&) { return covered(face, kEyes, 24); }},
    Hardship{"mouth_covered", [](const auto& face, Dice&) { return covered(face, kMouth, 128); }},
};

}  // namespace

image::Picture exposed(const image::Picture& face, float stops, Dice& dice) {
  const float light = std::exp2(stops);
  return each(face, [&](float pixel) {
    const float electrons = kFullWell * light * std::pow(pixel / 255, kGamma);
    const float seen = electrons + std::sqrt(electrons + kReadNoise * kReadNoise) * dice.normal();
    return 255 * std::pow(std::clamp(seen / kFullWell, 0.0F, 1.0F), 1 / kGamma);
  });
}

image::Picture shrunk(const image::Picture& face, int side) {
  return image::resize(image::resize(face, side, side), face.width, face.height);
}

image::Picture blurred(const image::Picture& face, float sigma) {
  const auto kernel = gaussian(sigma);
  const std::vector<float> pixels{face.pixels.begin(), face.pixels.end()};
  const auto out = convolved(convolved(pixels, face.width, face.height, kernel, true), face.width,
                             face.height, kernel, false);
  image::Picture result = face;
  std::ranges::transform(out, result.pixels.begin(), level_of);
  return result;
}

image::Picture compressed(const image::Picture& face, int quality) {
  const auto bytes = image::encode_jpeg(face, quality);
  if (!bytes) return face;
  auto again = image::decode(*bytes);
  return again ? image::grey(*again) : face;
}

image::Picture cast(const image::Picture& face, std::array<float, 3> gains) {
  // The weights of image::grey.
  constexpr std::array kWeights{0.299F, 0.587F, 0.114F};
  return each(face, [&](float pixel) {
    float sum = 0;
    for (std::size_t i = 0; i < gains.size(); ++i) {
      sum += kWeights.at(i) * std::min(255.0F, pixel * gains.at(i));
    }
    return sum;
  });
}

image::Picture turned(const image::Picture& face, float degrees) {
  const float angle = degrees * std::numbers::pi_v<float> / 180;
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  const float x = static_cast<float>(face.width) / 2;
  const float y = static_cast<float>(face.height) / 2;
  const image::Similarity about_middle{cosine, sine, x - cosine * x + sine * y,
                                       y - sine * x - cosine * y};
  return image::warp(face, about_middle, face.width, face.height);
}

image::Picture noisy(const image::Picture& face, float sigma, Dice& dice) {
  return each(face, [&](float pixel) { return pixel + sigma * dice.normal(); });
}

image::Picture covered(const image::Picture& face, const image::Box& box, float level) {
  image::Picture result = face;
  const int right = std::min(face.width, static_cast<int>(box.x + box.width));
  const int bottom = std::min(face.height, static_cast<int>(box.y + box.height));
  for (int y = std::max(0, static_cast<int>(box.y)); y < bottom; ++y) {
    for (int x = std::max(0, static_cast<int>(box.x)); x < right; ++x) {
      result.pixels[index_of(x, y, face.width)] = level_of(level);
    }
  }
  return result;
}

std::span<const Hardship> hardships() { return kSuite; }

}  // namespace harmonic::evaluate
