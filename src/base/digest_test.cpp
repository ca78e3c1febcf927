#include "base/digest.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/test_folder.h"

namespace harmonic {
namespace {

struct Known {
  std::string bytes;
  const char* digest;
};

// Guards against a digest that is not SHA-256: manifests written elsewhere would never match.
// The vectors are those of FIPS 180-4's examples, and the million "a" that spans many pieces.
TEST(Digest, KnowsThePublishedVectors) {
  const Known table[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  const TestFolder folder;
  for (const auto& row : table) {
    EXPECT_EQ(sha256_hex(row.bytes), row.digest);
    const auto file = folder.write("some.bin", row.bytes);
    EXPECT_EQ(sha256_of_file(file).value(), row.digest);
  }
}

TEST(Digest, NamesAFileThatIsNotThere) {
  const auto digest = sha256_of_file("/nowhere/at/all.onnx");
  ASSERT_FALSE(digest.has_value());
  EXPECT_EQ(digest.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(digest.error().message.find("/nowhere/at/all.onnx"), std::string::npos);
}

// Guards against a folder that is read as an empty file and gets the digest of nothing.
TEST(Digest, RefusesAFolder) {
  const auto digest = sha256_of_file(std::filesystem::temp_directory_path());
  ASSERT_FALSE(digest.has_value());
  EXPECT_EQ(digest.error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace harmonic
