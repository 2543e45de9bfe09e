#pragma once

#include <optional>
#include <string>
#include <vector>

#include "field.h"
#include "syncwright/manifest/expression_settings.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// What syncwright.yaml says.
struct Project {
  struct Manifest {
    std::string path;  ///< relative to the project's root
    SourceRange where;
  };

  std::string name = "default";
  std::vector<Manifest> manifests;  ///< empty: the folder `manifests`
  SecretsPut secrets_put = SecretsPut::complete;
  ExpressionSettings expressions;
};

/// A document of kind Project.
[[nodiscard]] std::optional<Project> as_project(const Field& document);

}  // namespace syncwright
