#include "image/codec.h"

#include <cassert>
#include <fstream>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "image/jpeg.h"
#include "image/view.h"

namespace harmonic::image {

namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{256} << 20U;
constexpr std::uintmax_t kStart = 64;  // every format tells itself apart in its first 12 bytes

// Hostile pictures are everyday input here; the library's own lines about them would fill the log.
void quieten_library() {
  static const bool done = [] {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    return true;
  }();
  static_cast<void>(done);
}

Picture picture_of(const cv::Mat& matrix) {
  Picture picture{matrix.cols, matrix.rows, matrix.channels(), {}};
  picture.pixels.resize(matrix.total() * matrix.elemSize());
  matrix.copyTo(view<cv::Mat>(picture));
  return picture;
}

Result<Picture> unpack(std::span<const std::byte> encoded) {
  quieten_library();
  try {
    const cv::Mat bytes(1, static_cast<int>(encoded.size()), CV_8UC1,
                        const_cast<std::byte*>(encoded.data()));
    cv::Mat pixels = cv::imdecode(bytes, cv::IMREAD_COLOR);
    if (pixels.empty()) {
      return fail(ErrorKind::kInvalidInput, "the picture is damaged inside: it cannot be unpacked");
    }
    cv::cvtColor(pixels, pixels, cv::COLOR_BGR2RGB);
    return picture_of(pixels);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kInvalidInput, "the picture cannot be unpacked: " + error.err);
  }
}

Result<std::vector<std::byte>> encode(const Picture& picture, const char* extension,
                                      const std::vector<int>& settings) {
  if (picture.empty() || (picture.channels != 1 && picture.channels != 3)) {
    return fail(ErrorKind::kInvalidInput, "an empty picture cannot be written");
  }
  try {
    auto pixels = view<cv::Mat>(picture);
    if (picture.channels == 3) {
      cv::Mat turned;  // never in place: the view is of the caller's own pixels
      cv::cvtColor(pixels, turned, cv::COLOR_RGB2BGR);
      pixels = turned;
    }
    std::vector<unsigned char> bytes;
    cv::imencode(extension, pixels, bytes, settings);
    const auto whole = std::as_bytes(std::span{bytes});
    return std::vector<std::byte>{whole.begin(), whole.end()};
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kInvalidInput, "the picture cannot be packed: " + error.err);
  }
}

Result<std::uintmax_t> size_of(const std::filesystem::path& file) {
  std::error_code trouble;
  const auto status = std::filesystem::status(file, trouble);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  }
  if (!std::filesystem::is_regular_file(status)) {
    return fail(ErrorKind::kInvalidInput, file.string() + " is not a file");
  }
  const auto size = std::filesystem::file_size(file, trouble);
  if (trouble) return fail(ErrorKind::kUnavailable, file.string() + ": " + trouble.message());
  return size;
}

Result<std::vector<std::byte>> read_first(const std::filesystem::path& file, std::uintmax_t count) {
  std::ifstream stream{file, std::ios::binary};
  std::vector<std::byte> bytes(count);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!stream) {
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  }
  return bytes;
}

}  // namespace

Result<Picture> decode(std::span<const std::byte> encoded) {
  HARMONIC_TRY(const auto header, read_header(encoded));
  if (std::int64_t{header.width} * header.height > kMostPixels) {
    return fail(ErrorKind::kInvalidInput,
                "the picture is too large: " + std::to_string(header.width) + " x " +
                    std::to_string(header.height) + ", at most 50 million pixels are read");
  }
  if (header.format == Format::kJpeg && !jpeg_is_whole(encoded)) {
    return fail(ErrorKind::kInvalidInput, "the JPEG is cut off: its end is missing");
  }
  return unpack(encoded);
}

Result<std::vector<std::byte>> read_bytes(const std::filesystem::path& file) {
  HARMONIC_TRY(const auto size, size_of(file));
  if (size > kLargestFile) {
    return fail(ErrorKind::kInvalidInput, file.string() + " is larger than 256 MiB");
  }
  return read_first(file, size);
}

Result<std::vector<std::byte>> read_start(const std::filesystem::path& file) {
  HARMONIC_TRY(const auto size, size_of(file));
  return read_first(file, std::min(size, kStart));
}

Result<Picture> decode_file(const std::filesystem::path& file) {
  HARMONIC_TRY(const auto bytes, read_bytes(file));
  return decode(bytes);
}

Result<std::vector<std::byte>> encode_png(const Picture& picture) {
  return encode(picture, ".png", {});
}

Result<std::vector<std::byte>> encode_jpeg(const Picture& picture, int quality) {
  assert(quality >= 1 && quality <= 100);
  return encode(picture, ".jpg", {cv::IMWRITE_JPEG_QUALITY, quality});
}

Result<void> write_png(const Picture& picture, const std::filesystem::path& file) {
  HARMONIC_TRY(const auto bytes, encode_png(picture));
  std::ofstream stream{file, std::ios::binary};
  stream.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) {
    return fail(ErrorKind::kUnavailable,
                file.string() + " cannot be written: check the folder and its permissions");
  }
  return {};
}

}  // namespace harmonic::image
