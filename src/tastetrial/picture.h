// tastetrial/picture.h - how well each method finds songs, as bars with their intervals.
#pragma once

#include <vector>

#include "image/picture.h"
#include "tastetrial/trial.h"

namespace harmonic::tastetrial {

/// R, G, B: a row of two panels for each set, Recall@20 and NDCG@20, a bar for each method with the
/// 95 % interval of its mean. Bars of popularity and random, the floors, are grey, and the line at
/// the height of popularity goes through the panel.
[[nodiscard]] image::Picture draw_figures(const std::vector<SetFigures>& sets);

}  // namespace harmonic::tastetrial
