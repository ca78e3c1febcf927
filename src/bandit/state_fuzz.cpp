// Anything at all as a listener's wishes, with its digest made right: wishes that can be used, or
// refused.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bandit/state.h"
#include "base/digest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace harmonic;
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  static_cast<void>(bandit::decode(body));
  const std::string version{"\x01\x00\x00\x00", 4};
  auto wishes = bandit::decode("HFWI" + version + sha256_hex(body) + std::string{body});
  if (!wishes) return 0;
  const auto mood = ValenceArousal::clamped(-0.5, 0.5);
  bandit::Traits song{};
  song.fill(0.5F);
  wishes->learn({mood, song, bandit::Ending::kFinished, 1.0F});
  const float score = wishes->explore(mood, 7).score(song);
  if (!(score >= 0.0F && score <= 1.0F)) std::abort();
  if (!bandit::decode(bandit::encode(*wishes))) std::abort();
  return 0;
}
