// evaluate/brief_flows.h - optical flows of brief expressions with their classes and subjects.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::evaluate {

/// The three classes of MEGC 2019 as the archive numbers them.
inline constexpr std::size_t kBriefClasses = 3;
inline constexpr std::array<std::string_view, kBriefClasses> kBriefNames{"negative", "positive",
                                                                         "surprise"};
inline constexpr int kFlowSide = 28;

/// One clip, onset to apex.
struct BriefClip {
  std::string corpus;      ///< "casme2", "samm", "smic"
  std::string subject;     ///< corpus and its subject: those of two corpora are never one
  std::uint8_t label = 0;  ///< 0 .. 2
  /// 28x28; the channels are horizontal flow, vertical flow and optical strain, each stretched to
  /// 0 .. 255 over its clip, so that where zero lies and how large the motion was is not told.
  image::Picture flow;
};

/// A line of the list of clips.
struct BriefLine {
  std::string corpus, subject, file;
  std::uint8_t label = 0;
};

/// "dataset,sub,filename_o,label,..." as HTNet's authors (Wang et al. 2024) publish it.
/// Errors  kCorrupt: another header, a label over 2, a line too short.
[[nodiscard]] Result<std::vector<BriefLine>> parse_brief_list(std::string_view text);

/// Every clip of the unpacked archive, in the order of its list.
/// Errors  kNotFound: no list or no picture of a clip.  kCorrupt: a list or picture of another
/// form.
[[nodiscard]] Result<std::vector<BriefClip>> read_brief_clips(const std::filesystem::path& dir);

}  // namespace harmonic::evaluate
