#include "mood/model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace harmonic::mood {

namespace {

double squash(double z) { return std::erf(z / std::numbers::sqrt2); }  // 2 Phi(z) - 1

struct Joint {
  std::array<double, 2> mean{};
  std::array<double, 2> doubt{};  ///< standard deviation
};

/// Members of a head differ, and so do heads: both count.
Joint joint_of(const std::vector<Head>& heads, const std::vector<Opinion>& opinions) {
  Joint joint;
  const auto count = static_cast<double>(heads.size());
  for (std::size_t axis = 0; axis < 2; ++axis) {
    double sum = 0.0;
    double square = 0.0;
    double within = 0.0;
    for (std::size_t h = 0; h < heads.size(); ++h) {
      const auto& [mean, deviation] = heads[h].committee.outputs[axis];
      const auto z = static_cast<double>((opinions[h].mean[axis] - mean) / deviation);
      const auto dissent = static_cast<double>(opinions[h].dissent[axis] / deviation);
      sum += z;
      square += z * z;
      within += dissent * dissent;
    }
    joint.mean[axis] = sum / count;
    const double between = std::max(0.0, square / count - joint.mean[axis] * joint.mean[axis]);
    joint.doubt[axis] = std::sqrt((within / count + between) / count);
  }
  return joint;
}

std::vector<Opinion> ask_all(const std::vector<Head>& heads, std::span<const float> features) {
  std::vector<Opinion> opinions;
  opinions.reserve(heads.size());
  for (const auto& head : heads)
    opinions.push_back(ask(head.committee, inputs_of(head.view, features)));
  return opinions;
}

/// How far one deviation to both sides reaches in the plane, halved.
float doubt_in_plane(double z, double doubt) {
  return static_cast<float>((squash(z + doubt) - squash(z - doubt)) / 2.0);
}

void add_emotions(const Opinion& opinion, Mood& mood) {
  const auto gems = opinion.mean.begin() + 2;
  for (std::size_t i = 0; i < kGems.size(); ++i)
    mood.gems[i] = std::clamp(gems[static_cast<std::ptrdiff_t>(i)], 0.0F, 1.0F);
  const auto genres = gems + static_cast<std::ptrdiff_t>(kGems.size());
  mood.genre = static_cast<std::size_t>(std::max_element(genres, opinion.mean.end()) - genres);
}

}  // namespace

std::array<float, 2> Model::joint(std::span<const float> features) const {
  const auto joint = joint_of(heads_, ask_all(heads_, features));
  return {static_cast<float>(joint.mean[0]), static_cast<float>(joint.mean[1])};
}

Mood Model::mood_of(std::span<const float> features) const {
  const auto opinions = ask_all(heads_, features);
  const auto joint = joint_of(heads_, opinions);
  std::array<double, 2> z{};
  std::array<double, 2> doubt{};
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const auto deviation = static_cast<double>(reference_[axis].deviation);
    z[axis] = (joint.mean[axis] - static_cast<double>(reference_[axis].mean)) / deviation;
    doubt[axis] = joint.doubt[axis] / deviation;
  }
  Mood mood;
  mood.point = ValenceArousal::clamped(squash(z[0]), squash(z[1]));
  mood.valence_doubt = doubt_in_plane(z[0], doubt[0]);
  mood.arousal_doubt = doubt_in_plane(z[1], doubt[1]);
  for (std::size_t h = 0; h < heads_.size(); ++h) {
    if (heads_[h].knows_emotions) add_emotions(opinions[h], mood);
  }
  return mood;
}

}  // namespace harmonic::mood
