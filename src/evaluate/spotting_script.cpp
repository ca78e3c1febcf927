// What happens in the films: drawn at random, the same for the same seed.
#include <cmath>
#include <numbers>
#include <random>

#include "evaluate/spotting.h"

namespace harmonic::evaluate {
namespace {

using motion::Seconds;
using motion::Shift;

/// Draws that are the same on every machine, which the standard's distributions are not.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_{seed} {}
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_()) / 4294967296.0);
  }
  /// low .. high inclusive.
  int whole(int low, int high) { return static_cast<int>(std::floor(between(low, high + 1))); }
  double sign() { return whole(0, 1) == 0 ? -1 : 1; }

 private:
  std::mt19937 random_;
};

motion::Act draw_act(Dice& dice, double start) {
  motion::Act act;
  act.region = static_cast<motion::Region>(dice.whole(0, motion::kRegionCount - 1));
  const double length = dice.between(0.1, 0.5);
  act.onset = Seconds{start};
  act.apex = Seconds{start + length * dice.between(0.35, 0.6)};
  act.offset = Seconds{start + length};
  const double size = dice.between(1.5, 3.0);
  // Corners of the mouth go anywhere, other parts rather up or down.
  const bool corner = act.region == motion::Region::kRightMouthCorner ||
                      act.region == motion::Region::kLeftMouthCorner;
  const double lean = dice.between(-1, 1) * std::numbers::pi * (corner ? 0.5 : 0.25);
  const double way = dice.sign();
  act.peak = Shift{way * size * std::sin(lean), way * size * std::cos(lean)};
  act.spread = dice.between(6.5, 9.5);
  return act;
}

motion::HeadTurn draw_turn(Dice& dice) {
  motion::HeadTurn turn;
  turn.start = Seconds{dice.between(0, kFilmSeconds - 3)};
  const bool quick = dice.whole(0, 1) == 0;
  turn.length = Seconds{quick ? dice.between(0.25, 0.6) : dice.between(0.8, 2.5)};
  turn.returns = dice.whole(0, 1) == 0;
  const double most = turn.returns ? 1.0 : 0.5;  // lasting turns add up
  switch (dice.whole(0, 3)) {
    case 0: turn.yaw = most * dice.sign() * dice.between(0.03, 0.19); break;
    case 1: turn.pitch = most * dice.sign() * dice.between(0.03, 0.14); break;
    case 2: turn.roll = most * dice.sign() * dice.between(0.03, 0.17); break;
    default: turn.zoom = most * dice.between(-0.08, 0.08); break;
  }
  turn.shift = {most * dice.between(-8, 8), most * dice.between(-6, 6)};
  return turn;
}

void add_distractors(Dice& dice, motion::Script& script) {
  for (int i = dice.whole(5, 9); i > 0; --i) {
    script.blinks.push_back(
        {Seconds{dice.between(0, kFilmSeconds - 1)}, Seconds{dice.between(0.1, 0.4)}});
  }
  for (int i = dice.whole(3, 6); i > 0; --i) script.turns.push_back(draw_turn(dice));
  for (int i = dice.whole(1, 2); i > 0; --i) {
    script.lights.push_back({Seconds{dice.between(0, kFilmSeconds - 3)},
                             Seconds{dice.between(0.1, 2.0)}, dice.between(0.7, 1.15),
                             dice.between(-0.15, 0.15)});
  }
  script.flicker = dice.between(0, 0.04);
}

}  // namespace

motion::Script make_script(Filming filming, std::uint32_t seed) {
  constexpr double kApart = 1.5;
  Dice dice{seed * 2654435761U + 17};
  motion::Script script;
  script.seed = seed;
  script.noise = dice.between(0.5, 3.0);
  script.jpeg_quality = dice.whole(70, 95);
  script.tremble = dice.between(0, 0.8);
  script.sway = dice.between(0, 2.0);
  if (filming != Filming::kNothing) {
    // One in each of as many equal parts of the film, its edges left out.
    const int acts = dice.whole(2, 6);
    const double part = (kFilmSeconds - 1.0) / acts;
    for (int i = 0; i < acts; ++i) {
      script.acts.push_back(draw_act(dice, 0.5 + part * i + dice.between(0, part - kApart - 0.5)));
    }
  }
  if (filming != Filming::kCalm) add_distractors(dice, script);
  return script;
}

}  // namespace harmonic::evaluate
