// Anything at all as a listening history: it becomes plays or is refused by its line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "taste/history.h"
#include "taste/triplets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic::taste;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  for (const auto& add : {add_listenbrainz, add_lastfm}) {
    PlayLog log;
    const auto read = add(text, "history", "ann", log);
    if (!read && !read.error().message.starts_with("history:")) std::abort();
    if (log.plays().listeners() != log.listeners.all().size()) std::abort();
  }
  PlayLog log;
  const auto read = add_triplets(text, "history", log);
  if (!read && !read.error().message.starts_with("history:")) std::abort();
  if (log.plays().size() > log.triplets.size()) std::abort();
  return 0;
}
