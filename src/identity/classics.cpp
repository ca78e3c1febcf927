#include "identity/classics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "identity/descriptor.h"
#include "image/transform.h"

namespace harmonic::identity {

namespace {

constexpr int kSmallWidth = 40, kSmallHeight = 48;
constexpr int kBlocks = 8;

template <typename Distance>
std::vector<double> nearest(std::span<const Listener> listeners, std::span<const float> query,
                            Distance distance) {
  std::vector<double> scores;
  for (const auto& listener : listeners) {
    double best = std::numeric_limits<double>::infinity();
    for (const auto& picture : listener.pictures) best = std::min(best, distance(picture, query));
    scores.push_back(-best);
  }
  return scores;
}

class PatternHistograms final : public Recogniser {
 public:
  [[nodiscard]] std::string_view name() const override { return "lbph"; }
  [[nodiscard]] std::size_t length() const override {
    return std::size_t{kBlocks} * std::size_t{kBlocks} * kPatternBins;
  }
  [[nodiscard]] Features features(const image::Picture& portrait) const override {
    return pattern_histograms(portrait, 1, kBlocks, kBlocks);
  }
  [[nodiscard]] std::vector<double> scores(std::span<const Listener> listeners,
                                           std::span<const float> query) const override {
    return nearest(listeners, query, [](std::span<const float> a, std::span<const float> b) {
      float sum = 0;
      for (std::size_t i = 0; i < a.size(); ++i) {
        const float difference = a[i] - b[i];
        sum += difference * difference / (a[i] + b[i] + 1e-9F);  // nothing in both is no difference
      }
      return double{sum};
    });
  }
};

Features standardised(const image::Picture& portrait) {
  const auto small = image::resize(image::grey(portrait), kSmallWidth, kSmallHeight);
  Features values{small.pixels.begin(), small.pixels.end()};
  const auto count = static_cast<float>(values.size());
  const float mean = std::accumulate(values.begin(), values.end(), 0.0F) / count;
  float squares = 0;
  for (const float value : values) squares += (value - mean) * (value - mean);
  const float deviation = std::max(std::sqrt(squares / count), 1.0F);
  for (float& value : values) value = (value - mean) / deviation;
  return values;
}

class Eigenfaces final : public Recogniser {
 public:
  Eigenfaces(std::vector<float> mean, Matrix faces)
      : mean_{std::move(mean)}, faces_{std::move(faces)} {}

  [[nodiscard]] std::string_view name() const override { return "eigenfaces"; }
  [[nodiscard]] std::size_t length() const override { return faces_.rows; }
  [[nodiscard]] Features features(const image::Picture& portrait) const override {
    const Features pixels = standardised(portrait);
    Features along(faces_.rows);
    for (std::size_t i = 0; i < along.size(); ++i) {
      const auto face = faces_.row(i);
      for (std::size_t j = 0; j < face.size(); ++j) along[i] += face[j] * (pixels[j] - mean_[j]);
    }
    return along;
  }
  [[nodiscard]] std::vector<double> scores(std::span<const Listener> listeners,
                                           std::span<const float> query) const override {
    return nearest(listeners, query, [](std::span<const float> a, std::span<const float> b) {
      double sum = 0;
      for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = double{a[i]} - double{b[i]};
        sum += difference * difference;
      }
      return std::sqrt(sum);
    });
  }

 private:
  std::vector<float> mean_;
  Matrix faces_;
};

}  // namespace

std::unique_ptr<Recogniser> make_pattern_histograms() {
  return std::make_unique<PatternHistograms>();
}

std::unique_ptr<Recogniser> make_eigenfaces(std::span<const image::Picture> portraits,
                                            std::size_t count) {
  Matrix pixels{portraits.size(), std::size_t{kSmallWidth} * kSmallHeight};
  for (std::size_t i = 0; i < portraits.size(); ++i) {
    const Features values = standardised(portraits[i]);
    std::copy(values.begin(), values.end(), pixels.row(i).begin());
  }
  auto mean = mean_row(pixels);
  auto axes = principal_axes(less(std::move(pixels), mean), count);
  return std::make_unique<Eigenfaces>(std::move(mean), std::move(axes.directions));
}

}  // namespace harmonic::identity
