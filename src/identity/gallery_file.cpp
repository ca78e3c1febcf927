#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "identity/gallery.h"

namespace harmonic::identity {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> unavailable(const fs::path& what, const std::string& why) {
  return fail(ErrorKind::kUnavailable, what.string() + ": " + why +
                                           "; make the data folder writable, or name another one "
                                           "with --data");
}

std::string last_problem() { return std::generic_category().message(errno); }

Result<void> make_folder(const fs::path& folder) {
  std::error_code problem;
  if (fs::is_directory(folder, problem)) return {};
  problem.clear();
  fs::create_directories(folder, problem);
  if (!problem) fs::permissions(folder, fs::perms::owner_all, problem);
  if (problem) return unavailable(folder, "cannot be made (" + problem.message() + ")");
  return {};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

/// A file for its owner alone, on the disk when this returns.
Result<void> write_new(const fs::path& file, std::string_view bytes) {
  ::unlink(file.c_str());  // what a killed program left
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return unavailable(file, "cannot be written (" + last_problem() + ")");
  const bool written = write_all(descriptor, bytes);
  const std::string problem = last_problem();
  ::close(descriptor);
  if (written) return {};
  ::unlink(file.c_str());
  return unavailable(file, "cannot be written (" + problem + ")");
}

/// A renamed or removed name is on the disk only when its folder is.
void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Result<GalleryLock> GalleryLock::take(const fs::path& data_folder) {
  HARMONIC_CHECK(make_folder(data_folder));
  GalleryLock lock{::open(data_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (lock.folder_ < 0) {
    return unavailable(data_folder, "cannot be opened (" + last_problem() + ")");
  }
  while (::flock(lock.folder_, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    return unavailable(data_folder, "cannot be locked (" + last_problem() + ")");
  }
  return lock;
}

GalleryLock::GalleryLock(GalleryLock&& other) noexcept
    : folder_{std::exchange(other.folder_, -1)} {}

GalleryLock::~GalleryLock() {
  if (folder_ >= 0) ::close(folder_);
}

Result<Gallery> read_gallery(const fs::path& data_folder) {
  const auto file = data_folder / kGalleryFile;
  std::error_code problem;
  if (!fs::exists(file, problem) && !problem) return Gallery{};
  std::ifstream stream;
  // Reading a folder would throw.
  if (fs::is_regular_file(file, problem)) stream.open(file, std::ios::binary);
  if (problem || !stream.is_open()) {
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read; mend its rights");
  }
  const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  auto gallery = decode_gallery(bytes);
  if (!gallery) {
    return fail(gallery.error().kind, file.string() + ": " + gallery.error().message +
                                          "; delete it and enrol everybody again");
  }
  return gallery;
}

Result<void> save_gallery(const Gallery& gallery, const fs::path& data_folder) {
  HARMONIC_CHECK(make_folder(data_folder));
  const auto file = data_folder / kGalleryFile;
  if (gallery.listeners.empty()) {
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
      return unavailable(file, "cannot be deleted (" + last_problem() + ")");
    }
    flush_folder(data_folder);
    return {};
  }
  auto next = file;
  next += ".new";
  HARMONIC_CHECK(write_new(next, encode_gallery(gallery)));
  if (::rename(next.c_str(), file.c_str()) != 0) {
    const std::string problem = last_problem();
    ::unlink(next.c_str());
    return unavailable(file, "cannot be replaced (" + problem + ")");
  }
  flush_folder(data_folder);
  return {};
}

}  // namespace harmonic::identity
