#include "syncwright/model/desired.h"

/// The writing half of a plan file's `desired`: the shape of the manifests themselves, so that a
/// reader of a plan knows it already. desired_reader.cpp is the other half.

namespace syncwright {
namespace {

template <class T>
void put(Json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

Json to_json(const SecretReference& reference) {
  if (const auto* env = std::get_if<SecretReference::Env>(&reference.source)) {
    return Json::object({{"env", env->name}});
  }
  if (const auto* file = std::get_if<SecretReference::File>(&reference.source)) {
    return Json::object({{"file", file->path}});
  }
  return Json::object({{"command", std::get<SecretReference::Command>(reference.source).argv}});
}

Json to_json(const DesiredCredentials& credentials) {
  Json values = Json::object();
  for (const CredentialValue& entry : credentials.values) {
    const auto* text = std::get_if<std::string>(&entry.value);
    values[entry.key] =
        text != nullptr ? Json(*text) : to_json(std::get<SecretReference>(entry.value));
  }
  Json json = Json::object();
  json["validate"] = credentials.validate;
  json["values"] = std::move(values);
  put(json, "revision", credentials.revision);
  return json;
}

Json to_json(const DesiredNotifications& notifications) {
  Json json = Json::object();
  put(json, "enabled", notifications.enabled);
  put(json, "recipient", notifications.recipient);
  return json;
}

Json to_json(const DesiredDeletions& deletions) {
  Json json = Json::object();
  put(json, "threshold", deletions.threshold);
  put(json, "skipOutOfScope", deletions.skip_out_of_scope);
  return json;
}

/// As the manifest writes it.
Json to_json(const Adopt& adopt) {
  switch (adopt.mode) {
    case Adopt::Mode::refuse:
      return "refuse";
    case Adopt::Mode::never:
      return "never";
    case Adopt::Mode::by_name:
      return "by-name";
    case Adopt::Mode::service_principal:
      return adopt.id;
    case Adopt::Mode::app_id:
      return Json{{"appId", adopt.id}};
  }
  return "refuse";
}

Json to_json(const DesiredAssignments& assignments) {
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

Json to_json(const Guards& guards) {
  return Json{{"maxDeletes", guards.max_deletes},
              {"maxUpdatesPercent", guards.max_updates_percent},
              {"maxAssignmentRemovals",
               {{"percent", guards.max_assignment_removals_percent},
                {"count", guards.max_assignment_removals_count}}},
              {"floor", guards.floor},
              {"secretsPut", guards.secrets_put == SecretsPut::complete ? "complete" : "merge"}};
}

Json to_json(const DesiredJob& job) {
  Json json = Json::object();
  put(json, "template", job.template_id);
  put(json, "id", job.job_id);
  if (job.absent) json["absent"] = true;
  if (job.state) json["state"] = to_string(*job.state);
  if (job.base_schema) {
    json["baseSchema"] = {{"file", job.base_schema->file},
                          {"document", job.base_schema->document->text()}};
  }
  if (job.schema) json["schema"] = to_json(*job.schema);
  return json;
}

Json to_json(const DesiredApplication& application) {
  Json json{{"name", application.name},
            {"gallery", application.gallery},
            {"displayName", application.display_name},
            {"adopt", to_json(application.adopt)}};
  if (!application.labels.empty()) json["labels"] = application.labels;
  if (application.protect) json["protect"] = *application.protect;
  if (!application.previously.empty()) json["previously"] = application.previously;
  if (application.assignments) json["assignments"] = to_json(*application.assignments);
  if (application.scope) json["scope"] = to_string(*application.scope);
  if (application.credentials) json["credentials"] = to_json(*application.credentials);
  if (application.notifications) json["notifications"] = to_json(*application.notifications);
  if (application.deletions) json["deletions"] = to_json(*application.deletions);
  Json jobs = Json::object();
  for (const DesiredJob& job : application.jobs) jobs[job.key] = to_json(job);
  json["jobs"] = std::move(jobs);
  return json;
}

}  // namespace

Json to_json(const Desired& desired) {
  Json applications = Json::array();
  for (const DesiredApplication& application : desired.applications) {
    applications.push_back(to_json(application));
  }
  Json json{{"project", desired.project},
            {"environment", desired.environment},
            {"guards", to_json(desired.guards)},
            {"complete", desired.complete},
            {"applications", std::move(applications)}};
  if (!desired.previously.empty()) json["previously"] = desired.previously;
  put(json, "tenantId", desired.tenant_id);
  if (!desired.cloud.empty()) json["cloud"] = desired.cloud;
  if (!desired.writers.empty()) json["writers"] = desired.writers;
  if (!desired.empty_sets.empty()) json["emptySets"] = desired.empty_sets.size();
  return json;
}

std::string manifest_digest(const Desired& desired) {
  return digest(to_json(desired));
}

std::string applied_digest(const DesiredApplication& application) {
  constexpr std::size_t digits = 32;
  return digest(to_json(application)).substr(std::string_view("sha256:").size(), digits);
}

}  // namespace syncwright
