// smartlist/ready_condition.h - a condition made ready once, and asked of song after song.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "smartlist/days.h"
#include "smartlist/row.h"
#include "smartlist/rules.h"
#include "smartlist/select.h"

namespace harmonic::smartlist {

/// What is not known of a song is neither true nor false.
enum class Truth : std::int8_t { kFalse, kUnknown, kTrue };

[[nodiscard]] Truth opposite(Truth value);

/// A condition made ready. Which members mean something follows from the field's type.
struct Test {
  Field field = Field::kTitle;
  FieldType type = FieldType::kText;
  Operator op = Operator::kIs;  ///< never one that denies: `denied` does
  bool denied = false;
  double low = 0, high = 0;        ///< one number, a range, or days back
  std::vector<double> numbers;     ///< sorted
  std::vector<std::string> texts;  ///< sorted, lower case
  std::vector<Days> days;
  std::uint32_t keys = 0;    ///< bits: tonic, and 12 more for major
  std::uint32_t words = 0;   ///< bits by index in words_of()
  std::size_t playlist = 0;  ///< index in Program::playlists
};

/// A playlist that a rule names: by id, or by name.
struct Named {
  PlaylistId id;
  std::string name;
};

/// Adds the playlist that the condition names, if any, to `playlists`.
[[nodiscard]] Test compile_test(const Condition& condition, std::vector<Named>& playlists);

/// What tests are asked beside the row.
struct Asked {
  const Row& row;
  const Moment& moment;
  std::size_t index = 0;
  const std::vector<const Members*>& members;
};

[[nodiscard]] Truth run_test(const Test& test, const Asked& asked);

}  // namespace harmonic::smartlist
