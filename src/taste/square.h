// taste/square.h - the one dense step of EASE.
#pragma once

#include <cstddef>
#include <span>

namespace harmonic::taste {

/// Inverts a symmetric positive definite matrix of `size` x `size` in its place, by as many threads
/// as `jobs`: a blocked Cholesky factor, its inverse, and their product. The result does not depend
/// on `jobs`.
void invert(std::span<float> matrix, std::size_t size, std::size_t jobs);

}  // namespace harmonic::taste
