// Bounds of products, by codes of 4 bits. There is no path for AVX512-VNNI: with AVX2 the loop
// already waits for memory.
#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>

#include "similar/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace harmonic::similar {

namespace {

constexpr std::size_t kGroupBytes = kGroup * kBlockRows / 2;  // lower halves: rows 0 .. 7

std::size_t block_bytes(const Query& query) {
  return sizeof(BlockHead) + query.high.size() / kGroup * kGroupBytes;
}

/// What a sum starts at, so that the codes' zero adds nothing.
std::int32_t start_of(const Query& query) {
  return -static_cast<std::int32_t>(kCoarseCodeOfZero) *
         std::accumulate(query.high.begin(), query.high.end(), std::int32_t{0});
}

/// Of a product of a row's unit codes with `high`.
float unit_of(const Query& query) { return 256.0F * query.scale; }

/// Nothing is known, so each block is looked at in its fine codes: without wide registers that is
/// 3 times as quick as to read the coarse ones first (benchmarks, "Vectors most like one").
void unknown(const char* /*blocks*/, std::size_t count, const Query& /*query*/, float* highest) {
  std::fill_n(highest, count, std::numeric_limits<float>::infinity());
}

#if defined(__x86_64__)

// As many products as a sum of 16 bits is sure to hold: 8 * 2 * 15 * 127 < 2^15.
constexpr std::size_t kGroupsOfShorts = 8;

// NOLINTBEGIN(modernize-avoid-c-arrays): a vector type in an array template loses its alignment

/// Of eight rows, from their sums: what their products are not above.
__attribute__((target("avx2"))) __m256 bounds_of(__m256i sums, const BlockHead& head,
                                                 std::size_t first, const Query& query) {
  const __m256 units =
      _mm256_mul_ps(_mm256_loadu_ps(head.scales.data() + first), _mm256_set1_ps(unit_of(query)));
  const __m256 doubts = _mm256_add_ps(_mm256_mul_ps(_mm256_loadu_ps(head.residuals.data() + first),
                                                    _mm256_set1_ps(query.coarse.per_residual)),
                                      _mm256_set1_ps(query.coarse.constant));
  return _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sums), units), doubts);
}

__attribute__((target("avx2"))) float largest_of(__m256 values) {
  __m128 four = _mm_max_ps(_mm256_castps256_ps128(values), _mm256_extractf128_ps(values, 1));
  four = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(four, _mm_movehdup_ps(four)));
}

/// Sums of 16 bits, two a row, are added up in 32 once in kGroupsOfShorts groups.
__attribute__((target("avx2"))) void with_avx2(const char* blocks, std::size_t count,
                                               const Query& query, float* highest) {
  const __m256i start = _mm256_set1_epi32(start_of(query));
  const __m256i lower = _mm256_set1_epi8(0xF);
  const __m256i ones = _mm256_set1_epi16(1);
  const std::size_t groups = query.high.size() / kGroup;
  for (; count > 0; --count, blocks += block_bytes(query), ++highest) {
    __m256i sums[2] = {start, start};
    const char* codes = blocks + sizeof(BlockHead);
    for (std::size_t done = 0; done < groups; done += kGroupsOfShorts) {
      __m256i shorts[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
      const auto until = std::min(groups, done + kGroupsOfShorts);
      for (std::size_t group = done; group < until; ++group, codes += kGroupBytes) {
        _mm_prefetch(codes + kAhead, _MM_HINT_T0);
        std::int32_t four = 0;
        std::memcpy(&four, &query.high[group * kGroup], kGroup);
        const __m256i wanted = _mm256_set1_epi32(four);
        const __m256i both = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes));
        const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(both, 4), lower);
        const auto add = [&](__m256i & to, __m256i some) __attribute__((target("avx2"))) {
          to = _mm256_add_epi16(to, _mm256_maddubs_epi16(some, wanted));
        };
        add(shorts[0], _mm256_and_si256(both, lower));
        add(shorts[1], upper);
      }
      for (std::size_t half = 0; half < 2; ++half)
        sums[half] = _mm256_add_epi32(sums[half], _mm256_madd_epi16(shorts[half], ones));
    }
    const auto& head = *reinterpret_cast<const BlockHead*>(blocks);
    *highest = largest_of(_mm256_max_ps(bounds_of(sums[0], head, 0, query),
                                        bounds_of(sums[1], head, kBlockRows / 2, query)));
  }
}

// NOLINTEND(modernize-avoid-c-arrays)

#endif

}  // namespace

CoarseKernel coarse_kernel_of(Instructions instructions) {
#if defined(__x86_64__)
  if (instructions != Instructions::kPortable) return with_avx2;
#endif
  return unknown;
}

}  // namespace harmonic::similar
