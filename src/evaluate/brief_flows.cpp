#include "evaluate/brief_flows.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "image/codec.h"

namespace harmonic::evaluate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kList = "combined_3_class2_for_optical_flow.csv";
constexpr std::string_view kPictures = "datasets/STSNet_whole_norm_u_v_os";
constexpr std::string_view kHeader = "dataset,sub,filename_o,label,";

std::string_view take(std::string_view& text, char end) {
  const auto at = text.find(end);
  const auto part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

tl::unexpected<Error> bad_line(std::size_t line, std::string_view wanted) {
  return fail(ErrorKind::kCorrupt, "line " + std::to_string(line) + " is not " +
                                       std::string{wanted} + ": unpack the archive again");
}

}  // namespace

Result<std::vector<BriefLine>> parse_brief_list(std::string_view text) {
  if (!take(text, '\n').starts_with(kHeader)) return bad_line(1, kHeader);
  std::vector<BriefLine> lines;
  for (std::size_t number = 2; !text.empty(); ++number) {
    auto rest = take(text, '\n');
    if (rest.empty()) continue;
    BriefLine line;
    line.corpus = take(rest, ',');
    line.subject = take(rest, ',');
    line.file = take(rest, ',');
    const auto label = take(rest, ',');
    if (line.corpus.empty() || line.subject.empty() || line.file.empty() || label.size() != 1 ||
        label[0] < '0' || label[0] > '2') {
      return bad_line(number, "a corpus, a subject, a clip and a label from 0 to 2");
    }
    line.label = static_cast<std::uint8_t>(label[0] - '0');
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<BriefClip>> read_brief_clips(const fs::path& dir) {
  const auto path = dir / kList;
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return fail(ErrorKind::kNotFound,
                path.string() + " cannot be opened: unpack me_flow_htnet and name its folder");
  }
  const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  auto lines = parse_brief_list(text);
  if (!lines) return tl::unexpected{std::move(lines).error().while_doing(path.string())};
  std::vector<BriefClip> clips;
  for (const auto& line : *lines) {
    // The archive's names end in a blank before the dot.
    const auto picture = dir / kPictures / (line.subject + "_" + line.file + " .png");
    HARMONIC_TRY(auto flow, image::decode_file(picture));
    if (flow.width != kFlowSide || flow.height != kFlowSide) {
      return fail(ErrorKind::kCorrupt,
                  picture.string() + " is not 28x28: unpack the archive again");
    }
    clips.push_back({line.corpus, line.corpus + "/" + line.subject, line.label, std::move(flow)});
  }
  return clips;
}

}  // namespace harmonic::evaluate
