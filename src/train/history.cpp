#include "train/history.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

namespace harmonic::train {
namespace {

constexpr std::string_view kHeader =
    "epoch,rate,train_loss,public_fer2013_accuracy,public_ferplus_accuracy,seconds";

}  // namespace

std::string format_history(const std::vector<EpochRow>& rows) {
  std::string text{kHeader};
  text += '\n';
  for (const auto& row : rows) {
    std::array<char, 128> line{};
    std::snprintf(line.data(), line.size(), "%d,%.8f,%.5f,%.5f,%.5f,%.1f\n", row.epoch, row.rate,
                  row.loss, row.fer2013_accuracy, row.ferplus_accuracy, row.seconds);
    text += line.data();
  }
  return text;
}

Result<std::vector<EpochRow>> parse_history(std::string_view text) {
  std::vector<EpochRow> rows;
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string line{text.substr(0, end)};
    text.remove_prefix(std::min(end + 1, text.size()));
    if (number++ == 0 && line == kHeader) continue;
    EpochRow row;
    int used = 0;
    const int fields =
        std::sscanf(line.c_str(), "%d,%lf,%lf,%lf,%lf,%lf%n", &row.epoch, &row.rate, &row.loss,
                    &row.fer2013_accuracy, &row.ferplus_accuracy, &row.seconds, &used);
    const bool next = row.epoch == static_cast<int>(rows.size()) + 1;
    if (number == 1 || fields != 6 || static_cast<std::size_t>(used) != line.size() || !next) {
      return fail(ErrorKind::kCorrupt, "line " + std::to_string(number) +
                                           " of the log is no epoch: train without --resume");
    }
    rows.push_back(row);
  }
  return rows;
}

Result<std::vector<EpochRow>> read_history(const std::filesystem::path& file) {
  std::ifstream in{file};
  if (!in) return std::vector<EpochRow>{};
  const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  return parse_history(text);
}

const EpochRow* best_of(const std::vector<EpochRow>& rows) {
  const auto best = std::ranges::max_element(rows, {}, &EpochRow::score);
  return best == rows.end() ? nullptr : &*best;
}

}  // namespace harmonic::train
