// smartlist/order.h - what songs are sorted by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "smartlist/row.h"
#include "smartlist/rules.h"

namespace harmonic::smartlist {

/// What a song is sorted by under one key: a number or a text, nothing last in both directions.
struct SortValue {
  std::optional<double> number;
  std::string text;
  [[nodiscard]] bool absent() const { return !number && text.empty(); }
};

/// `lot` is the song's draw, for a random order.
[[nodiscard]] SortValue sort_value(Field field, const Row& row, std::uint64_t lot);

/// -1, 0 or 1.
[[nodiscard]] int compare(const SortValue& a, const SortValue& b, bool descending);

}  // namespace harmonic::smartlist
