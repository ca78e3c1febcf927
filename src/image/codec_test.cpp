#include "image/codec.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "image/draw.h"

namespace harmonic::image {
namespace {

using Bytes = std::vector<std::byte>;

Picture gradient(int width, int height) {
  Picture picture = canvas(width, height, kBlack);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
    picture.pixels[i] = static_cast<std::uint8_t>((i * 7 + i / 97) % 251);
  }
  return picture;
}

Bytes bytes_of(const std::string& text) {
  const auto whole = std::as_bytes(std::span{text});
  return {whole.begin(), whole.end()};
}

// A PNG's signature and IHDR only: what a bomb shows first.
Bytes png_stating(std::uint32_t width, std::uint32_t height) {
  std::string text{"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16};
  for (const std::uint32_t side : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(side >> shift & 0xFFU);
  }
  return bytes_of(text + std::string{"\x08\x02\0\0\0\0\0\0\0", 9});
}

// Guards against red and blue that change places on the way, and against a lossy PNG.
TEST(Codec, PngComesBackAsItWas) {
  const Picture picture = gradient(31, 17);
  const auto back = decode(encode_png(picture).value());
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->width, 31);
  EXPECT_EQ(back->height, 17);
  EXPECT_EQ(back->pixels, picture.pixels);
}

TEST(Codec, JpegKeepsColoursInTheirPlaces) {
  const auto back = decode(encode_jpeg(canvas(32, 32, {200, 40, 10})).value());
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_NEAR(back->pixels[0], 200, 6);
  EXPECT_NEAR(back->pixels[1], 40, 6);
  EXPECT_NEAR(back->pixels[2], 10, 6);
}

struct Refused {
  const char* what;
  Bytes bytes;
  const char* reason;
};

// Guards against a picture that is guessed at: every one of these must say why it is not read.
TEST(Codec, RefusesAndSaysWhy) {
  const Bytes jpeg = encode_jpeg(gradient(64, 64)).value();
  const Bytes png = encode_png(gradient(64, 64)).value();
  const auto half = [](const Bytes& whole) {
    return Bytes{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2)};
  };
  std::string dicom(200, '\0');
  dicom.replace(0, 4, "RIFF")
      .replace(8, 8, "WEBPVP8 ")
      .replace(26, 4, "ABCD")
      .replace(128, 4, "DICM");
  const Refused table[] = {
      {"nothing", {}, "empty"},
      {"words", bytes_of("this is a letter, not a picture"), "neither"},
      {"half a JPEG", half(jpeg), "cut off"},
      {"half a PNG", half(png), "damaged"},
      {"JPEG's first bytes", bytes_of("\xFF\xD8\xFF"), "cut off"},
      {"a PNG of 4 billion pixels", png_stating(65'536, 65'536), "too large"},
      {"a PNG of 50 million and one row", png_stating(10'000, 5'001), "too large"},
      {"a PNG without width", png_stating(0, 9), "cannot be"},
      {"a WebP for us, a DICOM for OpenCV", bytes_of(dicom), "DICOM"},
  };
  for (const auto& row : table) {
    const auto picture = decode(row.bytes);
    ASSERT_FALSE(picture.has_value()) << row.what;
    EXPECT_EQ(picture.error().kind, ErrorKind::kInvalidInput) << row.what;
    EXPECT_NE(picture.error().message.find(row.reason), std::string::npos)
        << row.what << ": " << picture.error().message;
  }
}

// Guards against the grey filling of a cut JPEG at every length, down to the last byte.
TEST(Codec, NoPrefixOfAJpegIsAPicture) {
  const Bytes jpeg = encode_jpeg(gradient(40, 30)).value();
  for (std::size_t length = 0; length < jpeg.size(); length += length + 16 < jpeg.size() ? 13 : 1) {
    EXPECT_FALSE(decode(std::span{jpeg}.first(length)).has_value()) << length;
  }
  EXPECT_TRUE(decode(jpeg).has_value());
}

TEST(Codec, FilesThatAreNotThere) {
  EXPECT_EQ(decode_file("/nowhere/a.jpg").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(decode_file(std::filesystem::temp_directory_path()).error().kind,
            ErrorKind::kInvalidInput);
}

TEST(Codec, WritesAFileThatReadsBack) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("harmonic_codec_" + std::to_string(getpid()) + ".png");
  ASSERT_TRUE(write_png(gradient(8, 8), file).has_value());
  EXPECT_EQ(decode_file(file)->pixels, gradient(8, 8).pixels);
  std::filesystem::remove(file);
  EXPECT_EQ(write_png(gradient(8, 8), "/nowhere/at/all.png").error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(write_png({}, file).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace harmonic::image
