#include "base/heap.h"

#include <malloc.h>

namespace harmonic {

namespace {

// Two at a time are at work: one answers, one ranks or reads the library.
constexpr int kArenas = 2;
// Set, so that it stays: by itself it grows with the largest piece that was ever freed, up to 32
// MB, and twice as much is then kept. The buffers of a list of a million songs are smaller.
constexpr int kLargePiece = 8 << 20;  // bytes
constexpr int kKeptAtEnd = 8 << 20;   // bytes

}  // namespace

void keep_little_free_memory() {
  ::mallopt(M_ARENA_MAX, kArenas);
  ::mallopt(M_MMAP_THRESHOLD, kLargePiece);
  ::mallopt(M_TRIM_THRESHOLD, kKeptAtEnd);
}

void give_back_free_memory() { ::malloc_trim(0); }

}  // namespace harmonic
