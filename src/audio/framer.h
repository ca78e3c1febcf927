// audio/framer.h - a stream of samples of any block size -> overlapping frames of one size.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::audio {

/// Frames start at sample 0, hop, 2 hop, ...; what does not fill a frame at the end is left out.
class Framer {
 public:
  /// Needs 0 < hop <= size.
  Framer(std::size_t size, std::size_t hop) : size_{size}, hop_{hop} { waiting_.reserve(4 * size); }

  /// Calls `on_frame(std::span<const float>)` with [size] samples for each frame completed.
  template <typename OnFrame>
  void push(std::span<const float> samples, OnFrame&& on_frame) {
    waiting_.insert(waiting_.end(), samples.begin(), samples.end());
    std::size_t start = 0;
    for (; start + size_ <= waiting_.size(); start += hop_) {
      on_frame(std::span<const float>{waiting_}.subspan(start, size_));
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(start));
  }

 private:
  std::size_t size_;
  std::size_t hop_;
  std::vector<float> waiting_;
};

}  // namespace harmonic::audio
