#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "export/yaml_writer.h"

namespace syncwright::exporting {

/// The rows of an ApplicationSet, and what its template says in the place of a value that differs
/// between them.
class SetColumns {
 public:
  /// `rows`: what all rows have, as one-line mappings; references in them are escaped already.
  explicit SetColumns(std::vector<YamlOutput> rows);

  /// `values`: one for each row. The value itself where all are equal, else a reference to a new
  /// column of about that name.
  YamlOutput join(const std::string& wish, const std::vector<YamlOutput>& values);
  /// The reference to a column that the rows have in any case: "${each.NAME}".
  [[nodiscard]] static std::string reference_to(const std::string& column);

  /// The rows by now.
  [[nodiscard]] const std::vector<YamlOutput>& rows() const { return rows_; }

 private:
  std::string free_name(const std::string& wish);

  std::vector<YamlOutput> rows_;
  std::set<std::string> names_;
};

/// Visits the values of an application's spec that may differ between the applications of a set,
/// each with the name for its column: of notifications and deletions, and who is assigned.
void visit_columns(YamlOutput& spec,
                   const std::function<void(const std::string& wish, YamlOutput& value)>& visit);

}  // namespace syncwright::exporting
