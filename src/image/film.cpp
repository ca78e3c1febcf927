#include "image/film.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include "image/codec.h"
#include "image/view.h"

namespace harmonic::image {

namespace {
using Clock = std::chrono::steady_clock;

// FFmpeg plays a letter as a film of its words, and follows the addresses in a playlist.
bool is_text(const std::filesystem::path& file) {
  std::array<char, 512> head{};
  std::ifstream stream{file, std::ios::binary};
  stream.read(head.data(), head.size());
  const auto* const end = head.data() + stream.gcount();
  return std::all_of(static_cast<const char*>(head.data()), end, [](char c) {
    return (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r';
  });
}

}  // namespace

struct Film::Source {
  cv::VideoCapture capture;
  bool live = false;
  double frame_seconds = 0.04;  // for films whose clock stands still
  std::optional<Clock::time_point> began;
  double seconds = 0.0;

  // Reads the clock of the frame that was just grabbed: it never runs backwards.
  void tell_time() {
    const bool first = !began;
    if (first) began = Clock::now();
    if (live) {
      seconds = std::chrono::duration<double>(Clock::now() - *began).count();
      return;
    }
    const double stated = capture.get(cv::CAP_PROP_POS_MSEC) / 1000.0;
    if (first) {
      first_stated = stated;
    } else if (stated - first_stated > seconds) {
      seconds = stated - first_stated;
    } else {
      seconds += frame_seconds;
    }
  }
  double first_stated = 0.0;
};

Film::Film(std::unique_ptr<Source> source) : source_{std::move(source)} {}
Film::Film(Film&&) noexcept = default;
Film& Film::operator=(Film&&) noexcept = default;
Film::~Film() = default;

Result<Film> Film::open(const std::filesystem::path& file) {
  std::error_code trouble;
  if (!std::filesystem::exists(file, trouble)) {
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  }
  if (is_text(file)) {
    return fail(ErrorKind::kInvalidInput, file.string() + " is text, neither a picture nor a film");
  }
  auto source = std::make_unique<Source>();
  try {
    if (!source->capture.open(file.string(), cv::CAP_FFMPEG)) {
      return fail(ErrorKind::kInvalidInput, file.string() + " is neither a picture nor a film");
    }
    const double pixels = source->capture.get(cv::CAP_PROP_FRAME_WIDTH) *
                          source->capture.get(cv::CAP_PROP_FRAME_HEIGHT);
    if (pixels > static_cast<double>(kMostPixels)) {
      return fail(ErrorKind::kInvalidInput,
                  file.string() + " has frames of over 50 million pixels");
    }
    const double rate = source->capture.get(cv::CAP_PROP_FPS);
    if (rate > 1.0 && rate < 1000.0) source->frame_seconds = 1.0 / rate;
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kInvalidInput, file.string() + ": " + error.err);
  }
  return Film{std::move(source)};
}

Result<Film> Film::camera(int number) {
  auto source = std::make_unique<Source>();
  source->live = true;
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);  // the error below says it
  try {
    if (!source->capture.open(number, cv::CAP_V4L2)) {
      return fail(ErrorKind::kUnavailable,
                  "there is no camera " + std::to_string(number) +
                      ", or another program holds it: close that one, or choose another number");
    }
    source->capture.set(cv::CAP_PROP_FRAME_WIDTH, 640);
    source->capture.set(cv::CAP_PROP_FRAME_HEIGHT, 480);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kUnavailable, "camera " + std::to_string(number) + ": " + error.err);
  }
  return Film{std::move(source)};
}

Result<std::optional<Frame>> Film::next() {
  try {
    cv::Mat pixels;
    if (!source_->capture.read(pixels) || pixels.empty()) {
      if (source_->live) {
        return fail(ErrorKind::kUnavailable, "the camera stopped sending pictures");
      }
      return std::optional<Frame>{};
    }
    if (pixels.total() > static_cast<std::size_t>(kMostPixels)) {  // frames may grow in between
      return fail(ErrorKind::kInvalidInput, "the film has a frame of over 50 million pixels");
    }
    source_->tell_time();
    Frame frame{{pixels.cols, pixels.rows, 3, {}}, source_->seconds};
    frame.picture.pixels.resize(pixels.total() * 3);
    auto target = view<cv::Mat>(frame.picture);
    cv::cvtColor(pixels, target, pixels.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
    return std::optional<Frame>{std::move(frame)};
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kUnavailable, "the film cannot be read on: " + error.err);
  }
}

}  // namespace harmonic::image
