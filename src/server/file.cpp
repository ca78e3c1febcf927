#include "server/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

namespace harmonic::server {

namespace {

std::string hex(std::uint64_t value) {
  std::array<char, 16> digits{};
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return {digits.data(), end};
}

}  // namespace

Result<std::shared_ptr<File>> File::open(const std::filesystem::path& path) {
  // O_NONBLOCK: opening a named pipe for reading must not wait for its writer.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const auto name = "\"" + path.filename().string() + "\"";
  if (descriptor < 0) return fail(ErrorKind::kNotFound, name + " cannot be opened any more");
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(descriptor);
    return fail(ErrorKind::kNotFound, name + " is not a file");
  }
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  const auto changed = static_cast<std::uint64_t>(facts.st_mtim.tv_sec) * 1'000'000'000U +
                       static_cast<std::uint64_t>(facts.st_mtim.tv_nsec);
  return std::shared_ptr<File>{
      new File{descriptor, size, "\"" + hex(size) + "-" + hex(changed) + "\""}};
}

File::~File() { ::close(descriptor_); }

std::size_t File::read_at(std::uint64_t offset, std::span<char> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto got = ::pread(descriptor_, into.data() + done, into.size() - done,
                             static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

}  // namespace harmonic::server
