#include "manifest/rows/data_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/project_files.h"
#include "manifest/rows/csv.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright::manifest {
namespace {

namespace fs = std::filesystem;

/// Whether the file is one list of YAML or JSON; CSV else.
bool is_list(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

/// Spreadsheets of some languages save other separators.
bool is_separated_otherwise(const CsvRecord& header) {
  return header.cells.size() == 1 &&
         header.cells.front().text.find_first_of(";\t|") != std::string::npos;
}

/// The header's names; false, and reported, where one is empty or occurs twice.
bool read_header(const CsvRecord& header, DataTable& table, Diagnostics& diagnostics) {
  std::map<std::string, SourceSpan> seen;
  bool good = true;
  if (is_separated_otherwise(header)) {
    diagnostics.add(Code::SW1015, source_range(table.file, header.cells.front().span),
                    "the header is one cell", "separate cells with commas");
    return false;
  }
  for (const CsvCell& cell : header.cells) {
    const SourceRange where = source_range(table.file, cell.span);
    table.columns.push_back(cell.text);
    if (cell.text.empty()) {
      diagnostics.add(Code::SW1016, where,
                      fmt::format("column {} has no name", table.columns.size()),
                      "name it, or remove the comma that makes it");
      good = false;
    } else if (const auto [first, added] = seen.emplace(cell.text, cell.span); !added) {
      diagnostics.add(Code::SW1016, where,
                      fmt::format("the column {} occurs twice, first at column {} of the line",
                                  quote_value(cell.text), first->second.column),
                      "rename one of the two");
      good = false;
    }
  }
  return good;
}

void report_ragged(const CsvRecord& record, const DataTable& table, Diagnostics& diagnostics) {
  const std::size_t wanted = table.columns.size();
  const std::size_t found = record.cells.size();
  const SourceSpan& at = record.cells[std::min(found - 1, wanted)].span;
  diagnostics.add(Code::SW1015, source_range(table.file, at),
                  fmt::format("{} cells in this row, {} in the header", found, wanted),
                  found > wanted ? "put a cell that holds a comma in quotes"
                                 : "an empty cell still needs its comma");
}

DataRow row_of(const CsvRecord& record, const DataTable& table) {
  DataRow row;
  row.where = source_range(table.file, record.cells.front().span);
  row.last_line = record.last_line;
  for (std::size_t index = 0; index < table.columns.size(); ++index) {
    const CsvCell& cell = record.cells[index];
    row.cells[table.columns[index]] = {cell.text, source_range(table.file, cell.span)};
  }
  return row;
}

/// The rows go into `table`, which is not complete where anything is at fault.
void read_csv(std::string_view text, DataTable& table, Diagnostics& diagnostics) {
  Diagnostics found;
  if (const auto fault = find_text_fault(text)) {
    const SourceSpan where = LineIndex(text).span(fault->offset, fault->offset);
    diagnostics.add(Code::SW0106, source_range(table.file, where), fault->message,
                    "save the file as UTF-8 text");
    table.is_complete = false;
    return;
  }
  const std::vector<CsvRecord> records = parse_csv(text, table.file, found);
  if (records.empty() && found.empty()) {
    found.add(Code::SW1015, {table.file, 0, 0, 0}, "the file has no header",
              "write the names of the columns into the first line");
  }
  if (!found.has_errors() && read_header(records.front(), table, found)) {
    for (auto record = records.begin() + 1; record != records.end(); ++record) {
      if (record->cells.size() != table.columns.size()) {
        report_ragged(*record, table, found);
      } else {
        table.rows.push_back(row_of(*record, table));
      }
    }
  }
  table.is_complete = !found.has_errors();
  diagnostics.append(std::move(found));
}

int last_line_of(const YamlNode& node) {
  int line = node.span.line;
  for (const YamlEntry& entry : node.entries) line = std::max(line, last_line_of(entry.value));
  return line;
}

/// What is at fault goes into `faulty`.
std::optional<DataRow> as_row(const Field& field, FaultyRow& faulty) {
  if (!field.expect_mapping()) return std::nullopt;
  DataRow row;
  row.where = field.range();
  row.last_line = last_line_of(field.node());
  bool good = true;
  for (const Field& entry : Keys(field).all()) {
    auto text = as_scalar(entry);
    good = good && text.has_value();
    if (!text) {
      faulty.unreadable.insert(entry.name());
      continue;
    }
    faulty.cells[entry.name()] = *text;
    row.cells[entry.name()] = {std::move(*text), entry.range()};
  }
  return good ? std::optional(std::move(row)) : std::nullopt;
}

/// Rows written as a list, into `table`.
void read_rows(const Field& list, DataTable& table) {
  if (list.node().kind != YamlNode::Kind::sequence) {
    (void)list.expect_list();
    table.is_complete = false;
    return;
  }
  table.knows_faulty = true;
  for (const Field& item : list.items()) {
    FaultyRow faulty;
    auto row = as_row(item, faulty);
    if (row) {
      table.rows.push_back(std::move(*row));
      continue;
    }
    table.is_complete = false;
    // A text or a list in the place of a row may have been meant as any.
    table.knows_faulty = table.knows_faulty && item.node().kind == YamlNode::Kind::mapping;
    table.faulty.push_back(std::move(faulty));
  }
}

void read_list(std::string_view text, DataTable& table, ManifestSource& source) {
  ManifestSource data;
  data.file = table.file;
  const std::vector<YamlNode> documents = parse_yaml(text, data.file, data.diagnostics);
  if (documents.size() != 1 && data.diagnostics.empty()) {
    data.diagnostics.add(Code::SW1002, {data.file, 0, 0, 0}, "the file must hold one list of rows",
                         "write [] for no row at all");
  }
  const bool is_whole = !data.diagnostics.has_errors();
  for (const YamlNode& document : documents) {
    read_rows(Field(data, document, "the file", document.span), table);
  }
  table.knows_faulty = table.knows_faulty && is_whole;
  table.is_complete = table.is_complete && !data.diagnostics.has_errors();
  source.diagnostics.append(std::move(data.diagnostics));
}

/// No line of a table with a column for secrets is shown, not even beside another fault.
bool names_a_secret(std::string_view text) {
  const std::vector<std::string>& keys = model::secret_keys();
  return std::any_of(keys.begin(), keys.end(), [text](const std::string& key) {
    return model::is_masked_secret_key(key) && text.find(key) != std::string_view::npos;
  });
}

/// Drops all rows where there are too many: they would only be read to be refused.
void check_size(const Field& field, DataTable& table) {
  if (table.rows.size() <= kMaxDataRows) return;
  field.report(Code::SW0103, fmt::format("{} rows, {} at most", table.rows.size(), kMaxDataRows),
               "split the rows over several sets");
  table.rows.clear();
  table.is_complete = false;
  table.knows_faulty = false;
}

/// The file that `from` names, where it may hold rows.
std::optional<fs::path> as_path_of_rows(const Field& from) {
  const std::optional<fs::path> path = as_project_file(from);
  if (!path || is_list(*path) || path->extension() == ".csv") return path;
  from.report(Code::SW1005, fmt::format("{} is no file of rows", quote_value(from.text())),
              "name a file that ends in .csv, .yaml, .yml or .json");
  return std::nullopt;
}

void read_file_of_rows(const Field& from, const fs::path& path, DataTable& table) {
  ManifestSource& source = from.source();
  const auto text = read_text(path, table.file, source.diagnostics);
  table.is_complete = text.has_value();
  if (!text) return;
  if (is_list(path)) {
    read_list(*text, table, source);
  } else {
    read_csv(*text, table, source.diagnostics);
  }
  if (is_list(path) || !names_a_secret(*text)) {
    source.data_texts.push_back({table.file, redact(*text, {})});
  }
  check_size(from, table);
}

}  // namespace

DataTable as_data_file(const Field& from) {
  DataTable table;
  table.where = from.range();
  const std::optional<fs::path> path = as_path_of_rows(from);
  if (!path) {
    table.is_complete = false;
    return table;
  }
  ManifestSource& source = from.source();
  source.data_files.push_back(*path);
  table.file = display_name(*path, source.working_folder);
  read_file_of_rows(from, *path, table);
  return table;
}

DataTable as_data_rows(const Field& list) {
  DataTable table;
  table.file = list.source().file;
  table.where = list.range();
  read_rows(list, table);
  check_size(list, table);
  return table;
}

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

Diagnostics RowFaults::merge() const {
  Diagnostics merged;
  std::set<Key> common;
  for (const auto& [row, found] : found_) {
    Diagnostic diagnostic = found;
    if (rows_with_.at(key_of(found)) == table_.rows.size()) {
      if (!common.insert(key_of(found)).second) continue;
    } else if (!points_into(found.where, *row)) {
      diagnostic.message +=
          fmt::format(" (row {}:{}:{})", row->where.file, row->where.line, row->where.column);
    }
    merged.add(std::move(diagnostic));
  }
  return merged;
}

}  // namespace syncwright::manifest
