// Foreign bytes as a film: some frames or a reason, never a crash nor a picture above the limit.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "image/codec.h"
#include "image/film.h"

namespace {

constexpr int kMostFrames = 8;

// A file without a name, written anew for each film.
int memory_file() {
  static const int file = memfd_create("film", MFD_CLOEXEC);
  return file;
}

bool holds(const std::uint8_t* data, std::size_t size) {
  return ftruncate(memory_file(), 0) == 0 &&
         pwrite(memory_file(), data, size, 0) == static_cast<ssize_t>(size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace image = harmonic::image;
  if (!holds(data, size)) std::abort();
  auto film = image::Film::open("/proc/self/fd/" + std::to_string(memory_file()));
  if (!film) return 0;
  double last = -1;
  for (int i = 0; i < kMostFrames; ++i) {
    const auto frame = film->next();
    if (!frame || !*frame) return 0;
    const auto& [picture, seconds] = **frame;
    const auto pixels = std::int64_t{picture.width} * picture.height;
    if (pixels < 1 || pixels > image::kMostPixels || !(seconds >= 0) || seconds < last ||
        picture.pixels.size() != static_cast<std::size_t>(pixels) * 3) {
      __builtin_trap();
    }
    last = seconds;
  }
  return 0;
}
