#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "manifest/rows/data_table.h"
#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// Collects what is wrong with the applications that one set makes. A fault that all of them have
/// is the template's and is told once; any other says which row it belongs to.
class RowFaults {
 public:
  explicit RowFaults(const DataTable& table) : table_(table) {}

  void take(const DataRow& row, const Diagnostics& found);
  /// In the order of the rows.
  [[nodiscard]] Diagnostics told() const;

 private:
  using Key = std::tuple<std::string, std::string, std::string, int, int>;
  [[nodiscard]] static Key key_of(const Diagnostic& diagnostic);

  const DataTable& table_;
  std::vector<std::pair<const DataRow*, Diagnostic>> found_;
  std::map<Key, std::size_t> rows_with_;
};

}  // namespace syncwright
