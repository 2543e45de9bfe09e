#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright {

/// The page of `syncwright explain` for one manifest field.
struct FieldPage {
  std::string path;  ///< "spec.jobs.schema.mappings": keys the user chooses are left out
  std::string text;  ///< what it means, its type and the words it takes
};

/// Every field that schemas/manifest.schema.json describes, in its order: the editor's hover help
/// and `explain` are one text.
[[nodiscard]] const std::vector<FieldPage>& field_guide();

/// The pages that a word means: the field of that path, also where the path has the keys of a
/// manifest in it ("spec.jobs.default.state", "spec.template.spec.scope"); else every field of that
/// name, equal texts once. Empty: none.
[[nodiscard]] std::vector<FieldPage> find_fields(std::string_view word);

}  // namespace syncwright
