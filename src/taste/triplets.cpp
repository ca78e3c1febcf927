#include "taste/triplets.h"

#include <charconv>
#include <fstream>
#include <optional>

namespace harmonic::taste {

namespace {

constexpr float kMostPlays = 1e9F;

/// Goes through a text line by line, over several pieces of it.
class LineReader {
 public:
  LineReader(std::string file, PlayLog& log) : file_{std::move(file)}, log_{log} {}

  Result<void> read(std::string_view line) {
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return {};
    const auto first = line.find('\t');
    const auto second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos || line.find('\t', second + 1) != std::string_view::npos)
      return refuse("three fields with tabs between them are expected: listener, song, count");
    const auto listener = line.substr(0, first);
    const auto song = line.substr(first + 1, second - first - 1);
    if (listener.empty() || song.empty()) return refuse("the listener or the song is empty");
    float count = 0.0F;
    const auto text = line.substr(second + 1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size()) {
      if (number_ == 1) return {};  // the names of the columns
      return refuse("the count is no number");
    }
    if (!(count > 0.0F && count <= kMostPlays))
      return refuse("the count must be above 0, up to 1e9");
    log_.add(listener, song, count);
    return {};
  }

 private:
  [[nodiscard]] Result<void> refuse(const char* why) const {
    return fail(ErrorKind::kInvalidInput, file_ + ":" + std::to_string(number_) + ": " + why);
  }

  std::string file_;
  PlayLog& log_;
  std::size_t number_ = 0;
};

}  // namespace

Result<void> add_triplets(std::string_view text, const std::string& file, PlayLog& log) {
  LineReader reader{file, log};
  while (!text.empty()) {
    const auto end = text.find('\n');
    HARMONIC_CHECK(reader.read(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return {};
}

Result<void> read_triplets(const std::filesystem::path& file, PlayLog& log) {
  std::error_code trouble;
  if (!std::filesystem::is_regular_file(file, trouble))
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  std::ifstream in{file, std::ios::binary};
  LineReader reader{file.string(), log};
  std::string line;
  while (std::getline(in, line)) HARMONIC_CHECK(reader.read(line));
  if (!in.eof())
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  return {};
}

}  // namespace harmonic::taste
