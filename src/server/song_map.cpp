#include "server/song_map.h"

#include <bit>
#include <charconv>
#include <cstdint>

namespace harmonic::server {

namespace {

void put(std::string& bytes, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
}

}  // namespace

std::string write_map(const recommend::Snapshot& library) {
  std::vector<std::size_t> heard;
  heard.reserve(library.size());
  for (std::size_t i = 0; i < library.size(); ++i) {
    if (library.mood(i)) heard.push_back(i);
  }
  std::string bytes{"HFM1"};
  bytes.reserve(8 + 16 * heard.size());
  put(bytes, heard.size(), 4);
  for (const auto song : heard) put(bytes, static_cast<std::uint64_t>(library.id(song).value), 8);
  for (const auto song : heard)
    put(bytes, std::bit_cast<std::uint32_t>(library.mood(song)->valence()), 4);
  for (const auto song : heard)
    put(bytes, std::bit_cast<std::uint32_t>(library.mood(song)->arousal()), 4);
  return bytes;
}

Result<std::vector<SongId>> read_ids(std::string_view list) {
  std::vector<SongId> ids;
  ids.reserve(kMostIds);
  const auto* at = list.data();
  const auto* const end = at + list.size();
  while (true) {
    SongId id;
    const auto [after, error] = std::from_chars(at, end, id.value);
    if (error != std::errc{} || id.value <= 0 || (after != end && *after != ',')) {
      return fail(ErrorKind::kInvalidInput,
                  "\"ids\" wants ids of songs with commas between: 1,2,3");
    }
    if (ids.size() == kMostIds) {
      return fail(ErrorKind::kInvalidInput,
                  "\"ids\" takes at most " + std::to_string(kMostIds) + " songs: ask in turns");
    }
    ids.push_back(id);
    if (after == end) return ids;
    at = after + 1;
  }
}

}  // namespace harmonic::server
