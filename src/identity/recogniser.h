// identity/recogniser.h - the one face of every way to tell people apart.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::identity {

/// What is kept of one picture of a listener, instead of the picture.
using Features = std::vector<float>;

/// Somebody who asked to be known, with at least one picture's features.
struct Listener {
  std::string name;
  std::vector<Features> pictures;
};

/// Threads  all from any number at once.
class Recogniser {
 public:
  Recogniser() = default;
  Recogniser(const Recogniser&) = delete;
  Recogniser& operator=(const Recogniser&) = delete;
  virtual ~Recogniser() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  /// How many numbers features() gives.
  [[nodiscard]] virtual std::size_t length() const = 0;
  /// f32 [length()] of a portrait (portrait.h).
  [[nodiscard]] virtual Features features(const image::Picture& portrait) const = 0;
  /// How much `query` is like each listener: one number each, more is more alike. All features have
  /// length() numbers.
  [[nodiscard]] virtual std::vector<double> scores(std::span<const Listener> listeners,
                                                   std::span<const float> query) const = 0;
};

/// Who it is most likely, and whether that is likely enough to say it.
struct Answer {
  std::size_t nearest = 0;  ///< index into the listeners
  double score = 0;         ///< of the nearest, in the recogniser's own unit
  bool known = false;       ///< `score` reaches the threshold; else the person is unknown
};

/// Errors  kInvalidInput: nobody is enrolled, or features of another length than the recogniser's.
[[nodiscard]] Result<Answer> recognise(const Recogniser& recogniser,
                                       std::span<const Listener> listeners,
                                       std::span<const float> query, double threshold);

}  // namespace harmonic::identity
