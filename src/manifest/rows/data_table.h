#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// One value of a row, and where it stands. The text is taken as it is: what it means is decided
/// by the field that it fills.
struct DataCell {
  std::string text;
  SourceRange where;
};

/// What `${each.COLUMN}` stands for while one application of a set is made.
struct DataRow {
  std::map<std::string, DataCell> cells;
  SourceRange where;  ///< its first byte
  int last_line = 0;
};

/// A row that makes no application, since it is at fault.
struct FaultyRow {
  std::map<std::string, std::string> cells;  ///< those that can be read
  std::set<std::string> unreadable;          ///< the columns of the others
};

/// The rows of a set, in order: of a CSV, YAML or JSON file or of `forEach`.
struct DataTable {
  std::string file;                  ///< as diagnostics name it
  std::vector<std::string> columns;  ///< of a CSV's header; empty where each row has its own keys
  std::vector<DataRow> rows;
  SourceRange where;              ///< of the key that named it
  bool is_complete = true;        ///< false: rows at fault are left out, or nobody could read any
  std::vector<FaultyRow> faulty;  ///< what is left out
  bool knows_faulty = false;      ///< whether `faulty` has all of them
};

/// A set makes at most so many applications.
inline constexpr std::size_t kMaxDataRows = 10'000;

}  // namespace syncwright
