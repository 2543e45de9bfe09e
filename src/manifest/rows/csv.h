#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/yaml/yaml_document.h"
#include "syncwright/core/diagnostic.h"

namespace syncwright::manifest {

struct CsvCell {
  std::string text;  ///< without its quotes
  SourceSpan span;   ///< with them; clipped to the cell's first line
};

struct CsvRecord {
  std::vector<CsvCell> cells;  ///< at least one
  int last_line = 0;           ///< a quoted cell may hold line breaks
};

inline constexpr std::size_t kMaxCsvCells = 500'000;

/// The records of a comma separated file after RFC 4180: cells in double quotes may hold commas,
/// line breaks and doubled quotes; lines end with LF or CRLF; a byte order mark is skipped, and so
/// are empty lines. Blanks belong to the cell. `text` is valid UTF-8.
///
/// A quote in the wrong place, one that is never closed, a lone CR and more than kMaxCsvCells are
/// SW1015 at their place in `file`; the records must not be used then.
[[nodiscard]] std::vector<CsvRecord> parse_csv(std::string_view text, const FileName& file,
                                               Diagnostics& diagnostics);

}  // namespace syncwright::manifest
