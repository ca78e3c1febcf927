#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "bandittrial/picture.h"
#include "bandittrial/trial.h"
#include "base/dice.h"

namespace harmonic::bandittrial {
namespace {

/// Songs all over the plane, and listeners who feel in a song just what we hear in it.
Corpus made_corpus(std::size_t listeners) {
  Dice dice{1};
  std::vector<catalog::Song> songs;
  for (std::int64_t id = 1; id <= 80; ++id) {
    catalog::Song song;
    song.id = SongId{id};
    const auto valence = static_cast<double>(dice.between(-1, 1));
    song.sound.mood = ValenceArousal::clamped(valence, static_cast<double>(dice.between(-1, 1)));
    song.sound.mood_version = 1;
    songs.push_back(song);
  }
  Corpus corpus{recommend::Snapshot::build(songs), {}};
  for (std::size_t who = 0; who < listeners; ++who) {
    Listener listener{std::to_string(who), {}};
    for (std::size_t song = 0; song < songs.size(); ++song) {
      const float liking = static_cast<float>(dice.below(3)) - 1.0F;
      listener.answers.push_back(
          {song, *songs[song].sound.mood, liking, static_cast<int>(dice.below(5)) + 1});
    }
    corpus.listeners.push_back(listener);
  }
  return corpus;
}

TEST(Stream, IsTheSameTwiceAndKeepsItsHalvesApart) {
  const auto listener = made_corpus(1).listeners.front();
  for (const auto protocol : {Protocol::kWish, Protocol::kLiking}) {
    StreamPlan plan;
    plan.protocol = protocol;
    const auto stream = make_stream(listener, plan, 3);
    const auto again = make_stream(listener, plan, 3);
    ASSERT_EQ(stream.size(), plan.length);
    std::set<std::size_t> heard;
    std::set<std::size_t> unheard;
    for (std::size_t i = 0; i < stream.size(); ++i) {
      EXPECT_EQ(stream[i].mood, again[i].mood);
      EXPECT_FALSE(stream[i].offers.empty());
      EXPECT_FALSE(stream[i].unheard.empty());
      for (const auto& offer : stream[i].offers) heard.insert(offer.song);
      for (const auto& offer : stream[i].unheard) unheard.insert(offer.song);
    }
    std::vector<std::size_t> both;
    std::set_intersection(heard.begin(), heard.end(), unheard.begin(), unheard.end(),
                          std::back_inserter(both));
    EXPECT_TRUE(both.empty());
  }
}

TEST(Stream, AWishThatFlipsWantsTheOpposite) {
  auto listener = made_corpus(1).listeners.front();
  for (auto& answer : listener.answers) answer.liking = 0.0F;
  StreamPlan plan;
  const auto steady = make_stream(listener, plan, 5);
  plan.flip = 40;
  const auto flipped = make_stream(listener, plan, 5);
  for (std::size_t i = 0; i < plan.length; ++i) {
    for (std::size_t k = 0; k < steady[i].offers.size(); ++k) {
      const double before = steady[i].offers[k].finished;
      EXPECT_NEAR(flipped[i].offers[k].finished, i < 40 ? before : 1.0 - before, 1e-9);
    }
  }
}

TEST(Stream, APlayEndsAsChanceHasIt) {
  Step step{{}, {}, {}, 0.3F, 0.5F};
  EXPECT_EQ(step.hearing({0, 0.2, 0.0}, {}).ending, bandit::Ending::kSkipped);
  EXPECT_EQ(step.hearing({0, 0.4, 0.0}, {}).ending, bandit::Ending::kFinished);
  EXPECT_EQ(step.hearing({0, 0.4, 1.0}, {}).ending, bandit::Ending::kLiked);
}

TEST(Pairs, AreTestedByExchanges) {
  std::vector<double> a, b, c;
  Dice dice{4};
  for (int i = 0; i < 30; ++i) {
    a.push_back(static_cast<double>(dice.unit()));
    b.push_back(a.back() + 0.2 + 0.1 * static_cast<double>(dice.unit()));
    c.push_back(a.back() + static_cast<double>(dice.between(-0.1F, 0.1F)));
  }
  EXPECT_LT(p_of_pairs(b, a), 0.001);
  EXPECT_DOUBLE_EQ(p_of_pairs(b, a), p_of_pairs(a, b));
  EXPECT_GT(p_of_pairs(a, c), 0.02);
  EXPECT_DOUBLE_EQ(p_of_pairs(a, a), 1.0);
}

// The failure: a trial that everything passes. Chance earns what chance earns, the oracle the most.
TEST(Trial, TellsLearningFromItsLimits) {
  const auto corpus = made_corpus(6);
  ASSERT_EQ(usable(corpus.listeners).size(), 6U);
  const auto figures = measure(corpus, corpus.listeners, Protocol::kWish, 4);
  const auto learned = [&](Policy policy) {
    return figures.unheard.learned.at(static_cast<std::size_t>(policy));
  };
  EXPECT_GT(learned(Policy::kThompson), learned(Policy::kRandom) + 0.03);
  EXPECT_GT(learned(Policy::kOracle), learned(Policy::kThompson));
  for (const auto& verdict : {figures.heard.bandit, figures.heard.mixed}) {
    EXPECT_GE(verdict.p, 1.0 / 20'001);
    EXPECT_LE(verdict.p, 1.0);
    EXPECT_LE(verdict.p_after, 1.0);
    EXPECT_LE(verdict.ahead, 1.0);
  }
  EXPECT_LT(figures.unheard.stalled, figures.unheard.before);
  EXPECT_GT(figures.unheard.after, figures.unheard.stalled);
  const auto& curve = figures.unheard.curves.at(static_cast<std::size_t>(Policy::kThompson));
  ASSERT_EQ(curve.size(), kFlip + kRecovery + 10);
  for (const auto& band : curve) {
    EXPECT_LE(band.low, band.mean + 1e-9);
    EXPECT_LE(band.mean, band.high + 1e-9);
  }
  const auto picture = draw_courses({{"one", figures.unheard}, {"two", figures.heard}});
  EXPECT_GT(picture.height, 700);
}

TEST(Trial, LeavesTheChoosingListenersOut) {
  const auto parts = part(made_corpus(7).listeners);
  EXPECT_EQ(parts.choosing.size(), 3U);
  EXPECT_EQ(parts.reported.size(), 4U);
  for (const auto& one : parts.choosing) {
    EXPECT_TRUE(std::none_of(parts.reported.begin(), parts.reported.end(),
                             [&](const Listener& other) { return other.name == one.name; }));
  }
}

}  // namespace
}  // namespace harmonic::bandittrial
