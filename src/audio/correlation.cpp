#include "audio/correlation.h"

#include <cstddef>

namespace harmonic::audio {

double value_at(const Correlation& correlation, double lag) {
  const auto below = static_cast<std::size_t>(lag);
  if (below + 1 >= correlation.size()) return 0.0;
  const double part = lag - static_cast<double>(below);
  return correlation[below] * (1.0 - part) + correlation[below + 1] * part;
}

double comb(const Correlation& correlation, double beat) {
  double sum = 0.0;
  for (int k = 1; k <= kBeats; ++k) sum += value_at(correlation, beat * k);
  return sum / kBeats;
}

}  // namespace harmonic::audio
