#include "base/whole_file.h"

#include <fstream>
#include <iterator>

namespace harmonic {

namespace fs = std::filesystem;

Result<std::string> read_whole(const fs::path& file) {
  std::error_code trouble;
  if (!fs::is_regular_file(file, trouble))
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  std::ifstream in{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (!in)
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  return bytes;
}

Result<void> write_whole(const fs::path& file, std::string_view bytes) {
  const auto part = fs::path{file}.concat(".part");
  std::ofstream out{part, std::ios::binary};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code trouble;
  if (out) fs::rename(part, file, trouble);
  if (out && !trouble) return {};
  fs::remove(part, trouble);
  return fail(ErrorKind::kUnavailable,
              file.string() + " cannot be written: free some space or name another folder");
}

}  // namespace harmonic
