#include "bandit/state.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/bytes.h"
#include "base/digest.h"

namespace harmonic::bandit {

namespace {

constexpr std::string_view kMagic = "HFWI";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kDigest = 64;  // hexadecimal digits of SHA-256
constexpr std::size_t kTriangle = kWeights * (kWeights + 1) / 2;
constexpr double kFarthestMean = 100.0;

tl::unexpected<Error> refused(const char* why) {
  return fail(ErrorKind::kCorrupt, std::string{"what was learned "} + why +
                                       ": export it again, or start anew with `beliefs reset`");
}

bool is_covariance(const Wishes::Covariance& covariance, const Plan& plan) {
  // Learning only ever takes away from the prior; the rest is rounding.
  for (std::size_t i = 0; i < kWeights; ++i) {
    const double variance = covariance[i * kWeights + i];
    if (!(variance > 0.0) || variance > prior_variance(plan, i) * 1.001) return false;
  }
  std::vector<double> root(kWeights * kWeights);
  for (std::size_t i = 0; i < kWeights; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double left = covariance[i * kWeights + j];
      for (std::size_t k = 0; k < j; ++k) left -= root[i * kWeights + k] * root[j * kWeights + k];
      if (i == j && !(left > 0.0)) return false;
      root[i * kWeights + j] = i == j ? std::sqrt(left) : left / root[j * kWeights + j];
    }
  }
  return true;
}

}  // namespace

std::string encode(const Wishes& wishes) {
  std::string body;
  for (const auto count : wishes.plays()) put_u32(body, count);
  put_all(body, std::vector<double>{wishes.mean().begin(), wishes.mean().end()});
  std::vector<double> triangle;
  triangle.reserve(kTriangle);
  for (std::size_t i = 0; i < kWeights; ++i) {
    for (std::size_t j = 0; j <= i; ++j) triangle.push_back(wishes.covariance()[i * kWeights + j]);
  }
  put_all(body, triangle);
  std::string bytes{kMagic};
  put_u32(bytes, kVersion);
  return bytes + sha256_hex(body) + body;
}

Result<Wishes> decode(std::string_view bytes) {
  Bytes left{bytes};
  if (left.text(kMagic.size()) != kMagic) return refused("is no file of this kind");
  if (left.u32() != kVersion) return refused("was written by another version");
  const auto digest = left.text(kDigest);
  const auto body = bytes.substr(std::min(bytes.size(), kMagic.size() + sizeof kVersion + kDigest));
  if (!digest || sha256_hex(body) != *digest) return refused("is damaged or cut off");
  std::array<std::uint32_t, kMoodPlaces> plays{};
  for (auto& count : plays) {
    const auto read = left.u32();
    if (!read) return refused("is cut off");
    count = *read;
  }
  const auto mean = left.numbers<double>(kWeights);
  const auto triangle = left.numbers<double>(kTriangle);
  if (!mean || !triangle || !left.empty()) return refused("has another length");
  const auto far = [](double value) { return !(std::abs(value) <= kFarthestMean); };
  if (std::any_of(mean->begin(), mean->end(), far)) return refused("holds no sensible numbers");
  Wishes::Mean as_mean{};
  std::copy(mean->begin(), mean->end(), as_mean.begin());
  Wishes::Covariance covariance{};
  for (std::size_t i = 0, at = 0; i < kWeights; ++i) {
    for (std::size_t j = 0; j <= i; ++j, ++at)
      covariance[i * kWeights + j] = covariance[j * kWeights + i] = (*triangle)[at];
  }
  const Plan plan;
  if (!is_covariance(covariance, plan)) return refused("holds no sensible numbers");
  return Wishes{plan, as_mean, covariance, plays};
}

}  // namespace harmonic::bandit
