#include "manifest/variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/manifest_files.h"
#include "manifest/yaml/text_check.h"

namespace syncwright {
namespace {

void load_file(const std::filesystem::path& path, ManifestSource& source, Variables& variables,
               std::vector<SourceText>& texts) {
  const auto text = read_text(path, source.file, source.diagnostics);
  if (!text) return;
  for (const YamlNode& document : parse_yaml(*text, source.file, source.diagnostics)) {
    read_variables(Field(source, document, "the variable file", document.span), variables);
  }
  if (!source.diagnostics.empty()) texts.push_back({source.file, redact(*text, {})});
}

}  // namespace

void read_variables(const Field& field, Variables& variables) {
  if (!field.expect_mapping()) return;
  for (const Field& entry : Keys(field).all()) {
    if (!is_variable_name(entry.name())) {
      entry.report_key("SW2003", fmt::format("{} is no name of a variable", shown(entry.name())),
                       "use letters, digits, `_` and `-`, a letter first");
    } else if (auto value = as_written(entry)) {
      variables[entry.name()] = std::move(*value);
    }
  }
}

Variables load_variables(const std::vector<std::filesystem::path>& files, const Variables& given,
                         const std::filesystem::path& working_folder, Diagnostics& diagnostics,
                         std::vector<SourceText>& texts) {
  Variables variables;
  for (const std::filesystem::path& file : files) {
    const std::filesystem::path path = (working_folder / file).lexically_normal();
    ManifestSource source;
    source.file = display_name(path, working_folder);
    load_file(path, source, variables, texts);
    diagnostics.append(std::move(source.diagnostics));
  }
  for (const auto& [name, value] : given) {
    if (!is_variable_name(name)) {
      diagnostics.add("SW2003", {}, fmt::format("--var {} is no name of a variable", shown(name)),
                      "use letters, digits, `_` and `-`, a letter first");
    }
    variables[name] = value;
  }
  return variables;
}

void report_unused(const Variables& given, const std::vector<std::string_view>& manifests,
                   Diagnostics& diagnostics) {
  for (const auto& [name, value] : given) {
    const std::string reference = fmt::format("${{var.{}}}", name);
    const bool is_used = std::any_of(
        manifests.begin(), manifests.end(),
        [&](std::string_view text) { return text.find(reference) != std::string_view::npos; });
    if (is_used) continue;
    diagnostics.add("SW2018", {}, fmt::format("--var {}: no manifest has {}", name, reference),
                    "check the name, or leave the flag out");
  }
}

}  // namespace syncwright
