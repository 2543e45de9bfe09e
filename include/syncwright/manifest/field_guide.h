#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright::manifest {

/// The JSON Schema of manifests (schemas/manifest.schema.json), compiled into the program.
[[nodiscard]] std::string_view manifest_schema();

/// What manifests of ours call it: a file beside them, so that editors need no network.
inline constexpr std::string_view kManifestSchemaFile = "manifest.schema.json";

/// The page of `syncwright explain` for one manifest field.
struct FieldPage {
  std::string path;  ///< "spec.jobs.schema.mappings": keys the user chooses are left out
  std::string text;  ///< what it means, its type and the words it takes
};

/// Every field that schemas/manifest.schema.json describes, in its order: the editor's hover help
/// and `explain` are one text.
[[nodiscard]] const std::vector<FieldPage>& field_guide();

/// The page of `syncwright explain` for one kind of manifest.
struct KindPage {
  std::string kind;               ///< "ApplicationSet"
  std::string summary;            ///< one sentence or two
  std::vector<FieldPage> fields;  ///< a set's template is that of an Application, and left out
};

/// Every kind, in the schema's order.
[[nodiscard]] const std::vector<KindPage>& kind_guide();
/// Without regard to case; nullptr for an unknown one.
[[nodiscard]] const KindPage* find_kind(std::string_view word);

/// The pages that a word means: the field of that path, also where the path has the keys of a
/// manifest in it ("spec.jobs.default.state", "spec.template.spec.scope"); else every field of that
/// name, equal texts once. A kind may stand before the path ("ApplicationSet.spec.from"): then it
/// is a field of that kind. Empty: none.
[[nodiscard]] std::vector<FieldPage> find_fields(std::string_view word);

}  // namespace syncwright::manifest
