#include "mood/learn.h"

#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/dice.h"
#include "mood/layer.h"

namespace harmonic::mood {

namespace {

/// Weights that move by their own slopes.
class Moved {
 public:
  explicit Moved(std::vector<float>& weights)
      : weights_{weights},
        slope_(weights.size(), 0.0F),
        mean_(weights.size(), 0.0F),
        square_(weights.size(), 0.0F) {}
  [[nodiscard]] std::span<float> slope() { return slope_; }

  /// `step` from 1.
  void move(int step, float rate, float decay, float scale) {
    constexpr float kKeepMean = 0.9F;
    constexpr float kKeepSquare = 0.999F;
    const float mean_scale = 1.0F / (1.0F - std::pow(kKeepMean, static_cast<float>(step)));
    const float square_scale = 1.0F / (1.0F - std::pow(kKeepSquare, static_cast<float>(step)));
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const float slope = slope_[i] * scale;
      mean_[i] = kKeepMean * mean_[i] + (1.0F - kKeepMean) * slope;
      square_[i] = kKeepSquare * square_[i] + (1.0F - kKeepSquare) * slope * slope;
      weights_[i] -=
          rate * (mean_[i] * mean_scale / (std::sqrt(square_[i] * square_scale) + 1e-8F) +
                  decay * weights_[i]);
      slope_[i] = 0.0F;
    }
  }

 private:
  std::vector<float>& weights_;
  std::vector<float> slope_, mean_, square_;
};

class Learner {
 public:
  Learner(const Examples& examples, const Plan& plan)
      : examples_{examples}, plan_{plan}, dice_{plan.seed}, network_{start()} {}

  Network run() {
    std::vector<std::size_t> order(examples_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto batches = (order.size() + plan_.batch - 1) / plan_.batch;
    const auto steps = static_cast<double>(batches) * plan_.epochs;
    for (int epoch = 0; epoch < plan_.epochs; ++epoch) {
      for (auto i = order.size(); i-- > 1;) std::swap(order[i], order[dice_.below(i + 1)]);
      for (std::size_t at = 0; at < order.size(); at += plan_.batch) {
        const auto count = std::min(plan_.batch, order.size() - at);
        for (std::size_t i = 0; i < count; ++i) show(order[at + i]);
        const double done = step_++ / steps;
        const auto rate =
            plan_.rate * static_cast<float>(0.5 + 0.5 * std::cos(std::numbers::pi * done));
        const float scale = 1.0F / static_cast<float>(count);
        first_.move(step_, rate, plan_.decay, scale);
        second_.move(step_, rate, plan_.decay, scale);
        first_bias_.move(step_, rate, 0.0F, scale);
        second_bias_.move(step_, rate, 0.0F, scale);
      }
    }
    return network_;
  }

 private:
  Network start() {
    Network network{examples_.inputs, plan_.hidden, examples_.outputs, {}, {}, {}, {}};
    const auto fill = [this](std::vector<float>& weights, std::size_t in, std::size_t out) {
      const float reach = std::sqrt(3.0F / static_cast<float>(in));
      weights.resize(in * out);
      for (float& w : weights) w = dice_.between(-reach, reach);
    };
    fill(network.first, network.inputs, network.hidden);
    fill(network.second, network.hidden, network.outputs);
    network.first_bias.resize(network.hidden);
    network.second_bias.resize(network.outputs);
    return network;
  }

  /// Drops a share of `values` and makes up for it with the others.
  void drop(std::span<float> values) {
    const float keep = 1.0F / (1.0F - plan_.dropped);
    for (float& value : values) value = dice_.unit() < plan_.dropped ? 0.0F : value * keep;
  }

  /// Adds one example's slopes.
  void show(std::size_t at) {
    const auto seen = std::span{examples_.x}.subspan(at * examples_.inputs, examples_.inputs);
    const auto wanted = std::span{examples_.y}.subspan(at * examples_.outputs, examples_.outputs);
    x_.assign(seen.begin(), seen.end());
    drop(x_);
    middle_.resize(plan_.hidden);
    apply_layer(x_, network_.first, network_.first_bias, middle_);
    for (float& m : middle_) m = std::tanh(m);
    kept_ = middle_;
    drop(kept_);
    error_.resize(examples_.outputs);
    apply_layer(kept_, network_.second, network_.second_bias, error_);
    for (std::size_t j = 0; j < error_.size(); ++j)
      error_[j] = std::isnan(wanted[j]) ? 0.0F : error_[j] - wanted[j];
    add_slope(kept_, error_, second_.slope());
    for (std::size_t j = 0; j < error_.size(); ++j) second_bias_.slope()[j] += error_[j];
    back_.resize(plan_.hidden);
    for (std::size_t h = 0; h < plan_.hidden; ++h) {
      float sum = 0.0F;
      for (std::size_t j = 0; j < error_.size(); ++j)
        sum += error_[j] * network_.second[h * error_.size() + j];
      const float passed = middle_[h] == 0.0F ? 0.0F : kept_[h] / middle_[h];
      back_[h] = sum * passed * (1.0F - middle_[h] * middle_[h]);
    }
    add_slope(x_, back_, first_.slope());
    for (std::size_t h = 0; h < plan_.hidden; ++h) first_bias_.slope()[h] += back_[h];
  }

  const Examples& examples_;
  const Plan& plan_;
  Dice dice_;
  Network network_;
  Moved first_{network_.first};
  Moved first_bias_{network_.first_bias};
  Moved second_{network_.second};
  Moved second_bias_{network_.second_bias};
  int step_ = 0;
  std::vector<float> x_, middle_, kept_, error_, back_;
};

}  // namespace

Network learn(const Examples& examples, const Plan& plan) {
  assert(examples.size() > 0);
  return Learner{examples, plan}.run();
}

}  // namespace harmonic::mood
