// moodtrial/trial.h - the protocols: folds within a corpus, and from one corpus to another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mood/model.h"
#include "moodtrial/sets.h"

namespace harmonic::moodtrial {

inline constexpr std::size_t kFolds = 10;

/// All corpora as tables of features.
struct Corpora {
  Table deam;
  Table emotify;
  std::vector<Table> emopia;  ///< a table a sound font that training may hear
  Table emopia_unheard;       ///< by a sound font that training never hears
  std::vector<Table> vgmidi;  ///< as `emopia`
};

/// Where to look and what to play with.
struct Sources {
  std::filesystem::path data;   ///< laid out as docs/models/music.md says, packed or unpacked
  std::filesystem::path cache;  ///< for what was unpacked and heard
  std::vector<std::filesystem::path> fonts;  ///< that training may hear; at least one
  std::filesystem::path unheard_font;        ///< that it never hears
  std::size_t jobs = 1;                      ///< threads that hear
};

/// (what is being heard, pieces done, pieces in all).
using OnHeard = std::function<void(std::string_view what, std::size_t done, std::size_t all)>;

/// Errors  those of corpus/archive.h, sets.h and rows.h.
[[nodiscard]] Result<Corpora> hear_corpora(const Sources& sources, const OnHeard& on_heard = {});

/// Quarters of the plane: where valence and arousal are positive or not.
inline constexpr std::array<std::string_view, 4> kQuarters{"happy", "tense", "sad", "calm"};

/// What was said of each song by committees that never saw it, in the plane, beside what listeners
/// said.
struct Answered {
  std::vector<float> valence_said, valence_truth;
  std::vector<float> arousal_said, arousal_truth;
};

/// Figures of one seed. Correlations are Pearson's r, errors as R squared.
struct Figures {
  Answered deam;  ///< what its two figures are made of
  double deam_valence_r2 = 0.0;
  double deam_arousal_r2 = 0.0;
  /// Clips by quarter, a row a label and a column an answer, in the order of kQuarters.
  std::array<std::size_t, kQuarters.size() * kQuarters.size()> emopia{};
  double emopia_quadrant = 0.0;  ///< share of the clips in the right quarter of the plane
  double emopia_valence = 0.0;   ///< share on the right side
  double emopia_arousal = 0.0;
  std::array<double, mood::kGems.size()> emotify_r{};
  double emotify_valence_r = 0.0;  ///< against joy less half of tension and sadness
  double emotify_arousal_r = 0.0;  ///< against joy, power, tension less calm, tenderness, sadness
  double emotify_genre = 0.0;      ///< share of the songs whose genre is right
  double deam_to_emotify_valence_r = 0.0;
  double deam_to_emotify_arousal_r = 0.0;
  double to_emopia_valence_auc = 0.0;  ///< taught by DEAM, Emotify and VGMIDI
  double to_emopia_arousal_auc = 0.0;

  [[nodiscard]] double emotify_mean_r() const;
};

/// (steps done, steps in all).
using OnStep = std::function<void(std::size_t done, std::size_t all)>;

/// Within a corpus: kFolds folds by song, every answer from committees that never saw the song. The
/// same corpora and seed give the same figures whatever `jobs`, the number of threads.
[[nodiscard]] Figures measure(const Corpora& corpora, std::uint64_t seed, std::size_t jobs,
                              const OnStep& on_step = {});

/// The model that ships: a head each for DEAM, Emotify and the piano corpora, taught by all of
/// theirs but the unheard font.
[[nodiscard]] mood::Model teach(const Corpora& corpora, std::uint64_t seed);

}  // namespace harmonic::moodtrial
