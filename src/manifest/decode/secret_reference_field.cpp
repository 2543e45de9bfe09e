#include "manifest/decode/secret_reference_field.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/suggestion.h"
#include "syncwright/manifest/yaml_scalar.h"

namespace syncwright {
namespace {

constexpr const char* reference_advice =
    "write {env: NAME}, {file: PATH} or {command: [PROGRAM, ...]}";

const std::array<std::string, 3> places{"env", "file", "command"};

bool is_place(std::string_view key) {
  return std::find(places.begin(), places.end(), key) != places.end();
}

bool is_text(const YamlNode& node) {
  return node.kind == YamlNode::Kind::scalar && node.style != YamlNode::Style::unresolved &&
         !node.text.empty();
}

void hide_collection(const Field& field) {
  const YamlNode::Kind kind = field.node().kind;
  if (kind == YamlNode::Kind::sequence || kind == YamlNode::Kind::mapping) field.hide();
}

std::optional<SecretReference> as_env(const Field& field) {
  if (is_text(field.node()) && !is_environment_name(field.text())) {
    field.hide();
    field.report("SW1006", "`env` holds no name of an environment variable",
                 "use letters, digits and `_`, no digit first");
    return std::nullopt;
  }
  hide_collection(field);
  std::optional<std::string> name = as_text(field);
  if (!name) return std::nullopt;
  return SecretReference{SecretReference::Env{std::move(*name)}};
}

std::optional<SecretReference> as_file(const Field& field) {
  if (is_text(field.node()) && core_type(field.node()) != ScalarType::text) {
    field.hide();
    field.report("SW1002", "`file` must be a path, found a number or a boolean", "quote it");
    return std::nullopt;
  }
  hide_collection(field);
  const std::optional<std::string> text = as_text(field);
  if (!text) return std::nullopt;
  const ManifestSource& source = field.source();
  const std::filesystem::path path = (source.folder / *text).lexically_normal();
  const std::filesystem::path inside = path.lexically_relative(source.root);
  const bool leads_out = inside.empty() || *inside.begin() == "..";
  return SecretReference{SecretReference::File{(leads_out ? path : inside).generic_string()}};
}

std::optional<SecretReference> as_command(const Field& field) {
  if (is_text(field.node())) {
    field.hide();
    field.report("SW1002", "`command` must be a list, found a text", reference_advice);
    return std::nullopt;
  }
  if (field.node().kind == YamlNode::Kind::mapping) field.hide();
  for (const Field& argument : field.items()) hide_collection(argument);
  auto argv = as_list(as_written)(field);
  if (!argv || argv->size() != field.node().items.size()) return std::nullopt;
  if (argv->front().empty()) {
    field.report("SW1013", "`command` names no program", reference_advice);
    return std::nullopt;
  }
  return SecretReference{SecretReference::Command{std::move(*argv)}};
}

bool is_written_in_full(const YamlEntry& entry) {
  const YamlNode& value = entry.value;
  if (entry.key.text == "env") return is_text(value) && is_environment_name(value.text);
  if (entry.key.text == "file") return is_text(value) && core_type(value) == ScalarType::text;
  return entry.key.text == "command" && value.kind == YamlNode::Kind::sequence &&
         std::all_of(value.items.begin(), value.items.end(), is_text);
}

}  // namespace

bool is_secret_reference(const YamlNode& node) {
  return node.kind == YamlNode::Kind::mapping && node.entries.size() == 1 &&
         is_written_in_full(node.entries.front());
}

std::optional<SecretReference> as_secret_reference(const Field& field) {
  if (field.node().kind == YamlNode::Kind::sequence) {
    field.report_type("a reference", reference_advice);
    return std::nullopt;
  }
  if (!field.expect_mapping()) return std::nullopt;
  for (const YamlEntry& entry : field.node().entries) {
    // `{hunter2}` is a key without a value to YAML, and a secret to whoever wrote it; so may be any
    // key that is no misspelt place.
    const bool is_misspelt =
        entry.value.kind != YamlNode::Kind::null && !did_you_mean(entry.key.text, places).empty();
    if (is_misspelt || is_place(entry.key.text)) continue;
    field.hide();
    field.report_type("a reference", reference_advice);
    return std::nullopt;
  }
  Keys keys(field);
  std::vector<Field> given;
  for (const std::string& key : places) {
    if (const auto found = keys.find(key)) given.push_back(*found);
  }
  if (given.size() > 1) {
    field.hide();
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
