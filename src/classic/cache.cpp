#include "classic/cache.h"

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "evaluate/fer2013.h"

namespace harmonic::classic {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

template <typename T>
Json json_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

template <typename T>
std::optional<T> value_or_nothing(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return json.get<T>();
}

Json json_of(const std::optional<Figures>& figures) {
  if (!figures) return nullptr;
  return {{"faces", figures->count},
          {"accuracy", figures->accuracy},
          {"macro_f1", figures->macro_f1},
          {"ece", json_or_null(figures->calibration_error)},
          {"confusion", figures->confusion}};
}

// Throws nlohmann's exceptions, which name the key.
std::optional<Figures> figures_of(const Json& json) {
  if (json.is_null()) return std::nullopt;
  Figures figures;
  figures.count = json.at("faces").get<std::size_t>();
  figures.accuracy = json.at("accuracy").get<double>();
  figures.macro_f1 = json.at("macro_f1").get<double>();
  figures.calibration_error = value_or_nothing<double>(json.at("ece"));
  figures.confusion = json.at("confusion").get<evaluate::Confusion>();
  return figures;
}

}  // namespace

std::string json_of(const Row& row) {
  const Json json{{"name", row.name},
                  {"source", row.source},
                  {"settings", row.settings},
                  {"rows", json_or_null(row.rows)},
                  {"seconds", json_or_null(row.seconds)},
                  {"ms_a_face", row.milliseconds},
                  {"unanswered", row.unanswered},
                  {"fer2013", json_of(row.fer2013)},
                  {"fer2013_clean", json_of(row.clean)},
                  {"ferplus", json_of(row.ferplus)}};
  return json.dump();
}

Result<Row> row_of(std::string_view text) {
  try {
    const auto json = Json::parse(text);
    Row row;
    row.name = json.at("name").get<std::string>();
    row.source = json.at("source").get<std::string>();
    row.settings = json.at("settings").get<std::string>();
    row.rows = value_or_nothing<std::size_t>(json.at("rows"));
    row.seconds = value_or_nothing<double>(json.at("seconds"));
    row.milliseconds = json.at("ms_a_face").get<double>();
    row.unanswered = json.at("unanswered").get<std::size_t>();
    row.fer2013 = figures_of(json.at("fer2013"));
    row.clean = figures_of(json.at("fer2013_clean"));
    row.ferplus = figures_of(json.at("ferplus"));
    return row;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorKind::kCorrupt, std::string{"a kept row: "} + error.what());
  }
}

Result<std::string> digest_of_archive(const fs::path& dir) {
  HARMONIC_TRY(const auto folder, evaluate::find_archive(dir));
  std::string digests;
  for (const char* split : {"train", "public_test", "private_test"}) {
    for (const char* part : {"_images.u8", "_labels.u8", "_ferplus.csv"}) {
      HARMONIC_TRY(const auto digest, sha256_of_file(folder / (std::string{split} + part)));
      digests += digest + "\n";
    }
  }
  HARMONIC_TRY(const auto duplicates, sha256_of_file(folder / "duplicates.csv"));
  return sha256_hex(digests + duplicates);
}

Result<Cache> Cache::open(fs::path folder) {
  if (!folder.empty()) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
      return fail(ErrorKind::kUnavailable, folder.string() + " cannot be made: " + error.message());
    }
  }
  return Cache{std::move(folder)};
}

fs::path Cache::file_of(std::string_view settings) const {
  return folder_ / (sha256_hex(settings).substr(0, 32) + ".json");
}

std::optional<Row> Cache::find(std::string_view settings) const {
  if (folder_.empty()) return std::nullopt;
  std::ifstream file{file_of(settings), std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  auto row = row_of(text);
  if (!row) return std::nullopt;
  return *std::move(row);
}

Result<void> Cache::keep(std::string_view settings, const Row& row) const {
  if (folder_.empty()) return {};
  const auto file = file_of(settings);
  auto unfinished = file;
  unfinished += ".part";
  std::ofstream out{unfinished, std::ios::binary};
  out << json_of(row) << "\n";
  out.close();
  std::error_code error;
  if (out) fs::rename(unfinished, file, error);
  if (!out || error) return fail(ErrorKind::kUnavailable, file.string() + " cannot be written");
  return {};
}

}  // namespace harmonic::classic
