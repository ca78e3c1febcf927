#include "corpus/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace harmonic::corpus {

namespace fs = std::filesystem;

namespace {

struct FreeReader {
  void operator()(struct archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<struct archive, FreeReader>;

bool stays_inside(const fs::path& name) {
  if (name.empty() || name.is_absolute()) return false;
  return std::none_of(name.begin(), name.end(), [](const fs::path& part) { return part == ".."; });
}

Result<void> write_entry(struct archive* reader, const fs::path& file) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out{file, std::ios::binary};
  std::array<char, 65536> block{};
  while (true) {
    const auto got = archive_read_data(reader, block.data(), block.size());
    if (got < 0) return fail(ErrorKind::kInvalidInput, archive_error_string(reader));
    if (got == 0) break;
    out.write(block.data(), got);
  }
  out.close();
  if (!out)
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be written: free some space");
  return {};
}

tl::unexpected<Error> damaged(const fs::path& archive, struct archive* reader) {
  const char* why = archive_error_string(reader);
  return fail(ErrorKind::kInvalidInput, archive.string() + " is no archive or is damaged: " +
                                            (why != nullptr ? why : "unreadable"));
}

/// Calls `on_file` for every regular file, with the reader at its bytes.
Result<void> for_files(
    const fs::path& archive,
    const std::function<Result<void>(struct archive* reader, const fs::path& name)>& on_file) {
  if (!fs::is_regular_file(archive))
    return fail(ErrorKind::kNotFound, archive.string() + " is not there");
  const Reader reader{archive_read_new()};
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  constexpr std::size_t kBlock = 1U << 16U;
  if (archive_read_open_filename(reader.get(), archive.c_str(), kBlock) != ARCHIVE_OK)
    return damaged(archive, reader.get());
  archive_entry* entry = nullptr;
  while (true) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) return {};
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(archive, reader.get());
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !stays_inside(name)) return damaged(archive, reader.get());
    HARMONIC_CHECK(on_file(reader.get(), fs::path{name}.lexically_normal()));
  }
}

/// Errors  kInvalidInput: damaged or over kMostBytes.
Result<std::string> bytes_of(struct archive* reader, const fs::path& name) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 30U;
  std::string bytes;
  std::array<char, 65536> block{};
  while (true) {
    const auto got = archive_read_data(reader, block.data(), block.size());
    if (got < 0) return damaged(name, reader);
    if (got == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(got));
    if (bytes.size() > kMostBytes)
      return fail(ErrorKind::kInvalidInput,
                  name.string() + " is larger than 1 GiB: unpack the set");
  }
}

/// Files of a folder; what is not there is left out.
Result<std::map<std::string, std::string>> read_folder(const fs::path& folder,
                                                       const std::vector<std::string>& files) {
  std::map<std::string, std::string> found;
  for (const auto& file : files) {
    if (!fs::is_regular_file(folder / file)) continue;
    std::ifstream in{folder / file, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (!in)
      return fail(ErrorKind::kUnavailable,
                  (folder / file).string() + " cannot be read: check its permissions");
    found.emplace(file, std::move(bytes));
  }
  return found;
}

Result<std::map<std::string, std::string>> read_packed(const fs::path& archive,
                                                       std::string_view folder,
                                                       const std::vector<std::string>& files) {
  std::map<std::string, std::string> found;
  HARMONIC_CHECK(for_files(archive, [&](auto* reader, const fs::path& name) -> Result<void> {
    const auto inside = *name.begin() == folder ? name.lexically_relative(folder) : name;
    if (std::find(files.begin(), files.end(), inside.string()) == files.end()) return {};
    HARMONIC_TRY(auto bytes, bytes_of(reader, name));
    found.insert_or_assign(inside.string(), std::move(bytes));
    return {};
  }));
  return found;
}

tl::unexpected<Error> neither(const fs::path& folder, const fs::path& packed) {
  return fail(ErrorKind::kNotFound, "neither " + folder.string() + " nor " + packed.string() +
                                        " is there: name the folder of the music data");
}

}  // namespace

Result<void> unpack(const fs::path& archive, const fs::path& into) {
  const auto half = fs::path{into}.concat(".part");
  std::error_code error;
  fs::remove_all(half, error);
  HARMONIC_CHECK(for_files(archive, [&half](auto* reader, const fs::path& name) {
    return write_entry(reader, half / name);
  }));
  fs::rename(half, into, error);
  if (error)
    return fail(ErrorKind::kUnavailable, into.string() + " cannot be made: " + error.message());
  return {};
}

Result<fs::path> open_set(const fs::path& data, std::string_view folder, std::string_view archive,
                          const fs::path& cache) {
  if (fs::is_directory(data / folder)) return data / folder;
  const auto packed = data / archive;
  if (!fs::is_regular_file(packed)) return neither(data / folder, packed);
  const auto unpacked = cache / "data" / folder;
  if (!fs::is_directory(unpacked)) {
    std::error_code error;
    fs::create_directories(unpacked.parent_path(), error);
    HARMONIC_CHECK(unpack(packed, unpacked));
  }
  // An archive that holds one folder of its own name is that folder.
  return fs::is_directory(unpacked / folder) ? unpacked / folder : unpacked;
}

Result<std::map<std::string, std::string>> read_set(const fs::path& data, std::string_view folder,
                                                    std::string_view archive,
                                                    const std::vector<std::string>& files) {
  const auto packed = data / archive;
  const bool open = fs::is_directory(data / folder);
  if (!open && !fs::is_regular_file(packed)) return neither(data / folder, packed);
  HARMONIC_TRY(auto found,
               open ? read_folder(data / folder, files) : read_packed(packed, folder, files));
  for (const auto& file : files) {
    if (!found.contains(file))
      return fail(ErrorKind::kNotFound, (open ? data / folder : packed).string() + " holds no " +
                                            file + ": get the data set anew");
  }
  return found;
}

}  // namespace harmonic::corpus
