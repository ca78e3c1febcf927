#include "moodtrial/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string>

namespace harmonic::moodtrial {

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

}  // namespace

Result<void> unpack(const fs::path& archive, const fs::path& into) {
  if (!fs::is_regular_file(archive))
    return fail(ErrorKind::kNotFound, archive.string() + " is not there");
  const Reader reader{archive_read_new()};
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  const auto damaged = [&] {
    const char* why = archive_error_string(reader.get());
    return fail(ErrorKind::kInvalidInput, archive.string() + " is no archive or is damaged: " +
                                              (why != nullptr ? why : "unreadable"));
  };
  constexpr std::size_t kBlock = 1U << 16U;
  if (archive_read_open_filename(reader.get(), archive.c_str(), kBlock) != ARCHIVE_OK)
    return damaged();
  const auto half = fs::path{into}.concat(".part");
  std::error_code error;
  fs::remove_all(half, error);
  archive_entry* entry = nullptr;
  while (true) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged();
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !stays_inside(name)) return damaged();
    HARMONIC_CHECK(write_entry(reader.get(), half / name));
  }
  fs::rename(half, into, error);
  if (error)
    return fail(ErrorKind::kUnavailable, into.string() + " cannot be made: " + error.message());
  return {};
}

Result<fs::path> open_set(const fs::path& data, std::string_view folder, std::string_view archive,
                          const fs::path& cache) {
  if (fs::is_directory(data / folder)) return data / folder;
  const auto packed = data / archive;
  if (!fs::is_regular_file(packed))
    return fail(ErrorKind::kNotFound, "neither " + (data / folder).string() + " nor " +
                                          packed.string() +
                                          " is there: name the folder of the "
                                          "music data");
  const auto unpacked = cache / "data" / folder;
  if (!fs::is_directory(unpacked)) {
    std::error_code error;
    fs::create_directories(unpacked.parent_path(), error);
    HARMONIC_CHECK(unpack(packed, unpacked));
  }
  // An archive that holds one folder of its own name is that folder.
  return fs::is_directory(unpacked / folder) ? unpacked / folder : unpacked;
}

}  // namespace harmonic::moodtrial
