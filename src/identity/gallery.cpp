#include "identity/gallery.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/digest.h"

namespace harmonic::identity {

namespace {

constexpr std::string_view kMagic = "HFWHO\n";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kDigestLength = 64;
constexpr std::uint32_t kMostNumbers = 4096;

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorKind::kCorrupt, "the file of the listeners: " + what);
}

tl::unexpected<Error> refuse(const std::string& what) {
  return fail(ErrorKind::kInvalidInput, what);
}

bool all_finite(const Features& features) {
  return std::ranges::all_of(features, [](float value) { return std::isfinite(value); });
}

/// The bytes of a character that `byte` begins; nothing for one that begins none.
std::optional<std::size_t> length_of(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xF0 && byte < 0xF5) return 4;
  return std::nullopt;
}

bool is_text(std::string_view name) {
  while (!name.empty()) {
    const auto first = static_cast<unsigned char>(name.front());
    const auto length = length_of(first);
    if (!length || *length > name.size() || first < 0x20 || first == 0x7F) return false;
    for (const char next : name.substr(1, *length - 1)) {
      if ((static_cast<unsigned char>(next) & 0xC0U) != 0x80U) return false;
    }
    name.remove_prefix(*length);
  }
  return true;
}

auto place_of(Gallery& gallery, std::string_view name) {
  return std::lower_bound(
      gallery.listeners.begin(), gallery.listeners.end(), name,
      [](const Listener& listener, std::string_view wanted) { return listener.name < wanted; });
}

std::size_t numbers_of(const Gallery& gallery) {
  return gallery.listeners.empty() ? 0 : gallery.listeners.front().pictures.front().size();
}

Result<Listener> take_listener(Bytes& left, std::size_t numbers) {
  const auto length = left.u32();
  const auto name = length ? left.text(*length) : std::nullopt;
  const auto count = left.u32();
  if (!name || !count || *count == 0 || *count > kMostPictures || !check_name(*name)) {
    return corrupt("no listener where one should be");
  }
  Listener listener{std::string{*name}, {}};
  for (std::uint32_t i = 0; i < *count; ++i) {
    auto features = left.numbers<float>(numbers);
    if (!features || !all_finite(*features)) return corrupt("features are cut off or no numbers");
    listener.pictures.push_back(*std::move(features));
  }
  return listener;
}

}  // namespace

Result<void> check_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || !is_text(name) || name.front() == ' ' ||
      name.back() == ' ') {
    return refuse("a listener's name has 1 to 64 bytes of text, without blanks at its ends");
  }
  return {};
}

Result<void> enrol(Gallery& gallery, const std::string& name,
                   const std::vector<Features>& pictures) {
  HARMONIC_CHECK(check_name(name));
  if (pictures.empty()) return refuse("no picture to know " + name + " by");
  const std::size_t numbers =
      gallery.listeners.empty() ? pictures.front().size() : numbers_of(gallery);
  for (const auto& picture : pictures) {
    if (picture.empty() || picture.size() != numbers || numbers > kMostNumbers ||
        !all_finite(picture)) {
      return refuse("a picture's features have " + std::to_string(picture.size()) +
                    " numbers, others " + std::to_string(numbers));
    }
  }
  const auto place = place_of(gallery, name);
  const bool here = place != gallery.listeners.end() && place->name == name;
  if (!here && gallery.listeners.size() >= kMostListeners) {
    return refuse("no more than " + std::to_string(kMostListeners) + " listeners are kept");
  }
  if ((here ? place->pictures.size() : 0) + pictures.size() > kMostPictures) {
    return refuse("no more than " + std::to_string(kMostPictures) + " pictures of one listener " +
                  "are kept; forget " + name + " first");
  }
  if (here) {
    place->pictures.insert(place->pictures.end(), pictures.begin(), pictures.end());
  } else {
    gallery.listeners.insert(place, {name, pictures});
  }
  return {};
}

Result<void> forget(Gallery& gallery, std::string_view name) {
  const auto place = place_of(gallery, name);
  if (place == gallery.listeners.end() || place->name != name) {
    return fail(ErrorKind::kNotFound, "nobody is enrolled as " + std::string{name} +
                                          "; `harmonic who --list` tells who is");
  }
  gallery.listeners.erase(place);
  return {};
}

std::string encode_gallery(const Gallery& gallery) {
  assert(gallery.model.size() == kDigestLength);
  std::string bytes{kMagic};
  put_u32(bytes, kVersion);
  bytes += gallery.model;
  put_u32(bytes, static_cast<std::uint32_t>(numbers_of(gallery)));
  put_u32(bytes, static_cast<std::uint32_t>(gallery.listeners.size()));
  for (const auto& listener : gallery.listeners) {
    put_u32(bytes, static_cast<std::uint32_t>(listener.name.size()));
    bytes += listener.name;
    put_u32(bytes, static_cast<std::uint32_t>(listener.pictures.size()));
    for (const auto& picture : listener.pictures) put_all(bytes, picture);
  }
  return bytes + sha256_hex(bytes);
}

Result<Gallery> decode_gallery(std::string_view bytes) {
  Bytes left{bytes};
  if (left.text(kMagic.size()) != kMagic) return corrupt("it is none");
  if (left.u32() != kVersion) return corrupt("another version of the program wrote it");
  const std::size_t head = kMagic.size() + sizeof(std::uint32_t);
  if (bytes.size() < head + kDigestLength) return corrupt("it is cut off");
  const auto whole = bytes.substr(0, bytes.size() - kDigestLength);
  if (sha256_hex(whole) != bytes.substr(whole.size())) return corrupt("it is damaged");
  return decode_body(whole.substr(head));
}

Result<Gallery> decode_body(std::string_view body) {
  Bytes left{body};
  const auto model = left.text(kDigestLength);
  const auto numbers = left.u32();
  const auto count = left.u32();
  if (!model || !numbers || !count || *count > kMostListeners || *numbers > kMostNumbers ||
      (*count > 0 && *numbers == 0)) {
    return corrupt("its head cannot be");
  }
  Gallery gallery{std::string{*model}, {}};
  for (std::uint32_t i = 0; i < *count; ++i) {
    HARMONIC_TRY(auto listener, take_listener(left, *numbers));
    if (i > 0 && !(gallery.listeners.back().name < listener.name)) {
      return corrupt("its names are not in order");
    }
    gallery.listeners.push_back(std::move(listener));
  }
  if (!left.empty()) return corrupt("it is longer than it says");
  return gallery;
}

}  // namespace harmonic::identity
