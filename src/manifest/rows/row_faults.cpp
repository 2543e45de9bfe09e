#include "manifest/rows/row_faults.h"

#include <fmt/format.h>

#include <set>

namespace syncwright {
namespace {

bool points_into(const SourceRange& where, const DataRow& row) {
  return where.file == row.where.file && where.line >= row.where.line &&
         where.line <= row.last_line;
}

}  // namespace

RowFaults::Key RowFaults::key_of(const Diagnostic& diagnostic) {
  return {diagnostic.code, diagnostic.message, diagnostic.where.file, diagnostic.where.line,
          diagnostic.where.column};
}

void RowFaults::take(const DataRow& row, const Diagnostics& found) {
  std::set<Key> counted;  // behind an alias a fault is found more than once
  for (const Diagnostic& diagnostic : found.items()) {
    if (!counted.insert(key_of(diagnostic)).second) continue;
    ++rows_with_[key_of(diagnostic)];
    found_.emplace_back(&row, diagnostic);
  }
}

Diagnostics RowFaults::told() const {
  Diagnostics told;
  std::set<Key> common;
  for (const auto& [row, found] : found_) {
    Diagnostic diagnostic = found;
    if (rows_with_.at(key_of(found)) == table_.rows.size()) {
      if (!common.insert(key_of(found)).second) continue;
    } else if (!points_into(found.where, *row)) {
      diagnostic.message +=
          fmt::format(" (row {}:{}:{})", row->where.file, row->where.line, row->where.column);
    }
    told.add(std::move(diagnostic));
  }
  return told;
}

}  // namespace syncwright
