#include "manifest/project_path.h"

#include <fmt/format.h>

#include <system_error>

#include "manifest/decode/scalar_fields.h"
#include "manifest/yaml/text_check.h"

namespace syncwright {

namespace fs = std::filesystem;

bool lies_in_project(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(path, error);
  if (error) return false;
  const fs::path resolved_root = fs::weakly_canonical(root, error);
  const fs::path below = resolved.lexically_relative(resolved_root);
  return !error && !below.empty() && *below.begin() != "..";
}

std::optional<fs::path> as_project_file(const Field& field) {
  const std::optional<std::string> text = as_text(field);
  if (!text) return std::nullopt;
  const ManifestSource& source = field.source();
  const fs::path path = (source.folder / *text).lexically_normal();
  if (!lies_in_project(path, source.root)) {
    field.report("SW2009", fmt::format("{} lies outside of the project", shown(*text)),
                 "copy the file into the project");
    return std::nullopt;
  }
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    field.report("SW0106", fmt::format("there is no file {}", shown(*text)),
                 "the path is relative to this manifest");
    return std::nullopt;
  }
  return path;
}

}  // namespace syncwright
