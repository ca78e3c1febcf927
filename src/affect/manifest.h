// affect/manifest.h - what models/expression/manifest.json says, checked before weights are
// touched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::affect {

inline constexpr int kFaceSide = 48;

/// The part of the manifest that the program acts on; models/expression/README.md has all keys.
struct Manifest {
  std::string file;    ///< of the weights, beside the manifest; a bare name
  std::string sha256;  ///< of that file
  std::string input;   ///< the network's input and its two outputs by name
  std::string fer2013, ferplus;
  float epsilon = 1.0F;  ///< least deviation that the standardisation divides by, > 0
  std::int64_t parameters = 0;
  std::uint64_t seed = 0;  ///< that the training began with; 0 where the manifest does not say
  std::string recipe;      ///< of `harmonic-train faces`; empty where the manifest does not say
};

/// Errors  kCorrupt, naming the key: malformed JSON, a key missing or of another kind, another
/// input
///         than [1, 1, 48, 48] standardised, labels in another order than this program's.
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view json);

}  // namespace harmonic::affect
