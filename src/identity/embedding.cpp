#include "identity/embedding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "identity/descriptor.h"

namespace harmonic::identity {

namespace {

/// People learned from weigh in the middle of a household as much as this many listeners. Not
/// tuned: on muxspace 0, 2 and 5 are equals (docs/decisions/0076).
constexpr double kOthersWeight = 2;

using Vector = std::vector<double>;

/// The middle of listeners' middles, drawn towards 0, the middle of the people learned from.
Vector middle_of(std::span<const Listener> listeners, std::size_t length) {
  Vector middle(length);
  for (const auto& listener : listeners) {
    const auto share = 1 / static_cast<double>(listener.pictures.size());
    for (const auto& picture : listener.pictures) {
      for (std::size_t d = 0; d < length; ++d) middle[d] += share * double{picture[d]};
    }
  }
  const double all = static_cast<double>(listeners.size()) + kOthersWeight;
  for (double& value : middle) value /= all;
  return middle;
}

class Embedding final : public Recogniser {
 public:
  explicit Embedding(EmbeddingWeights weights) : weights_{std::move(weights)} {}

  [[nodiscard]] std::string_view name() const override { return "embedding"; }
  [[nodiscard]] std::size_t length() const override { return weights_.outputs; }

  [[nodiscard]] Features features(const image::Picture& portrait) const override {
    const auto descriptor = describe(portrait);
    Features y(weights_.outputs);
    for (std::size_t j = 0; j < y.size(); ++j) {
      y[j] = weights_.scale[j] * projected(weights_, j, descriptor) - weights_.offset[j];
    }
    return y;
  }

  [[nodiscard]] std::vector<double> scores(std::span<const Listener> listeners,
                                           std::span<const float> query) const override {
    const Vector middle = middle_of(listeners, weights_.outputs);
    const Vector asked = centred(query, middle);
    std::vector<double> scores;
    for (const auto& listener : listeners) {
      Vector mean(weights_.outputs);
      for (const auto& picture : listener.pictures) {
        const Vector y = centred(picture, middle);
        for (std::size_t d = 0; d < mean.size(); ++d) mean[d] += y[d];
      }
      const auto count = static_cast<double>(listener.pictures.size());
      for (double& value : mean) value /= count;
      scores.push_back(log_ratio(mean, count, asked));
    }
    return scores;
  }

 private:
  [[nodiscard]] Vector centred(std::span<const float> picture, const Vector& middle) const {
    Vector y(middle.size());
    for (std::size_t d = 0; d < y.size(); ++d) y[d] = double{picture[d]} - middle[d];
    make_length_equal(y, weights_.total);
    return y;
  }

  /// ln p(asked | the person of these pictures) - ln p(asked | anybody)
  [[nodiscard]] double log_ratio(const Vector& mean, double count, const Vector& asked) const {
    double sum = 0;
    for (std::size_t d = 0; d < mean.size(); ++d) {
      const double within = weights_.within[d], between = weights_.between[d];
      const double sure = count * between / (count * between + within);
      const double expected = sure * mean[d];
      const double spread = (1 - sure) * between + within, anybody = between + within;
      const double off = asked[d] - expected;
      sum += std::log(anybody / spread) - off * off / spread + asked[d] * asked[d] / anybody;
    }
    return sum / 2;
  }

  EmbeddingWeights weights_;
};

}  // namespace

std::unique_ptr<Recogniser> make_embedding(EmbeddingWeights weights) {
  return std::make_unique<Embedding>(std::move(weights));
}

float projected(const EmbeddingWeights& weights, std::size_t j,
                const std::vector<float>& descriptor) {
  const auto* row = weights.projection.data() + j * weights.inputs;
  std::array<float, 8> sums{};  // eight chains, which the compiler may run side by side
  std::size_t i = 0;
  for (; i + sums.size() <= weights.inputs; i += sums.size()) {
    for (std::size_t lane = 0; lane < sums.size(); ++lane) {
      sums[lane] += static_cast<float>(row[i + lane]) * descriptor[i + lane];
    }
  }
  float sum = 0;
  for (const float part : sums) sum += part;
  for (; i < weights.inputs; ++i) sum += static_cast<float>(row[i]) * descriptor[i];
  return sum;
}

void make_length_equal(std::vector<double>& y, const std::vector<float>& total) {
  double squares = 0;
  for (std::size_t d = 0; d < y.size(); ++d) squares += y[d] * y[d] / double{total[d]};
  const double factor = std::sqrt(static_cast<double>(y.size()) / std::max(squares, 1e-9));
  for (double& value : y) value *= factor;
}

}  // namespace harmonic::identity
