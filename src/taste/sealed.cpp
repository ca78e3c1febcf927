#include "taste/sealed.h"

#include <fstream>
#include <iterator>

#include "base/bytes.h"
#include "base/digest.h"

namespace harmonic::taste {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kDigest = 64;  // hexadecimal digits of SHA-256

}  // namespace

std::string sealed(const Seal& seal, std::string_view body) {
  std::string bytes{seal.magic};
  bytes.reserve(seal.magic.size() + sizeof seal.version + kDigest + body.size());
  put_u32(bytes, seal.version);
  bytes += sha256_hex(body);
  bytes += body;
  return bytes;
}

Result<std::string_view> unsealed(const Seal& seal, std::string_view bytes) {
  Bytes left{bytes};
  if (left.text(seal.magic.size()) != seal.magic)
    return fail(ErrorKind::kCorrupt, "not a file of this kind: name another one");
  if (left.u32() != seal.version)
    return fail(ErrorKind::kCorrupt, "made by another version of this program: train anew");
  const auto digest = left.text(kDigest);
  const auto head = seal.magic.size() + sizeof seal.version + kDigest;
  if (!digest || sha256_hex(bytes.substr(head)) != *digest)
    return fail(ErrorKind::kCorrupt, "damaged or cut off: train anew");
  return bytes.substr(head);
}

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

}  // namespace harmonic::taste
