#include "image/window.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <utility>

namespace harmonic::image {

/// What apps/harmonic_window exports; its library stays open until the program ends.
struct Window::Library {
  bool (*open)(const char* title) = nullptr;
  int (*show)(const char* title, const std::uint8_t* pixels, int width, int height, int channels,
              int milliseconds) = nullptr;
  void (*close)(const char* title) = nullptr;
};

namespace {

constexpr const char* kFile = "libharmonic_window.so";

template <typename Function>
bool find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  return function != nullptr;
}

/// In the child: a window, silently; the desktop's library may abort.
[[noreturn]] void try_window(bool (*open)(const char*)) {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  _exit(open("harmonic") ? 0 : 1);
}

bool a_desktop_answers(bool (*open)(const char*)) {
  const pid_t child = fork();
  if (child == 0) try_window(open);
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace

Result<const Window::Library*> Window::library() {
  static Library functions;
  if (functions.close != nullptr) return &functions;
  std::error_code unknown;
  const auto file = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / kFile;
  void* opened = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr || !find(opened, "harmonic_window_open", functions.open) ||
      !find(opened, "harmonic_window_show", functions.show) ||
      !find(opened, "harmonic_window_close", functions.close)) {
    return fail(ErrorKind::kUnavailable,
                file.string() +
                    " cannot be loaded: build the program again, or leave out --window "
                    "and use --json or --draw");
  }
  return &functions;
}

Result<Window> Window::open(const std::string& title) {
  HARMONIC_TRY(const auto* functions, library());
  if (!a_desktop_answers(functions->open) || !functions->open(title.c_str())) {
    return fail(ErrorKind::kUnavailable,
                "there is no desktop to show a window on: start it from a desktop, or leave out "
                "--window and use --json or --draw");
  }
  return Window{functions, title};
}

Result<bool> Window::show(const Picture& picture, double seconds) {
  const int shown =
      library_->show(title_.c_str(), picture.pixels.data(), picture.width, picture.height,
                     picture.channels, static_cast<int>(std::lround(seconds * 1000)));
  if (shown < 0) return fail(ErrorKind::kUnavailable, "the window is gone with its desktop");
  return shown > 0;
}

Window::Window(Window&& other) noexcept
    : library_{other.library_}, title_{std::exchange(other.title_, {})} {}

Window::~Window() {
  if (!title_.empty()) library_->close(title_.c_str());
}

}  // namespace harmonic::image
