// Foreign bytes as the text files of the face archive.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "evaluate/fer2013.h"
#include "evaluate/votes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace evaluate = harmonic::evaluate;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  std::uint32_t first_row = 0;
  if (const auto votes = evaluate::parse_votes(text, first_row)) {
    for (const auto& row : *votes) {
      const auto winner = evaluate::majority_of(row);
      if (winner && row.emotions.at(static_cast<std::size_t>(*winner)) < 2) __builtin_trap();
    }
  }
  const auto leaked = evaluate::parse_duplicates(text);
  if (leaked && leaked->size() > size) __builtin_trap();
  return 0;
}
