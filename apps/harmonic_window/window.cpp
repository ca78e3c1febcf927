// The desktop's window as a library of its own, which src/image/window.cpp opens when one is asked
// for: a server has no use for the desktop's libraries (Qt), and should not load them.
#include <algorithm>
#include <cstdint>

#include <opencv2/highgui.hpp>
#include <opencv2/imgproc.hpp>

namespace {

constexpr int kEscape = 27;

}  // namespace

extern "C" {

/// False when the library refused; it may also end the process where there is no desktop.
bool harmonic_window_open(const char* title) {
  try {
    cv::namedWindow(title, cv::WINDOW_NORMAL | cv::WINDOW_KEEPRATIO);
    return true;
  } catch (const cv::Exception&) {
    return false;
  }
}

/// u8 [height, width, channels], R, G, B or grey. 1 to go on, 0 when the person wants no more, -1
/// when the desktop went away.
int harmonic_window_show(const char* title, const std::uint8_t* pixels, int width, int height,
                         int channels, int milliseconds) {
  try {
    // The library has no matrix of const; this one is only read.
    const cv::Mat picture{height, width, CV_8UC(channels), const_cast<std::uint8_t*>(pixels)};
    cv::Mat blue_first;
    cv::cvtColor(picture, blue_first, channels == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
    cv::imshow(title, blue_first);
    const int key = cv::waitKey(std::max(1, milliseconds));
    const bool open = cv::getWindowProperty(title, cv::WND_PROP_VISIBLE) >= 1;
    return open && key != kEscape && key != 'q' ? 1 : 0;
  } catch (const cv::Exception&) {
    return -1;
  }
}

void harmonic_window_close(const char* title) {
  try {
    cv::destroyWindow(title);
  } catch (const cv::Exception&) {
    return;  // closed by the person
  }
}
}
