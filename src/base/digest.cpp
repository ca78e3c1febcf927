#include "base/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cassert>
#include <fstream>
#include <memory>

namespace harmonic {

namespace {

class Sha256 {
 public:
  Sha256() : context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free} {
    [[maybe_unused]] const int ready = EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    assert(ready == 1);  // fails only when the machine is out of memory
  }

  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }

  [[nodiscard]] std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
      text += kDigits[digest.at(i) >> 4U];
      text += kDigits[digest.at(i) & 15U];
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
  std::error_code trouble;
  if (!std::filesystem::exists(file, trouble)) {
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  }
  std::ifstream stream{file, std::ios::binary};
  Sha256 hash;
  std::string piece(std::size_t{1} << 16U, '\0');
  while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
         stream.gcount() > 0) {
    hash.add({piece.data(), static_cast<std::size_t>(stream.gcount())});
  }
  if (!stream.eof()) {
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  }
  return hash.hex();
}

}  // namespace harmonic
