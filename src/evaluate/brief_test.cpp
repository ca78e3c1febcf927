#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"
#include "evaluate/brief_flows.h"
#include "evaluate/brief_recognition.h"
#include "evaluate/kernel_ridge.h"

namespace harmonic::evaluate {
namespace {

TEST(BriefList, IsReadAndRefused) {
  const std::string header = "dataset,sub,filename_o,label,apex,imagename,sub_filename\n";
  const auto lines = parse_brief_list(header + "smic,s01,s01_ne_01,2,,x.jpg,\n\n");
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(lines->front().corpus, "smic");
  EXPECT_EQ(lines->front().subject, "s01");
  EXPECT_EQ(lines->front().file, "s01_ne_01");
  EXPECT_EQ(lines->front().label, 2);
  for (const auto& wrong :
       {std::string{}, std::string{"sub,dataset\n"}, header + "smic,s01,x,3,\n",
        header + "smic,s01\n", header + "smic,,x,1,\n", header + "smic,s01,x,12,\n"}) {
    const auto refused = parse_brief_list(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().kind, ErrorKind::kCorrupt);
  }
}

TEST(BriefClips, AreNotFoundInAnEmptyFolder) {
  const TestFolder folder;
  const auto clips = read_brief_clips(folder.path());
  ASSERT_FALSE(clips);
  EXPECT_EQ(clips.error().kind, ErrorKind::kNotFound);
}

Square random_kernel(std::size_t side) {
  std::mt19937 random{3};
  std::vector<double> x(side * 3);
  for (auto& v : x) v = static_cast<double>(random()) / 4294967296.0;
  Square kernel{side, std::vector<double>(side * side)};
  for (std::size_t i = 0; i < side; ++i) {
    for (std::size_t j = 0; j < side; ++j) {
      double distance = 0;
      for (std::size_t k = 0; k < 3; ++k) distance += std::pow(x[i * 3 + k] - x[j * 3 + k], 2);
      kernel.at(i, j) = std::exp(-2 * distance);
    }
  }
  return kernel;
}

// The claim that the whole protocol rests on: leaving out by algebra is leaving out in fact.
TEST(KernelRidge, AnswersWithoutAGroupAsIfItHadNeverBeenThere) {
  constexpr std::size_t kAll = 12;
  constexpr double kRidge = 0.2;
  const auto kernel = random_kernel(kAll);
  std::vector<double> targets(kAll);
  for (std::size_t i = 0; i < kAll; ++i) targets[i] = std::sin(static_cast<double>(i * i));
  const std::vector<std::size_t> out{2, 3, 9};
  const auto fit = KernelRidge::fit(kernel, kRidge, targets, 1);
  ASSERT_TRUE(fit);
  const auto answers = fit->without(out);

  std::vector<std::size_t> in;
  for (std::size_t i = 0; i < kAll; ++i) {
    if (std::ranges::find(out, i) == out.end()) in.push_back(i);
  }
  Square rest{in.size(), std::vector<double>(in.size() * in.size())};
  std::vector<double> weights;
  for (std::size_t i = 0; i < in.size(); ++i) {
    for (std::size_t j = 0; j < in.size(); ++j) rest.at(i, j) = kernel.at(in[i], in[j]);
    rest.at(i, i) += kRidge;
    weights.push_back(targets[in[i]]);
  }
  solve_cholesky(*cholesky(rest), weights);
  for (std::size_t i = 0; i < out.size(); ++i) {
    double expected = 0;
    for (std::size_t j = 0; j < in.size(); ++j) expected += kernel.at(out[i], in[j]) * weights[j];
    EXPECT_NEAR(answers[i], expected, 1e-9);
  }
}

TEST(Cholesky, RefusesWhatIsNotPositiveDefinite) {
  EXPECT_FALSE(cholesky({2, {1, 2, 2, 1}}));
  const auto lower = cholesky({2, {4, 2, 2, 5}});
  ASSERT_TRUE(lower);
  EXPECT_EQ(lower->at(0, 0), 2);
  EXPECT_EQ(lower->at(1, 0), 1);
  EXPECT_EQ(lower->at(1, 1), 2);
}

TEST(BriefScores, AreMeansOverClasses) {
  // F1: 2*8/(10+10), 2*4/(6+6), 2*2/(4+4); recalls 8/10, 4/6, 2/4.
  const auto scores = score_brief({{{8, 1, 1}, {1, 4, 1}, {1, 1, 2}}});
  EXPECT_EQ(scores.clips, 20U);
  EXPECT_NEAR(scores.uf1, (0.8 + 2.0 / 3 + 0.5) / 3, 1e-9);
  EXPECT_NEAR(scores.uar, (0.8 + 2.0 / 3 + 0.5) / 3, 1e-9);
  const auto one_sided = score_brief({{{10, 0, 0}, {6, 0, 0}, {4, 0, 0}}});
  EXPECT_NEAR(one_sided.uar, 1.0 / 3, 1e-9);
  EXPECT_NEAR(one_sided.uf1, 2.0 * 10 / 30 / 3, 1e-9);
  EXPECT_EQ(score_brief({}).uf1, 0);
}

/// A hill of flow at the place of its class, amid noise.
image::Picture flow_of(int x, int y, std::mt19937& random) {
  image::Picture flow{kFlowSide, kFlowSide, 3, {}};
  for (int v = 0; v < kFlowSide; ++v) {
    for (int u = 0; u < kFlowSide; ++u) {
      const double hill = std::exp(-((u - x) * (u - x) + (v - y) * (v - y)) / 12.0);
      for (int c = 0; c < 3; ++c) {
        const auto noise = static_cast<double>(random() % 20);
        flow.pixels.push_back(static_cast<std::uint8_t>(100 + noise + (c == 1 ? 120 * hill : 0)));
      }
    }
  }
  return flow;
}

TEST(BriefFeatures, HaveLengthOneAndTurnWithTheMirror) {
  std::mt19937 random{1};
  const auto flow = flow_of(6, 8, random);
  const auto features = features_of(flow, 1.5, 0.5);
  ASSERT_EQ(features.size(), 3U * 14 * 14);
  double squares = 0;
  for (const double v : features) squares += v * v;
  EXPECT_NEAR(squares, 1, 1e-9);
  EXPECT_EQ(mirrored(mirrored(flow)).pixels, flow.pixels);
  const auto turned = features_of(mirrored(flow), 1.5, 0.5);
  EXPECT_NEAR(turned[196 + 4 * 14 + 10], features[196 + 4 * 14 + 3], 1e-6);
  const image::Picture still{kFlowSide, kFlowSide, 3,
                             std::vector<std::uint8_t>(3UL * kFlowSide * kFlowSide, 99)};
  for (const double v : features_of(still, 1.5, 0.5)) EXPECT_EQ(v, 0);
}

std::vector<BriefClip> drawn_clips(bool by_class) {
  std::mt19937 random{5};
  std::vector<BriefClip> clips;
  for (int subject = 0; subject < 6; ++subject) {
    for (int i = 0; i < 4; ++i) {
      // By class: all subjects agree. Else: each has one class and a place of its own.
      const int label = by_class ? i % 3 : subject % 3;
      const int place = by_class ? label : subject;
      clips.push_back({"drawn", "s" + std::to_string(subject), static_cast<std::uint8_t>(label),
                       flow_of(13, 3 + place * (by_class ? 9 : 4), random)});
    }
  }
  return clips;
}

void nothing(std::size_t, std::size_t) {}

TEST(BriefProtocol, LearnsWhatAllSubjectsShare) {
  const auto report = evaluate_brief(drawn_clips(true), nothing);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->all.clips, 24U);
  EXPECT_NEAR(report->all.uf1, 1, 1e-9);
  EXPECT_NEAR(report->corpora.at("drawn").uar, 1, 1e-9);
}

// If a subject's own clips were learned from, each would be recognised by its place.
TEST(BriefProtocol, DoesNotKnowTheSubjectThatIsLeftOut) {
  const auto report = evaluate_brief(drawn_clips(false), nothing);
  ASSERT_TRUE(report);
  EXPECT_LT(report->all.uar, 0.6);
}

TEST(BriefProtocol, RefusesTwoSubjects) {
  auto clips = drawn_clips(true);
  clips.resize(8);
  const auto report = evaluate_brief(clips, nothing);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace harmonic::evaluate
