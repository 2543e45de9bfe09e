#include "manifest/decode/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "manifest/rows/data_table.h"
#include "manifest/yaml/yaml_node.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {
namespace {

std::string describe(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return "null";
    case YamlNode::Kind::sequence:
      return "a list";
    case YamlNode::Kind::mapping:
      return "a mapping";
    case YamlNode::Kind::scalar:
      break;
  }
  switch (core_type(node)) {
    case ScalarType::boolean:
      return fmt::format("the boolean {}", quote_value(node.text));
    case ScalarType::integer:
    case ScalarType::number:
      return fmt::format("the number {}", quote_value(node.text));
    case ScalarType::text:
      break;
  }
  return fmt::format("the text {}", quote_value(node.text));
}

}  // namespace

void Field::report(Code code, std::string message, std::string advice) const {
  source_->diagnostics.add(code, place(), std::move(message), std::move(advice));
}

void Field::report_key(Code code, std::string message, std::string advice) const {
  source_->diagnostics.add(code, key_range(), std::move(message), std::move(advice));
}

void Field::report_type(std::string_view expected, std::string advice) const {
  report(Code::SW1002, fmt::format("`{}` must be {}, found {}", name_, expected, describe(*node_)),
         std::move(advice));
}

bool Field::expect(YamlNode::Kind kind, std::string_view expected) const {
  if (node_->kind == kind) return true;
  if (node_->kind == YamlNode::Kind::null) {
    report(Code::SW1004, fmt::format("`{}` is null", name_),
           "write a value, or leave the key out to keep what is there");
  } else if (node_->style != YamlNode::Style::unresolved) {
    report_type(expected);
  }
  return false;
}

bool Field::expect_scalar(std::string_view expected) const {
  return expect(YamlNode::Kind::scalar, expected) && node_->style != YamlNode::Style::unresolved;
}

bool Field::expect_list() const {
  if (!expect(YamlNode::Kind::sequence, "a list")) return false;
  if (!node_->items.empty()) return true;
  report(Code::SW1013, fmt::format("`{}` is an empty list", name_),
         "write a value, or leave the key out");
  return false;
}

bool Field::expect_mapping() const {
  if (!expect(YamlNode::Kind::mapping, "a mapping")) return false;
  if (!node_->entries.empty()) return true;
  report(Code::SW1013, fmt::format("`{}` is an empty mapping", name_),
         "write a value, or leave the key out");
  return false;
}

bool Field::expect_mapping_of_secrets() const {
  const bool is_text = node_->kind == YamlNode::Kind::scalar &&
                       node_->style != YamlNode::Style::unresolved && !node_->text.empty();
  if (is_text || node_->kind == YamlNode::Kind::sequence) hide();
  if (!is_text) return expect_mapping();
  report(Code::SW1002, fmt::format("`{}` must be a mapping, found a text", name_));
  return false;
}

void Field::hide() const {
  source_->hidden.push_back({key_.line, node_->span});
  if (source_->row == nullptr) return;
  // The row may hold what stands here: no excerpt shows it.
  const SourceRange& row = source_->row->where;
  if (row.file == source_->file) {
    source_->hidden.push_back({row.line, {row.line, row.column, 0}});
  } else {
    std::erase_if(source_->data_texts,
                  [&row](const SourceText& text) { return text.file == row.file; });
  }
}

std::vector<Field> Field::items() const {
  std::vector<Field> fields;
  fields.reserve(node_->items.size());
  for (const YamlNode& item : node_->items) {
    fields.emplace_back(*source_, item, fmt::format("{}[{}]", name_, fields.size()), item.span);
  }
  return fields;
}

namespace {

void warn_of_yaml_1_1(const Field& field) {
  if (!differs_in_yaml_1_1(field.node())) return;
  field.report(Code::SW0109,
               fmt::format("{} is a text here, but not for programs that read YAML 1.1",
                           quote_value(field.text())),
               "quote it");
}

bool is_revision(std::string_view text) {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

}  // namespace

std::optional<std::string> as_scalar(const Field& field) {
  if (!field.expect_scalar("a text")) return std::nullopt;
  warn_of_yaml_1_1(field);
  return field.text();
}

std::optional<std::string> as_text(const Field& field) {
  if (!field.expect_scalar("a text")) return std::nullopt;
  if (core_type(field.node()) != ScalarType::text) {
    field.report_type("a text", fmt::format("quote it: \"{}\"", field.text()));
    return std::nullopt;
  }
  if (field.text().empty()) {
    field.report(Code::SW1013, fmt::format("`{}` is empty", field.name()),
                 "write the value, or leave the key out");
    return std::nullopt;
  }
  warn_of_yaml_1_1(field);
  return field.text();
}

std::optional<bool> as_boolean(const Field& field) {
  if (!field.expect_scalar("true or false")) return std::nullopt;
  const std::optional<bool> value = parse_boolean(field.text());
  if (value && field.node().style != YamlNode::Style::quoted) return value;
  field.report_type("true or false", value ? "remove the quotes" : "write true or false");
  return std::nullopt;
}

std::optional<bool> as_absent(const Field& field) {
  const std::optional<bool> value = as_boolean(field);
  if (!value || *value) return value;
  field.report(Code::SW1005, fmt::format("`{}` can only be true", field.name()),
               "leave the key out");
  return std::nullopt;
}

std::optional<std::string> as_name(const Field& field) {
  std::optional<std::string> name = as_text(field);
  if (!name || model::is_manifest_name(*name)) return name;
  field.report(Code::SW1006, fmt::format("{} is no name", quote_value(*name)),
               "use small letters, digits and hyphens, at most 63, a letter or digit first");
  return std::nullopt;
}

std::optional<std::string> as_guid(const Field& field) {
  std::optional<std::string> id = as_text(field);
  if (!id) return std::nullopt;
  if (!is_guid(*id)) {
    field.report(Code::SW1006, fmt::format("{} is no id", quote_value(*id)),
                 "ids look like 8b1025e4-1dd2-430b-a150-2ef79cd700f5");
    return std::nullopt;
  }
  return ascii::lower(*id);
}

std::optional<std::string> as_name_or_id(const Field& field) {
  std::optional<std::string> text = as_text(field);
  return text && is_guid(*text) ? ascii::lower(*text) : text;
}

std::optional<std::string> as_revision(const Field& field) {
  std::optional<std::string> revision = as_text(field);
  if (!revision || is_revision(*revision)) return revision;
  field.report(Code::SW1006, fmt::format("{} is no revision", quote_value(*revision)),
               "use letters, digits, `.`, `_` and `-`, at most 64");
  return std::nullopt;
}

std::optional<std::string> read_text(const Field& field, std::size_t most) {
  std::optional<std::string> text = as_text(field);
  const std::size_t length = text ? character_count(*text) : 0;
  if (length <= most) return text;
  field.report(Code::SW1020, fmt::format("`{}` has {} characters, and Graph takes at most {}",
                                         field.name(), length, most));
  return std::nullopt;
}

std::optional<std::string> as_mail_address(const Field& field) {
  std::optional<std::string> address = as_text(field);
  if (!address || model::is_mail_address(*address)) return address;
  field.report(Code::SW1006, fmt::format("{} is not one mail address", quote_value(*address)),
               "Graph keeps a single recipient, for example idm@contoso.com");
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const Field& field, std::int64_t smallest,
                                         std::int64_t largest) {
  if (!field.expect_scalar("a whole number")) return std::nullopt;
  const std::optional<std::int64_t> value = parse_integer(field.text());
  if (!value || field.node().style == YamlNode::Style::quoted) {
    field.report_type("a whole number", value ? "remove the quotes" : "");
    return std::nullopt;
  }
  if (*value >= smallest && *value <= largest) return value;
  field.report(Code::SW1009, fmt::format("`{}` must lie between {} and {}, found {}", field.name(),
                                         smallest, largest, *value));
  return std::nullopt;
}

std::optional<std::size_t> read_word(const Field& field, const std::vector<std::string>& words) {
  const std::string expected = fmt::format("one of {}", fmt::join(words, ", "));
  if (!field.expect_scalar(expected)) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), field.text());
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  field.report(
      Code::SW1005,
      fmt::format("`{}` must be {}, found {}", field.name(), expected, quote_value(field.text())),
      did_you_mean(field.text(), words));
  return std::nullopt;
}

}  // namespace syncwright::manifest
