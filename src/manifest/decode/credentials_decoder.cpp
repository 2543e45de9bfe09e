#include "manifest/decode/credentials_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/yaml_node.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/text.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright::manifest {
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
    field.report(Code::SW1006, "`env` holds no name of an environment variable",
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
    field.report(Code::SW1002, "`file` must be a path, found a number or a boolean", "quote it");
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
    field.report(Code::SW1002, "`command` must be a list, found a text", reference_advice);
    return std::nullopt;
  }
  if (field.node().kind == YamlNode::Kind::mapping) field.hide();
  for (const Field& argument : field.items()) hide_collection(argument);
  auto argv = as_list(as_scalar)(field);
  if (!argv || argv->size() != field.node().items.size()) return std::nullopt;
  if (argv->front().empty()) {
    field.report(Code::SW1013, "`command` names no program", reference_advice);
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

/// Whether it is one without a fault, so that its source line may be shown.
bool is_secret_reference(const YamlNode& node) {
  return node.kind == YamlNode::Kind::mapping && node.entries.size() == 1 &&
         is_written_in_full(node.entries.front());
}

/// `{env: NAME}`, `{file: PATH}` or `{command: [PROGRAM, ARGUMENT...]}`. A file's path starts at
/// the manifest's folder, and is kept relative to the project's root where it lies inside. No
/// message shows a value: what stands there may be the secret itself. A mapping with a key that is
/// none of the three, nor a misspelt one, is hidden as a whole.
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
    given[1].report_key(Code::SW1012, "a secret comes from one place", reference_advice);
  }
  std::optional<SecretReference> env = keys.read("env", as_env);
  std::optional<SecretReference> file = keys.read("file", as_file);
  std::optional<SecretReference> command = keys.read("command", as_command);
  keys.done();
  if (env) return env;
  return file ? file : command;
}

/// Whether the value looks like a reference: as_secret_reference hides what is wrong
/// within, place by place.
bool is_reference(const YamlNode& node) {
  return node.kind == YamlNode::Kind::mapping &&
         std::all_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) {
           return entry.key.text == "env" || entry.key.text == "file" ||
                  entry.key.text == "command";
         });
}

/// Whether source lines may show all of it: the value of an unknown key is not looked into.
bool may_be_shown(const Field& field) {
  const std::string& key = field.name();
  if (!model::is_secret_key(key)) return is_secret_reference(field.node());
  return !model::is_masked_secret_key(key) || is_reference(field.node());
}

/// A key without the form of one may be a secret that lost its own.
bool has_form_of_key(const std::string& key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// false, and reported, where the key is none that `values` may hold.
bool accept_key(const Field& field) {
  const std::string& key = field.name();
  const std::string_view setting = model::typed_setting_of(key);
  if (!setting.empty()) {
    field.report_key(Code::SW2005, fmt::format("`{}` has a setting of its own", key),
                     fmt::format("use {}", setting));
    return false;
  }
  if (model::is_secret_key(key)) return true;
  const std::string hint = did_you_mean(key, model::secret_keys());
  field.report_key(Code::SW2006,
                   has_form_of_key(key)
                       ? fmt::format("Graph knows no credential {}", quote_value(key))
                       : "Graph knows no such credential",
                   hint.empty() ? "keys are those of synchronizationSecret, in exact case" : hint);
  return false;
}

std::optional<model::CredentialValue> as_masked_credential(const Field& field) {
  const std::string& key = field.name();
  if (field.node().kind == YamlNode::Kind::scalar) {
    field.report_key(Code::SW2004,
                     fmt::format("`{}` is a secret, and stands here in clear text", key),
                     "write {env: NAME}, {file: PATH} or {command: [PROGRAM, ...]}");
    return std::nullopt;
  }
  auto reference = as_secret_reference(field);
  if (!reference) return std::nullopt;
  return model::CredentialValue{key, std::move(*reference), field.key_range()};
}

/// The text itself, or a reference where the file is not to hold it.
std::optional<model::CredentialValue> as_credential(const Field& field) {
  const std::string& key = field.name();
  if (!may_be_shown(field)) field.hide();
  if (!accept_key(field)) return std::nullopt;
  const bool is_mapping = field.node().kind == YamlNode::Kind::mapping;
  if (model::is_masked_secret_key(key) || is_mapping) return as_masked_credential(field);
  auto text = as_scalar(field);
  if (!text) return std::nullopt;
  if (text->empty()) {
    field.report(Code::SW1013, fmt::format("`{}` is empty", key),
                 "write the value, or leave the key out");
    return std::nullopt;
  }
  if (*text == model::kMaskedValue) {
    field.report(Code::SW2016,
                 fmt::format("`{}` is `*`, which Graph shows in place of a value", key),
                 "write the value itself, or leave the key out to keep what is there");
    return std::nullopt;
  }
  return model::CredentialValue{key, std::move(*text), field.key_range()};
}

std::optional<std::vector<model::CredentialValue>> as_credential_values(const Field& field) {
  if (!field.expect_mapping_of_secrets()) return std::nullopt;
  std::vector<model::CredentialValue> values;
  for (const Field& entry : Keys(field).all()) {
    if (auto value = as_credential(entry)) values.push_back(std::move(*value));
  }
  std::sort(values.begin(), values.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  return values;
}

/// Asked once all keys are known.
void check_revision(const Field& field, Keys& keys, const model::DesiredCredentials& credentials) {
  if (keys.has("revision") || keys.is_misspelt("revision")) return;
  const bool has_reference =
      std::any_of(credentials.values.begin(), credentials.values.end(),
                  [](const model::CredentialValue& value) {
                    return std::holds_alternative<SecretReference>(value.value);
                  });
  if (!has_reference) return;
  field.report_key(kMissingRevisionCode,
                   "`credentials` has no `revision`: a new secret would never be saved",
                   "add revision: \"1\", and change it whenever a secret changes");
}

}  // namespace

std::optional<model::DesiredCredentials> as_credentials(const Field& field) {
  if (!field.expect_mapping_of_secrets()) return std::nullopt;
  Keys keys(field);
  model::DesiredCredentials credentials;
  credentials.where = field.key_range();
  credentials.revision = keys.read("revision", as_revision);
  credentials.validate = keys.read("validate", as_boolean).value_or(true);
  if (auto values = keys.read("values", as_credential_values)) {
    credentials.values = std::move(*values);
  }
  if (field.source().notes_revisions) check_revision(field, keys, credentials);
  keys.done();
  return credentials;
}

}  // namespace syncwright::manifest
