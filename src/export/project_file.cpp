#include "syncwright/export/project_file.h"

#include <utility>

#include "export/customization_writer.h"
#include "export/yaml_writer.h"

namespace syncwright {

std::string write_project_file(const std::string& name, const std::vector<std::string>& manifests) {
  YamlOutput project = yaml_mapping({{"apiVersion", yaml_text("syncwright/v1")},
                                     {"kind", yaml_text("Project")},
                                     {"metadata", yaml_line({{"name", yaml_text(name)}})}});
  project.comment =
      "The project that the manifests belong to. Its name is written into the tags of whatever it\n"
      "owns: after a change of it, the old one belongs under metadata.previously.";
  if (manifests.empty()) return write_yaml(project);
  YamlOutput list = yaml_sequence();
  list.one_line = true;
  for (const std::string& path : manifests) list.items.push_back(yaml_text(path));
  YamlOutput spec = yaml_line({{"manifests", std::move(list)}});
  escape_references(spec);
  project.add("spec", std::move(spec));
  return write_yaml(project);
}

}  // namespace syncwright
