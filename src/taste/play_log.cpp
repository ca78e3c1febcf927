#include "taste/play_log.h"

namespace harmonic::taste {

std::uint32_t Names::number_of(std::string_view name) {
  if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(all_.size());
  all_.emplace_back(name);
  numbers_.emplace(all_.back(), number);
  return number;
}

void PlayLog::add(std::string_view listener, std::string_view song, float count) {
  triplets.push_back({listeners.number_of(listener), songs.number_of(song), count});
}

}  // namespace harmonic::taste
