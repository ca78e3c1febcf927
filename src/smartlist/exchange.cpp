#include "smartlist/exchange.h"

#include <utility>

#include "smartlist/listing.h"
#include "smartlist/nsp.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace fs = std::filesystem;

namespace {

std::string name_for(const Origin& from, const std::string& inside) {
  if (!from.name.empty()) return from.name;
  return inside.empty() ? from.file.stem().string() : inside;
}

}  // namespace

bool holds_rules(const fs::path& file) {
  return songlist::lowered(file.extension().string()) == ".nsp";
}

Result<Imported> import_rules(std::string_view text, const Origin& from, const Moment& moment) {
  auto rules = parse_nsp(text);
  if (!rules) return tl::unexpected{std::move(rules).error().while_doing(from.file.string())};
  Imported made;
  HARMONIC_TRY(made.playlist, new_playlist(name_for(from, rules->name), moment));
  made.playlist.comment = rules->comment;
  rules->name.clear();  // the playlist has them
  rules->comment.clear();
  made.playlist.rules = write_nsp(*rules);
  return made;
}

Result<Imported> import_songs(const PlaylistFile& read, const Origin& from, const Finder& finder,
                              const Moment& moment) {
  Imported made;
  HARMONIC_TRY(made.playlist, new_playlist(name_for(from, read.name), moment));
  for (const auto& entry : read.entries) {
    const auto match = finder.find(entry, from.folder);
    switch (match.how) {
      case Found::kByPath: ++made.by_path; break;
      case Found::kByTags: ++made.by_tags; break;
      case Found::kAmbiguous: made.ambiguous.push_back(shown(entry)); break;
      case Found::kNot: made.missing.push_back(shown(entry)); break;
    }
    if (match.song.value != 0) made.playlist.songs.push_back(match.song);
  }
  if (made.playlist.songs.empty() && !read.entries.empty()) {
    return fail(ErrorKind::kNotFound,
                "none of the " + std::to_string(read.entries.size()) + " songs of " +
                    from.file.string() + " is in the library, \"" + shown(read.entries.front()) +
                    "\" neither; `harmonic scan DIR` with their folder adds them");
  }
  return made;
}

Result<std::string> exported(const fs::path& file, const catalog::Playlist& playlist,
                             std::span<const catalog::Song* const> songs, const fs::path& folder) {
  const auto ending = songlist::lowered(file.extension().string());
  if (ending == ".nsp") {
    if (!playlist.rules) {
      return fail(ErrorKind::kInvalidInput, "the playlist '" + playlist.name +
                                                "' has no rules, and .nsp holds nothing else; "
                                                "export it as .m3u8 or .xspf");
    }
    HARMONIC_TRY(auto rules, parse_nsp(*playlist.rules));
    rules.name = playlist.name;
    rules.comment = playlist.comment;
    return write_nsp(rules) + "\n";
  }
  Written written{playlist.name, {}};
  written.songs.reserve(songs.size());
  for (const auto* song : songs) written.songs.push_back(*song);
  if (ending == ".m3u8") return write_m3u8(written, folder);
  if (ending == ".xspf") return write_xspf(written, folder);
  return fail(ErrorKind::kInvalidInput,
              file.string() + " must end with .m3u8, .xspf or .nsp, which says how it is written");
}

}  // namespace harmonic::smartlist
