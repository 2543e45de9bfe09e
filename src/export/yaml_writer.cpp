#include "export/yaml_writer.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace syncwright::exporting {
namespace {

using Kind = YamlOutput::Kind;

/// A line as wide as the project's own manifests.
constexpr std::size_t kWidest = 120;

/// YAML 1.2, 7.4.2: a key in front of its colon has 1024 characters at most. A longer one needs its
/// question mark.
constexpr std::size_t kLongestSimpleKey = 1024;

bool is_collection(const YamlOutput& value) {
  return value.kind == Kind::sequence || value.kind == Kind::mapping;
}

bool is_comment(const YamlOutput& value) {
  return value.kind == Kind::comment;
}

/// A collection that holds nothing, or comments alone.
bool is_empty(const YamlOutput& value) {
  return std::all_of(value.items.begin(), value.items.end(), is_comment) &&
         std::all_of(value.entries.begin(), value.entries.end(),
                     [](const YamlOutputEntry& entry) { return is_comment(entry.value); });
}

/// Whether anything within has a comment: those need lines of their own.
bool holds_comment(const YamlOutput& value) {
  const auto commented = [](const YamlOutput& each) {
    return !each.comment.empty() || holds_comment(each);
  };
  return std::any_of(value.items.begin(), value.items.end(), commented) ||
         std::any_of(value.entries.begin(), value.entries.end(),
                     [&](const YamlOutputEntry& entry) { return commented(entry.value); });
}

std::string flow(const YamlOutput& value) {
  switch (value.kind) {
    case Kind::text:
      return yaml_scalar(value.text, value.quoted);
    case Kind::literal:
      return value.text;
    case Kind::comment:
      return {};
    case Kind::sequence:
    case Kind::mapping:
      break;
  }
  std::string inner;
  for (const YamlOutput& item : value.items) {
    if (is_comment(item)) continue;
    inner += (inner.empty() ? "" : ", ") + flow(item);
  }
  for (const YamlOutputEntry& entry : value.entries) {
    if (is_comment(entry.value)) continue;
    inner += (inner.empty() ? "" : ", ") + yaml_scalar(entry.key) + ": " + flow(entry.value);
  }
  return value.kind == Kind::sequence ? "[" + inner + "]" : "{" + inner + "}";
}

/// The value behind a key or dash at `column`, where it fits on that line.
std::optional<std::string> on_line(const YamlOutput& value, std::size_t column) {
  if (!is_collection(value) || is_empty(value)) return flow(value);
  if (!value.one_line || holds_comment(value)) return std::nullopt;
  std::string line = flow(value);
  if (column + line.size() > kWidest) return std::nullopt;
  return line;
}

class Writer {
 public:
  std::string write(const YamlOutput& document) {
    comment(document.comment, 0);
    if (is_empty(document)) {
      text_ += flow(document) + "\n";
    } else {
      block(document, 0);
    }
    return std::move(text_);
  }

 private:
  void block(const YamlOutput& value, std::size_t indent) {
    for (const YamlOutput& item : value.items) write_item(item, indent);
    for (const YamlOutputEntry& entry : value.entries) write_entry(entry, indent);
  }

  void write_item(const YamlOutput& item, std::size_t indent) {
    comment(item.comment, indent);
    if (is_comment(item)) return;
    if (const auto line = on_line(item, indent + 2)) {
      text_ += std::string(indent, ' ') + "- " + *line + "\n";
      return;
    }
    const std::size_t start = text_.size();
    block(item, indent + 2);
    // A comment at its head stays on a line of its own, below the dash.
    if (text_[start + indent + 2] == '#') {
      text_.insert(start, std::string(indent, ' ') + "-\n");
    } else {
      text_[start + indent] = '-';
    }
  }

  void write_entry(const YamlOutputEntry& entry, std::size_t indent) {
    comment(entry.value.comment, indent);
    if (is_comment(entry.value)) return;
    std::string key = std::string(indent, ' ') + yaml_scalar(entry.key) + ":";
    if (key.size() > indent + kLongestSimpleKey + 1) {
      key.insert(indent, "? ");
      key.pop_back();
      text_ += key + "\n";
      key = std::string(indent, ' ') + ":";
    }
    if (const auto line = on_line(entry.value, key.size() + 1)) {
      text_ += key + " " + *line + "\n";
      return;
    }
    text_ += key + "\n";
    block(entry.value, indent + 2);
  }

  void comment(const std::string& lines, std::size_t indent) {
    if (lines.empty()) return;
    for (std::size_t at = 0; at <= lines.size();) {
      const std::size_t end = std::min(lines.find('\n', at), lines.size());
      const std::string line = printable_text(lines.substr(at, end - at));
      text_ += std::string(indent, ' ') + (line.empty() ? "#" : "# ") + line + "\n";
      at = end + 1;
    }
  }

  std::string text_;
};

}  // namespace

YamlOutput& YamlOutput::add(std::string key, YamlOutput value) {
  return entries.emplace_back(YamlOutputEntry{std::move(key), std::move(value)}).value;
}

void YamlOutput::note(std::string lines) {
  YamlOutput value;
  value.kind = Kind::comment;
  value.comment = std::move(lines);
  if (kind == Kind::sequence) {
    items.push_back(std::move(value));
  } else {
    add({}, std::move(value));
  }
}

YamlOutput yaml_text(std::string text) {
  YamlOutput value;
  value.kind = Kind::text;
  value.text = std::move(text);
  return value;
}

YamlOutput yaml_quoted_text(std::string text) {
  YamlOutput value = yaml_text(std::move(text));
  value.quoted = true;
  return value;
}

YamlOutput yaml_literal(std::string text) {
  YamlOutput value = yaml_text(std::move(text));
  value.kind = Kind::literal;
  return value;
}

YamlOutput yaml_boolean(bool value) {
  return yaml_literal(value ? "true" : "false");
}

YamlOutput yaml_mapping(std::vector<YamlOutputEntry> entries) {
  YamlOutput value;
  value.entries = std::move(entries);
  return value;
}

YamlOutput yaml_line(std::vector<YamlOutputEntry> entries) {
  YamlOutput value = yaml_mapping(std::move(entries));
  value.one_line = true;
  return value;
}

YamlOutput yaml_sequence(std::vector<YamlOutput> items) {
  YamlOutput value;
  value.kind = Kind::sequence;
  value.items = std::move(items);
  return value;
}

std::string yaml_flow(const YamlOutput& value) {
  return flow(value);
}

std::string write_yaml(const YamlOutput& document) {
  return Writer().write(document);
}

}  // namespace syncwright::exporting
