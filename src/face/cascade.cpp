#include "face/cascade.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "face/nms.h"
#include "image/transform.h"
#include "image/view.h"

namespace harmonic::face {

namespace {

// Searched at this size: cascades cost by the pixel, and 640x480 is what a camera sends.
constexpr int kLongestSide = 640;
constexpr int kLeastNeighbours = 4;
constexpr double kStep = 1.1;
constexpr int kSmallestFace = 40;  // pixels of the searched picture

// What brings each cascade's box to the extent that BlazeFace gives a face, so that one rule aligns
// them all. Measured on FER2013's training part, where BlazeFace's box has side 40.6 and its middle
// at height 27.3: Haar 45.6 and 23.1 (405 faces of 504), LBP 31.9 and 26.7 (382 of 504).
struct Habit {
  float grow = 1;   ///< times the side
  float lower = 0;  ///< sides further down
};
constexpr Habit kHaarHabit{40.6F / 45.6F, (27.3F - 23.1F) / 45.6F};
constexpr Habit kLbpHabit{40.6F / 31.9F, (27.3F - 26.7F) / 31.9F};

image::Box usual_box(const cv::Rect& box, float scale, Habit habit) {
  const auto length = [scale](int pixels) { return static_cast<float>(pixels) / scale; };
  const float side = length(box.width);
  const image::Point middle{length(box.x) + side / 2,
                            length(box.y) + length(box.height) / 2 + side * habit.lower};
  const float usual = side * habit.grow;
  return {middle.x - usual / 2, middle.y - usual / 2, usual, usual};
}

class Cascade final : public Detector {
 public:
  Cascade(const cv::CascadeClassifier& classifier, Habit habit)
      : classifier_{classifier}, habit_{habit} {}

  [[nodiscard]] Result<std::vector<Detection>> find(const image::Picture& picture) const override {
    const int longest = std::max(picture.width, picture.height);
    const float scale =
        std::min(1.0F, static_cast<float>(kLongestSide) / static_cast<float>(longest));
    try {
      cv::Mat pixels;
      const image::Picture grey = image::grey(picture);
      cv::resize(image::view<cv::Mat>(grey), pixels, {}, double(scale), double(scale),
                 cv::INTER_AREA);
      cv::equalizeHist(pixels, pixels);
      return search(pixels, scale);
    } catch (const cv::Exception& error) {
      return fail(ErrorKind::kCorrupt, "the cascade failed: " + error.err);
    }
  }

 private:
  std::vector<Detection> search(const cv::Mat& pixels, float scale) const {
    std::vector<cv::Rect> boxes;
    std::vector<int> neighbours;
    {
      const std::lock_guard lock{mutex_};  // the library keeps its pyramid inside the classifier
      classifier_.detectMultiScale(pixels, boxes, neighbours, kStep, kLeastNeighbours, 0,
                                   {kSmallestFace, kSmallestFace});
    }
    std::vector<Detection> finds;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      // 4 neighbours .5, 20 .9: monotone, and never certain.
      const float confidence = 1.0F - std::exp2(-static_cast<float>(neighbours[i]) /
                                                static_cast<float>(kLeastNeighbours));
      finds.push_back({usual_box(boxes[i], scale, habit_), confidence, std::nullopt});
    }
    sort_by_size(finds);
    return finds;
  }

  mutable std::mutex mutex_;
  mutable cv::CascadeClassifier classifier_;
  Habit habit_;
};

}  // namespace

Result<std::unique_ptr<Detector>> make_cascade(DetectorKind kind) {
  const std::filesystem::path folder{"/usr/share/opencv4"};
  const auto file = kind == DetectorKind::kLbp
                        ? folder / "lbpcascades" / "lbpcascade_frontalface_improved.xml"
                        : folder / "haarcascades" / "haarcascade_frontalface_alt2.xml";
  std::error_code trouble;
  if (!std::filesystem::exists(file, trouble)) {
    return fail(ErrorKind::kNotFound,
                "there is no " + file.string() + ": install the package opencv-data");
  }
  try {
    cv::CascadeClassifier classifier;
    if (!classifier.load(file.string())) {
      return fail(ErrorKind::kCorrupt, file.string() + " is no cascade: install opencv-data again");
    }
    return std::make_unique<Cascade>(std::move(classifier),
                                     kind == DetectorKind::kLbp ? kLbpHabit : kHaarHabit);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kCorrupt, file.string() + ": " + error.err);
  }
}

}  // namespace harmonic::face
