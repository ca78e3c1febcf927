#include "taste/sealed.h"

#include "base/bytes.h"
#include "base/digest.h"

namespace harmonic::taste {

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

}  // namespace harmonic::taste
