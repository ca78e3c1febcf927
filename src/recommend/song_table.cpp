#include "recommend/song_table.h"

#include <limits>
#include <new>

namespace harmonic::recommend {

std::uint32_t Texts::add(std::string_view text) {
  if (text.empty()) return 0;
  if (begins_.size() > std::numeric_limits<std::uint32_t>::max()) throw std::bad_alloc{};
  bytes_ += text;
  begins_.push_back(bytes_.size());
  return static_cast<std::uint32_t>(begins_.size() - 2);
}

void Texts::shrink() {
  bytes_.shrink_to_fit();
  begins_.shrink_to_fit();
}

std::uint32_t SongTable::number_of(std::string_view name) {
  const auto [found, is_new] = names_.try_emplace(std::string{name}, 0);
  if (is_new) found->second = texts_.add(name);
  return found->second;
}

void SongTable::add(const catalog::SongView& song) {
  ids_.push_back(song.id);
  moods_.push_back(song.mood);
  facts_.push_back({song.duration, song.tempo, song.loudness_lufs, texts_.add(song.title),
                    texts_.add(song.stem), number_of(song.artist), number_of(song.album),
                    number_of(song.genre), number_of(song.container), song.content, song.key});
}

void SongTable::close() {
  ids_.shrink_to_fit();
  moods_.shrink_to_fit();
  facts_.shrink_to_fit();
  texts_.shrink();
  names_ = {};
}

catalog::SongView SongTable::at(std::size_t index) const {
  const Facts& facts = facts_[index];
  return {ids_[index],
          texts_.at(facts.title),
          texts_.at(facts.stem),
          texts_.at(facts.artist),
          texts_.at(facts.album),
          texts_.at(facts.genre),
          texts_.at(facts.container),
          facts.duration,
          facts.content,
          moods_[index],
          facts.tempo,
          facts.key,
          facts.loudness_lufs};
}

}  // namespace harmonic::recommend
