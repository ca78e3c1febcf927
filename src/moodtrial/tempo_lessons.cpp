#include "moodtrial/tempo_lessons.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <numeric>
#include <optional>
#include <span>

#include "audio/beat.h"
#include "audio/decode.h"
#include "audio/rhythm.h"
#include "audio/timbre.h"
#include "base/dice.h"
#include "moodtrial/folds.h"
#include "moodtrial/midi.h"
#include "moodtrial/wave.h"

namespace harmonic::moodtrial {

namespace fs = std::filesystem;
using audio::kTempi;
using audio::kTempoInputs;
using audio::TempoInputs;

namespace {

constexpr std::array kSpeeds{0.85, 1.0, 1.15};
constexpr double kClickWeight = 3.0;
constexpr double kSlowestPiece = 40.0;  // bpm
constexpr double kFastestPiece = 240.0;

Result<audio::Repetition> listen(std::span<const float> sound, int channels, int rate) {
  audio::TimbreMeter meter;
  HARMONIC_CHECK(hear_mono(sound, channels, rate,
                           [&meter](std::span<const float> mono) { meter.push(mono); }));
  return audio::measure_repetition(meter.onset_strength(),
                                   static_cast<double>(audio::kFeatureRate) / audio::kTimbreHop);
}

/// Nothing of a piece that changes its tempo.
Result<std::optional<TempoLesson>> hear(Synth& synth, const fs::path& midi) {
  HARMONIC_TRY(const auto performance, synth.perform(midi, {}, kHeardOfAGame));
  const auto bpm = performance.score.bpm;
  if (!bpm || *bpm < kSlowestPiece || *bpm > kFastestPiece) return std::optional<TempoLesson>{};
  HARMONIC_TRY(auto repetition, listen(performance.sound, 2, kRenderRate));
  if (repetition.all.empty()) return std::optional<TempoLesson>{};
  return TempoLesson{std::move(repetition), *bpm, game_of(midi)};
}

/// A row for each tempo of a lesson at one speed, and how likely each is to be the written one.
struct Question {
  std::array<TempoInputs, kTempi> inputs;
  std::array<double, kTempi> truth;
  double weight;
};

std::array<double, kTempi> bell_around(double bpm) {
  constexpr double kWidth = 0.6;  // of a step between tempi
  const double step = std::log2(audio::bpm_at(1) / audio::bpm_at(0));
  std::array<double, kTempi> bell{};
  for (std::size_t i = 0; i < kTempi; ++i) {
    const double steps = std::log2(audio::bpm_at(i) / bpm) / step / kWidth;
    bell[i] = std::exp(-0.5 * steps * steps);
  }
  const double sum = std::accumulate(bell.begin(), bell.end(), 0.0);
  for (double& value : bell) value /= sum;
  return bell;
}

std::vector<Question> questions_of(const std::vector<TempoLesson>& lessons) {
  std::vector<Question> questions;
  double weight = 0.0;
  for (const auto& lesson : lessons) {
    for (const double speed : kSpeeds) {
      questions.push_back({audio::tempo_inputs(lesson.repetition, speed),
                           bell_around(lesson.bpm * speed), lesson.weight});
      weight += lesson.weight;
    }
  }
  for (auto& question : questions) question.weight /= weight;
  return questions;
}

/// Divides each input by its deviation over all tempi of all questions, which it gives back.
TempoWeights standardise(std::vector<Question>& questions) {
  TempoWeights deviation{};
  const auto count = static_cast<double>(questions.size() * kTempi);
  for (std::size_t k = 0; k < kTempoInputs; ++k) {
    double sum = 0.0;
    double squares = 0.0;
    for (const auto& question : questions) {
      for (const auto& row : question.inputs) {
        sum += row[k];
        squares += row[k] * row[k];
      }
    }
    deviation[k] = std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count))) + 1e-6;
    for (auto& question : questions) {
      for (auto& row : question.inputs) row[k] /= deviation[k];
    }
  }
  return deviation;
}

/// Adds what a question asks of the weights.
void add_slope(const Question& question, const TempoWeights& weights, TempoWeights& slope) {
  std::array<double, kTempi> said{};
  std::transform(question.inputs.begin(), question.inputs.end(), said.begin(),
                 [&weights](const TempoInputs& row) {
                   return std::inner_product(row.begin(), row.end(), weights.begin(), 0.0);
                 });
  const double highest = *std::max_element(said.begin(), said.end());
  for (double& value : said) value = std::exp(value - highest);
  const double sum = std::accumulate(said.begin(), said.end(), 0.0);
  for (std::size_t i = 0; i < kTempi; ++i) {
    const double error = question.weight * (said[i] / sum - question.truth[i]);
    for (std::size_t k = 0; k < kTempoInputs; ++k) slope[k] += error * question.inputs[i][k];
  }
}

}  // namespace

Result<TempoLessons> hear_tempo_lessons(const Sources& sources, const std::vector<fs::path>& more,
                                        const OnHeard& on_heard) {
  HARMONIC_TRY(auto files, find_games(sources));
  const auto games = files.size();
  for (const auto& folder : more) {
    HARMONIC_TRY(const auto found, midi_files(folder));
    files.insert(files.end(), found.begin(), found.end());
  }
  std::vector<std::optional<TempoLesson>> heard(files.size());
  HARMONIC_CHECK(play_each(
      sources, files.size(), "pieces",
      [&](Synth& synth, std::size_t at) -> Result<void> {
        HARMONIC_TRY(heard[at], hear(synth, files[at]));
        return {};
      },
      on_heard));
  TempoLessons lessons;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!heard[i]) continue;
    const bool teaches = i >= games || may_teach(files[i]);
    (teaches ? lessons.taught : lessons.judged).push_back(*std::move(heard[i]));
  }
  return lessons;
}

std::vector<TempoLesson> click_lessons() {
  constexpr int kRate = audio::kFeatureRate;
  constexpr std::size_t kLength = std::size_t{30} * kRate;
  constexpr std::size_t kClick = kRate / 30;
  std::vector<TempoLesson> lessons;
  for (const double bpm : {58.0, 66.0, 75.0, 84.0, 93.0, 102.0, 111.0, 120.0, 129.0, 140.0, 152.0,
                           164.0, 176.0, 188.0, 200.0}) {
    std::vector<float> sound(kLength + kClick, 0.0F);
    for (double start = 0.0; start < static_cast<double>(kLength); start += 60.0 * kRate / bpm) {
      Dice noise{7};
      for (std::size_t i = 0; i < kClick; ++i)
        sound[static_cast<std::size_t>(start) + i] =
            noise.between(-0.4F, 0.4F) * std::exp(-150.0F * static_cast<float>(i) / kRate);
    }
    if (auto repetition = listen(sound, 1, kRate))
      lessons.push_back({*std::move(repetition), bpm, "clicks", kClickWeight});
  }
  return lessons;
}

TempoWeights teach_tempo(const std::vector<TempoLesson>& lessons) {
  constexpr int kSteps = 80;
  constexpr double kRate = 0.05;
  constexpr double kDecay = 1e-3;
  constexpr double kKeepMean = 0.9;
  constexpr double kKeepSquare = 0.99;
  auto questions = questions_of(lessons);
  const auto deviation = standardise(questions);
  TempoWeights weights{};
  TempoWeights mean{};
  TempoWeights square{};
  for (int step = 1; step <= kSteps; ++step) {
    TempoWeights slope{};
    for (const auto& question : questions) add_slope(question, weights, slope);
    const double rate = kRate * (0.5 + 0.5 * std::cos(std::numbers::pi * step / kSteps));
    for (std::size_t k = 0; k < kTempoInputs; ++k) {
      const double pull = slope[k] + kDecay * weights[k];
      mean[k] = kKeepMean * mean[k] + (1.0 - kKeepMean) * pull;
      square[k] = kKeepSquare * square[k] + (1.0 - kKeepSquare) * pull * pull;
      weights[k] -= rate * (mean[k] / (1.0 - std::pow(kKeepMean, step))) /
                    (std::sqrt(square[k] / (1.0 - std::pow(kKeepSquare, step))) + 1e-8);
    }
  }
  for (std::size_t k = 0; k < kTempoInputs; ++k) weights[k] /= deviation[k];
  return weights;
}

TempoShares judge_tempo(const std::vector<TempoLesson>& lessons, const TempoWeights& weights) {
  TempoShares shares;
  for (const auto& lesson : lessons) {
    for (const double speed : kSpeeds) {
      const auto best =
          audio::likeliest_tempo(audio::tempo_inputs(lesson.repetition, speed), weights);
      shares.add(audio::refined_bpm(lesson.repetition, audio::bpm_at(best), speed),
                 lesson.bpm * speed);
    }
  }
  return shares;
}

TempoShares judge_in_folds(const std::vector<TempoLesson>& lessons,
                           const std::vector<TempoLesson>& always, std::size_t folds,
                           std::uint64_t seed) {
  std::vector<std::string> groups;
  groups.reserve(lessons.size());
  for (const auto& lesson : lessons) groups.push_back(lesson.group);
  const auto fold_of = fold_by_group(groups, folds, seed);
  TempoShares shares;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    auto taught = always;
    std::vector<TempoLesson> asked;
    for (std::size_t i = 0; i < lessons.size(); ++i)
      (fold_of[i] == fold ? asked : taught).push_back(lessons[i]);
    const auto judged = judge_tempo(asked, teach_tempo(taught));
    shares.exact.add(judged.exact);
    shares.octave.add(judged.octave);
  }
  return shares;
}

std::string as_header(const TempoWeights& weights) {
  std::string text{
      "// audio/beat_weights.h - what each input of a tempo adds to its score. Written by\n"
      "// `harmonic-train tempo`; not to be changed by hand.\n"
      "#pragma once\n\n#include <array>\n\n#include \"audio/repetition.h\"\n\n"
      "namespace harmonic::audio {\n\n"
      "// clang-format off\n"
      "inline constexpr std::array<double, kTempoInputs> kBeatWeights{\n"};
  for (std::size_t k = 0; k < weights.size(); ++k) {
    std::array<char, 32> number{};
    std::snprintf(number.data(), number.size(), "%.4f", weights[k]);
    text += (k % 8 == 0 ? "    " : " ") + std::string{number.data()};
    text += k + 1 == weights.size() ? "};\n" : k % 8 == 7 ? ",\n" : ",";
  }
  return text + "// clang-format on\n\n}  // namespace harmonic::audio\n";
}

}  // namespace harmonic::moodtrial
