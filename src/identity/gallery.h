// identity/gallery.h - the listeners who asked to be known, in one file of the data folder.
//
// Kept are names and features, never a picture; the file is its owner's alone (0600).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "identity/recogniser.h"

namespace harmonic::identity {

inline constexpr std::string_view kGalleryFile = "listeners.who";
inline constexpr std::size_t kMostListeners = 200, kMostPictures = 50, kLongestName = 64;

/// `model` is the digest of the weights that made the features; features of other weights mean
/// nothing. Listeners are in the order of their names.
struct Gallery {
  std::string model;
  std::vector<Listener> listeners;
};

/// A name is 1 to 64 bytes of UTF-8 without control characters, and no white space at its ends.
/// Errors  kInvalidInput.
[[nodiscard]] Result<void> check_name(std::string_view name);

/// Adds pictures to a listener, who is made when there is none of that name.
/// Errors  kInvalidInput: the name; no picture; features of another length than those here or not
///         finite; more listeners or pictures than are kept. The gallery is then unchanged.
[[nodiscard]] Result<void> enrol(Gallery& gallery, const std::string& name,
                                 const std::vector<Features>& pictures);

/// Takes a listener out. Errors  kNotFound: there is none of that name.
[[nodiscard]] Result<void> forget(Gallery& gallery, std::string_view name);

/// The file: "HFWHO", a line end, u32 version 1, the body, and the SHA-256 of all before it in hex.
[[nodiscard]] std::string encode_gallery(const Gallery& gallery);

/// Errors  kCorrupt: not such a file, of another version, or damaged.
[[nodiscard]] Result<Gallery> decode_gallery(std::string_view bytes);

/// The body alone, for who has checked the digest: the model's digest (64 characters), u32 numbers
/// a picture, u32 listeners; of each u32 length of the name, the name, u32 pictures, f32 features.
[[nodiscard]] Result<Gallery> decode_body(std::string_view body);

/// The gallery in a data folder; none is an empty gallery without a model.
/// Errors  kCorrupt: as decode_gallery.  kUnavailable: it cannot be read.
[[nodiscard]] Result<Gallery> read_gallery(const std::filesystem::path& data_folder);

/// While it lives, no other program changes the gallery of that folder: who reads, changes and
/// saves holds one, or of two changes at once the first would be lost. Released also when a program
/// dies.
class GalleryLock {
 public:
  /// Makes the folder (0700) when there is none, and waits for its turn.
  /// Errors  kUnavailable: the folder cannot be made or opened.
  [[nodiscard]] static Result<GalleryLock> take(const std::filesystem::path& data_folder);
  ~GalleryLock();
  GalleryLock(GalleryLock&& other) noexcept;
  GalleryLock& operator=(GalleryLock&&) = delete;

 private:
  explicit GalleryLock(int folder) : folder_{folder} {}
  int folder_;
};

/// Makes the folder (0700) when there is none. The old file stays whole until the new one is on the
/// disk; an empty gallery leaves no file.
/// Errors  kUnavailable: the folder cannot be written.
[[nodiscard]] Result<void> save_gallery(const Gallery& gallery,
                                        const std::filesystem::path& data_folder);

}  // namespace harmonic::identity
