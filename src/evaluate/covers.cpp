#include "evaluate/covers.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "evaluate/fer2013.h"

namespace harmonic::evaluate {

namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr float kMiddle = kFaceSide / 2.0F;
// FER2013's frame has the eyes and the middle of the mouth at these heights (face/align.h).
constexpr float kEyeHeight = 18.9F;
constexpr float kMouthHeight = 37.5F;

/// A grey level for each pixel, or a share in 0 .. 1.
using Plane = std::array<float, kFacePixels>;

template <typename Value>
Plane plane_of(Value value) {
  Plane plane{};
  for (std::size_t i = 0; i < plane.size(); ++i) {
    const std::size_t x = i % kFaceSide, y = i / kFaceSide;
    plane.at(i) = value(static_cast<float>(x), static_cast<float>(y));
  }
  return plane;
}

/// An ellipse or a rectangle of soft edge, in pixels and radians.
struct Shape {
  float x = kMiddle, y = kMiddle;
  float width = 1, height = 1;
  float angle = 0;
  float soft = 1;
  bool square = false;

  /// How much of the pixel it hides.
  [[nodiscard]] float at(float px, float py) const {
    const float u = (px - x) * std::cos(angle) + (py - y) * std::sin(angle);
    const float v = (py - y) * std::cos(angle) - (px - x) * std::sin(angle);
    const float a = std::abs(u) / (width / 2), b = std::abs(v) / (height / 2);
    const float far = square ? std::max(a, b) : std::hypot(a, b);
    return std::clamp((1 - far) * std::min(width, height) / 2 / soft + 0.5F, 0.0F, 1.0F);
  }
};

void lay_over(std::span<std::uint8_t> face, const Plane& surface, const Plane& share) {
  for (std::size_t i = 0; i < face.size(); ++i) {
    const float mixed =
        static_cast<float>(face[i]) * (1 - share.at(i)) + surface.at(i) * share.at(i);
    face[i] = static_cast<std::uint8_t>(std::clamp(mixed, 0.0F, 255.0F));
  }
}

/// A plain grey, or one that changes from side to side.
Plane plain(Dice& dice) {
  const float level = dice.between(10, 245);
  const float slope = dice.chance(0.5F) ? dice.between(0.3F, 4) : 0.0F;
  const float angle = dice.between(0, 2 * kPi);
  return plane_of([&](float x, float y) {
    return level + slope * (std::cos(angle) * (x - kMiddle) + std::sin(angle) * (y - kMiddle));
  });
}

/// Fingers beside one another, in the grey of this face's skin.
Plane hand(std::span<const std::uint8_t> face, Dice& dice) {
  std::vector<std::uint8_t> skin;
  for (int y = 16; y < 34; ++y) {
    const auto row = face.subspan(static_cast<std::size_t>(y) * kFaceSide + 10, 28);
    skin.insert(skin.end(), row.begin(), row.end());
  }
  const auto half = skin.begin() + static_cast<std::ptrdiff_t>(skin.size() / 2);
  std::nth_element(skin.begin(), half, skin.end());
  const float level = static_cast<float>(*half) * dice.between(0.8F, 1.2F);
  const float angle = dice.between(0, kPi), finger = dice.between(4, 9), shift = dice.between(0, 9);
  // A fist or a palm has no gaps that are seen.
  const float depth = dice.chance(0.3F) ? dice.between(0, 0.2F) : dice.between(0.3F, 0.6F);
  return plane_of([&](float x, float y) {
    const float across = x * std::cos(angle) + y * std::sin(angle) + shift;
    return level * (1 - depth + depth * std::sqrt(std::abs(std::sin(across * kPi / finger))));
  });
}

Plane cloth(Dice& dice) {
  const float level = dice.between(40, 200);
  if (dice.chance(0.3F)) {
    const float grain = dice.between(5, 40);
    return plane_of([&](float, float) { return level + grain * dice.normal(); });
  }
  const float angle = dice.between(0, kPi), width = dice.between(3, 10),
              deep = dice.between(20, 110);
  return plane_of([&](float x, float y) {
    return level + deep * std::sin((x * std::cos(angle) + y * std::sin(angle)) * 2 * kPi / width);
  });
}

/// Another picture, moved so that no feature of it comes to lie where a face has one.
Plane piece(std::span<const std::uint8_t> other, Dice& dice) {
  const auto x0 = dice.below(kFaceSide), y0 = dice.below(kFaceSide);
  const float light = dice.between(0.6F, 1.2F);
  return plane_of([&](float x, float y) {
    const auto from_x = (static_cast<std::size_t>(x) + x0) % kFaceSide;
    const auto from_y = (static_cast<std::size_t>(y) + y0) % kFaceSide;
    return light * static_cast<float>(other[from_y * kFaceSide + from_x]);
  });
}

/// Two dark glasses and their bridge, with a gleam.
void draw_glasses(std::span<std::uint8_t> face, Dice& dice) {
  Shape glass{.width = dice.between(13, 18), .height = dice.between(9, 14)};
  glass.angle = 0.08F * dice.normal();
  glass.soft = dice.between(0.5F, 1.5F);
  glass.square = dice.chance(0.5F);
  const float apart = dice.between(8, 10.5F), y = kEyeHeight + dice.between(-1.5F, 2.5F);
  Shape other = glass;
  glass.x = kMiddle - apart;
  other.x = kMiddle + apart;
  glass.y = y - apart * glass.angle;
  other.y = y + apart * glass.angle;
  const Shape bridge{kMiddle,     y - glass.height / 4, 44,  dice.between(1.5F, 3),
                     glass.angle, glass.soft,           true};
  const Shape gleam{dice.between(8, 40),
                    y - dice.between(0, 3),
                    dice.between(3, 10),
                    3,
                    dice.between(0, 3),
                    1.5F,
                    false};
  const float level = dice.between(0, 60), shine = dice.between(0, 60),
              dark = dice.between(0.8F, 1);
  lay_over(face, plane_of([&](float px, float py) { return level + shine * gleam.at(px, py); }),
           plane_of([&](float px, float py) {
             return dark * std::max({glass.at(px, py), other.at(px, py), 0.9F * bridge.at(px, py)});
           }));
}

Shape shape_at(Place place, Dice& dice) {
  Shape shape{
      .angle = 0.2F * dice.normal(), .soft = dice.between(0.5F, 3), .square = dice.chance(0.5F)};
  shape.x += 2 * dice.normal();
  switch (place) {
    case Place::kEyes:
      shape.y = kEyeHeight + dice.normal();
      shape.width = dice.between(32, 48);
      shape.height = dice.between(11, 18);
      break;
    case Place::kMouth:
      shape.y = kMouthHeight + 1.5F * dice.normal();
      shape.width = dice.between(20, 34);
      shape.height = dice.between(13, 22);
      break;
    case Place::kElsewhere:
      shape.width = shape.height = dice.between(8, 16);
      // The brow, or a cheek at the rim.
      shape.y = dice.chance(0.5F) ? dice.between(-2, 4) : dice.between(26, 34);
      if (shape.y > kMiddle)
        shape.x = dice.chance(0.5F) ? dice.between(-2, 4) : dice.between(44, 50);
      break;
  }
  return shape;
}

Shape mask(Dice& dice) {
  return {kMiddle + dice.normal(), 40 + 1.5F * dice.normal(), dice.between(34, 46),
          dice.between(22, 28),    0.1F * dice.normal(),      dice.between(0.5F, 2),
          dice.chance(0.5F)};
}

}  // namespace

void draw_cover(std::span<std::uint8_t> face, Cover cover, Place place,
                std::span<const std::uint8_t> other, Dice& dice) {
  assert(face.size() == kFacePixels && other.size() == kFacePixels && can_lie(cover, place));
  if (cover == Cover::kGlasses) {
    draw_glasses(face, dice);
    return;
  }
  const Shape shape = cover == Cover::kMask ? mask(dice) : shape_at(place, dice);
  Plane surface{};
  switch (cover) {
    case Cover::kHand: surface = hand(face, dice); break;
    case Cover::kCloth: surface = cloth(dice); break;
    case Cover::kPiece: surface = piece(other, dice); break;
    default: surface = plain(dice); break;
  }
  const float grain = dice.between(0, 4);
  for (float& level : surface) level += grain * dice.normal();
  lay_over(face, surface, plane_of([&](float x, float y) { return shape.at(x, y); }));
}

}  // namespace harmonic::evaluate
