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
enum class Doubt : std::uint8_t { kNoFace, kTooDark, kTooBlurred, kTooSmall, kTurnedAway };

inline constexpr std::array<std::string_view, 5> kDoubtNames{"no_face", "too_dark", "too_blurred",
                                                             "too_small", "turned_away"};
[[nodiscard]] constexpr std::string_view name_of(Doubt doubt) {
  return kDoubtNames.at(static_cast<std::size_t>(doubt));
}

/// True for a picture so dark that a face in it would not be seen.
[[nodiscard]] bool too_dark(const image::Picture& picture);

/// The first of dark, small, turned and blurred that holds for this face, or nothing.
/// `aligned` is the face as align() gives it.
[[nodiscard]] std::optional<Doubt> doubt_of(const Detection& face, const image::Picture& aligned);

}  // namespace harmonic::face
