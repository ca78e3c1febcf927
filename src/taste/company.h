// taste/company.h - a few listeners of one house: what those who are alike play.
#pragma once

#include <cstddef>
#include <span>

#include "taste/plays.h"
#include "taste/recommender.h"

namespace harmonic::taste {

struct CompanyPlan {
  /// In the closeness of two listeners: as if they had so much more, squared, that they do not
  /// share.
  float few_shared = 5.0F;
  /// Beside the closenesses of all who are alike: somebody who is not, and plays nothing.
  float nobody = 0.1F;
};

/// Scores of all songs for the listener of row `own`, by the other rows: [0, 1), into `scores`. A
/// song that was played a times weighs x = a / (a + 1). Of n songs,
///
///   closeness(u, v) = max(0, x_u . x_v - |x_u|_1 |x_v|_1 / n) / (|x_u| |x_v| + few_shared)
///
/// that is, what two share beyond chance; a song has the mean of the others' x by their
/// closenesses, `nobody` among them.
/// Returns  whether anybody is alike; else all scores are 0.
/// Sources  Resnick et al., "GroupLens", CSCW 1994 (neighbours weigh by likeness); Herlocker et
///          al., "An algorithmic framework for performing collaborative filtering", SIGIR 1999
///          (few shared songs count for less). The numbers are ours.
bool score_by_company(const Plays& plays, std::size_t own, std::span<float> scores,
                      const CompanyPlan& plan = {});

/// For listeners who were learned from: each by the others, never by himself. Histories have the
/// same rows.
[[nodiscard]] RecommenderPtr learn_company(Plays plays, const CompanyPlan& plan = {});

}  // namespace harmonic::taste
