// moodtrial/tempo_lessons.h - pieces whose tempo is written -> what each input of a tempo
// (audio/repetition.h) says of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "audio/repetition.h"
#include "base/result.h"
#include "moodtrial/games.h"

namespace harmonic::moodtrial {

using TempoWeights = std::array<double, audio::kTempoInputs>;

/// A piece as heard; it teaches at .85 and 1.15 of its tempo as well.
struct TempoLesson {
  audio::Repetition repetition;
  double bpm = 0.0;
  std::string group;  ///< never on both sides of a fold
  double weight = 1.0;
};

struct TempoLessons {
  std::vector<TempoLesson> taught;  ///< games that may teach, other music
  std::vector<TempoLesson> judged;  ///< games that teach nothing
};

/// Hears VGMIDI's pieces that keep one tempo of 40 to 240 bpm, and the MIDI files of the folders in
/// `more`, which all teach.
/// Errors  those of find_games(); kNotFound: a folder of `more` holds no MIDI files.
[[nodiscard]] Result<TempoLessons> hear_tempo_lessons(
    const Sources& sources, const std::vector<std::filesystem::path>& more,
    const OnHeard& on_heard = {});

/// Even clicks from 58 to 200 a minute: what a tempo is where nothing else speaks.
[[nodiscard]] std::vector<TempoLesson> click_lessons();

/// A softmax over the tempi is fitted to the written ones, each a narrow bell, by all lessons at
/// once. The same lessons give the same weights.
[[nodiscard]] TempoWeights teach_tempo(const std::vector<TempoLesson>& lessons);

/// At each of the three speeds, by weights that never heard the group: `folds` folds of groups.
/// `always` teaches in every fold.
[[nodiscard]] TempoShares judge_in_folds(const std::vector<TempoLesson>& lessons,
                                         const std::vector<TempoLesson>& always, std::size_t folds,
                                         std::uint64_t seed);

[[nodiscard]] TempoShares judge_tempo(const std::vector<TempoLesson>& lessons,
                                      const TempoWeights& weights);

/// The text of audio/beat_weights.h.
[[nodiscard]] std::string as_header(const TempoWeights& weights);

}  // namespace harmonic::moodtrial
