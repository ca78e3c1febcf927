#include "tagging/delta.h"

#include <gtest/gtest.h>

#include <random>

namespace harmonic::tagging {
namespace {

std::string noise(std::size_t size, unsigned seed) {
  std::minstd_rand dice{seed};
  std::string bytes(size, '\0');
  for (auto& byte : bytes) byte = static_cast<char>(dice() >> 8 & 0xFF);
  return bytes;
}

void expect_small(const std::string& former, const std::string& now, std::size_t most) {
  const auto delta = make_delta(former, now);
  EXPECT_LE(delta.size(), most);
  const auto back = apply_delta(now, delta);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(*back == former);
}

TEST(Delta, GivesTheFormerFileBackAndIsSmall) {
  const auto sound = noise(200'000, 1);
  expect_small("old tag" + sound, "a longer new tag" + sound, 100);
  expect_small(sound + "TAG old", sound, 100);
  expect_small("head" + sound + "moov", "moov2" + sound + "head!", 400);
  expect_small("", sound, 0);
  expect_small(sound, sound, 20);
  expect_small(std::string(5000, 'x'), std::string(4000, 'x'), 1100);
}

// Pages of an Ogg are counted: each has another number and checksum after a longer comment.
TEST(Delta, ManyCountedPagesCostLittle) {
  std::string former = "short comment";
  std::string now = "a comment that is longer";
  for (unsigned page = 0; page < 100; ++page) {
    const auto body = noise(4096, page);
    former += "OggS" + std::to_string(page) + body;
    now += "OggS" + std::to_string(page + 1) + body;
  }
  expect_small(former, now, 400 * 100);
}

TEST(Delta, OfNothingInCommonIsAllOfIt) {
  const auto former = noise(3000, 1);
  const auto now = noise(3000, 2);
  expect_small(former, now, 3100);
}

// The failure: a damaged backup reads beyond the file.
TEST(Delta, ADamagedOneIsRefused) {
  const auto now = noise(1000, 1);
  const auto delta = make_delta(noise(600, 3) + now, now);
  for (std::size_t length = 1; length < delta.size(); length += 7) {
    const auto cut = apply_delta(now, std::string_view{delta}.substr(0, length));
    if (cut) {
      EXPECT_LT(cut->size(), 1600U);
    }
  }
  EXPECT_FALSE(apply_delta(now, "X"));
  EXPECT_FALSE(apply_delta(now.substr(0, 10), delta));
  EXPECT_FALSE(apply_delta(now, "C" + std::string(16, '\xFF')));
}

}  // namespace
}  // namespace harmonic::tagging
