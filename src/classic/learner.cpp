#include "classic/learner.h"

namespace harmonic::classic {

std::string_view grid_of(LearnerKind kind) {
  switch (kind) {
    case LearnerKind::kNearest: return "Euclidean or cosine";
    case LearnerKind::kSvm: return "C 1, 3, 10; gamma 0.5, 1, 2, 4; on 3,000 rows";
    case LearnerKind::kRbfNetwork: return "100, 300, 600 units; 1, 2, 4 gaps wide";
  }
  return {};
}

Result<Choice> learn(LearnerKind kind, const Rows& training, const Rows& choosing) {
  if (training.size() == 0 || choosing.size() == 0) {
    return fail(ErrorKind::kInvalidInput, "there is no face to learn from, or none to choose by");
  }
  switch (kind) {
    case LearnerKind::kNearest: return learn_nearest(training, choosing);
    case LearnerKind::kSvm: return learn_svm(training, choosing);
    case LearnerKind::kRbfNetwork: return learn_rbf_network(training, choosing);
  }
  return fail(ErrorKind::kInvalidInput, "there is no such classifier");
}

Result<double> share_right(const Learned& learned, const Rows& rows) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    HARMONIC_TRY(const auto answer, learned.answer(rows.row(i)));
    right += answer == rows.labels[i] ? 1 : 0;
  }
  return rows.size() > 0 ? static_cast<double>(right) / static_cast<double>(rows.size()) : 0.0;
}

}  // namespace harmonic::classic
