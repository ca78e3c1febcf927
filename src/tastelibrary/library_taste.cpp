#include "tastelibrary/library_taste.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <unordered_map>

#include "recommend/habits.h"
#include "recommend/rank.h"
#include "songlist/text.h"
#include "tastelibrary/guess.h"

namespace harmonic::tastelibrary {

namespace {

std::string key_of(std::string_view artist, std::string_view title) {
  const auto key = songlist::match_key(title);
  return key.empty() ? std::string{} : songlist::match_key(artist) + "\t" + key;
}

/// The model's rows by what its songs are called; of two of one name the first.
std::unordered_map<std::string, std::size_t> rows_by_name(const taste::IalsModel& model) {
  std::unordered_map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < model.songs.size(); ++row) {
    const std::string_view name = model.songs[row];
    const auto tab = name.find('\t');
    if (tab == std::string_view::npos) continue;
    const auto key = key_of(name.substr(0, tab), name.substr(tab + 1));
    if (!key.empty()) rows.try_emplace(key, row);
  }
  return rows;
}

Places places_of(const taste::IalsModel& model, const recommend::Snapshot& songs) {
  const auto rows = rows_by_name(model);
  const auto d = model.plan.dimensions;
  Places places{d, std::vector<float>(songs.size() * d), std::vector<bool>(songs.size())};
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto song = songs.song(i);
    const auto found = rows.find(key_of(song.artist, song.title));
    if (found == rows.end()) continue;
    const auto row = std::span{model.factors}.subspan(found->second * d, d);
    std::copy(row.begin(), row.end(), places.rows.begin() + static_cast<std::ptrdiff_t>(i * d));
    places.placed[i] = true;
  }
  return places;
}

/// Logistic of the standardised scores of those that are placed.
void scale(std::vector<float>& scores, const std::vector<bool>& placed) {
  double sum = 0, squares = 0, count = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!placed[i]) continue;
    const auto score = static_cast<double>(scores[i]);
    sum += score;
    squares += score * score;
    count += 1;
  }
  const double mean = sum / count;
  const double spread = std::sqrt(std::max(0.0, squares / count - mean * mean));
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double z =
        placed[i] && spread > 0 ? (static_cast<double>(scores[i]) - mean) / spread : 0.0;
    scores[i] = static_cast<float>(1.0 / (1.0 + std::exp(-z)));
  }
}

}  // namespace

LibraryTaste::LibraryTaste(const taste::IalsModel& model, const recommend::Snapshot& songs) {
  auto places = places_of(model, songs);
  known_ = static_cast<std::size_t>(std::count(places.placed.begin(), places.placed.end(), true));
  guessed_ = guess_places(songs, places);
  ids_.reserve(songs.size());
  for (std::size_t i = 0; i < songs.size(); ++i) ids_.push_back(songs.id(i));
  placed_ = std::move(places.placed);
  if (known_ > 0) recommender_ = taste::make_ials(std::move(places.rows), model.plan);
}

taste::Plays LibraryTaste::plays_of(std::span<const catalog::SongHistory> history) const {
  std::unordered_map<SongId, float> liked;
  for (const auto& one : history) {
    if (const int affinity = recommend::affinity(&one); affinity > 0)
      liked[one.song] = static_cast<float>(affinity);
  }
  std::vector<taste::Triplet> cells;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    if (!placed_[i]) continue;
    if (const auto found = liked.find(ids_[i]); found != liked.end())
      cells.push_back({0, static_cast<std::uint32_t>(i), found->second});
  }
  return {1, ids_.size(), cells};
}

std::vector<float> LibraryTaste::of(std::span<const catalog::SongHistory> history) const {
  if (!recommender_) return {};
  const auto plays = plays_of(history);
  if (plays.size() == 0) return {};
  std::vector<float> scores(ids_.size());
  recommender_->score(plays, {0, 1}, scores);
  scale(scores, placed_);
  return scores;
}

}  // namespace harmonic::tastelibrary
