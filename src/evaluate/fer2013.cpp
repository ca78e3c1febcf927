#include "evaluate/fer2013.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>

namespace harmonic::evaluate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kVotesHeader =
    "row,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,nf";
constexpr std::string_view kDuplicatesHeader = "group,row,split,label,sha256";

std::string_view prefix_of(Split split) {
  switch (split) {
    case Split::kTraining: return "train";
    case Split::kPublicTest: return "public_test";
    case Split::kPrivateTest: return "private_test";
  }
  return "train";
}

template <typename Bytes>
Result<Bytes> read_whole(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return fail(ErrorKind::kNotFound,
                path.string() + " cannot be opened: give the unpacked FER2013 archive");
  }
  Bytes bytes{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  if (file.bad()) return fail(ErrorKind::kUnavailable, path.string() + " cannot be read");
  return bytes;
}

/// The next line of `text`, without its line end; `text` loses it.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const auto comma = line.find(',');
    fields.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

template <typename Number>
std::optional<Number> number_of(std::string_view field) {
  Number value{};
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || end != field.data() + field.size()) return std::nullopt;
  return value;
}

std::optional<Votes> votes_of(std::span<const std::string_view> counts) {
  std::array<std::uint8_t, 10> numbers{};
  if (counts.size() != numbers.size()) return std::nullopt;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = number_of<std::uint8_t>(counts[i]);
    if (!number) return std::nullopt;
    numbers.at(i) = *number;
  }
  Votes votes{{}, numbers[8], numbers[9]};
  std::copy_n(numbers.begin(), votes.emotions.size(), votes.emotions.begin());
  return votes;
}

tl::unexpected<Error> bad_line(std::size_t line, std::string_view wanted) {
  return fail(ErrorKind::kCorrupt, "line " + std::to_string(line) + " is not " +
                                       std::string{wanted} + ": unpack the archive again");
}

}  // namespace

Result<fs::path> find_archive(const fs::path& dir) {
  constexpr auto kProbe = "train_images.u8";
  std::error_code error;
  if (fs::exists(dir / kProbe, error)) return dir;
  for (const auto& entry : fs::directory_iterator{dir, error}) {
    if (entry.is_directory(error) && fs::exists(entry.path() / kProbe, error)) return entry.path();
  }
  return fail(ErrorKind::kNotFound, dir.string() + " holds no " + kProbe +
                                        ": unpack the FER2013 archive and name its folder");
}

Result<std::vector<Votes>> parse_votes(std::string_view text, std::uint32_t& first_row) {
  if (take_line(text) != kVotesHeader) return bad_line(1, kVotesHeader);
  std::vector<Votes> all;
  for (std::size_t line = 2; !text.empty(); ++line) {
    const auto fields = fields_of(take_line(text));
    const auto row = number_of<std::uint32_t>(fields.front());
    const auto votes = votes_of(std::span{fields}.subspan(1));
    if (!row || !votes) return bad_line(line, "a row number and ten counts from 0 to 255");
    if (all.empty()) first_row = *row;
    if (*row != first_row + all.size()) return bad_line(line, "the row after the one before");
    all.push_back(*votes);
  }
  return all;
}

Result<LabelledFaces> read_split(const fs::path& dir, Split split) {
  HARMONIC_TRY(const auto folder, find_archive(dir));
  const std::string prefix{prefix_of(split)};
  LabelledFaces faces;
  HARMONIC_TRY(faces.images,
               read_whole<std::vector<std::uint8_t>>(folder / (prefix + "_images.u8")));
  HARMONIC_TRY(faces.labels,
               read_whole<std::vector<std::uint8_t>>(folder / (prefix + "_labels.u8")));
  const auto votes_path = folder / (prefix + "_ferplus.csv");
  HARMONIC_TRY(const auto text, read_whole<std::string>(votes_path));
  auto votes = parse_votes(text, faces.first_row);
  if (!votes) return tl::unexpected{std::move(votes).error().while_doing(votes_path.string())};
  faces.votes = *std::move(votes);

  if (faces.images.size() != faces.size() * kFacePixels || faces.votes.size() != faces.size()) {
    return fail(ErrorKind::kCorrupt,
                (folder / prefix).string() + "_*: " + std::to_string(faces.size()) + " labels, " +
                    std::to_string(faces.images.size()) + " bytes of images (2304 each) and " +
                    std::to_string(faces.votes.size()) +
                    " rows of votes do not belong together: unpack the archive again");
  }
  const auto wrong = std::ranges::find_if(faces.labels, [](auto l) { return l >= kFer2013Count; });
  if (wrong != faces.labels.end()) {
    return fail(ErrorKind::kCorrupt, prefix + "_labels.u8 holds the label " +
                                         std::to_string(int{*wrong}) + " at " +
                                         std::to_string(wrong - faces.labels.begin()) +
                                         "; labels end at 6: unpack the archive again");
  }
  return faces;
}

Result<std::unordered_set<std::uint32_t>> parse_duplicates(std::string_view text) {
  if (take_line(text) != kDuplicatesHeader) return bad_line(1, kDuplicatesHeader);
  struct Group {
    bool seen_elsewhere = false;
    std::vector<std::uint32_t> private_rows;
  };
  std::map<std::uint32_t, Group> groups;
  for (std::size_t line = 2; !text.empty(); ++line) {
    const auto fields = fields_of(take_line(text));
    const auto group = number_of<std::uint32_t>(fields.front());
    const auto row = fields.size() == 5 ? number_of<std::uint32_t>(fields[1]) : std::nullopt;
    if (!group || !row) return bad_line(line, kDuplicatesHeader);
    if (fields[2] == "private_test") {
      groups[*group].private_rows.push_back(*row);
    } else if (fields[2] == "train" || fields[2] == "public_test") {
      groups[*group].seen_elsewhere = true;
    } else {
      return bad_line(line, "of the split train, public_test or private_test");
    }
  }
  std::unordered_set<std::uint32_t> leaked;
  for (const auto& [number, group] : groups) {
    if (group.seen_elsewhere) leaked.insert(group.private_rows.begin(), group.private_rows.end());
  }
  return leaked;
}

void keep_first(LabelledFaces& faces, std::size_t limit) {
  if (limit == 0 || limit >= faces.size()) return;
  faces.labels.resize(limit);
  faces.votes.resize(limit);
  faces.images.resize(limit * kFacePixels);
}

Result<std::unordered_set<std::uint32_t>> leaked_private_rows(const fs::path& dir) {
  HARMONIC_TRY(const auto folder, find_archive(dir));
  const auto path = folder / "duplicates.csv";
  HARMONIC_TRY(const auto text, read_whole<std::string>(path));
  auto leaked = parse_duplicates(text);
  if (!leaked) return tl::unexpected{std::move(leaked).error().while_doing(path.string())};
  return leaked;
}

}  // namespace harmonic::evaluate
