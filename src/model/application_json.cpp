#include "model/application_json.h"

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "syncwright/model/application_members.h"
#include "syncwright/model/secret_keys.h"

/// Both directions of each part side by side. A plan file may have been edited, and what is
/// read here is what gets applied: every type is checked, and a member that is not read is
/// refused.

namespace syncwright::model {
namespace {

template <class T>
void put(Json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

void put(Json& object, const char* key, const Rare<std::string>& text) {
  if (text) object[key] = *text;
}

Json json_of(const SecretReference& reference) {
  if (const auto* env = std::get_if<SecretReference::Env>(&reference.source)) {
    return Json::object({{"env", env->name}});
  }
  if (const auto* file = std::get_if<SecretReference::File>(&reference.source)) {
    return Json::object({{"file", file->path}});
  }
  return Json::object({{"command", std::get<SecretReference::Command>(reference.source).argv}});
}

SecretReference read_reference(JsonObject object) {
  std::vector<SecretReference> found;
  if (auto env = object.text_or_null("env")) {
    found.push_back({SecretReference::Env{std::move(*env)}});
  }
  if (auto file = object.text_or_null("file")) {
    found.push_back({SecretReference::File{std::move(*file)}});
  }
  if (auto argv = object.texts_or_null("command")) {
    if (argv->empty()) object.blame("command", "is empty");
    found.push_back({SecretReference::Command{std::move(*argv)}});
  }
  if (found.size() != 1) object.blame("is not one of env, file and command");
  object.refuse_unknown();
  return found.empty() ? SecretReference{} : std::move(found.front());
}

Json json_of(const DesiredCredentials& credentials) {
  Json values = Json::object();
  for (const CredentialValue& entry : credentials.values) {
    const auto* text = std::get_if<std::string>(&entry.value);
    values[entry.key] =
        text != nullptr ? Json(*text) : json_of(std::get<SecretReference>(entry.value));
  }
  Json json = Json::object();
  json["validate"] = credentials.validate;
  json["values"] = std::move(values);
  put(json, "revision", credentials.revision);
  return json;
}

CredentialValue read_credential(JsonObject& values, const std::string& key) {
  if (!is_secret_key(key)) values.blame(key, "is no known key");
  if (!values.any(key).is_string()) return {key, read_reference(values.object(key)), {}};
  if (is_masked_secret_key(key)) values.blame(key, "holds a secret in clear text");
  return {key, values.text(key), {}};
}

void read(JsonObject object, DesiredCredentials& credentials) {
  credentials.revision = object.text_or_null("revision");
  credentials.validate = object.flag_or_null("validate").value_or(true);
  if (object.has("values")) {
    JsonObject values = object.object("values");
    for (const std::string& key : values.keys()) {
      credentials.values.push_back(read_credential(values, key));
    }
  }
  object.refuse_unknown();
}

Json json_of(const DesiredNotifications& notifications) {
  Json json = Json::object();
  put(json, "enabled", notifications.enabled);
  put(json, "recipient", notifications.recipient);
  return json;
}

void read(JsonObject object, DesiredNotifications& notifications) {
  notifications.enabled = object.flag_or_null("enabled");
  notifications.recipient = object.text_or_null("recipient");
  object.refuse_unknown();
}

Json json_of(const DesiredDeletions& deletions) {
  Json json = Json::object();
  put(json, "threshold", deletions.threshold);
  put(json, "skipOutOfScope", deletions.skip_out_of_scope);
  return json;
}

void read(JsonObject object, DesiredDeletions& deletions) {
  deletions.threshold = object.number_or_null("threshold", 1, kMaxDeletionThreshold);
  deletions.skip_out_of_scope = object.flag_or_null("skipOutOfScope");
  object.refuse_unknown();
}

/// As the manifest writes it.
Json json_of(const Adopt& adopt) {
  switch (adopt.mode) {
    case Adopt::Mode::refuse:
      return "refuse";
    case Adopt::Mode::never:
      return "never";
    case Adopt::Mode::by_name:
      return "by-name";
    case Adopt::Mode::service_principal:
      return *adopt.id;
    case Adopt::Mode::app_id:
      return Json{{"appId", *adopt.id}};
  }
  return "refuse";
}

Json json_of(const DesiredAssignments& assignments) {
  Json members = Json::array();
  for (const DesiredMember& member : assignments.members) {
    Json json{{to_string(member.type), member.principal}};
    put(json, "role", member.role);
    if (member.absent) json["absent"] = true;
    members.push_back(std::move(json));
  }
  const bool exact = assignments.mode == DesiredAssignments::Mode::exact;
  return Json{{"mode", exact ? "exact" : "additive"}, {"members", std::move(members)}};
}

DesiredMember read_member(JsonObject& object) {
  using Type = DesiredMember::Type;
  DesiredMember member;
  int named = 0;
  for (const Type type : {Type::user, Type::group, Type::service_principal}) {
    auto principal = object.text_or_null(to_string(type));
    if (!principal) continue;
    ++named;
    member.type = type;
    member.principal = std::move(*principal);
  }
  if (named != 1) object.blame("names not exactly one of user, group and servicePrincipal");
  member.role = object.text_or_null("role");
  member.absent = object.flag_or_null("absent").value_or(false);
  object.refuse_unknown();
  return member;
}

void read(JsonObject object, DesiredAssignments& assignments) {
  using Mode = DesiredAssignments::Mode;
  assignments.mode =
      object.word_or_null<Mode>("mode", {{"additive", Mode::additive}, {"exact", Mode::exact}})
          .value_or(Mode::additive);
  if (object.has("members")) assignments.members = object.list("members", read_member);
  object.refuse_unknown();
}

Json json_of(const BaseSchema& base) {
  return {{"file", base.file}, {"document", base.document->text()}};
}

void read(JsonObject object, BaseSchema& base) {
  base.file = object.text("file");
  auto document = schema::SynchronizationSchema::decode(object.text("document"));
  if (document) {
    base.document = std::make_shared<const schema::SynchronizationSchema>(std::move(*document));
  } else {
    object.fault().blame(within(document.error(), object.path_of("document")).message);
  }
  object.refuse_unknown();
}

Json json_of(const DesiredJob& job) {
  Json json = Json::object();
  put(json, "template", job.template_id);
  put(json, "id", job.job_id);
  if (job.absent) json["absent"] = true;
  if (job.state) json["state"] = to_string(*job.state);
  if (job.base_schema) json["baseSchema"] = json_of(*job.base_schema);
  if (job.schema) json["schema"] = to_json(*job.schema);
  return json;
}

void read(JsonObject object, DesiredJob& job) {
  job.template_id = object.text_or_null("template");
  job.job_id = object.text_or_null("id");
  job.absent = object.flag_or_null("absent").value_or(false);
  job.state = object.word_or_null<JobState>(
      "state", {{"started", JobState::started}, {"paused", JobState::paused}});
  if (object.has("baseSchema")) read(object.object("baseSchema"), job.base_schema.emplace());
  if (const Json* schema = object.member("schema")) {
    auto customization = schema::customization_from_json(*schema);
    if (customization) {
      job.schema = std::move(*customization);
    } else {
      object.fault().blame(within(customization.error(), object.path_of("schema")).message);
    }
  }
  object.refuse_unknown();
}

Json json_of(const Labels& labels) {
  return labels;
}

void read(JsonObject object, Labels& labels) {
  for (const std::string& key : object.keys()) labels[key] = object.text(key);
}

void read(JsonObject object, std::vector<DesiredJob>& jobs) {
  for (const std::string& key : object.keys()) {
    if (!is_job_key(key)) object.blame(key, "is no job key");
    DesiredJob& job = jobs.emplace_back();
    job.key = key;
    read(object.object(key), job);
  }
}

// How a property of each type stands in the JSON of an application: parts that are left out in a
// manifest are left out here, except that every application says what it adopts and its jobs.

void put(Json& json, const char* key, const std::string& text) {
  json[key] = text;
}

void put(Json& json, const char* key, SharedText text) {
  json[key] = text.text();
}

void put(Json& json, const char* key, const Adopt& adopt) {
  json[key] = json_of(adopt);
}

void put(Json& json, const char* key, const std::vector<DesiredJob>& jobs) {
  Json& by_key = json[key] = Json::object();
  for (const DesiredJob& job : jobs) by_key[job.key] = json_of(job);
}

void put(Json& json, const char* key, const std::optional<Scope>& scope) {
  if (scope) json[key] = to_string(*scope);
}

void put(Json& json, const char* key, const std::vector<std::string>& texts) {
  if (!texts.empty()) json[key] = texts;
}

template <class Part>
  requires requires(const Part& part) { json_of(part); }
void put(Json& json, const char* key, const Rare<Part>& part) {
  if (part) json[key] = json_of(*part);
}

void read_member(JsonObject& object, const char* key, std::string& text) {
  text = object.text(key);
}

void read_member(JsonObject& object, const char* key, SharedText& text) {
  text = object.text(key);
}

void read_member(JsonObject& object, const char* key, Rare<std::string>& text) {
  text = object.text_or_null(key);
}

void read_member(JsonObject& object, const char* key, std::optional<bool>& flag) {
  flag = object.flag_or_null(key);
}

void read_member(JsonObject& object, const char* key, std::vector<std::string>& texts) {
  texts = object.texts_or_null(key).value_or(std::vector<std::string>());
}

void read_member(JsonObject& object, const char* key, std::optional<Scope>& scope) {
  scope = object.word_or_null<Scope>(key, {{"assigned", Scope::assigned}, {"all", Scope::all}});
}

void read_member(JsonObject& object, const char* key, Adopt& adopt) {
  if (object.any(key).is_object()) {
    JsonObject by_id = object.object(key);
    adopt = {Adopt::Mode::app_id, by_id.text("appId"), {}};
    return by_id.refuse_unknown();
  }
  const auto text = object.text_or_null(key);
  if (!text || *text == "refuse") return;
  if (*text == "never" || *text == "by-name") {
    adopt.mode = *text == "never" ? Adopt::Mode::never : Adopt::Mode::by_name;
  } else {
    adopt = {Adopt::Mode::service_principal, *text, {}};
  }
}

/// Leaves a part that is left out as it is.
template <class Part>
void read_member(JsonObject& object, const char* key, Part& part) {
  if (object.has(key)) read(object.object(key), part);
}

template <class Part>
void read_member(JsonObject& object, const char* key, Rare<Part>& part) {
  if (object.has(key)) read(object.object(key), part.emplace());
}

}  // namespace

Json to_json(const DesiredApplication& application) {
  Json json = Json::object();
  for_each_application_member(
      [&](const auto& row) { put(json, row.name, application.*row.value); });
  return json;
}

DesiredApplication read_application(JsonObject& object) {
  DesiredApplication application;
  for_each_application_member(
      [&](const auto& row) { read_member(object, row.name, application.*row.value); });
  if (!is_manifest_name(application.name)) object.blame("name", "is no manifest name");
  object.refuse_unknown();
  return application;
}

}  // namespace syncwright::model
