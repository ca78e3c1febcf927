#include <libxml/parser.h>
#include <libxml/xmlreader.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <mutex>

#include "smartlist/playlist_file.h"
#include "smartlist/uri.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

struct FreeReader {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using Reader = std::unique_ptr<xmlTextReader, FreeReader>;

/// The first thing that the library has to say about a document.
struct Complaint {
  std::string text;
  int line = 0;
};

void keep_complaint(void* into, xmlErrorPtr error) {
  auto& complaint = *static_cast<Complaint*>(into);
  if (!complaint.text.empty() || error == nullptr || error->message == nullptr) return;
  complaint.text = one_line(error->message);
  complaint.line = error->line;
}

std::string name_of(xmlTextReader* reader) {
  const auto* name = xmlTextReaderConstLocalName(reader);
  return name == nullptr ? std::string{} : std::string{reinterpret_cast<const char*>(name)};
}

tl::unexpected<Error> refuse(const std::string& what) {
  return fail(ErrorKind::kInvalidInput, "is no XSPF playlist: " + what);
}

/// Follows the reader through the document; text is gathered for the element that is open.
class Document {
 public:
  PlaylistFile file;

  Result<void> node(xmlTextReader* reader) {
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_DOCUMENT_TYPE:
        return refuse("it has a document type declaration, which XSPF has not; take <!DOCTYPE out");
      case XML_READER_TYPE_ELEMENT: return begin(reader);
      case XML_READER_TYPE_END_ELEMENT: end(); return {};
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (const auto* text = xmlTextReaderConstValue(reader); text != nullptr && is_wanted())
          text_ += reinterpret_cast<const char*>(text);
        return {};
      default: return {};
    }
  }

  [[nodiscard]] bool seen_root() const { return seen_root_; }

 private:
  Result<void> begin(xmlTextReader* reader) {
    auto name = name_of(reader);
    if (open_.empty()) {
      if (name != "playlist") return refuse("its root is <" + name + ">, not <playlist>");
      seen_root_ = true;
    }
    open_.push_back(std::move(name));
    text_.clear();
    if (is_track()) entry_ = {};
    if (xmlTextReaderIsEmptyElement(reader) == 1) end();
    return {};
  }

  void end() {
    if (open_.empty()) return;
    if (is_track()) {
      entry_.uris = true;
      file.entries.push_back(entry_);
    } else if (is_wanted()) {
      take_text();
    }
    open_.pop_back();
    text_.clear();
  }

  [[nodiscard]] bool is_track() const {
    return open_.size() == 3 && open_[1] == "trackList" && open_[2] == "track";
  }
  /// Whether the text of the open element means something to us.
  [[nodiscard]] bool is_wanted() const {
    return open_.size() == 2 || (open_.size() == 4 && open_[2] == "track");
  }

  void take_text() {
    const auto text = one_line(text_);
    if (open_.size() == 2) {
      if (open_[1] == "title") file.name = text;
      return;
    }
    const auto& name = open_[3];
    if (name == "location" && !text.empty()) entry_.locations.push_back(text);
    if (name == "title") entry_.title = text;
    if (name == "creator") entry_.artist = text;
    if (name == "album") entry_.album = text;
    if (name == "duration") {
      std::int64_t ms = 0;
      const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), ms);
      constexpr std::int64_t kLongest = 10'000'000'000;  // 115 days
      if (problem == std::errc{} && stop == text.data() + text.size() && ms > 0 && ms < kLongest)
        entry_.duration = std::chrono::milliseconds{ms};
    }
  }

  std::vector<std::string> open_;
  std::string text_;
  Entry entry_;
  bool seen_root_ = false;
};

/// What XML can hold of a text, with its own characters escaped.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : one_line(as_utf8(text))) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  // U+FFFE and U+FFFF are UTF-8 and not XML.
  for (const std::string_view odd : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = out.find(odd); at != std::string::npos; at = out.find(odd, at)) out.erase(at, 3);
  }
  return out;
}

void add(std::string& text, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  text.append("      <").append(name).append(">").append(value);
  text.append("</").append(name).append(">\n");
}

}  // namespace

Result<PlaylistFile> parse_xspf(std::string_view text) {
  static std::once_flag ready;
  std::call_once(ready, xmlInitParser);
  if (text.empty()) return refuse("it is empty");
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return refuse("it is too long");
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  const Reader reader{
      xmlReaderForMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, kOptions)};
  if (!reader) return fail(ErrorKind::kUnavailable, "cannot be read: there is no memory for it");
  Complaint complaint;
  xmlTextReaderSetStructuredErrorHandler(reader.get(), keep_complaint, &complaint);
  Document document;
  int more = 0;
  while ((more = xmlTextReaderRead(reader.get())) == 1) {
    HARMONIC_CHECK(document.node(reader.get()));
  }
  if (more != 0) {
    return refuse(complaint.text.empty()
                      ? "it is no well-formed XML"
                      : "line " + std::to_string(complaint.line) + ": " + complaint.text);
  }
  if (!document.seen_root()) return refuse("it is empty");
  return std::move(document.file);
}

std::string write_xspf(const Written& playlist, const std::filesystem::path& folder) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n";
  text.append("  <title>").append(escaped(playlist.name)).append("</title>\n  <trackList>\n");
  for (const auto& song : playlist.songs) {
    const auto near = song.path.lexically_relative(folder).native();
    const bool inside = !near.empty() && near != "." && near != ".." && !near.starts_with("../");
    text.append("    <track>\n");
    add(text, "location",
        inside ? percent_encoded_path(near) : "file://" + percent_encoded_path(song.path.native()));
    add(text, "title", escaped(song.shown_title()));
    add(text, "creator", escaped(song.tags.artist));
    add(text, "album", escaped(song.tags.album));
    if (song.tags.track) add(text, "trackNum", std::to_string(*song.tags.track));
    if (song.duration.count() > 0) add(text, "duration", std::to_string(song.duration.count()));
    text.append("    </track>\n");
  }
  return text.append("  </trackList>\n</playlist>\n");
}

}  // namespace harmonic::smartlist
