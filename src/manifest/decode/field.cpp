#include "manifest/decode/field.h"

#include <fmt/format.h>

#include <utility>

#include "manifest/yaml/text_check.h"
#include "syncwright/manifest/yaml_scalar.h"

namespace syncwright {
namespace {

std::string described(const YamlNode& node) {
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
      return fmt::format("the boolean {}", shown(node.text));
    case ScalarType::integer:
    case ScalarType::number:
      return fmt::format("the number {}", shown(node.text));
    case ScalarType::text:
      break;
  }
  return fmt::format("the text {}", shown(node.text));
}

}  // namespace

void Field::report(std::string_view code, std::string message, std::string advice) const {
  source_->diagnostics.add(code, place(), std::move(message), std::move(advice));
}

void Field::report_key(std::string_view code, std::string message, std::string advice) const {
  source_->diagnostics.add(code, key_range(), std::move(message), std::move(advice));
}

void Field::report_type(std::string_view expected, std::string advice) const {
  report("SW1002", fmt::format("`{}` must be {}, found {}", name_, expected, described(*node_)),
         std::move(advice));
}

bool Field::expect(YamlNode::Kind kind, std::string_view expected) const {
  if (node_->kind == kind) return true;
  if (node_->kind == YamlNode::Kind::null) {
    report("SW1004", fmt::format("`{}` is null", name_),
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
  report("SW1013", fmt::format("`{}` is an empty list", name_),
         "write a value, or leave the key out");
  return false;
}

bool Field::expect_mapping() const {
  if (!expect(YamlNode::Kind::mapping, "a mapping")) return false;
  if (!node_->entries.empty()) return true;
  report("SW1013", fmt::format("`{}` is an empty mapping", name_),
         "write a value, or leave the key out");
  return false;
}

bool Field::expect_mapping_of_secrets() const {
  const bool is_text = node_->kind == YamlNode::Kind::scalar &&
                       node_->style != YamlNode::Style::unresolved && !node_->text.empty();
  if (is_text || node_->kind == YamlNode::Kind::sequence) hide();
  if (!is_text) return expect_mapping();
  report("SW1002", fmt::format("`{}` must be a mapping, found a text", name_));
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

}  // namespace syncwright
