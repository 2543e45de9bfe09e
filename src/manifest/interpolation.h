#pragma once

#include <map>
#include <string>

#include "manifest/rows/data_table.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/manifest/yaml_document.h"

namespace syncwright {

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
  /// those stays unresolved without a word, so that the rest is checked all the same.
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
void interpolate_node(YamlNode& node, const References& references, const std::string& file,
                      Diagnostics& diagnostics);

/// The same for a whole document, but for the values of `kind` and `apiVersion`.
void interpolate_document(YamlNode& document, const References& references, const std::string& file,
                          Diagnostics& diagnostics);
/// The same where variables are all there is.
void interpolate(YamlNode& document, const Variables& variables, const std::string& file,
                 Diagnostics& diagnostics);

}  // namespace syncwright
