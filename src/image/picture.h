// Module image: pixels. Decodes, crops, resizes, draws; reads films and cameras.
//
// Uses     base (OpenCV inside the .cpp files).  Used by nn, face, affect, evaluate, session.
// Threads  every function is a pure function of its arguments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace harmonic::image {

/// A rectangle in pixels; may reach outside the picture that it speaks of.
struct Box {
  float x = 0, y = 0, width = 0, height = 0;
};

struct Point {
  float x = 0, y = 0;
};

/// An owned picture: u8 [height, width, channels], row-major, no padding; 3 channels are R, G, B,
/// 1 channel is grey (0 black .. 255 white).
struct Picture {
  int width = 0;
  int height = 0;
  int channels = 3;
  std::vector<std::uint8_t> pixels;

  [[nodiscard]] bool empty() const { return pixels.empty(); }
};

}  // namespace harmonic::image
