// classic/test_rows.h - rows of three kinds that stand apart, for tests only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/dice.h"
#include "classic/rows.h"

namespace harmonic::classic {

/// Labels 0, 1, 2 in turn; kind k lies around 4 on axis k, with deviation 1 in every direction.
inline Rows three_kinds(std::size_t count, std::size_t width, std::uint64_t seed) {
  Dice dice{seed};
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<float> row(width);
    for (auto& value : row) value = dice.normal();
    row.at(i % 3) += 4;
    rows.add(row, static_cast<std::uint8_t>(i % 3));
  }
  return rows;
}

}  // namespace harmonic::classic
