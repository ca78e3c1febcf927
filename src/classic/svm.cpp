#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/ml.hpp>

#include "classic/learner.h"

namespace harmonic::classic {
namespace {

struct Setting {
  double c = 1, gamma = 1;
};

// grid_of() tells the same. Projection scales the rows to a mean squared length of 1, so gamma 1 is
// one over the number of features times their variance.
constexpr std::array kCosts{1.0, 3.0, 10.0};
constexpr std::array kGammas{0.5, 1.0, 2.0, 4.0};

/// LIBSVM's tolerance; and an end for settings that do not converge.
constexpr double kTolerance = 1e-3;
constexpr int kMostSteps = 100000;

cv::Mat view_of(std::span<const float> row, int rows) {
  // The library reads only.
  auto* data = const_cast<float*>(row.data());
  return {rows, static_cast<int>(row.size()) / std::max(rows, 1), CV_32F, data};
}

class Svm : public Learned {
 public:
  explicit Svm(cv::Ptr<cv::ml::SVM> svm) : svm_{std::move(svm)} {}

  [[nodiscard]] Result<std::uint8_t> answer(std::span<const float> row) const override {
    try {
      return static_cast<std::uint8_t>(std::lround(svm_->predict(view_of(row, 1))));
    } catch (const cv::Exception& error) {
      return fail(ErrorKind::kCorrupt, std::string{"the support vector machine: "} + error.what());
    }
  }

 private:
  cv::Ptr<cv::ml::SVM> svm_;
};

Result<std::unique_ptr<const Learned>> fit(const Rows& rows, const Setting& setting) {
  try {
    auto svm = cv::ml::SVM::create();
    svm->setType(cv::ml::SVM::C_SVC);
    svm->setKernel(cv::ml::SVM::RBF);
    svm->setC(setting.c);
    svm->setGamma(setting.gamma);
    svm->setTermCriteria(
        {cv::TermCriteria::MAX_ITER | cv::TermCriteria::EPS, kMostSteps, kTolerance});
    const std::vector<int> labels(rows.labels.begin(), rows.labels.end());
    svm->train(view_of(rows.values, static_cast<int>(rows.size())), cv::ml::ROW_SAMPLE,
               cv::Mat(labels, true));
    return std::make_unique<const Svm>(svm);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kInvalidInput,
                std::string{"a support vector machine cannot learn these rows: "} + error.what());
  }
}

Result<Setting> choose(const Rows& rows, const Rows& choosing) {
  Setting best;
  double most = -1;
  for (const double c : kCosts) {
    for (const double gamma : kGammas) {
      HARMONIC_TRY(const auto learned, fit(rows, {c, gamma}));
      HARMONIC_TRY(const auto right, share_right(*learned, choosing));
      if (right <= most) continue;
      most = right;
      best = {c, gamma};
    }
  }
  return best;
}

}  // namespace

Result<Choice> learn_svm(const Rows& training, const Rows& choosing) {
  HARMONIC_TRY(const auto setting, choose(subset_of(training, kGridRows), choosing));
  HARMONIC_TRY(auto learned, fit(training, setting));
  std::array<char, 64> words{};
  std::snprintf(words.data(), words.size(), "C %g, gamma %g", setting.c, setting.gamma);
  return Choice{std::move(learned), words.data()};
}

}  // namespace harmonic::classic
