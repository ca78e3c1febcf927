// harmonic who: which of the listeners who asked to be known is in a picture.
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "identity/gallery.h"
#include "identity/model.h"
#include "identity/portrait.h"
#include "image/codec.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;
using identity::Gallery;

// What docs/models/identity.md was measured with.
constexpr std::size_t kAdvisedPictures = 5;

struct WhoOptions {
  std::vector<std::string> pictures;
  std::string enrol;
  std::string forget;
  std::string data;
  bool list = false;
  bool json = false;
};

std::string line_of(const Json& json) {
  // File names may hold any bytes; the output stays valid JSON.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What it takes to turn a picture into features.
class Eyes {
 public:
  static Result<Eyes> open() {
    HARMONIC_TRY(const auto share, share_dir());
    HARMONIC_TRY(auto model, identity::load_shipped_model(share));
    HARMONIC_TRY(auto portraitist, identity::Portraitist::open(share));
    return Eyes{std::move(model), std::move(portraitist)};
  }

  [[nodiscard]] const identity::Model& model() const { return model_; }

  /// Errors  kInvalidInput: no picture, no face in it, or one that cannot be told apart.
  [[nodiscard]] Result<identity::Portrait> look(const std::string& file) const {
    HARMONIC_TRY(const auto picture, image::decode_file(file));
    HARMONIC_TRY(auto portrait, portraitist_.paint(picture));
    if (!portrait) return fail(ErrorKind::kInvalidInput, "no face in it; take another picture");
    if (portrait->doubt) {
      return fail(
          ErrorKind::kInvalidInput,
          "the face is " + std::string{face::name_of(*portrait->doubt)} + "; take another picture");
    }
    return *std::move(portrait);
  }

 private:
  Eyes(identity::Model model, identity::Portraitist portraitist)
      : model_{std::move(model)}, portraitist_{std::move(portraitist)} {}
  identity::Model model_;
  identity::Portraitist portraitist_;
};

Result<void> enrol(const WhoOptions& options) {
  HARMONIC_CHECK(identity::check_name(options.enrol));
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(const auto eyes, Eyes::open());
  std::vector<identity::Features> features;
  for (const auto& file : options.pictures) {
    auto portrait = eyes.look(file);
    if (!portrait) return tl::unexpected{std::move(portrait).error().while_doing(file)};
    if (portrait->faces > 1) {
      return fail(ErrorKind::kInvalidInput, file + ": " + std::to_string(portrait->faces) +
                                                " faces are in it; cut out " + options.enrol +
                                                "'s, so that nobody else is enrolled");
    }
    features.push_back(eyes.model().recogniser->features(portrait->picture));
  }
  HARMONIC_TRY(const auto lock, identity::GalleryLock::take(data));
  HARMONIC_TRY(auto gallery, identity::read_gallery(data));
  HARMONIC_CHECK(identity::check_model(gallery, eyes.model()));
  gallery.model = eyes.model().digest;
  HARMONIC_CHECK(identity::enrol(gallery, options.enrol, features));
  HARMONIC_CHECK(identity::save_gallery(gallery, data));
  if (options.json) {
    std::cout << line_of({{"enrolled", options.enrol}, {"pictures", features.size()}}) << '\n';
  } else {
    std::cout << options.enrol << ": " << features.size() << " pictures learned\n";
  }
  if (features.size() < kAdvisedPictures) {
    std::cerr << "Five different pictures or more are known better than " << features.size()
              << ".\n";
  }
  return {};
}

Result<void> forget(const WhoOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  // The lock makes the folder: whoever has none enrolled has nobody to forget.
  HARMONIC_TRY(auto before, identity::read_gallery(data));
  HARMONIC_CHECK(identity::forget(before, options.forget));
  HARMONIC_TRY(const auto lock, identity::GalleryLock::take(data));
  HARMONIC_TRY(auto gallery, identity::read_gallery(data));
  HARMONIC_CHECK(identity::forget(gallery, options.forget));
  HARMONIC_CHECK(identity::save_gallery(gallery, data));
  if (options.json) {
    std::cout << line_of({{"forgotten", options.forget}}) << '\n';
  } else {
    std::cout << options.forget << " is forgotten\n";
  }
  return {};
}

Result<void> list(const WhoOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(const auto gallery, identity::read_gallery(data));
  Json listeners = Json::array();
  for (const auto& [name, pictures] : gallery.listeners) {
    listeners.push_back({{"name", name}, {"pictures", pictures.size()}});
    if (!options.json) std::cout << name << ": " << pictures.size() << " pictures\n";
  }
  if (options.json) std::cout << line_of({{"listeners", listeners}}) << '\n';
  if (!options.json && gallery.listeners.empty()) std::cout << "nobody is enrolled\n";
  return {};
}

void print(const WhoOptions& options, const std::string& file, const Gallery& gallery,
           const identity::Answer& answer, double threshold) {
  const auto& name = gallery.listeners.at(answer.nearest).name;
  if (options.json) {
    std::cout << line_of({{"picture", file},
                          {"name", answer.known ? Json(name) : Json(nullptr)},
                          {"score", answer.score},
                          {"threshold", threshold}})
              << '\n';
    return;
  }
  std::printf("%s: %s (score %.1f, %.1f is enough)\n", file.c_str(),
              answer.known ? name.c_str() : "unknown", answer.score, threshold);
}

Result<void> ask(const WhoOptions& options, int& exit) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(const auto gallery, identity::read_gallery(data));
  if (gallery.listeners.empty()) {
    return fail(ErrorKind::kNotFound,
                "nobody is enrolled; `harmonic who --enrol NAME PICTURE...` does it");
  }
  HARMONIC_TRY(const auto eyes, Eyes::open());
  HARMONIC_CHECK(identity::check_model(gallery, eyes.model()));
  const auto& [recogniser, threshold, digest] = eyes.model();
  for (const auto& file : options.pictures) {
    const auto portrait = eyes.look(file);
    if (!portrait) {
      if (exit == kExitDone) exit = exit_code(portrait.error().kind);
      if (options.json) {
        std::cout << line_of({{"picture", file}, {"error", portrait.error().message}}) << '\n';
      }
      std::cerr << "harmonic who: " << file << ": " << portrait.error().message << '\n';
      continue;
    }
    HARMONIC_TRY(const auto answer,
                 identity::recognise(*recogniser, gallery.listeners,
                                     recogniser->features(portrait->picture), threshold));
    print(options, file, gallery, answer, threshold);
  }
  return {};
}

int run_who(const WhoOptions& options) {
  const bool enrols = !options.enrol.empty(), forgets = !options.forget.empty();
  if ((options.list || forgets) != options.pictures.empty()) {
    std::cerr << "Name pictures to ask for or to --enrol, and none to --list or --forget. "
                 "`harmonic who --help` shows examples.\n";
    return kExitUsage;
  }
  int exit = kExitDone;
  const auto done = enrols         ? enrol(options)
                    : forgets      ? forget(options)
                    : options.list ? list(options)
                                   : ask(options, exit);
  if (!done) {
    std::cerr << "harmonic who: " << done.error().message << '\n';
    return exit_code(done.error().kind);
  }
  return exit;
}

}  // namespace

void add_who(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<WhoOptions>();
  auto* command =
      app.add_subcommand("who", "Which enrolled listener is in a picture (opt-in, local)");
  command->add_option("PICTURE", options->pictures, "pictures (JPEG, PNG, WebP)");
  const auto named = [](const std::string& name) {
    return std::string{name.empty() ? "a listener has a name" : ""};
  };
  auto* enrol = command->add_option("--enrol", options->enrol, "learn NAME from the pictures")
                    ->type_name("NAME")
                    ->check(named)
                    ->expected(1);
  auto* forget = command->add_option("--forget", options->forget, "take NAME out of the file")
                     ->type_name("NAME")
                     ->check(named)
                     ->expected(1)
                     ->excludes(enrol);
  command->add_flag("--list", options->list, "who is enrolled")->excludes(enrol)->excludes(forget);
  command->add_option("--data", options->data, "data folder (default: ~/.local/share/harmonic)");
  command->add_flag("--json", options->json,
                    "one JSON object a line: {picture, name or null, score, threshold}");
  command->footer(
      "Examples:\n"
      "  harmonic who --enrol Ann ann1.jpg ann2.jpg ann3.jpg ann4.jpg ann5.jpg\n"
      "  harmonic who evening.jpg --json\n"
      "  harmonic who --forget Ann\n"
      "Opt-in: nobody is known who was not enrolled, and the program never does it by itself; nor\n"
      "does an answer switch anything. Local: names and numbers made of the pictures stay in the\n"
      "data folder, readable by you alone, the pictures are not kept. --forget takes all of it\n"
      "away. Do not use it to let people in or to watch them: docs/models/identity.md says how\n"
      "often it errs. Exit codes: 3 no usable face, 4 nobody enrolled or no such file, 6 a "
      "damaged\n"
      "file of the listeners or damaged weights.");
  command->callback([options, set_exit] { set_exit(run_who(*options)); });
}

}  // namespace harmonic::app
