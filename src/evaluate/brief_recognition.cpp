#include "evaluate/brief_recognition.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "evaluate/kernel_ridge.h"

namespace harmonic::evaluate {
namespace {

constexpr std::array kSmoothings{1.5, 2.5};
constexpr std::array kPowers{0.5, 1.0};
constexpr std::array kGammas{0.5, 1.0, 2.0};
constexpr std::array kRidges{0.03, 0.1, 0.3};
constexpr std::array kFavours{0.5, 0.75, 1.0};
constexpr std::size_t kVoters = 5;

using Shares = std::array<double, kBriefClasses>;
using Counts = std::array<std::size_t, kBriefClasses>;

/// Clips by subject.
using Groups = std::vector<std::vector<std::size_t>>;

Groups groups_of(std::span<const BriefClip> clips) {
  std::map<std::string, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < clips.size(); ++i) by_name[clips[i].subject].push_back(i);
  Groups groups;
  for (auto& [name, indices] : by_name) groups.push_back(std::move(indices));
  return groups;
}

double squared_distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

/// Squared distances of every clip to every clip and to every mirrored clip.
struct Distances {
  Square plain, mirrored;
};

Distances distances_of(std::span<const BriefClip> clips, double smoothing, double power) {
  const auto count = clips.size();
  std::vector<std::vector<double>> straight, turned;
  for (const auto& clip : clips) {
    straight.push_back(features_of(clip.flow, smoothing, power));
    turned.push_back(features_of(mirrored(clip.flow), smoothing, power));
  }
  Distances distances{{count, std::vector<double>(count * count)},
                      {count, std::vector<double>(count * count)}};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      distances.plain.at(i, j) = distances.plain.at(j, i) =
          squared_distance(straight[i], straight[j]);
      distances.mirrored.at(i, j) = distances.mirrored.at(j, i) =
          squared_distance(straight[i], turned[j]);
    }
  }
  return distances;
}

/// Gaussian kernel averaged over the mirror: functions of it cannot tell left from right, which is
/// what learning from mirrored copies would come to. The constant lets the answers have a mean.
Square kernel_of(const Distances& distances, double gamma) {
  Square kernel = distances.plain;
  for (std::size_t i = 0; i < kernel.values.size(); ++i) {
    kernel.values[i] = 1 + (std::exp(-gamma * distances.plain.values[i]) +
                            std::exp(-gamma * distances.mirrored.values[i])) /
                               2;
  }
  return kernel;
}

/// Rare classes win ties: answers over their share among the clips learned from, to a power.
Shares favoured(const double* answers, const Counts& learned, double favour) {
  Shares shares{};
  double sum = 0;
  for (std::size_t c = 0; c < kBriefClasses; ++c) {
    const double weight =
        std::pow(static_cast<double>(std::max<std::size_t>(1, learned.at(c))), favour);
    shares.at(c) = std::max(0.0, answers[c]) / weight;
    sum += shares.at(c);
  }
  if (sum > 0) {
    for (auto& share : shares) share /= sum;
  }
  return shares;
}

std::size_t top_of(const Shares& shares) {
  return static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
}

/// What one setting does for one subject: the answers to its clips, and what the setting is worth
/// by the other subjects alone.
struct Outcome {
  double worth = 0;
  std::vector<Shares> answers;
};

class Protocol {
 public:
  explicit Protocol(std::span<const BriefClip> clips) : clips_{clips}, groups_{groups_of(clips)} {
    for (const auto& clip : clips) ++all_.at(clip.label);
    outcomes_.resize(groups_.size());
  }

  [[nodiscard]] const Groups& groups() const { return groups_; }

  [[nodiscard]] std::vector<double> targets() const {
    std::vector<double> targets(clips_.size() * kBriefClasses, 0.0);
    for (std::size_t i = 0; i < clips_.size(); ++i)
      targets[i * kBriefClasses + clips_[i].label] = 1;
    return targets;
  }

  void add(const KernelRidge& fit) {
    std::vector<std::array<BriefTable, kFavours.size()>> inner(groups_.size());
    for (std::size_t s = 0; s < groups_.size(); ++s) {
      for (std::size_t t = s + 1; t < groups_.size(); ++t) add_pair(fit, s, t, inner);
    }
    for (std::size_t s = 0; s < groups_.size(); ++s) {
      const auto answers = fit.without(groups_[s]);
      const auto learned = without(all_, groups_[s]);
      for (std::size_t f = 0; f < kFavours.size(); ++f) {
        Outcome outcome{score_brief(inner[s].at(f)).uf1, {}};
        for (std::size_t i = 0; i < groups_[s].size(); ++i) {
          outcome.answers.push_back(favoured(&answers[i * kBriefClasses], learned, kFavours.at(f)));
        }
        outcomes_[s].push_back(std::move(outcome));
      }
    }
  }

  [[nodiscard]] BriefReport report() {
    BriefTable all{};
    std::map<std::string, BriefTable> corpora;
    for (std::size_t s = 0; s < groups_.size(); ++s) {
      auto& outcomes = outcomes_[s];
      std::ranges::stable_sort(outcomes, std::greater{}, &Outcome::worth);
      for (std::size_t i = 0; i < groups_[s].size(); ++i) {
        Shares votes{};
        for (std::size_t v = 0; v < std::min(kVoters, outcomes.size()); ++v) {
          for (std::size_t c = 0; c < kBriefClasses; ++c) {
            votes.at(c) += outcomes[v].answers[i].at(c);
          }
        }
        const auto& clip = clips_[groups_[s][i]];
        ++all.at(clip.label).at(top_of(votes));
        ++corpora[clip.corpus].at(clip.label).at(top_of(votes));
      }
    }
    BriefReport report{score_brief(all), {}};
    for (const auto& [name, table] : corpora) report.corpora[name] = score_brief(table);
    return report;
  }

 private:
  [[nodiscard]] Counts without(Counts counts, const std::vector<std::size_t>& left_out) const {
    for (const auto i : left_out) --counts.at(clips_[i].label);
    return counts;
  }

  /// Both subjects left out: what each of them is answered counts for the other's choice.
  void add_pair(const KernelRidge& fit, std::size_t s, std::size_t t,
                std::vector<std::array<BriefTable, kFavours.size()>>& inner) const {
    auto both = groups_[s];
    both.insert(both.end(), groups_[t].begin(), groups_[t].end());
    const auto answers = fit.without(both);
    const auto learned = without(all_, both);
    for (std::size_t i = 0; i < both.size(); ++i) {
      const auto chooser = i < groups_[s].size() ? t : s;
      for (std::size_t f = 0; f < kFavours.size(); ++f) {
        const auto shares = favoured(&answers[i * kBriefClasses], learned, kFavours.at(f));
        ++inner[chooser].at(f).at(clips_[both[i]].label).at(top_of(shares));
      }
    }
  }

  std::span<const BriefClip> clips_;
  Groups groups_;
  Counts all_{};
  std::vector<std::vector<Outcome>> outcomes_;
};

}  // namespace

BriefScores score_brief(const BriefTable& table) {
  BriefScores scores;
  scores.table = table;
  for (std::size_t c = 0; c < kBriefClasses; ++c) {
    std::size_t truths = 0, answers = 0;
    for (std::size_t other = 0; other < kBriefClasses; ++other) {
      truths += table.at(c).at(other);
      answers += table.at(other).at(c);
    }
    scores.clips += truths;
    const auto right = static_cast<double>(table.at(c).at(c));
    if (truths > 0) scores.uar += right / static_cast<double>(truths) / kBriefClasses;
    if (truths + answers > 0) {
      scores.uf1 += 2 * right / static_cast<double>(truths + answers) / kBriefClasses;
    }
  }
  return scores;
}

Result<BriefReport> evaluate_brief(std::span<const BriefClip> clips, const OnSetting& on_setting) {
  Protocol protocol{clips};
  if (protocol.groups().size() < 3) {
    return fail(ErrorKind::kInvalidInput,
                "leaving one subject out and choosing among the others takes at least 3 subjects");
  }
  const std::size_t all = kSmoothings.size() * kPowers.size() * kGammas.size() * kRidges.size();
  std::size_t done = 0;
  for (const double smoothing : kSmoothings) {
    for (const double power : kPowers) {
      const auto distances = distances_of(clips, smoothing, power);
      for (const double gamma : kGammas) {
        const auto kernel = kernel_of(distances, gamma);
        for (const double ridge : kRidges) {
          const auto fit = KernelRidge::fit(kernel, ridge, protocol.targets(), kBriefClasses);
          if (fit) protocol.add(*fit);
          on_setting(++done, all);
        }
      }
    }
  }
  return protocol.report();
}

}  // namespace harmonic::evaluate
