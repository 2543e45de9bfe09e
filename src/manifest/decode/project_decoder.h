#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/environment_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/severity_decoder.h"
#include "syncwright/manifest/expression_settings.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// What syncwright.yaml says.
struct Project {
  struct Manifest {
    std::string path;  ///< relative to the project's root
    SourceRange where;
  };

  std::string name = kUnnamedProject;
  std::vector<std::string> previously;  ///< earlier names, each once
  std::vector<Manifest> manifests;      ///< empty: the folder `manifests`
  std::map<std::string, ProjectEnvironment> environments;
  Guards guards;
  Severities severities;
  ExpressionSettings expressions;
};

/// A document of kind Project.
[[nodiscard]] std::optional<Project> as_project(const Field& document);

/// SW1019 where --project names another project than the file does; `named`: empty without it.
void check_named_project(const Project& project, const std::string& named, const SourceRange& file,
                         Diagnostics& diagnostics);

}  // namespace syncwright
