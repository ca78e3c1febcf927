#include "store/data_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "store/sqlite_store.h"

namespace harmonic::store {

namespace {

namespace fs = std::filesystem;

Result<void> make_folder(const fs::path& folder) {
  std::error_code problem;
  const auto status = fs::status(folder, problem);
  if (fs::exists(status) && !fs::is_directory(status)) {
    return fail(ErrorKind::kInvalidInput,
                folder.string() + ": is a file; name a folder with --data");
  }
  if (fs::is_directory(status)) return {};
  problem.clear();
  fs::create_directories(folder, problem);
  if (!problem) fs::permissions(folder, fs::perms::owner_all, problem);
  if (problem) {
    return fail(ErrorKind::kUnavailable, folder.string() + ": cannot be made (" +
                                             problem.message() +
                                             "); name another data folder with --data");
  }
  return {};
}

/// Makes the file for its owner alone; SQLite gives the same rights to the files beside it. One
/// that is there must not be opened: closing it again would drop the locks that this process's
/// other connections hold on it (POSIX), and another program that then believes itself alone
/// removes the log under them.
Result<void> make_file(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool there = descriptor < 0 && errno == EEXIST;
  if (descriptor < 0 && !(there && ::access(file.c_str(), R_OK | W_OK) == 0)) {
    return fail(ErrorKind::kUnavailable,
                file.string() + ": cannot be written (" + std::generic_category().message(errno) +
                    "); make the folder writable, or name another one with --data");
  }
  if (!there) ::close(descriptor);
  return {};
}

}  // namespace

Result<fs::path> prepare(const fs::path& data_folder) {
  std::error_code problem;
  const auto folder = fs::absolute(data_folder, problem);  // "file:..." must not become a URI
  if (problem || data_folder.empty()) {
    return fail(ErrorKind::kInvalidInput, "the data folder has no name; give --data DIR");
  }
  HARMONIC_CHECK(make_folder(folder));
  auto file = folder / kFileName;
  HARMONIC_CHECK(make_file(file));
  return file;
}

}  // namespace harmonic::store
