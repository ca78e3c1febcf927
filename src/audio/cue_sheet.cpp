#include "audio/cue_sheet.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <system_error>

#include "audio/text.h"
#include "audio/text_file.h"

namespace harmonic::audio {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::size_t kMostTracks = 99;
constexpr int kFramesPerSecond = 75;
constexpr int kMostMinutes = 6000;

/// The next word, or what stands in quotes, at the start of `rest`, which is then behind it.
std::string_view take_word(std::string_view& rest) {
  const auto start = std::min(rest.find_first_not_of(" \t"), rest.size());
  rest.remove_prefix(start);
  const bool quoted = rest.starts_with('"');
  if (quoted) rest.remove_prefix(1);
  const auto end = std::min(rest.find_first_of(quoted ? "\"" : " \t"), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

/// A name to the end of its line, in quotes or not.
std::string name_in(std::string_view rest) {
  auto after = rest;
  const auto start = std::min(rest.find_first_not_of(" \t"), rest.size());
  if (rest.substr(start).starts_with('"')) return clean_text(take_word(after));
  return clean_text(rest);
}

std::string upper(std::string_view word) {
  std::string text{word};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::optional<int> whole(std::string_view text, int most) {
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || value < 0 || value > most) return std::nullopt;
  return value;
}

/// "mm:ss:ff"
std::optional<milliseconds> time_of(std::string_view text) {
  const auto first = text.find(':');
  const auto second = text.rfind(':');
  if (first == std::string_view::npos || first == second) return std::nullopt;
  const auto minutes = whole(text.substr(0, first), kMostMinutes);
  const auto seconds = whole(text.substr(first + 1, second - first - 1), 59);
  const auto frames = whole(text.substr(second + 1), kFramesPerSecond - 1);
  if (!minutes || !seconds || !frames) return std::nullopt;
  return std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds} +
         milliseconds{*frames * 1000 / kFramesPerSecond};
}

class Reader {
 public:
  Result<void> read_line(std::string_view rest) {
    ++line_;
    const auto command = upper(take_word(rest));
    if (command == "FILE") return read_file(rest);
    if (command == "TRACK") return read_track(rest);
    if (command == "INDEX") return read_index(rest);
    if (command == "REM") return read_remark(rest);
    if (command == "TITLE") (in_track_ ? track_.title : sheet_.title) = name_in(rest);
    if (command == "PERFORMER") (in_track_ ? track_.performer : sheet_.performer) = name_in(rest);
    if (command == "SONGWRITER" && in_track_) track_.songwriter = name_in(rest);
    return {};
  }

  Result<CueSheet> finish() && {
    HARMONIC_CHECK(close_track());
    if (sheet_.tracks.empty()) {
      return fail(ErrorKind::kInvalidInput,
                  "is no cue sheet: no TRACK with a FILE and an INDEX 01");
    }
    for (std::size_t i = 0; i + 1 < sheet_.tracks.size(); ++i) {
      const auto& next = sheet_.tracks[i + 1];
      if (next.file == sheet_.tracks[i].file) sheet_.tracks[i].end = next.start;
    }
    for (auto& track : sheet_.tracks) {
      if (track.performer.empty()) track.performer = sheet_.performer;
    }
    return std::move(sheet_);
  }

 private:
  [[nodiscard]] tl::unexpected<Error> refuse(const std::string& why) const {
    return fail(ErrorKind::kInvalidInput, "line " + std::to_string(line_) + ": " + why);
  }

  Result<void> read_file(std::string_view rest) {
    HARMONIC_CHECK(close_track());
    auto name = std::string{take_word(rest)};
    // Windows' folders too: only the name in the sheet's own folder counts.
    if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos)
      name.erase(0, slash + 1);
    if (name.empty() || name == "." || name == ".." || name.find('\0') != std::string::npos)
      return refuse("FILE names no file");
    file_ = name;
    return {};
  }

  Result<void> read_track(std::string_view rest) {
    HARMONIC_CHECK(close_track());
    const auto number = whole(take_word(rest), static_cast<int>(kMostTracks));
    if (!number || *number == 0) return refuse("TRACK needs a number from 1 to 99");
    in_track_ = true;
    is_audio_ = upper(take_word(rest)) == "AUDIO";
    track_ = {};
    track_.number = *number;
    return {};
  }

  Result<void> read_index(std::string_view rest) {
    const auto number = whole(take_word(rest), 99);
    const auto time = time_of(take_word(rest));
    if (!in_track_ || !number || !time) return refuse("INDEX needs a track, a number and mm:ss:ff");
    // With the gap in the file before, INDEX 01 may come after the next FILE.
    if (*number != 1) return {};
    if (file_.empty()) return refuse("a TRACK without a FILE before it");
    track_.start = *time;
    track_.file = file_;
    return {};
  }

  Result<void> read_remark(std::string_view rest) {
    const auto what = upper(take_word(rest));
    if (what == "GENRE") sheet_.genre = name_in(rest);
    if (what == "DATE") sheet_.date = name_in(rest);
    return {};
  }

  Result<void> close_track() {
    const bool complete = in_track_ && is_audio_ && !track_.file.empty();
    if (in_track_ && !track_.file.empty()) in_track_ = false;
    if (!complete) return {};
    if (sheet_.tracks.size() == kMostTracks) return refuse("more than 99 tracks");
    if (!sheet_.tracks.empty()) {
      const auto& last = sheet_.tracks.back();
      if (last.file == track_.file && track_.start <= last.start)
        return refuse("track " + std::to_string(track_.number) +
                      " begins before the one before it");
    }
    sheet_.tracks.push_back(std::move(track_));
    return {};
  }

  CueSheet sheet_;
  CueTrack track_;
  std::string file_;
  bool in_track_ = false;
  bool is_audio_ = false;
  int line_ = 0;
};

}  // namespace

Result<CueSheet> parse_cue(std::string_view bytes) {
  const auto text = utf8_of(bytes);
  Reader reader;
  std::optional<Error> error;
  for_each_line(text, [&](std::string_view line) {
    if (error) return;
    if (auto read = reader.read_line(line); !read) error = std::move(read).error();
  });
  if (error) return tl::unexpected{*std::move(error)};
  return std::move(reader).finish();
}

Result<CueSheet> read_cue(const fs::path& sheet) {
  HARMONIC_TRY(const auto bytes, read_text_file(sheet));
  return parse_cue(bytes);
}

Result<fs::path> sound_of(const CueTrack& track, const fs::path& sheet) {
  static constexpr std::array<const char*, 7> kEndings{"",      ".flac", ".wav", ".mp3",
                                                       ".opus", ".ogg",  ".m4a"};
  for (const char* ending : kEndings) {
    auto path = sheet.parent_path() / track.file;
    if (*ending != '\0') path.replace_extension(ending);
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path;
  }
  return fail(ErrorKind::kNotFound, "its sound file \"" + track.file + "\" is not beside it");
}

}  // namespace harmonic::audio
