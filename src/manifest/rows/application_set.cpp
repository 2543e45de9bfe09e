#include "manifest/rows/application_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "manifest/decode/application_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/rows/data_table.h"
#include "manifest/yaml/yaml_node.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/text.h"

/// A set is a template that is filled once for each row, and its faults are reported where they can
/// be mended (docs/contract.md#3, ApplicationSet): one that all rows have is the template's, and
/// said once; one of some rows names them. What makes it hard are rows at fault. They make no
/// application, so the names that they would have made are unknown, and an override for one of them
/// looks like one for no application. So such names are kept as patterns, with any text for each
/// cell that cannot be read, and an override that may mean one is checked with the bare template
/// instead of being refused. Without that, one broken line of a CSV would bury its own message
/// under a dozen wrong ones.

namespace syncwright::manifest {
namespace {

/// Bounds nodes of the template times rows: a short file must not fill the memory.
constexpr std::size_t kMaxGeneratedNodes = 20'000'000;

std::size_t node_count(const YamlNode& node) {
  std::size_t count = 1;
  for (const YamlNode& item : node.items) count += node_count(item);
  for (const YamlEntry& entry : node.entries) count += 1 + node_count(entry.value);
  return count;
}

YamlNode* find_member(YamlNode& mapping, std::string_view key) {
  for (YamlEntry& entry : mapping.entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

struct Override {
  SourceSpan key;
  YamlNode content;  ///< metadata without a name, and spec: the rest is reported
};

/// `spec.overrides`: what is laid over the template, by the name of the application.
using Overrides = std::map<std::string, Override>;

/// Stands for a cell that cannot be read; no manifest holds this character.
constexpr const char* kAnyText = "\x01";

/// Whether `name` is `pattern` with some text in the place of each kAnyText.
bool matches_name(std::string_view name, std::string_view pattern) {
  const std::size_t any = pattern.find(*kAnyText);
  if (any == std::string_view::npos) return name == pattern;
  if (name.substr(0, any) != pattern.substr(0, any)) return false;
  const std::size_t last = pattern.rfind(*kAnyText);
  const std::string_view end = pattern.substr(last + 1);
  std::string_view middle = pattern.substr(any + 1, last - any);
  name.remove_prefix(any);
  if (name.size() <= end.size() || !name.ends_with(end)) return false;
  name.remove_suffix(end.size());
  while (!middle.empty()) {
    const std::string_view part = middle.substr(0, middle.find(*kAnyText));
    const std::size_t found = name.find(part, 1);
    if (found == std::string_view::npos) return false;
    name.remove_prefix(found + part.size());
    middle.remove_prefix(part.size() + 1);
  }
  return !name.empty();
}

class Generation {
 public:
  Generation(const Field& form, const Overrides& overrides, const DataTable& table,
             const Variables& variables)
      : form_(form),
        source_(form.source()),
        overrides_(overrides),
        table_(table),
        variables_(variables) {}

  std::vector<DecodedApplication> run() {
    std::vector<DecodedApplication> applications;
    RowFaults faults(table_);
    Diagnostics outer = std::exchange(source_.diagnostics, {});
    for (const DataRow& row : table_.rows) {
      source_.row = &row;
      if (auto decoded = fill(row)) applications.push_back(std::move(*decoded));
      faults.take(row, std::exchange(source_.diagnostics, {}));
    }
    source_.row = nullptr;
    source_.diagnostics = std::move(outer);
    source_.diagnostics.append(faults.merge());
    check_unused_overrides(applications);
    if (table_.rows.empty()) check_form({}, applications);
    return applications;
  }

 private:
  std::optional<DecodedApplication> fill(const DataRow& row) {
    References references = references_of(variables_, source_);
    references.table = &table_;
    references.row = &row;
    YamlNode filled = form_.node();
    const std::string name = name_for(references);
    const auto override = overrides_.find(name);
    if (override != overrides_.end()) {
      used_.insert(name);
      lay_over(filled, override->second.content);
    }
    if (model::is_manifest_name(name)) names_.push_back(name);
    auto decoded = decode(filled, references);
    if (decoded) decoded->application.row = row.where;
    return decoded;
  }

  std::optional<DecodedApplication> decode(YamlNode& filled, const References& references) {
    interpolate_node(filled, references, source_.file, source_.diagnostics);
    return as_generated_application(Field(source_, filled, "template", form_.node().span));
  }

  /// Checks the template without a row, for what does not hang on one. Where rows are at fault, the
  /// application without a name that it makes is checked like any other.
  void check_form(const YamlNode& override, std::vector<DecodedApplication>& applications) {
    References references = references_of(variables_, source_);
    references.knows_row = false;
    YamlNode filled = form_.node();
    if (override.kind == YamlNode::Kind::mapping) lay_over(filled, override);
    auto decoded = decode(filled, references);
    if (!decoded || table_.is_complete) return;
    decoded->application.name.clear();
    applications.push_back(std::move(*decoded));
  }

  /// The row that an override means may be one that is at fault: such an override is checked with
  /// the template, any other belongs to no row.
  void check_unused_overrides(std::vector<DecodedApplication>& applications) {
    const std::vector<std::string> possible = possible_names();
    for (const auto& [name, override] : overrides_) {
      if (used_.contains(name)) continue;
      const bool may_be_meant = std::any_of(
          possible.begin(), possible.end(),
          [&name = name](const std::string& pattern) { return matches_name(name, pattern); });
      if (may_be_meant) {
        check_form(override.content, applications);
      } else {
        report_unused_override(name, override);
      }
    }
  }

  /// Of the rows at fault, with kAnyText for each cell that cannot be read.
  std::vector<std::string> possible_names() {
    std::vector<std::string> patterns;
    if (table_.is_complete) return patterns;
    const std::vector<std::string> columns = columns_of_name();
    std::vector<FaultyRow> faulty = table_.faulty;
    if (!table_.knows_faulty) {
      faulty.push_back({{}, {columns.begin(), columns.end()}});
    }
    for (const FaultyRow& row : faulty) {
      DataRow filled;
      for (const auto& [column, text] : row.cells) filled.cells[column].text = text;
      for (const std::string& column : row.unreadable) filled.cells[column].text = kAnyText;
      const bool has_name = std::all_of(
          columns.begin(), columns.end(),
          [&filled](const std::string& column) { return filled.cells.contains(column); });
      if (has_name) patterns.push_back(pattern_for(filled));
    }
    return patterns;
  }

  /// What hangs on something else than the row may be any name.
  std::string pattern_for(const DataRow& row) {
    References references = references_of(variables_, source_);
    references.table = &table_;
    references.row = &row;
    const std::string name = name_for(references);
    return name.empty() ? kAnyText : name;
  }

  /// The columns that `metadata.name` of the template refers to.
  [[nodiscard]] std::vector<std::string> columns_of_name() const {
    constexpr std::string_view start = "${each.";
    const YamlNode* metadata = find_value(form_.node(), "metadata");
    const YamlNode* name = metadata == nullptr ? nullptr : find_value(*metadata, "name");
    std::vector<std::string> columns;
    if (name == nullptr || name->kind != YamlNode::Kind::scalar) return columns;
    const std::string& text = name->text;
    for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
      at += start.size();
      columns.push_back(text.substr(at, text.find('}', at) - at));
    }
    return columns;
  }

  /// Empty where the name is at fault or not known: that is reported when the whole is read.
  std::string name_for(const References& references) {
    const YamlNode* metadata = find_value(form_.node(), "metadata");
    const YamlNode* name = metadata == nullptr ? nullptr : find_value(*metadata, "name");
    if (name == nullptr || name->kind != YamlNode::Kind::scalar) return {};
    YamlNode copy = *name;
    Diagnostics unused;
    interpolate_node(copy, references, source_.file, unused);
    return copy.style == YamlNode::Style::unresolved ? std::string() : copy.text;
  }

  void report_unused_override(const std::string& name, const Override& override) {
    const std::string hint = did_you_mean(name, names_);
    source_.diagnostics.add(
        Code::SW2025, source_range(source_.file, override.key),
        fmt::format("no row makes an application {}", quote_value(name)),
        hint.empty() ? "names are those that metadata.name of the template gives" : hint);
  }

  const Field& form_;
  ManifestSource& source_;
  const Overrides& overrides_;
  const DataTable& table_;
  const Variables& variables_;
  std::vector<std::string> names_;
  std::set<std::string> used_;
};

/// Takes `metadata.name` away, and reports it: an override may not rename what it is found by.
void drop_name(const Field& metadata, YamlNode& content) {
  if (content.kind != YamlNode::Kind::mapping) return;
  const auto name = Keys(metadata).find("name");
  if (!name) return;
  name->report_key(Code::SW1012, "an override cannot change `name`",
                   "it is found by the name that the template makes");
  std::erase_if(content.entries, [](const YamlEntry& entry) { return entry.key.text == "name"; });
}

std::optional<Override> as_override(const Field& field, const YamlEntry& entry) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  Override override{entry.key.span, entry.value};
  override.content.entries.clear();
  for (const char* key : {"metadata", "spec"}) {
    const auto member = keys.find(key);
    if (!member) continue;
    const auto written =
        std::find_if(entry.value.entries.begin(), entry.value.entries.end(),
                     [key](const YamlEntry& each) { return each.key.text == key; });
    YamlEntry& kept = override.content.entries.emplace_back(*written);
    if (key == std::string_view("metadata")) drop_name(*member, kept.value);
  }
  keys.done();
  return override;
}

Overrides read_overrides(const Field& field) {
  Overrides overrides;
  if (!field.expect_mapping()) return overrides;
  for (const YamlEntry& entry : field.node().entries) {
    if (entry.key.style == YamlNode::Style::unresolved) continue;
    const Field member(field.source(), entry.value, entry.key.text, entry.key.span);
    if (auto override = as_override(member, entry)) {
      overrides[entry.key.text] = std::move(*override);
    }
  }
  return overrides;
}

DataTable read_rows(Keys& keys) {
  const auto from = keys.find("from");
  const auto for_each = keys.find("forEach");
  DataTable none;
  none.is_complete = false;
  if (from && for_each) {
    for_each->report_key(Code::SW1012, "`from` and `forEach` exclude each other",
                         "rows come from one place");
    return none;
  }
  if (!from && !for_each) {
    keys.report_none_of({"from", "forEach"}, "`spec` has neither `from` nor `forEach`",
                        "name a file of rows, or list them");
    return none;
  }
  return from ? as_data_file(*from) : as_data_rows(*for_each);
}

/// References outside of the template have no row.
void replace_variables(YamlNode& spec, const Variables& variables, ManifestSource& source) {
  References references = references_of(variables, source);
  references.without_row = "stands outside the template";
  for (YamlEntry& entry : spec.entries) {
    if (entry.key.text == "from" || entry.key.text == "forEach") {
      interpolate_node(entry.value, references, source.file, source.diagnostics);
    }
    if (entry.key.text != "overrides") continue;
    for (YamlEntry& override : entry.value.entries) {
      interpolate_node(override.key, references, source.file, source.diagnostics);
    }
    report_duplicate_keys(entry.value, source.file, source.diagnostics);
  }
}

bool check_generated_size(const Field& form, const DataTable& table, const Overrides& overrides) {
  const std::size_t most = std::max(table.rows.size(), overrides.size());
  if (node_count(form.node()) * most <= kMaxGeneratedNodes) return true;
  form.report_key(Code::SW0103,
                  fmt::format("{} rows times {} values of the template", table.rows.size(),
                              node_count(form.node())),
                  "split the set");
  return false;
}

std::optional<ApplicationSet> read_spec(const Field& spec, const Variables& variables) {
  if (!spec.expect_mapping()) return std::nullopt;
  Keys keys(spec);
  const DataTable table = read_rows(keys);
  if (!keys.has("template")) keys.report_missing("template", Code::SW1003);
  const std::optional<Field> form = keys.find("template");
  const std::optional<Field> overrides_field = keys.find("overrides");
  const Overrides overrides = overrides_field ? read_overrides(*overrides_field) : Overrides();
  keys.done();
  if (!form || !form->expect_mapping()) return std::nullopt;
  ApplicationSet set;
  if (table.rows.empty() && table.is_complete) set.empty = table.where;
  if (!check_generated_size(*form, table, overrides)) return std::nullopt;
  set.applications = Generation(*form, overrides, table, variables).run();
  return set;
}

void read_metadata(const Field& field) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  (void)keys.require("name", as_name);
  keys.done();
}

}  // namespace

std::optional<ApplicationSet> as_application_set(YamlNode& document, const Variables& variables,
                                                 ManifestSource& source) {
  References references = references_of(variables, source);
  references.without_row = "stands outside the template";
  if (YamlNode* metadata = find_member(document, "metadata")) {
    interpolate_node(*metadata, references, source.file, source.diagnostics);
  }
  if (YamlNode* spec = find_member(document, "spec")) replace_variables(*spec, variables, source);
  const Field field(source, document, "ApplicationSet", document.span);
  Keys keys(field);
  for (const char* key : {"apiVersion", "kind", "metadata", "spec"}) {
    if (!keys.has(key)) keys.report_missing(key, Code::SW1003);
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata);
  const std::optional<Field> spec = keys.find("spec");
  keys.done();
  return spec ? read_spec(*spec, variables) : std::nullopt;
}

}  // namespace syncwright::manifest
