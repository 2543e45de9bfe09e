#include "syncwright/model/desired.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "model/application_json.h"

namespace syncwright::model {

namespace {

bool is_small(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alphanumeric(char c) {
  return is_small(c) || (c >= 'A' && c <= 'Z');
}

}  // namespace

const char* to_string(Scope scope) {
  switch (scope) {
    case Scope::assigned:
      return "assigned";
    case Scope::all:
      return "all";
  }
  return "assigned";
}

const char* to_string(JobState state) {
  switch (state) {
    case JobState::started:
      return "started";
    case JobState::paused:
      return "paused";
  }
  return "paused";
}

const char* to_string(DesiredMember::Type type) {
  switch (type) {
    case DesiredMember::Type::user:
      return "user";
    case DesiredMember::Type::group:
      return "group";
    case DesiredMember::Type::service_principal:
      return "servicePrincipal";
  }
  return "user";
}

bool is_manifest_name(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_small(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_small(c) || c == '-'; });
}

bool is_job_key(std::string_view text) {
  return !text.empty() && text.size() <= 128 && is_alphanumeric(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

const SourceRange& origin_of(const DesiredApplication& application) {
  return application.row ? *application.row : application.where;
}

const DesiredApplication* Desired::find(std::string_view name) const {
  const auto found =
      std::lower_bound(applications.begin(), applications.end(), name,
                       [](const DesiredApplication& application, std::string_view wanted) {
                         return application.name < wanted;
                       });
  return found != applications.end() && found->name == name ? &*found : nullptr;
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" ,;<>\t\r\n") == std::string_view::npos;
}

namespace {

Json json_of(const Guards& guards) {
  return Json{{"maxDeletes", guards.max_deletes},
              {"maxUpdatesPercent", guards.max_updates_percent},
              {"maxAssignmentRemovals",
               {{"percent", guards.max_assignment_removals_percent},
                {"count", guards.max_assignment_removals_count}}},
              {"floor", guards.floor},
              {"secretsPut", guards.secrets_put == SecretsPut::complete ? "complete" : "merge"}};
}

Guards read_guards(JsonObject object) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  Guards guards;
  const auto read = [](JsonObject& from, const char* key, std::int64_t bound, std::int64_t& guard) {
    guard = from.number_or_null(key, 0, bound).value_or(guard);
  };
  read(object, "maxDeletes", most, guards.max_deletes);
  read(object, "maxUpdatesPercent", 100, guards.max_updates_percent);
  read(object, "floor", most, guards.floor);
  guards.secrets_put =
      object
          .word_or_null<SecretsPut>(
              "secretsPut", {{"complete", SecretsPut::complete}, {"merge", SecretsPut::merge}})
          .value_or(guards.secrets_put);
  if (object.has("maxAssignmentRemovals")) {
    JsonObject removals = object.object("maxAssignmentRemovals");
    read(removals, "percent", 100, guards.max_assignment_removals_percent);
    read(removals, "count", most, guards.max_assignment_removals_count);
    removals.refuse_unknown();
  }
  object.refuse_unknown();
  return guards;
}

std::vector<DesiredApplication> read_applications(JsonObject& object) {
  std::string last;
  return object.list("applications", [&last](JsonObject& each) {
    DesiredApplication application = read_application(each);
    if (!last.empty() && last >= application.name) {
      each.blame("is out of order, or its name occurs twice");
    }
    last = application.name;
    return application;
  });
}

}  // namespace

StreamedObject document_of(const Desired& desired) {
  StreamedObject document;
  document.add("project", desired.project);
  document.add("environment", desired.environment);
  document.add("guards", json_of(desired.guards));
  document.add("complete", desired.complete);
  add_list(document, "applications", desired.applications,
           [](const DesiredApplication& application) { return to_json(application); });
  if (!desired.previously.empty()) document.add("previously", desired.previously);
  if (desired.tenant_id) document.add("tenantId", *desired.tenant_id);
  if (!desired.cloud.empty()) document.add("cloud", desired.cloud);
  if (!desired.writers.empty()) document.add("writers", desired.writers);
  if (!desired.empty_sets.empty()) document.add("emptySets", desired.empty_sets.size());
  return document;
}

Result<Desired> desired_from_json(const Json& json) {
  static constexpr JsonDialect dialect;
  JsonFault fault(dialect);
  JsonObject object(json, "desired", fault);
  Desired desired;
  desired.project = object.text("project");
  if (!is_manifest_name(desired.project)) object.blame("project", "is no manifest name");
  desired.environment = object.text_or_null("environment").value_or(std::string());
  desired.tenant_id = object.text_or_null("tenantId");
  desired.cloud = object.text_or_null("cloud").value_or(std::string());
  desired.previously = object.texts_or_null("previously").value_or(std::vector<std::string>());
  if (!std::all_of(desired.previously.begin(), desired.previously.end(), is_manifest_name)) {
    object.blame("previously", "holds what is no manifest name");
  }
  desired.writers = object.texts_or_null("writers").value_or(std::vector<std::string>());
  if (object.has("guards")) desired.guards = read_guards(object.object("guards"));
  desired.empty_sets.resize(
      static_cast<std::size_t>(object.number_or_null("emptySets", 0, 1'000'000).value_or(0)));
  desired.complete = object.flag_or_null("complete").value_or(false);
  desired.applications = read_applications(object);
  object.refuse_unknown();
  if (auto read = fault.result(); !read) return fail(read.error());
  return desired;
}

std::string manifest_digest(const Desired& desired) {
  return document_of(desired).digest();
}

std::string applied_digest(const DesiredApplication& application) {
  constexpr std::size_t digits = 32;
  return digest(to_json(application)).substr(std::string_view("sha256:").size(), digits);
}

}  // namespace syncwright::model
