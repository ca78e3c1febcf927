#include "mood/committee.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace harmonic::mood {

namespace {

constexpr float kFarthest = 4.0F;

float standardised(float value, const Spread& spread) {
  return (value - spread.mean) / spread.deviation;
}

void standardise(std::span<float> row, std::span<const Spread> spreads) {
  for (std::size_t i = 0; i < row.size(); ++i)
    row[i] = std::clamp(standardised(row[i], spreads[i]), -kFarthest, kFarthest);
}

}  // namespace

std::vector<Spread> spreads_of(std::span<const float> rows, std::size_t width) {
  std::vector<Spread> spreads(width);
  for (std::size_t j = 0; j < width; ++j) {
    double sum = 0.0;
    double square = 0.0;
    double count = 0.0;
    for (std::size_t at = j; at < rows.size(); at += width) {
      if (std::isnan(rows[at])) continue;
      const auto value = static_cast<double>(rows[at]);
      sum += value;
      square += value * value;
      count += 1.0;
    }
    if (count == 0.0) continue;
    const double mean = sum / count;
    const double deviation = std::sqrt(std::max(0.0, square / count - mean * mean));
    // A column that never changes teaches nothing and may not be divided by.
    spreads[j] = {static_cast<float>(mean),
                  deviation > 1e-6 ? static_cast<float>(deviation) : 1.0F};
  }
  return spreads;
}

Committee learn_together(const Examples& examples, const Members& members) {
  Committee committee{
      spreads_of(examples.x, examples.inputs), spreads_of(examples.y, examples.outputs), {}};
  Examples even = examples;
  for (std::size_t at = 0; at < even.x.size(); at += even.inputs)
    standardise(std::span{even.x}.subspan(at, even.inputs), committee.inputs);
  for (std::size_t i = 0; i < even.y.size(); ++i)
    even.y[i] = standardised(even.y[i], committee.outputs[i % even.outputs]);
  for (auto plan = members.plan; committee.members.size() < members.learned; ++plan.seed)
    committee.members.push_back(learn(even, plan));
  auto wave_plan = members.wave_plan;
  for (std::size_t m = 0; m < members.drawn; ++m, ++wave_plan.seed)
    committee.members.push_back(learn_waves(even, wave_plan));
  return committee;
}

Opinion ask(const Committee& committee, std::span<const float> inputs) {
  assert(!committee.members.empty() && inputs.size() == committee.inputs.size());
  std::vector<float> x(inputs.begin(), inputs.end());
  standardise(x, committee.inputs);
  const auto outputs = committee.outputs.size();
  Opinion opinion{std::vector<float>(outputs, 0.0F), std::vector<float>(outputs, 0.0F)};
  for (const auto& member : committee.members) {
    const auto y = answer(member, x);
    for (std::size_t j = 0; j < outputs; ++j) {
      opinion.mean[j] += y[j];
      opinion.dissent[j] += y[j] * y[j];
    }
  }
  const auto count = static_cast<float>(committee.members.size());
  for (std::size_t j = 0; j < outputs; ++j) {
    const auto& [mean, deviation] = committee.outputs[j];
    const float middle = opinion.mean[j] / count;
    const float variance = std::max(0.0F, opinion.dissent[j] / count - middle * middle);
    opinion.mean[j] = mean + deviation * middle;
    opinion.dissent[j] = deviation * std::sqrt(variance);
  }
  return opinion;
}

}  // namespace harmonic::mood
