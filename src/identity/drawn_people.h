// identity/drawn_people.h - people who do not exist, for tests only.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>

#include "identity/people.h"
#include "identity/portrait.h"

namespace harmonic::identity {

/// A texture that `person` decides, with noise that `picture` decides.
inline image::Picture drawn_portrait(std::uint32_t person, std::uint32_t picture) {
  std::mt19937 looks{person * 7919 + 1}, noise{person * 104729 + picture + 2};
  image::Picture drawn{kPortraitWidth, kPortraitHeight, 1, {}};
  const auto share = [&looks] { return static_cast<float>(looks() % 1000) / 1000.0F; };
  const float a = 0.2F + 0.5F * share(), b = 0.2F + 0.5F * share(), c = 6 * share();
  const float d = 0.01F * share();
  for (int y = 0; y < drawn.height; ++y) {
    for (int x = 0; x < drawn.width; ++x) {
      const auto left = static_cast<float>(x), top = static_cast<float>(y);
      const float wave = std::sin(a * left + c) + std::sin(b * top) + std::sin(d * left * top);
      const auto grain = static_cast<float>(noise() % 16);
      drawn.pixels.push_back(static_cast<std::uint8_t>(110 + 28 * wave + grain));
    }
  }
  return drawn;
}

inline std::vector<Person> drawn_people(std::uint32_t first, std::uint32_t count,
                                        std::uint32_t pictures) {
  std::vector<Person> people;
  for (std::uint32_t i = first; i < first + count; ++i) {
    Person person{"p" + std::to_string(i), {}};
    for (std::uint32_t k = 0; k < pictures; ++k) person.portraits.push_back(drawn_portrait(i, k));
    people.push_back(std::move(person));
  }
  return people;
}

}  // namespace harmonic::identity
