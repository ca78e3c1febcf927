// evaluate/confusion_picture.h - a confusion matrix to look at.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "evaluate/metrics.h"
#include "image/picture.h"

namespace harmonic::evaluate {

/// R, G, B, 760 x 700: a row for each labelled emotion, a column for each answer. A cell is the
/// darker the larger its share of the row is, and tells that share in per cent; empty rows stay
/// white. `title` is one line of ASCII above it.
[[nodiscard]] image::Picture draw_confusion(const Confusion& confusion, std::string_view title);

/// The same of any classes, 80 pixels each: `counts` has a row a label, a column an answer.
[[nodiscard]] image::Picture draw_confusion(std::span<const std::string_view> names,
                                            std::span<const std::size_t> counts,
                                            std::string_view title);

}  // namespace harmonic::evaluate
