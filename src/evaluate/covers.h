// evaluate/covers.h - what hides a part of a face, drawn so that it can be learned and measured.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/dice.h"

namespace harmonic::evaluate {

/// What lies before the face; a piece is one of another picture.
enum class Cover : std::uint8_t { kGlasses, kMask, kHand, kPlain, kCloth, kPiece };
inline constexpr std::array<std::string_view, 6> kCoverNames{"dark glasses", "mask",  "hand",
                                                             "plain",        "cloth", "piece"};

/// Where it lies; elsewhere is the brow, a cheek or the rim, which hide no expression.
enum class Place : std::uint8_t { kEyes, kMouth, kElsewhere };

/// Whether glasses or a mask can lie there, as the others can anywhere.
[[nodiscard]] constexpr bool can_lie(Cover cover, Place place) {
  if (cover == Cover::kGlasses) return place == Place::kEyes;
  return cover != Cover::kMask || place == Place::kMouth;
}

/// Draws it over `face`, aligned grey u8 [48, 48]: size, place, posture, softness and surface are
/// drawn from `dice`. `other` is another such face, of which pieces are taken.
void draw_cover(std::span<std::uint8_t> face, Cover cover, Place place,
                std::span<const std::uint8_t> other, Dice& dice);

}  // namespace harmonic::evaluate
