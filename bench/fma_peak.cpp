#include "fma_peak.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>

#include "clock.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace harmonic::bench {

namespace {

constexpr int kRounds = 200'000;
constexpr int kRuns = 30;
// Enough sums at once that none waits for its own last addition: two units of latency 4 need 8.
constexpr std::size_t kSums = 12;

// Each gives what it summed up, so that the compiler cannot leave it out.
#if defined(__x86_64__)
__attribute__((target("avx512f"))) float with_avx512() {
  __m512 sums[kSums];
  for (auto& sum : sums) sum = _mm512_set1_ps(1.0F);
  const __m512 factor = _mm512_set1_ps(0.999F), step = _mm512_set1_ps(0.001F);
  for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 12
    for (std::size_t i = 0; i < kSums; ++i) sums[i] = _mm512_fmadd_ps(sums[i], factor, step);
  }
  for (std::size_t i = 1; i < kSums; ++i) sums[0] = _mm512_add_ps(sums[0], sums[i]);
  return _mm512_cvtss_f32(sums[0]);
}

__attribute__((target("avx2,fma"))) float with_avx2() {
  __m256 sums[kSums];
  for (auto& sum : sums) sum = _mm256_set1_ps(1.0F);
  const __m256 factor = _mm256_set1_ps(0.999F), step = _mm256_set1_ps(0.001F);
  for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 12
    for (std::size_t i = 0; i < kSums; ++i) sums[i] = _mm256_fmadd_ps(sums[i], factor, step);
  }
  for (std::size_t i = 1; i < kSums; ++i) sums[0] = _mm256_add_ps(sums[0], sums[i]);
  return _mm256_cvtss_f32(sums[0]);
}
#endif

// Four floats are the vector of SSE and NEON; a multiply and an add where there is no FMA.
using Four = float __attribute__((vector_size(16)));

float portable() {
  Four sums[kSums];
  for (auto& sum : sums) sum = Four{1, 1, 1, 1};
  const Four factor{0.999F, 0.999F, 0.999F, 0.999F}, step{0.001F, 0.001F, 0.001F, 0.001F};
  for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 12
    for (std::size_t i = 0; i < kSums; ++i) sums[i] = sums[i] * factor + step;
  }
  for (std::size_t i = 1; i < kSums; ++i) sums[0] += sums[i];
  return sums[0][0];
}

FmaPeak measured(const char* unit, std::size_t lanes, float (*work)()) {
  const auto seconds = seconds_of(kRuns, [work] { benchmark::DoNotOptimize(work()); });
  return {unit, static_cast<double>(lanes * kSums * kRounds) / seconds.front()};
}

}  // namespace

FmaPeak fma_peak() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return measured("AVX-512", 16, with_avx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return measured("AVX2", 8, with_avx2);
  }
#endif
  return measured("portable", 4, portable);
}

}  // namespace harmonic::bench
