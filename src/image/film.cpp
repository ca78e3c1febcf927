#include "image/film.h"

#include <chrono>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>
#include <variant>

#include "image/film_file.h"
#include "image/view.h"

namespace harmonic::image {

namespace {

using Clock = std::chrono::steady_clock;

struct Camera {
  cv::VideoCapture capture;
  std::optional<Clock::time_point> began;

  Result<std::optional<Frame>> next() {
    cv::Mat pixels;
    if (!capture.read(pixels) || pixels.empty()) {
      return fail(ErrorKind::kUnavailable, "the camera stopped sending pictures");
    }
    if (!began) began = Clock::now();
    Frame frame{{pixels.cols, pixels.rows, 3, {}},
                std::chrono::duration<double>(Clock::now() - *began).count()};
    frame.picture.pixels.resize(pixels.total() * 3);
    auto target = view<cv::Mat>(frame.picture);
    cv::cvtColor(pixels, target, pixels.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
    return std::optional<Frame>{std::move(frame)};
  }
};

}  // namespace

struct Film::Source {
  std::variant<FilmFile, Camera> from;
};

Film::Film(std::unique_ptr<Source> source) : source_{std::move(source)} {}
Film::Film(Film&&) noexcept = default;
Film& Film::operator=(Film&&) noexcept = default;
Film::~Film() = default;

Result<Film> Film::open(const std::filesystem::path& file) {
  HARMONIC_TRY(auto opened, FilmFile::open(file));
  return Film{std::make_unique<Source>(Source{std::move(opened)})};
}

Result<Film> Film::camera(int number) {
  Camera camera;
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);  // the error below says it
  try {
    if (!camera.capture.open(number, cv::CAP_V4L2)) {
      return fail(ErrorKind::kUnavailable,
                  "there is no camera " + std::to_string(number) +
                      ", or another program holds it: close that one, or choose another number");
    }
    camera.capture.set(cv::CAP_PROP_FRAME_WIDTH, 640);
    camera.capture.set(cv::CAP_PROP_FRAME_HEIGHT, 480);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kUnavailable, "camera " + std::to_string(number) + ": " + error.err);
  }
  return Film{std::make_unique<Source>(Source{std::move(camera)})};
}

Result<std::optional<Frame>> Film::next() {
  try {
    return std::visit([](auto& from) { return from.next(); }, source_->from);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kUnavailable, "the film cannot be read on: " + error.err);
  }
}

}  // namespace harmonic::image
