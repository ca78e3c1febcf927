// fma_peak.h - how many multiply-accumulates one core of this machine can do at most.
#pragma once

#include <string>

namespace harmonic::bench {

struct FmaPeak {
  std::string unit;              ///< "AVX-512", "AVX2", or "portable" where neither is there.
  double macs_per_second = 0.0;  ///< Of float, one thread; the best of many short runs.
};

/// Multiplies and adds in registers alone, so memory and layout play no part: a program that
/// computes anything stays below it.
[[nodiscard]] FmaPeak fma_peak();

}  // namespace harmonic::bench
