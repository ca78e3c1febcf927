#include "audio/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace harmonic::audio {

namespace {

tl::unexpected<Error> open_failure(int code) {
  if (code == ENOENT || code == ENOTDIR) return fail(ErrorKind::kNotFound, "there is no such file");
  if (code == EACCES || code == EPERM) {
    return fail(ErrorKind::kUnavailable, "may not be read: check the file's permissions");
  }
  return fail(ErrorKind::kUnavailable, std::string{"cannot be opened: "} + std::strerror(code));
}

}  // namespace

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  // O_NONBLOCK: opening a named pipe must not wait for its writer.
  ByteSource source;
  source.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (source.file_ < 0) return open_failure(errno);
  struct stat facts {};
  if (::fstat(source.file_, &facts) != 0) return open_failure(errno);
  if (!S_ISREG(facts.st_mode)) {
    return fail(ErrorKind::kInvalidInput,
                S_ISDIR(facts.st_mode) ? "is a folder, not a sound file" : "is not a regular file");
  }
  if (facts.st_size == 0) return fail(ErrorKind::kInvalidInput, "the file is empty (0 bytes)");
  source.size_ = facts.st_size;
  return source;
}

Result<ByteSource> ByteSource::over(std::span<const std::byte> bytes) {
  if (bytes.empty()) return fail(ErrorKind::kInvalidInput, "the file is empty (0 bytes)");
  ByteSource source;
  source.bytes_ = bytes;
  source.size_ = static_cast<std::int64_t>(bytes.size());
  return source;
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : file_{std::exchange(other.file_, -1)}, bytes_{other.bytes_}, size_{other.size_} {}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

ByteSource::~ByteSource() {
  if (file_ >= 0) ::close(file_);
}

std::int64_t ByteSource::read(std::int64_t at, std::span<std::byte> into) const {
  if (at < 0 || at >= size_) return 0;
  if (file_ < 0) {
    const auto count = std::min(into.size(), static_cast<std::size_t>(size_ - at));
    std::memcpy(into.data(), bytes_.data() + at, count);
    return static_cast<std::int64_t>(count);
  }
  while (true) {
    const auto got = ::pread(file_, into.data(), into.size(), at);
    if (got >= 0 || errno != EINTR) return got;
  }
}

}  // namespace harmonic::audio
