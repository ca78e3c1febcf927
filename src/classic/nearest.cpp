#include <cmath>
#include <limits>
#include <utility>

#include "classic/algebra.h"
#include "classic/learner.h"

namespace harmonic::classic {
namespace {

/// Rows of length 1 order by distance as by angle, so cosine is Euclid on those.
Rows unit_rows(Rows rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = std::span{rows.values}.subspan(i * rows.width, rows.width);
    const float length = std::sqrt(dot(row, row));
    for (auto& value : row) value = length > 0 ? value / length : 0;
  }
  return rows;
}

class Nearest : public Learned {
 public:
  Nearest(Rows rows, bool by_angle)
      : rows_{by_angle ? unit_rows(std::move(rows)) : std::move(rows)} {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      // |a - b|^2 is least where a.b - |b|^2 / 2 is largest. A row without direction has no angle.
      const float squared = dot(rows_.row(i), rows_.row(i));
      const bool lost = by_angle && squared == 0;
      half_.push_back(lost ? std::numeric_limits<float>::max() : squared / 2);
    }
  }

  [[nodiscard]] Result<std::uint8_t> answer(std::span<const float> row) const override {
    std::size_t best = 0;
    float most = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const float closeness = dot(row, rows_.row(i)) - half_[i];
      if (closeness > most) {
        most = closeness;
        best = i;
      }
    }
    return rows_.labels[best];
  }

 private:
  Rows rows_;
  std::vector<float> half_;
};

}  // namespace

// A row that is asked about needs no unit length: it scales all products alike, and with halves
// that are all alike the order stays.
Result<Choice> learn_nearest(const Rows& training, const Rows& choosing) {
  auto euclid = std::make_unique<Nearest>(training, false);
  auto cosine = std::make_unique<Nearest>(training, true);
  HARMONIC_TRY(const auto by_distance, share_right(*euclid, choosing));
  HARMONIC_TRY(const auto by_angle, share_right(*cosine, choosing));
  if (by_angle > by_distance) return Choice{std::move(cosine), "cosine"};
  return Choice{std::move(euclid), "Euclidean"};
}

}  // namespace harmonic::classic
