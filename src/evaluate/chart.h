// evaluate/chart.h - figures as bars, for people who would rather look than read.
#pragma once

#include <span>
#include <string_view>

#include "evaluate/metrics.h"
#include "image/draw.h"
#include "image/picture.h"

namespace harmonic::evaluate {

/// One labelled bar a row, its share of 1 in per cent; 760 pixels wide.
[[nodiscard]] image::Picture draw_chart(std::span<const image::Bar> bars, std::string_view title);

/// For each bin that is not empty how often it was right, with a mark at how sure it was: a
/// calibrated network's bars end at their marks. 760 x 560.
[[nodiscard]] image::Picture draw_reliability(const Reliability& reliability,
                                              std::string_view title);

}  // namespace harmonic::evaluate
