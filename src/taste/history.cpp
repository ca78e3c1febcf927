#include "taste/history.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/whole_file.h"
#include "taste/triplets.h"

namespace harmonic::taste {

namespace {

using Json = nlohmann::json;

tl::unexpected<Error> refuse(const std::string& file, std::size_t line, const std::string& why) {
  return fail(ErrorKind::kInvalidInput, file + ":" + std::to_string(line) + ": " + why);
}

/// A tab is what parts artist and title, and a line break ends a line of triplets.
std::string plain(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

void add_listen(const std::string& listener, const std::string& artist, const std::string& title,
                PlayLog& log) {
  log.add(listener, plain(artist) + '\t' + plain(title), 1.0F);
}

/// A text member of an object; empty where there is none.
std::string member(const Json& json, const char* name) {
  if (!json.is_object()) return {};
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// The objects of a text one after the other, each with the line where it begins, whatever stands
/// between them: an array and a file of lines look the same.
class Objects {
 public:
  struct Found {
    std::string_view text;
    std::size_t line = 0;
  };

  explicit Objects(std::string_view text) : text_{text} {}

  /// Nothing at the end. An object that does not end reaches to the end of the text.
  std::optional<Found> next() {
    while (at_ < text_.size() && text_[at_] != '{') {
      if (text_[at_] == '\n') ++line_;
      if (!is_between(text_[at_])) return Found{text_.substr(at_++), line_};
      ++at_;
    }
    if (at_ == text_.size()) return std::nullopt;
    const Found found{text_.substr(at_, length()), line_};
    line_ += static_cast<std::size_t>(std::ranges::count(found.text, '\n'));
    at_ += found.text.size();
    return found;
  }

 private:
  static bool is_between(char c) {
    return std::string_view{"[], \t\r\n"}.find(c) != std::string_view::npos;
  }
  [[nodiscard]] std::size_t length() const {
    int depth = 0;
    bool quoted = false;
    for (auto at = at_; at < text_.size(); ++at) {
      const char c = text_[at];
      if (quoted && c == '\\')
        ++at;
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted && c == '{')
        ++depth;
      else if (!quoted && c == '}' && --depth == 0)
        return at - at_ + 1;
    }
    return text_.size() - at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

/// The rows of a CSV text, each with the line where it begins.
class CsvRows {
 public:
  explicit CsvRows(std::string_view text) : text_{text} {}

  /// Nothing at the end, and where a quote never ends: `whole` says which.
  std::optional<std::vector<std::string>> next() {
    began_ = line_;
    if (at_ >= text_.size()) return std::nullopt;
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (quoted && c == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        fields.back() += text_[++at_];
      } else if (c == '"' && (quoted || fields.back().empty())) {
        quoted = !quoted;
      } else if (!quoted && c == ',') {
        fields.emplace_back();
      } else if (!quoted && c == '\n') {
        ++at_;
        return fields;
      } else if (quoted || c != '\r') {
        fields.back() += c;
      }
    }
    whole_ = !quoted;
    if (quoted) return std::nullopt;
    return fields;
  }
  [[nodiscard]] std::size_t line() const { return began_; }
  [[nodiscard]] bool whole() const { return whole_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t began_ = 1;
  bool whole_ = true;
};

struct Columns {
  std::size_t artist = 0;
  std::size_t title = 2;
};

std::optional<std::size_t> place_of(const std::vector<std::string>& row, std::string_view name) {
  const auto found = std::ranges::find(row, name);
  if (found == row.end()) return std::nullopt;
  return static_cast<std::size_t>(found - row.begin());
}

/// Nothing where the row does not name columns.
std::optional<Columns> columns_of(const std::vector<std::string>& row) {
  const auto artist = place_of(row, "artist");
  auto title = place_of(row, "track");
  if (!title) title = place_of(row, "title");
  if (!artist || !title) return std::nullopt;
  return Columns{*artist, *title};
}

std::string field(const std::vector<std::string>& row, std::size_t at) {
  return at < row.size() ? row[at] : std::string{};
}

}  // namespace

Result<void> add_listenbrainz(std::string_view text, const std::string& file,
                              const std::string& listener, PlayLog& log) {
  Objects objects{text};
  while (const auto found = objects.next()) {
    const auto listen = Json::parse(found->text, nullptr, false);
    if (listen.is_discarded())
      return refuse(file, found->line, "this is no JSON: export the listens again");
    const auto data = listen.is_object() ? listen.value("track_metadata", Json{}) : Json{};
    const auto artist = member(data, "artist_name");
    const auto title = member(data, "track_name");
    if (artist.empty() || title.empty())
      return refuse(file, found->line,
                    "a listen needs track_metadata with artist_name and track_name");
    const auto user = member(listen, "user_name");
    add_listen(user.empty() ? listener : user, artist, title, log);
  }
  return {};
}

Result<void> add_lastfm(std::string_view text, const std::string& file, const std::string& listener,
                        PlayLog& log) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvRows rows{text};
  Columns columns;
  bool first = true;
  while (const auto row = rows.next()) {
    const auto named = first ? columns_of(*row) : std::nullopt;
    first = false;
    if (named) {
      columns = *named;
      continue;
    }
    if (row->size() == 1 && row->front().empty()) continue;
    const auto artist = field(*row, columns.artist);
    const auto title = field(*row, columns.title);
    if (artist.empty() || title.empty())
      return refuse(file, rows.line(),
                    "the artist or the title is missing: artist, album, title, time are expected");
    add_listen(listener, artist, title, log);
  }
  if (!rows.whole()) return refuse(file, rows.line(), "a quote begins here and never ends");
  return {};
}

Result<void> read_history(const std::filesystem::path& file, PlayLog& log) {
  std::error_code trouble;
  if (!std::filesystem::is_regular_file(file, trouble))
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  std::ifstream in{file, std::ios::binary};
  std::string line;
  while (std::getline(in, line) && line.find_first_not_of(" \t\r") == std::string::npos) {
  }
  const auto begin = line.find_first_not_of(" \t\r");
  const bool json = begin != std::string::npos && (line[begin] == '[' || line[begin] == '{');
  if (!json && std::ranges::count(line, '\t') == 2) return read_triplets(file, log);
  HARMONIC_TRY(const auto text, read_whole(file));
  const auto listener = file.stem().string();
  return json ? add_listenbrainz(text, file.string(), listener, log)
              : add_lastfm(text, file.string(), listener, log);
}

}  // namespace harmonic::taste
