#include "recommend/parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace harmonic::recommend {

namespace {

std::string all_names() {
  std::string names;
  for (const auto name : kPartNames) names += (names.empty() ? "" : ", ") + std::string{name};
  return names;
}

tl::unexpected<Error> refused(std::string_view what, const std::string& why) {
  return fail(ErrorKind::kInvalidInput, "weight \"" + std::string{what} + "\": " + why +
                                            "; write for example mood=6,habit=2 with the parts " +
                                            all_names());
}

Result<void> read_one(std::string_view item, PartValues& sizes) {
  const auto equals = item.find('=');
  const auto name = item.substr(0, equals);
  const auto* const found = std::find(kPartNames.begin(), kPartNames.end(), name);
  if (found == kPartNames.end()) return refused(item, "there is no such part");
  if (equals == std::string_view::npos) return refused(item, "has no number");
  const auto digits = item.substr(equals + 1);
  float value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size())
    return refused(item, "is not a number");
  sizes[static_cast<std::size_t>(found - kPartNames.begin())] = value;
  return {};
}

}  // namespace

Result<Weights> Weights::of(const PartValues& sizes) {
  float sum = 0;
  for (std::size_t i = 0; i < kParts; ++i) {
    const bool may_be_below = static_cast<Part>(i) == Part::kNovelty;
    if (!std::isfinite(sizes[i]) || (sizes[i] < 0 && !may_be_below))
      return refused(kPartNames[i], may_be_below ? "is no finite number" : "is not 0 or more");
    sum += std::abs(sizes[i]);
  }
  if (sum <= 0 || !std::isfinite(sum)) return refused("all", "nothing weighs anything");
  PartValues shares = sizes;
  for (float& share : shares) share /= sum;
  return Weights{shares};
}

Result<Weights> Weights::read(std::string_view text, const Weights& base) {
  PartValues sizes = base.shares_;
  for (std::size_t from = 0; from <= text.size();) {
    const auto comma = std::min(text.find(',', from), text.size());
    const auto item = text.substr(from, comma - from);
    from = comma + 1;
    if (item == "*") {
      sizes.fill(0);
      continue;
    }
    HARMONIC_CHECK(read_one(item, sizes));
  }
  return of(sizes);
}

std::string Weights::text() const {
  std::string text;
  for (std::size_t i = 0; i < kParts; ++i) {
    std::array<char, 64> item{};
    std::snprintf(item.data(), item.size(), "%s=%.6g", kPartNames[i].data(),
                  static_cast<double>(shares_[i]));
    text += (i == 0 ? "" : ",") + std::string{item.data()};
  }
  return text;
}

}  // namespace harmonic::recommend
