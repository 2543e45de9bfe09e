#include "keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/core/suggestion.h"
#include "text_check.h"

namespace syncwright {

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

void Keys::report_missing(std::string_view key, std::string_view code, std::string advice) {
  mapping_.report_key(code, fmt::format("`{}` has no `{}`", mapping_.name(), key),
                      std::move(advice));
}

void Keys::done() {
  for (const YamlEntry& entry : mapping_.node().entries) {
    const std::string& key = entry.key.text;
    const bool known = std::find(known_.begin(), known_.end(), key) != known_.end();
    if (known || entry.key.style == YamlNode::Style::unresolved) continue;
    const std::string hint = did_you_mean(key, known_);
    field_of(entry).report_key(
        "SW1001", fmt::format("`{}` has no key {}", mapping_.name(), shown(key)),
        hint.empty() ? fmt::format("known here: {}", fmt::join(known_, ", ")) : hint);
  }
}

}  // namespace syncwright
