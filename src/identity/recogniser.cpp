#include "identity/recogniser.h"

#include <algorithm>

namespace harmonic::identity {

namespace {

tl::unexpected<Error> other_length(std::string_view whose, std::size_t length,
                                   std::size_t expected) {
  return fail(ErrorKind::kInvalidInput, std::string{whose} + " has " + std::to_string(length) +
                                            " numbers, this model makes " +
                                            std::to_string(expected) + "; forget and enrol again");
}

}  // namespace

Result<Answer> recognise(const Recogniser& recogniser, std::span<const Listener> listeners,
                         std::span<const float> query, double threshold) {
  const std::size_t length = recogniser.length();
  if (listeners.empty()) return fail(ErrorKind::kInvalidInput, "nobody is enrolled");
  if (query.size() != length) return other_length("the picture", query.size(), length);
  for (const auto& listener : listeners) {
    if (listener.pictures.empty()) {
      return fail(ErrorKind::kInvalidInput, listener.name + " is enrolled without a picture");
    }
    for (const auto& picture : listener.pictures) {
      if (picture.size() != length) return other_length(listener.name, picture.size(), length);
    }
  }
  const auto scores = recogniser.scores(listeners, query);
  const auto best = std::max_element(scores.begin(), scores.end());
  return Answer{static_cast<std::size_t>(best - scores.begin()), *best, *best >= threshold};
}

}  // namespace harmonic::identity
