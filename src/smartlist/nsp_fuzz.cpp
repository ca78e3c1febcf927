// Anything at all as rules: refused in one line, or read, written and read again as the same, and
// they choose from songs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "smartlist/collection.h"
#include "smartlist/nsp.h"
#include "smartlist/songs_for_tests.h"
#include "smartlist/typed_rule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic;
  using namespace harmonic::smartlist;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  static const auto songs = four_songs();
  static const auto history = their_history();
  static const Library library{songs, history};
  const auto choose_by = [](const Rules& rules) {
    catalog::Playlist playlist;
    playlist.name = "itself";
    playlist.rules = write_nsp(rules);
    const std::vector<catalog::Playlist> all{playlist};
    const auto chosen = Collection{all}.songs_of(all.front(), library, {kNow, {}});
    if (chosen && chosen->size() > songs.size()) std::abort();
  };
  if (const auto typed = read_typed_rule(text)) {
    Rules rules;
    rules.root.rules.push_back({*typed});
    choose_by(rules);
  }
  const auto rules = parse_nsp(text);
  if (!rules) return 0;
  const auto again = parse_nsp(write_nsp(*rules));
  if (!again || !(*again == *rules)) std::abort();
  choose_by(*rules);
  return 0;
}
