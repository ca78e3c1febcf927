// image/window.h - a window of the desktop that shows pictures.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::image {

/// Threads  one at a time, all windows from the thread that opened the first.
class Window {
 public:
  /// To be called before other threads of the program exist: whether a desktop answers is tried in
  /// a child process, because the window library ends the process where none does.
  /// Errors  kUnavailable: there is no desktop to show a window on, or libharmonic_window.so does
  /// not
  ///         lie beside the program.
  [[nodiscard]] static Result<Window> open(const std::string& title);

  /// Shows the picture for at least `seconds`, at least a millisecond. False once the person has
  /// pressed q or Esc or closed the window. Errors  kUnavailable: the desktop went away.
  [[nodiscard]] Result<bool> show(const Picture& picture, double seconds);

  Window(Window&& other) noexcept;
  Window& operator=(Window&&) = delete;
  ~Window();

 private:
  struct Library;  // the desktop's libraries are loaded with the first window
  static Result<const Library*> library();
  Window(const Library* library, std::string title) : library_{library}, title_{std::move(title)} {}

  const Library* library_;
  std::string title_;  ///< empty once moved from
};

}  // namespace harmonic::image
