#include "image/window.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <opencv2/highgui.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "image/view.h"

namespace harmonic::image {

namespace {

constexpr int kEscape = 27;

// In the child: a window, silently; the library may abort.
[[noreturn]] void try_window() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  try {
    cv::namedWindow("harmonic", cv::WINDOW_NORMAL);
    _exit(0);
  } catch (...) {
    _exit(1);
  }
}

bool a_desktop_answers() {
  const pid_t child = fork();
  if (child == 0) try_window();
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace

Result<Window> Window::open(const std::string& title) {
  if (!a_desktop_answers()) {
    return fail(ErrorKind::kUnavailable,
                "there is no desktop to show a window on: start it from a desktop, or leave out "
                "--window and use --json or --draw");
  }
  try {
    cv::namedWindow(title, cv::WINDOW_NORMAL | cv::WINDOW_KEEPRATIO);
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kUnavailable, "no window could be opened: " + error.err);
  }
  return Window{title};
}

Result<bool> Window::show(const Picture& picture, double seconds) {
  try {
    cv::Mat pixels;
    cv::cvtColor(view<cv::Mat>(picture), pixels,
                 picture.channels == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
    cv::imshow(title_, pixels);
    const int key = cv::waitKey(std::max(1, static_cast<int>(std::lround(seconds * 1000))));
    return key != kEscape && key != 'q' && cv::getWindowProperty(title_, cv::WND_PROP_VISIBLE) >= 1;
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kUnavailable, "the window is gone: " + error.err);
  }
}

Window::Window(Window&& other) noexcept : title_{std::exchange(other.title_, {})} {}

Window::~Window() {
  if (title_.empty()) return;
  try {
    cv::destroyWindow(title_);
  } catch (const cv::Exception&) {
    return;  // closed by the person
  }
}

}  // namespace harmonic::image
