#include "audio/lyrics.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "audio/cue_song.h"
#include "audio/media_file.h"
#include "audio/text.h"
#include "audio/text_file.h"
#include "audio/words.h"

namespace harmonic::audio {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostLines = 10'000;
constexpr std::size_t kMostStamps = 64;  // a chorus comes that often
constexpr milliseconds kLatest = std::chrono::hours{100};
constexpr milliseconds kWidestOffset = std::chrono::hours{1};

std::optional<int> digits(std::string_view text, std::size_t most) {
  int value = 0;
  if (text.empty() || text.size() > most) return std::nullopt;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || value < 0) return std::nullopt;
  return value;
}

/// "mm:ss", "mm:ss.x", "mm:ss.xx", "mm:ss.xxx"; a colon does for the dot.
std::optional<milliseconds> time_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto dot = text.find_first_of(".:", colon + 1);
  const auto minutes = digits(text.substr(0, colon), 4);
  const auto seconds = digits(text.substr(colon + 1, dot - colon - 1), 2);
  if (!minutes || !seconds || *seconds > 59) return std::nullopt;
  milliseconds time = std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds};
  if (dot != std::string_view::npos) {
    const auto fraction = text.substr(dot + 1);
    const auto value = digits(fraction, 3);
    if (!value) return std::nullopt;
    time += milliseconds{*value * (fraction.size() == 1 ? 100 : fraction.size() == 2 ? 10 : 1)};
  }
  return time <= kLatest ? std::optional{time} : std::nullopt;
}

/// What stands in brackets at the start of `rest`, which is then behind them.
std::optional<std::string_view> take_brackets(std::string_view& rest, char open, char close) {
  if (!rest.starts_with(open)) return std::nullopt;
  const auto end = rest.find(close);
  if (end == std::string_view::npos) return std::nullopt;
  const auto inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  return inside;
}

/// The stamps of words are taken out of the line.
void read_words(std::string_view rest, LyricLine& line) {
  std::string text;
  while (!rest.empty()) {
    auto behind = rest;
    const auto inside = take_brackets(behind, '<', '>');
    const auto time = inside ? time_of(*inside) : std::nullopt;
    if (time) {
      rest = behind;
      line.words.push_back({*time, {}});
      continue;
    }
    const auto end = std::min(rest.find('<', 1), rest.size());
    text += rest.substr(0, end);
    if (!line.words.empty()) line.words.back().text += rest.substr(0, end);
    rest.remove_prefix(end);
  }
  line.text = clean_text(text);
  for (auto& word : line.words) word.text = clean_text(word.text);
  std::erase_if(line.words, [](const LyricWord& word) { return word.text.empty(); });
}

/// "ti:Title" and the like; another word in brackets is text.
bool is_tag(std::string_view inside) {
  static constexpr std::array<std::string_view, 11> kNames{
      "ti", "ar", "al", "au", "by", "re", "ve", "la", "length", "offset", "#"};
  const auto colon = inside.find(':');
  return colon != std::string_view::npos &&
         std::find(kNames.begin(), kNames.end(), inside.substr(0, colon)) != kNames.end();
}

class Reader {
 public:
  void read_line(std::string_view rest) {
    std::vector<milliseconds> times;
    bool only_tags = false;
    for (auto behind = rest; times.size() < kMostStamps;) {
      const auto inside = take_brackets(behind, '[', ']');
      if (!inside) break;
      if (const auto time = time_of(*inside)) {
        times.push_back(*time);
      } else if (times.empty() && is_tag(*inside)) {
        read_tag(*inside);
        only_tags = true;
      } else {
        break;
      }
      rest = behind;
    }
    LyricLine line;
    read_words(rest, line);
    if (only_tags && times.empty() && line.text.empty()) return;
    add(times, std::move(line));
  }

  Lyrics finish() && {
    lyrics_.timed = std::any_of(lyrics_.lines.begin(), lyrics_.lines.end(),
                                [](const LyricLine& line) { return line.at.has_value(); });
    if (!lyrics_.timed) {
      while (!lyrics_.lines.empty() && lyrics_.lines.back().text.empty()) lyrics_.lines.pop_back();
      return std::move(lyrics_);
    }
    std::erase_if(lyrics_.lines, [](const LyricLine& line) { return !line.at; });
    for (auto& line : lyrics_.lines) shift(line);
    std::stable_sort(lyrics_.lines.begin(), lyrics_.lines.end(),
                     [](const LyricLine& a, const LyricLine& b) { return *a.at < *b.at; });
    return std::move(lyrics_);
  }

 private:
  void read_tag(std::string_view inside) {
    if (!inside.starts_with("offset:")) return;
    auto text = inside.substr(7);
    while (text.starts_with(' ') || text.starts_with('+')) text.remove_prefix(1);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || std::abs(value) > kWidestOffset.count()) return;
    offset_ = milliseconds{value};
  }

  void add(const std::vector<milliseconds>& times, LyricLine line) {
    // Stamps of words belong to the first time of a line alone.
    for (std::size_t i = 0; i < std::max<std::size_t>(1, times.size()); ++i) {
      if (lyrics_.lines.size() >= kMostLines) return;
      if (!times.empty()) line.at = times[i];
      lyrics_.lines.push_back(line);
      line.words.clear();
    }
  }

  void shift(LyricLine& line) const {
    const auto earlier = [this](milliseconds at) {
      return std::max(milliseconds{0}, at - offset_);
    };
    line.at = earlier(*line.at);
    for (auto& word : line.words) word.at = earlier(word.at);
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const LyricWord& a, const LyricWord& b) { return a.at < b.at; });
  }

  Lyrics lyrics_;
  milliseconds offset_{0};
};

std::optional<Lyrics> embedded(const MediaFile& file) {
  const auto words = words_of(file);
  auto text = first_of(words, {"LYRICS", "UNSYNCEDLYRICS", "SYNCEDLYRICS"});
  if (text.empty()) {
    // FFmpeg names them with their language behind: "LYRICS-ENG".
    const auto found = words.lower_bound("LYRICS-");
    if (found == words.end() || !found->first.starts_with("LYRICS-") || found->second.empty())
      return std::nullopt;
    text = found->second.front();
  }
  auto lyrics = parse_lrc(text);
  if (lyrics.lines.empty()) return std::nullopt;
  return lyrics;
}

}  // namespace

Lyrics parse_lrc(std::string_view bytes) {
  const auto text = utf8_of(bytes);
  Reader reader;
  for_each_line(text, [&reader](std::string_view line) { reader.read_line(line); });
  return std::move(reader).finish();
}

Result<std::optional<Lyrics>> find_lyrics(const std::filesystem::path& song) {
  if (sheet_of(song)) return std::optional<Lyrics>{};
  for (const char* ending : {".lrc", ".LRC"}) {
    const auto bytes = read_text_file(std::filesystem::path{song}.replace_extension(ending));
    if (!bytes) continue;
    if (auto lyrics = parse_lrc(*bytes); !lyrics.lines.empty()) return lyrics;
  }
  return MediaFile::open(song).map(embedded);
}

Result<std::optional<Lyrics>> read_lyrics(std::span<const std::byte> bytes) {
  return MediaFile::open(bytes).map(embedded);
}

}  // namespace harmonic::audio
