#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/rows/data_table.h"
#include "manifest/yaml/yaml_document.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/core/source_range.h"

namespace syncwright::manifest {

class Field;
struct ManifestSource;

using Variables = std::map<std::string, std::string>;

/// [A-Za-z][A-Za-z0-9_-]*
[[nodiscard]] bool is_variable_name(std::string_view text);

/// What references stand for at one place of a manifest.
struct References {
  const Variables& variables;
  std::string environment{};         ///< that -e names; empty: none
  const DataTable* table = nullptr;  ///< where `row` is one of; nullptr: no `${each.COLUMN}` here
  const DataRow* row = nullptr;
  /// Why there is no row, behind the reference in a message.
  const char* without_row = "stands outside an ApplicationSet";
  /// false: some are not known, after a fault that is reported elsewhere. What refers to one of
  /// those stays unresolved without a diagnostic, so that the rest can be checked.
  bool knows_variables = true;
  bool knows_row = true;  ///< likewise of the columns, where there is no row
};

/// Those of a manifest outside of any row.
[[nodiscard]] References references_of(const Variables& variables, const ManifestSource& source);

/// Replaces `${var.NAME}` and `${each.COLUMN}` in a node's values and keys, at any depth
/// (docs/contract.md#3, Interpolation): one pass, what a variable or cell holds is not looked at
/// again. A scalar that is one `${each.COLUMN}` remembers its cell.
/// `$${var.` and `$${each.` stand for themselves with one dollar; any other `${...}` stays as it
/// is. Undefined variables are SW2002, unknown columns SW2023, malformed and misplaced references
/// SW2003; keys that became equal SW0102.
void interpolate_node(YamlNode& node, const References& references, const FileName& file,
                      Diagnostics& diagnostics);

/// The same for a whole document, but for the values of `kind` and `apiVersion`.
void interpolate_document(YamlNode& document, const References& references, const FileName& file,
                          Diagnostics& diagnostics);
/// The same where variables are all there is.
void interpolate(YamlNode& document, const Variables& variables, const FileName& file,
                 Diagnostics& diagnostics);

/// A mapping of names to scalars, laid over `variables`.
void read_variables(const Field& field, Variables& variables);

/// The variables of a run: those of the files in order, later ones over earlier, `given` over all.
/// A file is a YAML or JSON mapping of names to scalars. Its text goes to `texts` where it has
/// faults.
[[nodiscard]] Variables load_variables(const std::vector<std::filesystem::path>& files,
                                       const Variables& given,
                                       const std::filesystem::path& working_folder,
                                       Diagnostics& diagnostics, std::vector<SourceText>& texts);

/// Warns of variables of --var that no manifest names (SW2018): a misspelt one would leave the
/// environment's value in place, and nothing would say so.
void report_unused(const Variables& given, const std::vector<std::string_view>& manifests,
                   Diagnostics& diagnostics);

}  // namespace syncwright::manifest
