// face/quality.h - whether a face can be read at all. Better no reading than a guessed one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "face/detector.h"
#include "image/picture.h"

namespace harmonic::face {

/// Why a picture gives no reading. The names are those of docs/protocol.md.
enum class Doubt : std::uint8_t {
  kNoFace,
  kTooDark,
  kTooBlurred,
  kTooSmall,
  kTurnedAway,
  kCovered
};

inline constexpr std::array<std::string_view, 6> kDoubtNames{
    "no_face", "too_dark", "too_blurred", "too_small", "turned_away", "covered"};
[[nodiscard]] constexpr std::string_view name_of(Doubt doubt) {
  return kDoubtNames.at(static_cast<std::size_t>(doubt));
}

// The bounds, and what was seen when they were set: every 14th picture of FER2013's training part
// (1,993 faces that BlazeFace found) and every fifth of the muxspace photographs (647 faces).

/// Mean grey, 0..255, of a picture without a face below which the dark is to blame.
inline constexpr double kDarkPicture = 20.0;
/// Mean grey of an aligned face. FER2013's darkest has 18.5, one in a thousand is below 28.
inline constexpr double kDarkFace = 16.0;
/// Side of the box in pixels: half of what fills the classifier's frame (41 of 48).
inline constexpr float kSmallFace = 24.0F;
/// See sharpness(). Of FER2013 .1 % lie below .065, of the photographs none below .17; blurred by a
/// Gaussian of 8 % of the box's width, 99.5 % of the photographs lie below this bound, and with 4 %
/// nearly half of them.
inline constexpr double kBlurredFace = 0.04;
/// See turn(). Of FER2013 about 2 % lie above (profiles), of the photographs none.
inline constexpr double kTurnedFace = 0.6;

/// Detail against contrast of the middle of a grey picture: variance of the Laplacian over variance
/// of the grey values, so that a pale picture is not taken for a blurred one. 0 for a plain
/// surface. Source  Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy: a
/// comparative study",
///         ICPR 2000, for the variance of the Laplacian.
[[nodiscard]] double sharpness(const image::Picture& grey);

/// How far the head is turned: the nose's distance from the middle between the eyes, along the line
/// of the eyes, in distances of the eyes. 0 frontal, about 1 in profile. 0 when the eyes are one.
[[nodiscard]] double turn(const KeyPoints& points);

/// Where the nose stands on the way from the middle between the eyes (0) to the mouth (1): the
/// more, the more the head is bent down. Of FER2013's faces half lie within .46 .. .59, all but two
/// in a hundred within .25 .. .71. No bound is set on it, for within these the expression is read
/// as well as anywhere (docs/models/faces.md). .5 when eyes and mouth are one.
[[nodiscard]] double nod(const KeyPoints& points);

/// Mean of all pixels and channels, 0..255; 0 for an empty picture.
[[nodiscard]] double brightness(const image::Picture& picture);

/// The first of small, dark, turned and blurred that holds for this face, or nothing.
/// `aligned` is the face as align() gives it.
[[nodiscard]] std::optional<Doubt> doubt_of(const Detection& face, const image::Picture& aligned);

/// How much of a good view this face gives, 0 .. 1: the weight of its reading among others of the
/// same face (affect::Smoother). The product of four shares, each 1 for a good view: side of the
/// box up to what fills the classifier's frame, grey and sharpness up to three times the bounds
/// above, and 1 - (turn / kTurnedFace)^2. The bounds are measured, the ramps are our choice.
[[nodiscard]] float quality_of(const Detection& face, const image::Picture& aligned);

}  // namespace harmonic::face
