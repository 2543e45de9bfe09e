#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright::manifest {

class Field;

/// One value of a row, and where it stands. The text is taken as it is: what it means is decided
/// by the field that it fills.
struct DataCell {
  std::string text;
  SourceRange where;
};

/// What `${each.COLUMN}` stands for while one application of a set is made.
struct DataRow {
  std::map<std::string, DataCell> cells;
  SourceRange where;  ///< its first cell, or the mapping that it is
  int last_line = 0;
};

/// A row that makes no application, since it is at fault.
struct FaultyRow {
  std::map<std::string, std::string> cells;  ///< those that can be read
  std::set<std::string> unreadable;          ///< the columns of the others
};

/// The rows of a set, in order: of a CSV, YAML or JSON file or of `forEach`.
struct DataTable {
  FileName file;                     ///< as diagnostics name it
  std::vector<std::string> columns;  ///< of a CSV's header; empty where each row has its own keys
  std::vector<DataRow> rows;
  SourceRange where;              ///< of the key that named it
  bool is_complete = true;        ///< false: rows at fault are left out, or none could be read
  std::vector<FaultyRow> faulty;  ///< what is left out
  bool knows_faulty = false;      ///< whether `faulty` has all of them
};

/// A set makes at most so many applications.
inline constexpr std::size_t kMaxDataRows = 10'000;

/// The rows of the file that `from` names: CSV with a header, or one YAML or JSON list of mappings
/// whose values are scalars, told apart by the file's ending. Faults of the data point into the
/// file, whose text goes to the source's `data_texts`. Values are taken as they are: references in
/// them are not replaced. Rows at fault are left out.
[[nodiscard]] DataTable as_data_file(const Field& from);

/// The same of a list in the manifest itself, which may be empty.
[[nodiscard]] DataTable as_data_rows(const Field& list);

/// Collects what is wrong with the applications that one set makes. A fault that all of them have
/// is the template's and is reported once; any other says which row it belongs to.
class RowFaults {
 public:
  explicit RowFaults(const DataTable& table) : table_(table) {}

  void take(const DataRow& row, const Diagnostics& found);
  /// All of them, in the order of the rows.
  [[nodiscard]] Diagnostics merge() const;

 private:
  using Key = std::tuple<Code, std::string, std::string, int, int>;
  [[nodiscard]] static Key key_of(const Diagnostic& diagnostic);

  const DataTable& table_;
  std::vector<std::pair<const DataRow*, Diagnostic>> found_;
  std::map<Key, std::size_t> rows_with_;
};

}  // namespace syncwright::manifest
