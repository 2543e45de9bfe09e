#include "manifest/decode/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/text.h"

namespace syncwright::manifest {

Field Keys::field_of(const YamlEntry& entry) const {
  return {mapping_.source(), entry.value, entry.key.text, entry.key.span};
}

std::optional<Field> Keys::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  for (const YamlEntry& entry : mapping_.node().entries) {
    if (entry.key.text == key) return field_of(entry);
  }
  return std::nullopt;
}

std::vector<Field> Keys::all() const {
  std::vector<Field> fields;
  for (const YamlEntry& entry : mapping_.node().entries) {
    if (entry.key.style == YamlNode::Style::unresolved) continue;
    fields.push_back(field_of(entry));
  }
  return fields;
}

bool Keys::is_unknown(const YamlEntry& entry) const {
  return entry.key.style != YamlNode::Style::unresolved &&
         std::find(known_.begin(), known_.end(), entry.key.text) == known_.end();
}

bool Keys::is_misspelt(std::string_view key) const {
  const std::vector<YamlEntry>& entries = mapping_.node().entries;
  return std::any_of(entries.begin(), entries.end(), [&](const YamlEntry& entry) {
    return is_unknown(entry) && nearest(entry.key.text, known_) == key;
  });
}

void Keys::report_missing(std::string_view key, Code code, std::string advice) {
  missing_.push_back({{std::string(key)},
                      code,
                      fmt::format("`{}` has no `{}`", mapping_.name(), key),
                      std::move(advice)});
}

void Keys::report_none_of(std::vector<std::string> keys, std::string message, std::string advice) {
  missing_.push_back({std::move(keys), Code::SW1003, std::move(message), std::move(advice)});
}

void Keys::done() {
  for (const YamlEntry& entry : mapping_.node().entries) {
    if (!is_unknown(entry)) continue;
    const std::string& key = entry.key.text;
    const std::string hint = did_you_mean(key, known_);
    field_of(entry).report_key(
        Code::SW1001, fmt::format("`{}` has no key {}", mapping_.name(), quote_value(key)),
        hint.empty() ? fmt::format("known here: {}", fmt::join(known_, ", ")) : hint);
  }
  for (Missing& each : missing_) {
    const bool is_told = std::any_of(each.keys.begin(), each.keys.end(),
                                     [this](const std::string& key) { return is_misspelt(key); });
    if (is_told) continue;
    mapping_.report_key(each.code, std::move(each.message), std::move(each.advice));
  }
}

}  // namespace syncwright::manifest
