// evaluate/spotting.h - the spotter of brief movements against films whose movements are known.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "face/detector.h"
#include "motion/movement.h"
#include "motion/spotter.h"
#include "motion/staged_film.h"

namespace harmonic::evaluate {

/// Intervals as they overlap: what both cover over what either covers, [0, 1].
[[nodiscard]] double overlap_of(const motion::Act& act, const motion::Movement& movement);

/// Counts over films. A find is right when it overlaps an act by at least half (the rule of MEGC
/// 2019, See et al., "MEGC 2019 - the second facial micro-expressions grand challenge"); every act
/// and every find counts once. The region is not asked for, but counted.
struct SpotCounts {
  std::size_t films = 0;
  double minutes = 0;
  std::size_t acts = 0, finds = 0, right = 0;
  std::size_t right_region = 0;  ///< of `right`: the region is the act's too
  std::array<std::size_t, motion::kRegionCount> acts_of{}, right_of{};  ///< by the act's region
  double apex_error = 0;  ///< seconds, summed over `right`

  SpotCounts& operator+=(const SpotCounts& other);
  [[nodiscard]] std::size_t false_finds() const { return finds - right; }
  /// 2 right / (acts + finds); 0 of nothing.
  [[nodiscard]] double f1() const;
  [[nodiscard]] double false_per_minute() const;
};

[[nodiscard]] SpotCounts match(std::span<const motion::Act> acts,
                               std::span<const motion::Movement> finds);

/// A face from the front whose photograph films can be made of.
struct Sitter {
  std::string name;
  image::Picture photograph;
  face::Detection face;
};

/// Whose photographs: constants were chosen on the first half, figures are of the second. People
/// are dealt out in turn in the order of their names.
enum class Cast : std::uint8_t { kChoosing, kReported };

/// At most `most` people of the unpacked muxspace archive (one photograph each, the first in
/// which `detector` sees a face from the front), spread evenly over its names.
/// Errors  kNotFound: `dir` has no photographs.  Those of the detector.
[[nodiscard]] Result<std::vector<Sitter>> read_sitters(const std::filesystem::path& dir,
                                                       const face::Detector& detector, Cast cast,
                                                       std::size_t most);

/// What a film holds besides its noise.
enum class Filming : std::uint8_t {
  kCalm,    ///< movements; sensor noise, compression, a trembling crop, a head that sways
  kLively,  ///< the same with blinks, turns of the head and changes of light
  kNothing  ///< the same as kLively without movements
};

inline constexpr double kFilmSeconds = 30;

/// 2 to 6 acts of 100 to 500 ms and 1.5 to 3 pixels, at least 1.5 s apart; 5 to 9 blinks, 3 to 6
/// turns (up to 11 degrees, some back and forth within half a second), 1 or 2 changes of light.
[[nodiscard]] motion::Script make_script(Filming filming, std::uint32_t seed);

struct SpotReport {
  SpotCounts calm, lively, nothing;
};

/// Called with the number of films that are done and of all.
using OnFilm = std::function<void(std::size_t, std::size_t)>;

/// One film of each kind a sitter, through motion::SteadyCrop and motion::Spotter as cameras' films
/// go. The same for the same sitters and seed.
[[nodiscard]] SpotReport evaluate_spotting(std::span<const Sitter> sitters, std::uint32_t seed,
                                           const OnFilm& on_film);

/// The finds in one film of `seconds`.
[[nodiscard]] std::vector<motion::Movement> spot(const motion::StagedFilm& film, double seconds,
                                                 double frames_per_second);

}  // namespace harmonic::evaluate
