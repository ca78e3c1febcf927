#include "taste/company.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace harmonic::taste {

namespace {

float weight_of(const Play& play) { return play.count / (play.count + 1.0F); }

struct Size {
  float sum = 0.0F;
  float square = 0.0F;
};

Size size_of(std::span<const Play> row) {
  Size size;
  for (const auto& play : row) {
    const float weight = weight_of(play);
    size.sum += weight;
    size.square += weight * weight;
  }
  return size;
}

class Company : public Recommender {
 public:
  Company(Plays plays, const CompanyPlan& plan) : plays_{std::move(plays)}, plan_{plan} {}

  void score(const Plays& /*histories*/, Rows rows, std::span<float> scores) const override {
    const auto songs = plays_.songs();
    for (std::size_t i = 0; i < rows.count; ++i)
      score_by_company(plays_, rows.first + i, scores.subspan(i * songs, songs), plan_);
  }

 private:
  Plays plays_;
  CompanyPlan plan_;
};

}  // namespace

bool score_by_company(const Plays& plays, std::size_t own, std::span<float> scores,
                      const CompanyPlan& plan) {
  std::fill(scores.begin(), scores.end(), 0.0F);
  std::vector<float> mine(plays.songs());
  for (const auto& play : plays.row(own)) mine[play.song] = weight_of(play);
  const auto my_size = size_of(plays.row(own));
  float all = 0.0F;
  for (std::size_t other = 0; other < plays.listeners(); ++other) {
    const auto row = plays.row(other);
    if (other == own || row.empty() || plays.row(own).empty()) continue;
    const auto size = size_of(row);
    float shared = 0.0F;
    for (const auto& play : row) shared += mine[play.song] * weight_of(play);
    const float by_chance = my_size.sum * size.sum / static_cast<float>(plays.songs());
    const float close = std::max(0.0F, shared - by_chance) /
                        (std::sqrt(my_size.square * size.square) + plan.few_shared);
    for (const auto& play : row) scores[play.song] += close * weight_of(play);
    all += close;
  }
  for (float& score : scores) score /= all + plan.nobody;
  return all > 0.0F;
}

RecommenderPtr learn_company(Plays plays, const CompanyPlan& plan) {
  return std::make_unique<Company>(std::move(plays), plan);
}

}  // namespace harmonic::taste
