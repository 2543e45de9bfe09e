#pragma once

#include <string>
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

}  // namespace syncwright
