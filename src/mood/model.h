// Module mood: the features of a song -> the mood that listeners would name.
//
//   audio's vector -> inputs.h -> three committees (committee.h) -> one point and nine emotions
//
// Uses     base, audio (the names of the features).  Used by scan, moodtrial and the commands.
// Threads  a Model is immutable: every call from any thread.
// Read     model.h, then inputs.h; how the networks are learned is in recipe.h.
//
// mood/model.h - the committees that ship, and what they say together.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/valence_arousal.h"
#include "mood/committee.h"
#include "mood/inputs.h"

namespace harmonic::mood {

/// The emotions of the Geneva Emotional Music Scale, short form.
/// Source  Zentner, Grandjean, Scherer, "Emotions evoked by the sound of music", Emotion 8 (2008)
inline constexpr std::array<std::string_view, 9> kGems{
    "amazement", "solemnity",         "tenderness", "nostalgia", "calmness",
    "power",     "joyful_activation", "tension",    "sadness"};
inline constexpr std::array<std::string_view, 4> kGenres{"classical", "rock", "electronic", "pop"};

/// What a song sounds like to many.
struct Mood {
  ValenceArousal point;
  float valence_doubt = 0.0F;  ///< one standard deviation of `point`, 0 .. 1
  float arousal_doubt = 0.0F;
  std::array<float, kGems.size()> gems{};  ///< share of listeners who would name it, [0, 1]
  std::size_t genre = 0;                   ///< the likeliest, place in kGenres
};

/// A committee taught by one corpus. Its first two outputs are valence and arousal; those of the
/// one that knows emotions go on with kGems and kGenres.
struct Head {
  std::string name;
  View view = View::kSong;
  bool knows_emotions = false;
  Committee committee;
};

class Model {
 public:
  /// `reference`: the spread of the heads' joint valence and arousal over songs of many kinds, by
  /// which they are laid out in the plane.
  Model(std::vector<Head> heads, std::array<Spread, 2> reference, int version = 1)
      : heads_{std::move(heads)}, reference_{reference}, version_{version} {}

  /// Each head has an equal say in valence and arousal, in its own standard deviations; the sum,
  /// against the reference, goes through the normal distribution function onto -1 .. 1.
  ///
  /// Shape   `features` in the order of audio::feature_names()
  [[nodiscard]] Mood mood_of(std::span<const float> features) const;

  /// The joint valence and arousal before they are laid out, in standard deviations.
  [[nodiscard]] std::array<float, 2> joint(std::span<const float> features) const;

  /// Not 0, and another for other weights: moods of another version are told anew.
  [[nodiscard]] int version() const { return version_; }

  [[nodiscard]] const std::vector<Head>& heads() const { return heads_; }
  [[nodiscard]] const std::array<Spread, 2>& reference() const { return reference_; }

 private:
  std::vector<Head> heads_;
  std::array<Spread, 2> reference_;
  int version_;
};

/// Reads models/music/manifest.json and the weights beside it.
/// Errors  kNotFound: one of them is missing.  kCorrupt: malformed, of another digest, or made for
///         other features than this program's.
[[nodiscard]] Result<Model> load_model(const std::filesystem::path& manifest);

/// The model that ships: `share`/models/music/manifest.json.
[[nodiscard]] Result<Model> load_shipped_model(const std::filesystem::path& share);

/// The weights as a file and back.
/// Errors  kCorrupt.
[[nodiscard]] std::string encode_model(const Model& model);
[[nodiscard]] Result<Model> decode_model(std::string_view bytes);

}  // namespace harmonic::mood
