#include "manifest/rows/csv.h"

#include <fmt/format.h>

#include <utility>

namespace syncwright::manifest {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, const LineIndex& lines, const FileName& file,
            Diagnostics& diagnostics)
      : text_(text), lines_(lines), file_(file), diagnostics_(diagnostics) {}

  std::vector<CsvRecord> read() {
    while (!at_end() && !gave_up_) {
      if (take_line_end()) continue;  // an empty line
      read_record();
    }
    return std::move(records_);
  }

 private:
  void read_record() {
    CsvRecord record;
    do {
      if (++cells_ > kMaxCsvCells) {
        report(here(at_), fmt::format("more than {} cells", kMaxCsvCells), "split the file");
        gave_up_ = true;
        return;
      }
      record.cells.push_back(!at_end() && text_[at_] == '"' ? quoted_cell() : plain_cell());
    } while (!gave_up_ && take(','));
    record.last_line = line_;
    records_.push_back(std::move(record));
    if (!at_end() && !gave_up_) take_line_end();
  }

  CsvCell plain_cell() {
    const std::size_t start = at_;
    while (!at_end() && text_[at_] != ',' && !at_line_end()) {
      if (text_[at_] == '"') {
        report(here(at_), "a quote inside a cell that is not quoted",
               "put the whole cell in quotes and double this one");
        skip_rest_of_cell();
        break;
      }
      if (text_[at_] == '\r') {
        report(here(at_), "a carriage return without a line feed", "end lines with LF or CRLF");
      }
      ++at_;
    }
    return {std::string(text_.substr(start, at_ - start)), lines_.span(start, at_)};
  }

  CsvCell quoted_cell() {
    CsvCell cell;
    const std::size_t start = at_++;
    cell.span = here(start);
    const int first_line = line_;
    while (true) {
      if (at_end()) {
        report(cell.span, "the quote that opens here is never closed",
               "close it, or double a quote that belongs to the text");
        gave_up_ = true;
        return cell;
      }
      if (take('"')) {
        if (!take('"')) break;
        cell.text += '"';
      } else {
        cell.text += text_[at_];
        if (text_[at_++] == '\n') ++line_;
      }
    }
    if (line_ == first_line) cell.span = lines_.span(start, at_);
    if (!at_end() && text_[at_] != ',' && !at_line_end()) {
      report(here(at_), "text after the closing quote of a cell",
             "put a comma between two cells, or double a quote that belongs to the text");
      skip_rest_of_cell();
    }
    return cell;
  }

  void skip_rest_of_cell() {
    while (!at_end() && text_[at_] != ',' && !at_line_end()) ++at_;
  }

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool at_line_end() const {
    return text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n");
  }
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  bool take_line_end() {
    if (!at_line_end()) return false;
    at_ += text_[at_] == '\n' ? 1 : 2;
    ++line_;
    return true;
  }
  [[nodiscard]] SourceSpan here(std::size_t at) const { return lines_.span(at, at + 1); }

  void report(const SourceSpan& where, std::string message, std::string advice) {
    diagnostics_.add(Code::SW1015, source_range(file_, where), std::move(message),
                     std::move(advice));
  }

  std::string_view text_;
  const LineIndex& lines_;
  const FileName& file_;
  Diagnostics& diagnostics_;
  std::vector<CsvRecord> records_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::size_t cells_ = 0;
  bool gave_up_ = false;
};

}  // namespace

std::vector<CsvRecord> parse_csv(std::string_view text, const FileName& file,
                                 Diagnostics& diagnostics) {
  const std::size_t mark = remove_byte_order_mark(text);
  const LineIndex lines(text, mark);
  return CsvReader(text, lines, file, diagnostics).read();
}

}  // namespace syncwright::manifest
