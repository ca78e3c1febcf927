#include "songlist/csv_table.h"

#include <csv.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>
#include <utility>

#include "songlist/text.h"

namespace harmonic::songlist {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// What libcsv calls back into.
struct Rows {
  std::vector<std::vector<std::string>> all;
  std::vector<std::string> row;

  static void on_field(void* data, std::size_t size, void* rows) {
    const std::string_view value{size > 0 ? static_cast<const char*>(data) : "", size};
    static_cast<Rows*>(rows)->row.emplace_back(trimmed(value));
  }
  static void on_row(int, void* rows) {
    auto& self = *static_cast<Rows*>(rows);
    self.all.push_back(std::exchange(self.row, {}));
  }
};

unsigned char separator_of(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  const auto more = [line](char a, char b) {
    return std::ranges::count(line, a) < std::ranges::count(line, b);
  };
  return static_cast<unsigned char>(std::max({',', ';', '\t'}, more));
}

struct Freed {
  void operator()(csv_parser* parser) const {
    csv_free(parser);
    delete parser;
  }
};

}  // namespace

Result<Table> parse_csv(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!is_utf8(text)) {
    return fail(ErrorKind::kInvalidInput, "is no UTF-8 text; save it as CSV in UTF-8");
  }
  const std::unique_ptr<csv_parser, Freed> parser{new csv_parser{}};
  Rows rows;
  csv_init(parser.get(), 0);
  csv_set_delim(parser.get(), separator_of(text));
  const auto read =
      csv_parse(parser.get(), text.data(), text.size(), Rows::on_field, Rows::on_row, &rows);
  // Lenient within the file, strict about its end: a lost quote would swallow the rest in silence.
  csv_set_opts(parser.get(), CSV_STRICT | CSV_STRICT_FINI);
  const bool whole =
      read == text.size() && csv_fini(parser.get(), Rows::on_field, Rows::on_row, &rows) == 0;
  if (!whole) {
    return fail(
        ErrorKind::kInvalidInput,
        "has a quote after row " + std::to_string(rows.all.size()) + " that never ends; close it");
  }
  if (rows.all.empty()) {
    return fail(ErrorKind::kInvalidInput, "is empty; its first line must name the columns");
  }
  Table table{std::move(rows.all.front()), {}};
  table.rows.assign(std::make_move_iterator(rows.all.begin() + 1),
                    std::make_move_iterator(rows.all.end()));
  return table;
}

Result<Table> read_csv(const fs::path& file) {
  const auto name = file.string();
  std::error_code problem;
  const auto status = fs::status(file, problem);
  if (status.type() == fs::file_type::not_found) {
    return fail(ErrorKind::kNotFound, name + " does not exist");
  }
  if (!fs::is_regular_file(status)) {
    return fail(ErrorKind::kInvalidInput, name + " is not a file; name a CSV file");
  }
  if (fs::file_size(file, problem) > kMostBytes || problem) {
    return fail(ErrorKind::kInvalidInput, name + " is over 64 MiB; split it into several lists");
  }
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return fail(ErrorKind::kUnavailable, name + " cannot be read; mend its rights");
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  auto table = parse_csv(text);
  if (!table) return fail(table.error().kind, name + " " + table.error().message);
  return table;
}

}  // namespace harmonic::songlist
