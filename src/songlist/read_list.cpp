#include "songlist/read_list.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "songlist/mood_words.h"
#include "songlist/text.h"

namespace harmonic::songlist {

namespace {

using catalog::ListedSong;
using Row = std::vector<std::string>;

/// What a column is often called, best name first.
struct Usual {
  std::string Columns::*column;
  std::string_view what;
  std::vector<std::string_view> names;
};

const std::vector<Usual>& usual_columns() {
  static const std::vector<Usual> usual{
      {&Columns::title, "title", {"title", "name", "track", "track_name", "song"}},
      {&Columns::artist, "artist", {"artist", "artist_name", "artists", "singer"}},
      {&Columns::album, "album", {"album", "album/movie", "release", "movie"}},
      {&Columns::mood, "mood", {"mood", "emotion", "label", "genre"}},
      {&Columns::valence, "valence", {"valence"}},
      {&Columns::arousal, "arousal", {"arousal", "energy"}},
      {&Columns::link, "link", {"link", "url", "lastfm_url", "uri"}},
  };
  return usual;
}

std::optional<std::size_t> find(const Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (lowered(table.columns[i]) == lowered(name)) return i;
  }
  return std::nullopt;
}

std::string columns_of(const Table& table) {
  std::string all;
  for (const auto& column : table.columns) {
    all += (all.empty() ? "'" : ", '") + column + "'";
  }
  return all;
}

/// Where each of usual_columns() stands.
using Places = std::vector<std::optional<std::size_t>>;

Result<Places> places_of(const Table& table, const Columns& wanted) {
  Places places;
  for (const auto& [column, what, names] : usual_columns()) {
    std::optional<std::size_t> place;
    if (const auto& name = wanted.*column; !name.empty()) {
      place = find(table, name);
      if (!place) {
        return fail(ErrorKind::kInvalidInput,
                    "has no column '" + name + "'; its columns are " + columns_of(table));
      }
    }
    for (auto name = names.begin(); !place && name != names.end(); ++name) {
      place = find(table, *name);
    }
    places.push_back(place);
  }
  if (!places.front()) {
    return fail(
        ErrorKind::kInvalidInput,
        "has no column that is a title by its name; say which with --title: " + columns_of(table));
  }
  return places;
}

std::string value_at(const Row& row, std::optional<std::size_t> place) {
  return place && *place < row.size() ? row[*place] : std::string{};
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<ValenceArousal> mood_of(const Row& row,
                                      std::span<const std::optional<std::size_t>> at,
                                      std::string_view word, const ReadOptions& options) {
  const auto valence = number_of(value_at(row, at[0]));
  const auto arousal = number_of(value_at(row, at[1]));
  if (valence && arousal) {
    const auto placed = [&](double value) {
      return 2 * (value - options.lowest) / (options.highest - options.lowest) - 1;
    };
    return ValenceArousal::clamped(placed(*valence), placed(*arousal));
  }
  if (const auto own = options.words.find(lowered(word)); own != options.words.end()) {
    return own->second;
  }
  return point_of_word(word);
}

bool is_web_address(std::string_view link) {
  return link.starts_with("https://") || link.starts_with("http://");
}

ListedSong song_of(const Row& row, const Places& places, const ReadOptions& options) {
  ListedSong song{.title = value_at(row, places[0]),
                  .artist = value_at(row, places[1]),
                  .album = value_at(row, places[2]),
                  .mood_word = value_at(row, places[3]),
                  .mood = std::nullopt,
                  .link = value_at(row, places[6])};
  // Nothing but a web address may become a link on a page: a list may come from anybody.
  if (!is_web_address(song.link)) song.link.clear();
  song.mood = mood_of(row, std::span{places}.subspan(4, 2), song.mood_word, options);
  return song;
}

}  // namespace

Result<ReadList> list_of(const Table& table, const std::string& name, const ReadOptions& options) {
  if (!(options.highest > options.lowest)) {
    return fail(ErrorKind::kInvalidInput, "needs a scale whose end is above its beginning");
  }
  HARMONIC_TRY(const auto places, places_of(table, options.columns));
  ReadList read{{name, {}}, {}};
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& row : table.rows) {
    ++read.report.rows;
    auto song = song_of(row, places, options);
    if (song.title.empty()) {
      ++read.report.nameless;
    } else if (!seen.emplace(lowered(song.title), lowered(song.artist)).second) {
      ++read.report.repeated;
    } else {
      if (!song.mood) {
        ++read.report.moodless;
        if (!song.mood_word.empty()) ++read.report.unknown_words[song.mood_word];
      }
      read.list.songs.push_back(std::move(song));
    }
  }
  if (read.list.songs.empty()) {
    return fail(ErrorKind::kInvalidInput, "has no row with a title");
  }
  return read;
}

}  // namespace harmonic::songlist
