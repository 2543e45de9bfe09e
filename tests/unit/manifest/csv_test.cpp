#include "manifest/rows/csv.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

std::string faults_of(std::string_view text) {
  Diagnostics diagnostics;
  (void)parse_csv(text, "f", diagnostics);
  std::string faults;
  for (const Diagnostic& found : diagnostics.items()) {
    faults += fmt::format("{} {}:{} ", found.code, found.where.line, found.where.column);
  }
  return faults;
}

/// Cells joined by `|`, records by a newline.
std::string cells_of(std::string_view text) {
  Diagnostics diagnostics;
  std::string cells;
  for (const CsvRecord& record : parse_csv(text, "f", diagnostics)) {
    for (const CsvCell& cell : record.cells) cells += cell.text + "|";
    cells += "\n";
  }
  CHECK(diagnostics.empty());
  return cells;
}

std::string in_quotes(const std::string& cell) {
  std::string text = "\"";
  for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

}  // namespace

TEST_CASE("plain and quoted cells, empty ones among them") {
  CHECK(cells_of("a,b\nc,d\n") == "a|b|\nc|d|\n");
  CHECK(cells_of("a,b\nc,d") == "a|b|\nc|d|\n");
  CHECK(cells_of(",\n\"\",\"a\"\"b\"\n") == "||\n|a\"b|\n");
  CHECK(cells_of("\"a,b\n c\", d \n") == "a,b\n c| d |\n");
}

TEST_CASE("line ends, empty lines and a byte order mark") {
  CHECK(cells_of("\xEF\xBB\xBF"
                 "a\r\n\r\nb\n\nc\r\n") == "a|\nb|\nc|\n");
  CHECK(cells_of("\"a\r\nb\"\r\n") == "a\r\nb|\n");
  CHECK(cells_of("").empty());
  CHECK(cells_of("\n\r\n").empty());
}

TEST_CASE("every cell knows its place") {
  Diagnostics diagnostics;
  const auto records = parse_csv(
      "\xEF\xBB\xBF"
      "ab,c\n\"x\ny\",\"z\"\n",
      "f", diagnostics);
  REQUIRE(records.size() == 2);
  const auto place = [](const CsvCell& cell) {
    return fmt::format("{}:{}-{}", cell.span.line, cell.span.column, cell.span.end_column);
  };
  CHECK(place(records[0].cells[0]) == "1:1-3");
  CHECK(place(records[0].cells[1]) == "1:4-5");
  CHECK(place(records[1].cells[0]) == "2:1-2");
  CHECK(place(records[1].cells[1]) == "3:4-7");
  CHECK(records[0].last_line == 1);
  CHECK(records[1].last_line == 3);
}

TEST_CASE("quotes in a wrong place and lone carriage returns are told with their place") {
  CHECK(faults_of("a,b\"c\nd,\"e\"f\n") == "SW1015 1:4 SW1015 2:6 ");
  CHECK(faults_of("a\nb,\"c\nd\n") == "SW1015 2:3 ");
  CHECK(faults_of("a\rb\n") == "SW1015 1:2 ");
  CHECK(faults_of("\"") == "SW1015 1:1 ");
}

TEST_CASE("a file of too many cells is given up") {
  CHECK(faults_of(std::string(kMaxCsvCells, ',')) == fmt::format("SW1015 1:{} ", kMaxCsvCells + 1));
  CHECK(faults_of(std::string(kMaxCsvCells - 1, ',')).empty());
}

TEST_CASE("any cells that are written after RFC 4180 are read back") {
  std::mt19937 random(4180);
  const std::string alphabet = "ab \",\n\r;'\t\xC3\xA4";
  const auto pick = [&random](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  for (int round = 0; round < 300; ++round) {
    std::string text;
    std::string expected;
    const std::size_t columns = 1 + pick(4);
    for (std::size_t row = 0, rows = 1 + pick(5); row < rows; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        std::string cell;
        for (std::size_t length = pick(8); length > 0; --length)
          cell += alphabet[pick(alphabet.size())];
        const bool needs_quotes =
            columns == 1 || cell.find_first_of("\",\n\r") != std::string::npos;
        text += (column == 0 ? "" : ",") + (needs_quotes || pick(3) == 0 ? in_quotes(cell) : cell);
        expected += cell + "|";
      }
      text += pick(2) == 0 ? "\n" : "\r\n";
      expected += "\n";
    }
    CAPTURE(text);
    CHECK(cells_of(text) == expected);
  }
}
