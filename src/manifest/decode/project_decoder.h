#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/interpolation.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {

/// One tenant that the project's manifests are applied to.
struct ProjectEnvironment {
  std::optional<std::string> tenant;  ///< id, small letters
  std::string cloud;                  ///< empty: the global one
  Variables variables;
  std::vector<std::string> writers;
  bool names_tenant = false;  ///< also one that is at fault
  SourceRange where{};        ///< of its name
};

/// What syncwright.yaml says.
struct Project {
  struct Manifest {
    std::string path;  ///< relative to the project's root
    SourceRange where;
  };

  std::string name = model::kUnnamedProject;
  std::vector<std::string> previously;  ///< earlier names, each once
  std::vector<Manifest> manifests;      ///< empty: the folder `manifests`
  std::map<std::string, ProjectEnvironment> environments;
  model::Guards guards;
  Severities severities;
  ExpressionSettings expressions;
};

/// A document of kind Project.
[[nodiscard]] std::optional<Project> as_project(const Field& document);

/// The environment that `-e` names. Where the project declares some and none is chosen that is
/// SW2020, an unknown one is SW2021; both at `project`, syncwright.yaml. nullptr then, and where
/// there are none.
[[nodiscard]] const ProjectEnvironment* choose_environment(
    const std::map<std::string, ProjectEnvironment>& environments, const std::string& chosen,
    const SourceRange& project, Diagnostics& diagnostics);

/// SW1019 where --project names another project than the file does; `named`: empty without it.
void check_named_project(const Project& project, const std::string& named, const SourceRange& file,
                         Diagnostics& diagnostics);

}  // namespace syncwright::manifest
