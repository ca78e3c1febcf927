// identity/classics.h - the two old ways, kept to measure our own against.
#pragma once

#include <memory>
#include <span>

#include "identity/matrix.h"
#include "identity/recogniser.h"

namespace harmonic::identity {

/// Nearest picture by chi-square between histograms of local binary patterns in 8x8 blocks, radius
/// 1. Learns nothing. Source  Ahonen, Hadid, Pietikainen, PAMI 2006.
[[nodiscard]] std::unique_ptr<Recogniser> make_pattern_histograms();

/// Nearest picture by distance along the directions in which other people's pictures differ most.
/// Pictures are brought to 40x48, mean 0 and deviation 1. `portraits` are of people who are never
/// asked for; more of them than `count`.
/// Source  Turk, Pentland, "Eigenfaces for recognition", J. Cognitive Neuroscience 3 (1991).
[[nodiscard]] std::unique_ptr<Recogniser> make_eigenfaces(std::span<const image::Picture> portraits,
                                                          std::size_t count = 100);

}  // namespace harmonic::identity
