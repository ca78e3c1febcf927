#include "similar/mapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

namespace harmonic::similar {

namespace {

/// An open file, closed at the end; what is mapped stays.
class Descriptor {
 public:
  // A pipe without O_NONBLOCK would wait for a writer.
  explicit Descriptor(const char* path)
      : number_{::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> unreadable(const std::filesystem::path& file) {
  return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
}

}  // namespace

Mapping::Mapping(Mapping&& other) noexcept
    : begin_{std::exchange(other.begin_, nullptr)}, size_{std::exchange(other.size_, 0)} {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(begin_, other.begin_);
  std::swap(size_, other.size_);
  return *this;
}

Mapping::~Mapping() {
  if (begin_ != nullptr) ::munmap(begin_, size_);
}

Result<Mapping> Mapping::of_zeros(std::size_t size) {
  void* begin = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) {
    return fail(ErrorKind::kUnavailable, "there are no " + std::to_string(size) +
                                             " bytes of memory free: end another program");
  }
  // Fewer misses of the address cache while all rows are read; without it only slower.
  static_cast<void>(::madvise(begin, size, MADV_HUGEPAGE));
  return Mapping{static_cast<char*>(begin), size};
}

Result<Mapping> Mapping::of_file(const std::filesystem::path& file) {
  const Descriptor opened{file.c_str()};
  if (opened.number() < 0 && (errno == ENOENT || errno == ENOTDIR))
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  struct stat facts {};
  if (opened.number() < 0 || ::fstat(opened.number(), &facts) != 0) return unreadable(file);
  if (!S_ISREG(facts.st_mode))
    return fail(ErrorKind::kInvalidInput, file.string() + " is no file: name another one");
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size == 0) return Mapping{};  // which mmap refuses
  void* begin = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, opened.number(), 0);
  if (begin == MAP_FAILED) return unreadable(file);
  return Mapping{static_cast<char*>(begin), size};
}

void Mapping::expect_random_reads(std::size_t offset) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto first = (offset + page - 1) / page * page;
  if (first < size_) static_cast<void>(::madvise(begin_ + first, size_ - first, MADV_RANDOM));
}

}  // namespace harmonic::similar
