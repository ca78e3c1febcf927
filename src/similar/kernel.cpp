#include "similar/kernel.h"

#include <cstring>
#include <numeric>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace harmonic::similar {

namespace {

// Sums of 32 bits are enough: 256 * 255 * 32,639 < 2^31.

std::size_t block_bytes(const Query& query) {
  return sizeof(BlockHead) + query.codes.size() * kBlockRows;
}

/// What a stored code's offset adds to a sum over `codes`, with the opposite sign.
template <typename Codes>
std::int32_t offset_of(const Codes& codes) {
  return -static_cast<std::int32_t>(kCodeOfZero) *
         std::accumulate(codes.begin(), codes.end(), std::int32_t{0});
}

void portable(const char* blocks, std::size_t count, const Query& query, float* values) {
  const auto start = offset_of(query.codes);
  for (; count > 0; --count, blocks += block_bytes(query), values += kBlockRows) {
    std::array<std::int32_t, kBlockRows> sums{};
    sums.fill(start);
    const auto* codes = reinterpret_cast<const std::uint8_t*>(blocks + sizeof(BlockHead));
    for (std::size_t at = 0; at < query.codes.size(); at += kGroup) {
      for (auto& sum : sums) {
        for (std::size_t i = 0; i < kGroup; ++i) sum += codes[i] * query.codes[at + i];
        codes += kGroup;
      }
    }
    const auto* head = reinterpret_cast<const BlockHead*>(blocks);
    for (std::size_t row = 0; row < kBlockRows; ++row)
      values[row] = static_cast<float>(sums[row]) * (head->scales[row] * query.scale);
  }
}

#if defined(__x86_64__)

// A vector type as an argument of a template loses its alignment.
// NOLINTBEGIN(modernize-avoid-c-arrays)

// Sixteen bytes are four codes of four rows: widened to 16 bits they are multiplied by four of the
// query's, and neighbours are added up, so a row has two sums until the end.
__attribute__((target("avx2"))) void with_avx2(const char* blocks, std::size_t count,
                                               const Query& query, float* values) {
  // A block by itself was asked for before.
  const std::size_t ahead = count > 1 ? kAhead : 0;
  const __m256i start = _mm256_set1_epi32(offset_of(query.codes));
  const __m256 unit = _mm256_set1_ps(query.scale);
  for (; count > 0; --count, blocks += block_bytes(query), values += kBlockRows) {
    __m256i sums[4];
    for (auto& sum : sums) sum = _mm256_setzero_si256();
    const auto* codes = reinterpret_cast<const __m128i*>(blocks + sizeof(BlockHead));
    for (std::size_t at = 0; at < query.codes.size(); at += kGroup, codes += 4) {
      _mm_prefetch(reinterpret_cast<const char*>(codes) + ahead, _MM_HINT_T0);
      const __m256i four = _mm256_broadcastq_epi64(
          _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&query.codes[at])));
      for (std::size_t i = 0; i < 4; ++i) {
        const __m256i wide = _mm256_cvtepu8_epi16(_mm_load_si128(codes + i));
        sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(wide, four));
      }
    }
    const auto* head = reinterpret_cast<const BlockHead*>(blocks);
    for (std::size_t half = 0; half < 2; ++half) {
      // Rows 0 1 4 5 2 3 6 7, then in their order.
      const __m256i mixed = _mm256_hadd_epi32(sums[2 * half], sums[2 * half + 1]);
      const __m256i rows = _mm256_add_epi32(_mm256_permute4x64_epi64(mixed, 0xD8), start);
      const __m256 scales = _mm256_mul_ps(_mm256_loadu_ps(head->scales.data() + 8 * half), unit);
      _mm256_storeu_ps(values + 8 * half, _mm256_mul_ps(_mm256_cvtepi32_ps(rows), scales));
    }
  }
}

// NOLINTEND(modernize-avoid-c-arrays)

// Without a mask, gcc 12 warns of an uninitialised register (gcc bug 105593, mended in 13).
constexpr __mmask16 kAllRows = 0xFFFF;

// A register holds four codes of each row of a block. One block after the other: several at once,
// for fewer fetches of the query's codes, are slower, as memory then is not read in its order.
__attribute__((target("avx512f,avx512vnni"))) void with_vnni(const char* blocks, std::size_t count,
                                                             const Query& query, float* values) {
  const __m512i start_high = _mm512_set1_epi32(offset_of(query.high));
  const __m512i start_low = _mm512_set1_epi32(offset_of(query.low));
  const __m512 unit = _mm512_set1_ps(query.scale);
  for (; count > 0; --count, blocks += block_bytes(query), values += kBlockRows) {
    __m512i high = start_high, low = start_low;
    const char* codes = blocks + sizeof(BlockHead);
    for (std::size_t at = 0; at < query.codes.size(); at += kGroup, codes += kGroup * kBlockRows) {
      std::int32_t four_high = 0, four_low = 0;
      std::memcpy(&four_high, &query.high[at], kGroup);
      std::memcpy(&four_low, &query.low[at], kGroup);
      const __m512i rows = _mm512_loadu_si512(codes);
      high = _mm512_dpbusd_epi32(high, rows, _mm512_set1_epi32(four_high));
      low = _mm512_dpbusd_epi32(low, rows, _mm512_set1_epi32(four_low));
    }
    const __m512i sums = _mm512_add_epi32(_mm512_maskz_slli_epi32(kAllRows, high, 8), low);
    const __m512 scales = _mm512_mul_ps(_mm512_loadu_ps(blocks), unit);
    _mm512_storeu_ps(values, _mm512_mul_ps(_mm512_maskz_cvtepi32_ps(kAllRows, sums), scales));
  }
}

#endif

}  // namespace

const char* name_of(Instructions instructions) {
  switch (instructions) {
    case Instructions::kAvx512Vnni: return "AVX512-VNNI";
    case Instructions::kAvx2: return "AVX2";
    case Instructions::kPortable: break;
  }
  return "portable";
}

bool has(Instructions instructions) {
#if defined(__x86_64__)
  if (instructions == Instructions::kAvx512Vnni)
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vnni") != 0;
  if (instructions == Instructions::kAvx2) return __builtin_cpu_supports("avx2") != 0;
#endif
  return instructions == Instructions::kPortable;
}

Instructions best_instructions() {
  for (const auto instructions : {Instructions::kAvx512Vnni, Instructions::kAvx2}) {
    if (has(instructions)) return instructions;
  }
  return Instructions::kPortable;
}

Kernel kernel_of(Instructions instructions) {
#if defined(__x86_64__)
  if (instructions == Instructions::kAvx512Vnni) return with_vnni;
  if (instructions == Instructions::kAvx2) return with_avx2;
#endif
  return portable;
}

}  // namespace harmonic::similar
