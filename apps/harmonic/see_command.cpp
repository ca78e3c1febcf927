#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "image/codec.h"
#include "image/film.h"
#include "image/window.h"
#include "see_film.h"
#include "see_look.h"

namespace harmonic::app {

namespace {

struct SeeOptions {
  std::vector<std::string> files;
  std::optional<int> camera;
  bool json = false;
  bool aligned = false;
  bool window = false;
  std::string draw;
  std::string detector;
};

// Ctrl-C ends a camera between two frames, so that its last line is whole.
volatile std::sig_atomic_t interrupted = 0;

class Seeing {
 public:
  Seeing(const SeeOptions& options, Looker looker, std::optional<image::Window> window)
      : options_{options}, looker_{std::move(looker)}, window_{std::move(window)} {}

  int run() {
    if (options_.camera) {
      std::signal(SIGINT, [](int) { interrupted = 1; });
      const std::string name = "camera " + std::to_string(*options_.camera);
      note(name, film(name, image::Film::camera(*options_.camera)));
    }
    for (const auto& file : options_.files) note(file, see(file));
    return exit_;
  }

 private:
  void note(const std::string& file, const Result<void>& done) {
    if (done) return;
    if (exit_ == kExitDone) exit_ = exit_code(done.error().kind);
    show(file, std::nullopt, Look{"unreadable", {}, false, {}, {}}, done.error().message);
  }

  Result<void> see(const std::string& file) {
    HARMONIC_TRY(const auto start, image::read_start(file));
    if (start.empty()) return fail(ErrorKind::kInvalidInput, "the file is empty");
    // A film of JPEGs begins like a JPEG: here alone the name must decide.
    const auto extension = std::filesystem::path{file}.extension();
    const bool jpegs = extension == ".mjpeg" || extension == ".mjpg";
    if (jpegs || !image::format_of(start)) return film(file, image::Film::open(file));
    HARMONIC_TRY(const auto pixels, image::decode_file(file));
    return still(file, pixels);
  }

  Result<void> film(const std::string& name, Result<image::Film> film) {
    if (!film) return tl::unexpected{std::move(film).error()};
    FilmLooker looker{looker_};
    std::optional<image::Picture> last;  // with all that is drawn on it
    const auto began = std::chrono::steady_clock::now();
    bool any = false, open = true;
    while (open && interrupted == 0) {
      HARMONIC_TRY(const auto frame, film->next());
      if (!frame) break;
      any = true;
      HARMONIC_TRY(const auto look, looker.look(frame->picture, frame->seconds));
      show(name, frame->seconds, look, "");
      if (!window_ && options_.draw.empty()) continue;
      last = looker.drawn(frame->picture, look);
      if (window_) {
        const std::chrono::duration<double> now = std::chrono::steady_clock::now() - began;
        HARMONIC_TRY(open, window_->show(*last, frame->seconds - now.count()));
      }
    }
    if (!any && interrupted == 0) {
      return fail(ErrorKind::kInvalidInput, name + " holds no frame that can be read");
    }
    return draw(last);
  }

  Result<void> still(const std::string& file, const image::Picture& picture) {
    HARMONIC_TRY(const auto look, looker_.look(picture));
    show(file, std::nullopt, look, "");
    if (options_.draw.empty()) return {};
    return draw(drawn(picture, look));
  }

  Result<void> draw(const std::optional<image::Picture>& picture) const {
    if (options_.draw.empty() || !picture) return {};
    return image::write_png(*picture, options_.draw);
  }

  void show(const std::string& file, std::optional<double> seconds, const Look& look,
            const std::string& error) const {
    if (options_.json) {
      std::cout << json_line(file, seconds, look, error) << std::endl;
    } else {
      std::cout << words(file, seconds, look) << std::flush;
    }
    if (!error.empty()) std::cerr << file << ": " << error << '\n';
  }

  const SeeOptions& options_;
  Looker looker_;
  std::optional<image::Window> window_;
  int exit_ = kExitDone;
};

Result<Looker> looker_for(const SeeOptions& options) {
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(auto classifier, affect::Classifier::load_shipped(share));
  // A camera's next picture comes soon; a photograph is looked at once.
  const auto care = options.camera ? face::Care::kQuick : face::Care::kThorough;
  std::optional<face::Finder> finder;
  if (!options.aligned) {
    HARMONIC_TRY(finder, face::Finder::open(share, face::detector_named(options.detector), care));
    if (!finder->notice().empty()) {
      std::cerr << "Faces are found by " << face::name_of(finder->kind()) << ": "
                << finder->notice() << '\n';
    }
  }
  return Looker{std::move(finder), std::move(classifier)};
}

int run_see(const SeeOptions& options) {
  if (options.files.empty() && !options.camera) {
    std::cerr << "Name a FILE or a --camera. `harmonic see --help` shows examples.\n";
    return kExitUsage;
  }
  const auto refused = [](const Error& error) {
    std::cerr << error.message << '\n';
    return exit_code(error.kind);
  };
  std::optional<image::Window> window;
  if (options.window) {  // first: it wants to be alone
    auto opened = image::Window::open("harmonic see");
    if (!opened) return refused(opened.error());
    window.emplace(*std::move(opened));
  }
  auto looker = looker_for(options);
  if (!looker) return refused(looker.error());
  return Seeing{options, *std::move(looker), std::move(window)}.run();
}

}  // namespace

void add_see(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<SeeOptions>();
  auto* command = app.add_subcommand("see", "The faces in pictures and films and what they show");
  command->add_option("FILE", options->files, "pictures (JPEG, PNG, WebP) and films");
  command->add_option("--camera", options->camera, "look through camera N of this machine")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--json", options->json, "one JSON object a line, for a film one a frame");
  command->add_flag("--window", options->window,
                    "show films and the camera in a window while they are looked at (q ends)");
  command->add_option("--draw", options->draw, "write the (last) picture with boxes and bars here")
      ->type_name("OUT.png");
  command->add_option("--detector", options->detector, "which finder to use (default: the best)")
      ->check(CLI::IsMember({"blazeface", "haar", "lbp"}));
  command->add_flag("--aligned", options->aligned,
                    "each whole picture is one upright, cut-out face");
  command->footer(
      "Examples:\n"
      "  harmonic see me.jpg --draw seen.png\n"
      "  harmonic see --json photos/*.jpg > faces.jsonl\n"
      "  harmonic see --camera 0 --window\n"
      "In films faces are followed: each has an \"id\" and a \"mood\", which is smoothed over "
      "time,\n"
      "and \"mood\" beside them is that of the main face. \"events\" are brief movements of a "
      "face,\n"
      "a tenth to half a second long, told up to a second after they are over (15 frames a second "
      "or\n"
      "more are needed): where and when, never what they mean.\n"
      "Where nothing can be said the reason tells why: no_face, too_dark, too_blurred, too_small,\n"
      "turned_away, covered (eyes or mouth), unsure. A file that cannot be read is \"unreadable\" "
      "and\ndecides the exit code:\n"
      "3 damaged or no picture, 4 no such file, 5 no permission, no camera or no desktop.");
  command->callback([options, set_exit] { set_exit(run_see(*options)); });
}

}  // namespace harmonic::app
