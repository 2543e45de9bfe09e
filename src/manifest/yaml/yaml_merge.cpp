#include "manifest/yaml/yaml_merge.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace syncwright {
namespace {

/// The keys that lead to a mapping.
using Path = std::vector<std::string_view>;

/// Whether two keys of the mapping at `path` cannot stand side by side (SW1012).
bool exclude_each_other(const Path& path, std::string_view left, std::string_view right) {
  if (left == right || path.empty() || path.front() != "spec") return false;
  if (path.size() == 3 && path[1] == "jobs") {
    const bool of_template = left == "template" || right == "template";
    return left == "absent" || right == "absent" ||
           (of_template && (left == "id" || right == "id"));
  }
  return path.size() == 4 && path[1] == "credentials" && path[2] == "values";  // env, file, command
}

void drop_excluded(YamlNode& below, const YamlNode& above, const Path& path) {
  std::erase_if(below.entries, [&](const YamlEntry& old) {
    return std::any_of(above.entries.begin(), above.entries.end(), [&](const YamlEntry& entry) {
      return exclude_each_other(path, old.key.text, entry.key.text);
    });
  });
}

void lay_over_at(Path& path, YamlNode& below, const YamlNode& above) {
  const bool both_mappings =
      below.kind == YamlNode::Kind::mapping && above.kind == YamlNode::Kind::mapping;
  if (!both_mappings) {
    below = above;
    return;
  }
  drop_excluded(below, above, path);
  for (const YamlEntry& entry : above.entries) {
    const auto found =
        std::find_if(below.entries.begin(), below.entries.end(),
                     [&entry](const YamlEntry& each) { return each.key.text == entry.key.text; });
    if (found == below.entries.end()) {
      below.entries.push_back(entry);
    } else {
      found->key = entry.key;
      path.push_back(entry.key.text);
      lay_over_at(path, found->value, entry.value);
      path.pop_back();
    }
  }
}

}  // namespace

void lay_over(YamlNode& below, const YamlNode& above) {
  Path path;
  lay_over_at(path, below, above);
}

}  // namespace syncwright
