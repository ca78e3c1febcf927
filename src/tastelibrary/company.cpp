#include "tastelibrary/company.h"

#include <algorithm>
#include <cstdint>

#include "recommend/habits.h"
#include "recommend/rank.h"
#include "taste/company.h"

namespace harmonic::tastelibrary {

namespace {

void add_row(const recommend::Snapshot& songs, std::span<const catalog::SongHistory> history,
             std::uint32_t row, std::vector<taste::Triplet>& cells) {
  for (const auto& one : history) {
    const int affinity = recommend::affinity(&one);
    const auto index = songs.index_of(one.song);
    if (affinity > 0 && index)
      cells.push_back({row, static_cast<std::uint32_t>(*index), static_cast<float>(affinity)});
  }
}

}  // namespace

std::vector<float> company_of(const recommend::Snapshot& songs,
                              std::span<const catalog::SongHistory> own,
                              std::span<const ListenerHistory> others) {
  std::vector<taste::Triplet> cells;
  add_row(songs, own, 0, cells);
  if (cells.empty() || others.empty()) return {};
  for (std::size_t i = 0; i < others.size(); ++i)
    add_row(songs, others[i], static_cast<std::uint32_t>(i + 1), cells);
  std::vector<float> told(songs.size());
  if (!taste::score_by_company({others.size() + 1, songs.size(), cells}, 0, told)) return {};
  for (float& value : told) value = recommend::kNotKnown + (1.0F - recommend::kNotKnown) * value;
  return told;
}

Result<std::vector<float>> company_of(const recommend::Snapshot& songs, const catalog::Store& store,
                                      const catalog::Preferences& preferences, ListenerId listener,
                                      std::span<const catalog::SongHistory> own) {
  HARMONIC_TRY(auto agreed, preferences.agreed());
  if (std::erase(agreed, listener) == 0) return std::vector<float>{};
  std::vector<ListenerHistory> others;
  for (const auto other : agreed) {
    HARMONIC_TRY(auto history, store.history(other));
    others.push_back(std::move(history));
  }
  return company_of(songs, own, others);
}

std::vector<float> joined(std::span<const float> taste, std::span<const float> company) {
  if (taste.empty()) return {company.begin(), company.end()};
  std::vector<float> both{taste.begin(), taste.end()};
  if (company.empty()) return both;
  for (std::size_t i = 0; i < both.size(); ++i) {
    const float yes = both[i] * company[i];
    const float no = (1.0F - both[i]) * (1.0F - company[i]);
    both[i] = yes + no > 0 ? yes / (yes + no) : recommend::kNotKnown;
  }
  return both;
}

}  // namespace harmonic::tastelibrary
