#include "tagging/former_tags.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "base/digest.h"
#include "tagging/whole_file.h"

namespace harmonic::tagging {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "harmonic former tags 1";

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string encode(const FormerTags& former) {
  return std::string{kFirstLine} + '\n' + former.former_digest + '\n' + former.written_digest +
         '\n' + std::to_string(former.former_modified_ns) + '\n' + former.delta;
}

std::optional<FormerTags> decode(std::string_view text) {
  constexpr std::size_t kDigest = 64;
  if (take_line(text) != kFirstLine) return std::nullopt;
  FormerTags former;
  former.former_digest = take_line(text);
  former.written_digest = take_line(text);
  const auto time = take_line(text);
  const auto read =
      std::from_chars(time.data(), time.data() + time.size(), former.former_modified_ns);
  if (read.ec != std::errc{} || former.former_digest.size() != kDigest ||
      former.written_digest.size() != kDigest)
    return std::nullopt;
  former.delta = text;
  return former;
}

}  // namespace

fs::path FormerTagsFolder::file_of(const fs::path& song) const {
  return folder_ / sha256_hex(song.native());
}

Result<std::optional<FormerTags>> FormerTagsFolder::find(const fs::path& song) const {
  const auto file = file_of(song);
  const auto whole = read_whole(file);
  if (!whole && whole.error().kind == ErrorKind::kNotFound) return std::optional<FormerTags>{};
  if (!whole) return tl::unexpected{whole.error()};
  auto former = decode(whole->bytes);
  if (!former) {
    return fail(ErrorKind::kCorrupt, file.string() + " is damaged: the former tags of " +
                                         song.string() + " are lost; restore it from a backup");
  }
  return former;
}

Result<void> FormerTagsFolder::keep(const fs::path& song, const FormerTags& former) const {
  std::error_code problem;
  fs::create_directories(folder_, problem);
  if (!problem) fs::permissions(folder_, fs::perms::owner_all, problem);
  if (problem) {
    return fail(ErrorKind::kUnavailable,
                folder_.string() + " cannot be made (" + problem.message() + ")");
  }
  return replace_whole(file_of(song), encode(former), {0600, ::geteuid(), ::getegid(), 0});
}

Result<void> FormerTagsFolder::forget(const fs::path& song) const {
  std::error_code problem;
  fs::remove(file_of(song), problem);
  if (!problem) return {};
  return fail(ErrorKind::kUnavailable,
              file_of(song).string() + " cannot be removed (" + problem.message() + ")");
}

}  // namespace harmonic::tagging
