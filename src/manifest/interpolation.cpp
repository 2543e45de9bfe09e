#include "manifest/interpolation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/project_files.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"

/// References are replaced in the tree, not in the text (docs/contract.md#3, Interpolation): a
/// value that holds a quote, a colon or `${` cannot change the manifest around it, and places stay
/// those of the file. Two things are easy to get wrong. A scalar that is one whole reference takes
/// the type of its field, any other becomes a text. And a reference that is at fault, or that hangs
/// on what nobody knows, leaves its scalar `unresolved`, so that one message is not followed by a
/// second one about the text that is left.

namespace syncwright::manifest {
namespace {

constexpr std::string_view variable_start = "${var.";
constexpr std::string_view column_start = "${each.";
constexpr const char* kNameCharacters = "letters, digits, `_` and `-`, a letter first";

bool is_name_character(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) || c == '_' || c == '-';
}

bool starts_reference(std::string_view text) {
  return text.starts_with(variable_start) || text.starts_with(column_start);
}

class Interpolation {
 public:
  Interpolation(const References& references, const FileName& file, Diagnostics& diagnostics)
      : references_(references), file_(file), diagnostics_(diagnostics) {}

  void walk(YamlNode& node) {
    if (node.kind == YamlNode::Kind::scalar) replace_in(node);
    for (YamlNode& item : node.items) walk(item);
    bool key_changed = false;
    for (YamlEntry& entry : node.entries) {
      key_changed = replace_in(entry.key) || key_changed;
      walk(entry.value);
    }
    if (key_changed) report_duplicate_keys(node, file_, diagnostics_);
  }

  /// Whether the scalar's text changed.
  bool replace_in(YamlNode& scalar) {
    if (scalar.text.find("${") == std::string::npos) return false;
    std::string result;
    bool changed = false;
    resolved_ = true;
    SourceSpan place = text_start(scalar);  // of what stands at `placed`
    std::size_t placed = 0;
    for (std::size_t at = 0; at < scalar.text.size();) {
      const std::string_view rest = std::string_view(scalar.text).substr(at);
      if (rest.front() == '$' && starts_reference(rest.substr(1))) {
        result += "${";  // one dollar, and what follows it is no reference
        at += 3;
        changed = true;
      } else if (starts_reference(rest)) {
        const DataCell* cell = nullptr;
        place = position_behind(place, std::string_view(scalar.text).substr(placed, at - placed));
        placed = at;
        const std::size_t length = take_reference(scalar, at, place, result, cell);
        if (at == 0 && length == scalar.text.size()) {
          scalar.style = YamlNode::Style::variable;
          if (cell != nullptr) scalar.cell = &cell->where;
        }
        at += length;
        changed = true;
      } else {
        result += rest.front();
        ++at;
      }
    }
    if (!changed) return false;
    if (!resolved_) scalar.style = YamlNode::Style::unresolved;
    if (scalar.style == YamlNode::Style::plain) scalar.style = YamlNode::Style::quoted;
    scalar.text = std::move(result);
    scalar.text_column = 0;
    return true;
  }

 private:
  /// Appends the value of the reference at `at`, which stands at `place`; returns the reference's
  /// length.
  std::size_t take_reference(const YamlNode& scalar, std::size_t at, const SourceSpan& place,
                             std::string& result, const DataCell*& cell) {
    const std::string_view rest = std::string_view(scalar.text).substr(at);
    const std::size_t close = rest.find('}');
    const std::size_t length = close == std::string_view::npos ? rest.size() : close + 1;
    const std::string_view reference = rest.substr(0, length);
    const SourceRange where =
        source_range(file_, scalar.text_column == 0 ? scalar.span : span_of(place, reference));
    const bool of_row = reference.starts_with(column_start);
    if (of_row && !references_.knows_row) {
      resolved_ = false;
      return length;
    }
    if (of_row && references_.row == nullptr) {
      refuse(Code::SW2003, where,
             fmt::format("{} {}", quote_value(reference), references_.without_row),
             "write ${var.NAME}, or $${each.NAME} for the characters themselves");
      return length;
    }
    const std::string_view start = of_row ? column_start : variable_start;
    const bool closed = reference.ends_with('}');
    const std::string name(
        reference.substr(start.size(), length - start.size() - (closed ? 1u : 0u)));
    if (!closed || !is_variable_name(name)) {
      const bool is_column = closed && of_row && references_.row->cells.contains(name);
      refuse(Code::SW2003, where,
             fmt::format("{} is no reference to a {}", quote_value(reference),
                         of_row ? "column" : "variable"),
             is_column ? fmt::format("rename the column: its name may have {}", kNameCharacters)
                       : fmt::format("write {0}NAME}}, NAME of {1}; ${0}NAME}} is the text itself",
                                     start, kNameCharacters));
      return length;
    }
    const std::string* value = of_row ? find_cell(name, where, cell) : find_variable(name, where);
    if (value != nullptr) append(*value, where, result);
    return length;
  }

  void append(const std::string& value, const SourceRange& where, std::string& result) {
    if (value.size() > budget_) {
      refuse(Code::SW0103, where, "variables make this document too large", "use shorter values");
      return;
    }
    budget_ -= value.size();
    result += value;
  }

  const std::string* find_variable(const std::string& name, const SourceRange& where) {
    const auto found = references_.variables.find(name);
    if (found != references_.variables.end()) return &found->second;
    resolved_ = false;
    if (references_.knows_variables) report_undefined(name, where);
    return nullptr;
  }

  const std::string* find_cell(const std::string& name, const SourceRange& where,
                               const DataCell*& cell) {
    const auto found = references_.row->cells.find(name);
    if (found != references_.row->cells.end()) {
      cell = &found->second;
      return &cell->text;
    }
    report_unknown_column(name, where);
    return nullptr;
  }

  /// A file with a header lacks the column in every row alike, any other only in this row.
  void report_unknown_column(const std::string& name, const SourceRange& where) {
    const DataTable& table = *references_.table;
    std::vector<std::string> names = table.columns;
    if (names.empty()) {
      for (const auto& [known, cell] : references_.row->cells) names.push_back(known);
    }
    const std::string place = table.columns.empty() ? "the row" : table.file;
    const std::string hint = did_you_mean(name, names);
    refuse(Code::SW2023, where, fmt::format("{} has no column {}", place, quote_value(name)),
           hint.empty() ? fmt::format("known there: {}", fmt::join(names, ", ")) : hint);
  }

  void refuse(Code code, const SourceRange& where, std::string message, std::string advice) {
    resolved_ = false;
    diagnostics_.add(code, where, std::move(message), std::move(advice));
  }

  [[nodiscard]] std::string way_to_define(const std::string& name) const {
    std::string flags = fmt::format("give it with --var {}=VALUE or --var-file", name);
    if (references_.environment.empty()) return flags;
    return fmt::format("{}, or write it under environments.{}.variables of syncwright.yaml", flags,
                       references_.environment);
  }

  void report_undefined(const std::string& name, const SourceRange& where) {
    std::vector<std::string> names;
    names.reserve(references_.variables.size());
    for (const auto& [known, value] : references_.variables) names.push_back(known);
    const std::string hint = did_you_mean(name, names);
    refuse(Code::SW2002, where, fmt::format("the variable `{}` is not defined", name),
           hint.empty() ? way_to_define(name) : hint);
  }

  const References& references_;
  const FileName& file_;
  Diagnostics& diagnostics_;
  std::size_t budget_ = kMaxYamlTextBytes;  ///< against a short file that repeats a long value
  bool resolved_ = true;                    ///< whether the scalar at hand holds no fault so far
};

}  // namespace

bool is_variable_name(std::string_view text) {
  return !text.empty() && ascii::is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

References references_of(const Variables& variables, const ManifestSource& source) {
  References references{variables, source.environment};
  references.knows_variables = source.knows_variables;
  return references;
}

void interpolate_node(YamlNode& node, const References& references, const FileName& file,
                      Diagnostics& diagnostics) {
  Interpolation(references, file, diagnostics).walk(node);
}

void interpolate_document(YamlNode& document, const References& references, const FileName& file,
                          Diagnostics& diagnostics) {
  Interpolation interpolation(references, file, diagnostics);
  for (YamlEntry& entry : document.entries) {
    const bool fixed = entry.key.text == "kind" || entry.key.text == "apiVersion";
    if (fixed) continue;
    interpolation.replace_in(entry.key);
    interpolation.walk(entry.value);
  }
}

void interpolate(YamlNode& document, const Variables& variables, const FileName& file,
                 Diagnostics& diagnostics) {
  interpolate_document(document, References{variables}, file, diagnostics);
}

namespace {

void load_file(const std::filesystem::path& path, ManifestSource& source, Variables& variables,
               std::vector<SourceText>& texts) {
  const auto text = read_text(path, source.file, source.diagnostics);
  if (!text) return;
  for (const YamlNode& document : parse_yaml(*text, source.file, source.diagnostics)) {
    read_variables(Field(source, document, "the variable file", document.span), variables);
  }
  if (!source.diagnostics.empty()) texts.push_back({source.file, redact(*text, {})});
}

}  // namespace

void read_variables(const Field& field, Variables& variables) {
  if (!field.expect_mapping()) return;
  for (const Field& entry : Keys(field).all()) {
    if (!is_variable_name(entry.name())) {
      entry.report_key(Code::SW2003,
                       fmt::format("{} is no name of a variable", quote_value(entry.name())),
                       "use letters, digits, `_` and `-`, a letter first");
    } else if (auto value = as_scalar(entry)) {
      variables[entry.name()] = std::move(*value);
    }
  }
}

Variables load_variables(const std::vector<std::filesystem::path>& files, const Variables& given,
                         const std::filesystem::path& working_folder, Diagnostics& diagnostics,
                         std::vector<SourceText>& texts) {
  Variables variables;
  for (const std::filesystem::path& file : files) {
    const std::filesystem::path path = (working_folder / file).lexically_normal();
    ManifestSource source;
    source.file = display_name(path, working_folder);
    load_file(path, source, variables, texts);
    diagnostics.append(std::move(source.diagnostics));
  }
  for (const auto& [name, value] : given) {
    if (!is_variable_name(name)) {
      diagnostics.add(Code::SW2003, {},
                      fmt::format("--var {} is no name of a variable", quote_value(name)),
                      "use letters, digits, `_` and `-`, a letter first");
    }
    if (const auto fault = find_text_fault(value)) {
      diagnostics.add(Code::SW0106, {}, fmt::format("--var {}: {}", name, fault->message),
                      "give UTF-8 text");
    }
    variables[name] = value;
  }
  return variables;
}

void report_unused(const Variables& given, const std::vector<std::string_view>& manifests,
                   Diagnostics& diagnostics) {
  for (const auto& [name, value] : given) {
    const std::string reference = fmt::format("${{var.{}}}", name);
    const bool is_used = std::any_of(
        manifests.begin(), manifests.end(),
        [&](std::string_view text) { return text.find(reference) != std::string_view::npos; });
    if (is_used) continue;
    diagnostics.add(Code::SW2018, {}, fmt::format("--var {}: no manifest has {}", name, reference),
                    "check the name, or leave the flag out");
  }
}

}  // namespace syncwright::manifest
