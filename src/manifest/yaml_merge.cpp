#include "yaml_merge.h"

#include <algorithm>

namespace syncwright {

void lay_over(YamlNode& below, const YamlNode& above) {
  const bool both_mappings =
      below.kind == YamlNode::Kind::mapping && above.kind == YamlNode::Kind::mapping;
  if (!both_mappings) {
    below = above;
    return;
  }
  for (const YamlEntry& entry : above.entries) {
    const auto found =
        std::find_if(below.entries.begin(), below.entries.end(),
                     [&entry](const YamlEntry& each) { return each.key.text == entry.key.text; });
    if (found == below.entries.end()) {
      below.entries.push_back(entry);
    } else {
      found->key = entry.key;
      lay_over(found->value, entry.value);
    }
  }
}

}  // namespace syncwright
