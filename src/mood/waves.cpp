#include "mood/waves.h"

#include <cassert>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include "base/dice.h"

namespace harmonic::mood {

namespace {

Network draw(const Examples& examples, const WavePlan& plan) {
  Network network{examples.inputs, plan.hidden, examples.outputs, {}, {}, {}, {}, Unit::kCosine};
  Dice dice{plan.seed};
  network.first.resize(examples.inputs * plan.hidden);
  for (float& weight : network.first) weight = std::sqrt(2.0F * plan.width) * dice.normal();
  network.first_bias.resize(plan.hidden);
  for (float& phase : network.first_bias)
    phase = dice.between(0.0F, 2.0F * std::numbers::pi_v<float>);
  network.second.resize(plan.hidden * examples.outputs);
  network.second_bias.resize(examples.outputs);
  return network;
}

/// The waves of the rows whose `output` is known, and what is known: [known x hidden], [known].
std::pair<Eigen::MatrixXd, Eigen::VectorXd> known_waves(const Network& network,
                                                        const Examples& examples,
                                                        std::size_t output) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!std::isnan(examples.y[i * examples.outputs + output])) known.push_back(i);
  }
  const auto rows = static_cast<Eigen::Index>(known.size());
  Eigen::MatrixXd waves{rows, static_cast<Eigen::Index>(network.hidden)};
  Eigen::VectorXd wanted{rows};
  for (Eigen::Index r = 0; r < rows; ++r) {
    const auto i = known[static_cast<std::size_t>(r)];
    const auto x = std::span{examples.x}.subspan(i * examples.inputs, examples.inputs);
    const auto middle = middle_of(network, x);
    for (std::size_t h = 0; h < middle.size(); ++h)
      waves(r, static_cast<Eigen::Index>(h)) = static_cast<double>(middle[h]);
    wanted(r) = static_cast<double>(examples.y[i * examples.outputs + output]);
  }
  return {std::move(waves), std::move(wanted)};
}

}  // namespace

Network learn_waves(const Examples& examples, const WavePlan& plan) {
  assert(examples.size() > 0);
  auto network = draw(examples, plan);
  // The likeness of two songs is the sum of their waves' products times 2 / hidden.
  const double ridge = static_cast<double>(plan.ridge) * static_cast<double>(plan.hidden) / 2.0;
  for (std::size_t j = 0; j < examples.outputs; ++j) {
    const auto [waves, wanted] = known_waves(network, examples, j);
    if (wanted.size() == 0) continue;
    const double mean = wanted.mean();
    Eigen::MatrixXd gram = waves.transpose() * waves;
    gram.diagonal().array() += ridge;
    const Eigen::VectorXd weights =
        gram.llt().solve(waves.transpose() * (wanted.array() - mean).matrix());
    for (std::size_t h = 0; h < plan.hidden; ++h)
      network.second[h * examples.outputs + j] =
          static_cast<float>(weights(static_cast<Eigen::Index>(h)));
    network.second_bias[j] = static_cast<float>(mean);
  }
  return network;
}

}  // namespace harmonic::mood
