// recommend/song_table.h - what is kept of every song of a library, in as little memory as it
// takes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/song_view.h"

namespace harmonic::recommend {

/// Texts by number, one after the other in one piece of memory. 0 is the empty text.
class Texts {
 public:
  std::uint32_t add(std::string_view text);
  [[nodiscard]] std::string_view at(std::uint32_t number) const {
    return std::string_view{bytes_}.substr(begins_[number], begins_[number + 1] - begins_[number]);
  }
  void shrink();

 private:
  std::string bytes_;
  std::vector<std::size_t> begins_{0, 0};  ///< and where the last one ends
};

/// Songs by index, in the order in which they were added: some 110 bytes each and the title.
class SongTable {
 public:
  void add(const catalog::SongView& song);
  /// After the last add(): gives back what was only needed for adding.
  void close();

  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  /// Its texts live as long as the table.
  [[nodiscard]] catalog::SongView at(std::size_t index) const;
  [[nodiscard]] SongId id(std::size_t index) const { return ids_[index]; }
  [[nodiscard]] std::optional<ValenceArousal> mood(std::size_t index) const {
    return moods_[index];
  }
  [[nodiscard]] std::chrono::milliseconds duration(std::size_t index) const {
    return facts_[index].duration;
  }
  [[nodiscard]] std::optional<Tempo> tempo(std::size_t index) const { return facts_[index].tempo; }
  [[nodiscard]] std::optional<float> loudness_lufs(std::size_t index) const {
    return facts_[index].loudness_lufs;
  }

 private:
  struct Facts {
    std::chrono::milliseconds duration{0};
    std::optional<Tempo> tempo;
    std::optional<float> loudness_lufs;
    std::uint32_t title, stem, artist, album, genre, container;  ///< in texts_
    std::optional<catalog::ContentKey> content;
    std::optional<Key> key;
  };

  [[nodiscard]] std::uint32_t number_of(std::string_view name);

  std::vector<SongId> ids_;  ///< apart from the rest, as the moods: some loops read nothing else
  std::vector<std::optional<ValenceArousal>> moods_;
  std::vector<Facts> facts_;
  Texts texts_;
  std::unordered_map<std::string, std::uint32_t> names_;  ///< while adding: what many songs share
};

}  // namespace harmonic::recommend
