#include "tagging/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace harmonic::tagging {

namespace {

namespace fs = std::filesystem;

constexpr off_t kLargest = off_t{1} << 30;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::string last_problem() { return std::strerror(errno); }

Result<void> unavailable(const fs::path& path, const std::string& what) {
  return fail(ErrorKind::kUnavailable, path.string() + " " + what + " (" + last_problem() + ")");
}

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_{value} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// As far as the file system lets us: labels of a security module are not ours to give.
void copy_attributes(const fs::path& from, int into) {
  std::array<char, 4096> names{};
  const auto size = ::listxattr(from.c_str(), names.data(), names.size());
  for (ssize_t at = 0; at < size;) {
    const char* name = names.data() + at;
    std::array<char, 4096> value{};
    const auto length = ::getxattr(from.c_str(), name, value.data(), value.size());
    if (length >= 0) {
      [[maybe_unused]] const int kept =
          ::fsetxattr(into, name, value.data(), static_cast<std::size_t>(length), 0);
    }
    at += static_cast<ssize_t>(std::strlen(name)) + 1;
  }
}

bool give_facts(int descriptor, const FileFacts& facts, std::optional<std::int64_t> modified_ns) {
  // Owner before rights: a change of owner clears some of them.
  if (::fchown(descriptor, facts.owner, facts.group) != 0) return false;
  if (::fchmod(descriptor, facts.mode) != 0) return false;
  if (!modified_ns) return true;
  const timespec changed{*modified_ns / kNanoseconds, *modified_ns % kNanoseconds};
  const std::array<timespec, 2> times{timespec{0, UTIME_NOW}, changed};
  return ::futimens(descriptor, times.data()) == 0;
}

void flush_folder(const fs::path& folder) {
  const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (descriptor.get() >= 0) ::fsync(descriptor.get());
}

Result<void> write_beside(const fs::path& next, const fs::path& path, std::string_view bytes,
                          const FileFacts& facts, std::optional<std::int64_t> modified_ns) {
  ::unlink(next.c_str());  // what a killed program left
  const Descriptor file{::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.get() < 0) return unavailable(next, "cannot be written");
  copy_attributes(path, file.get());
  if (!write_all(file.get(), bytes)) return unavailable(next, "cannot be written");
  if (!give_facts(file.get(), facts, modified_ns))
    return unavailable(next, "cannot be given the owner and rights of the file that it replaces");
  if (::fsync(file.get()) != 0) return unavailable(next, "cannot be written");
  return {};
}

}  // namespace

Result<WholeFile> read_whole(const fs::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.get() < 0) {
    const auto kind = errno == ENOENT ? ErrorKind::kNotFound : ErrorKind::kUnavailable;
    return fail(kind, path.string() + " cannot be opened (" + last_problem() + ")");
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
    return fail(ErrorKind::kInvalidInput, path.string() + " is not a file");
  if (facts.st_size > kLargest)
    return fail(ErrorKind::kInvalidInput,
                path.string() + " is larger than 1 GiB, which is not tagged");
  if (facts.st_nlink > 1) {
    return fail(ErrorKind::kInvalidInput,
                path.string() + " has several names (hard links), which would be parted");
  }
  WholeFile whole{std::string(static_cast<std::size_t>(facts.st_size), '\0'),
                  {facts.st_mode & 07777U, facts.st_uid, facts.st_gid,
                   facts.st_mtim.tv_sec * kNanoseconds + facts.st_mtim.tv_nsec}};
  for (std::size_t done = 0; done < whole.bytes.size();) {
    const auto got = ::read(file.get(), whole.bytes.data() + done, whole.bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      return fail(ErrorKind::kUnavailable, path.string() + " changed while it was read");
    done += static_cast<std::size_t>(got);
  }
  return whole;
}

Result<void> replace_whole(const fs::path& path, std::string_view bytes, const FileFacts& facts,
                           std::optional<std::int64_t> modified_ns) {
  // Hidden, so that no scan takes it for a song.
  const auto next = path.parent_path() / ("." + path.filename().string() + ".harmonic-new");
  if (auto written = write_beside(next, path, bytes, facts, modified_ns); !written) {
    ::unlink(next.c_str());
    return written;
  }
  if (::rename(next.c_str(), path.c_str()) != 0) {
    auto refused = unavailable(path, "cannot be replaced");
    ::unlink(next.c_str());
    return refused;
  }
  flush_folder(path.parent_path());
  return {};
}

}  // namespace harmonic::tagging
