// taste/play_log.h - plays by name, on their way to a matrix.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "taste/plays.h"

namespace harmonic::taste {

/// Text as numbers from 0, in the order in which it was first seen.
class Names {
 public:
  std::uint32_t number_of(std::string_view name);
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<std::string> all_;
};

/// Grows by one play or one count at a time; several files may go into one.
struct PlayLog {
  Names listeners;
  Names songs;
  std::vector<Triplet> triplets;

  /// `count` > 0.
  void add(std::string_view listener, std::string_view song, float count);
  [[nodiscard]] Plays plays() const {
    return {listeners.all().size(), songs.all().size(), triplets};
  }
};

}  // namespace harmonic::taste
