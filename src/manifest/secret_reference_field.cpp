#include "secret_reference_field.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "keys.h"
#include "scalar_fields.h"

namespace syncwright {
namespace {

constexpr const char* reference_advice =
    "write {env: NAME}, {file: PATH} or {command: [PROGRAM, ...]}";

bool is_environment_name(const std::string& name) {
  const bool starts_with_digit = name.front() >= '0' && name.front() <= '9';
  return !starts_with_digit && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::optional<SecretReference> as_env(const Field& field) {
  std::optional<std::string> name = as_text(field);
  if (!name) return std::nullopt;
  if (!is_environment_name(*name)) {
    field.report("SW1006", "`env` holds no name of an environment variable",
                 "use letters, digits and `_`, no digit first");
    return std::nullopt;
  }
  return SecretReference{SecretReference::Env{std::move(*name)}};
}

std::optional<SecretReference> as_file(const Field& field) {
  const std::optional<std::string> text = as_text(field);
  if (!text) return std::nullopt;
  const ManifestSource& source = field.source();
  const std::filesystem::path path = (source.folder / *text).lexically_normal();
  const std::filesystem::path inside = path.lexically_relative(source.root);
  const bool leads_out = inside.empty() || *inside.begin() == "..";
  return SecretReference{SecretReference::File{(leads_out ? path : inside).generic_string()}};
}

std::optional<SecretReference> as_command(const Field& field) {
  auto argv = as_list(as_written)(field);
  if (!argv || argv->size() != field.node().items.size()) return std::nullopt;
  if (argv->front().empty()) {
    field.report("SW1013", "`command` names no program", reference_advice);
    return std::nullopt;
  }
  return SecretReference{SecretReference::Command{std::move(*argv)}};
}

}  // namespace

std::optional<SecretReference> as_secret_reference(const Field& field) {
  if (field.node().kind == YamlNode::Kind::sequence) {
    field.report_type("a reference", reference_advice);
    return std::nullopt;
  }
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  std::vector<Field> given;
  for (const char* key : {"env", "file", "command"}) {
    if (const auto found = keys.find(key)) given.push_back(*found);
  }
  if (given.size() > 1) {
    given[1].report_key("SW1012", "a secret comes from one place", reference_advice);
  }
  std::optional<SecretReference> env = keys.read("env", as_env);
  std::optional<SecretReference> file = keys.read("file", as_file);
  std::optional<SecretReference> command = keys.read("command", as_command);
  keys.done();
  if (env) return env;
  return file ? file : command;
}

}  // namespace syncwright
