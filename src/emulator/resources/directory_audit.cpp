#include "emulator/resources/directory_audit.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "emulator/cycles/source_object.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr const char* application_type_name = "Application";
constexpr const char* service_principal_type_name = "ServicePrincipal";
constexpr const char* user_type_name = "User";
constexpr const char* group_type_name = "Group";

/// What the body of a PATCH changes.
Json modified_properties(const Call& call, const Json& before) {
  Json properties = Json::array();
  if (call.method != http::HttpMethod::patch || !call.body.is_object()) return properties;
  for (const auto& [name, value] : call.body.items()) {
    if (name == "passwordProfile") continue;
    properties.push_back({{"displayName", name},
                          {"oldValue", printed_json(member_or_null(before, name.c_str()))},
                          {"newValue", printed_json(value)}});
  }
  return properties;
}

Json target_resource(const char* type, const Json& value, Json modified = Json::array()) {
  return {{"id", string_or(value, "id")},
          {"displayName", string_or(value, "displayName")},
          {"type", type},
          {"modifiedProperties", std::move(modified)}};
}

Json find_target(const Store& store, const Call& call) {
  const std::string& id = call.parameters.front();
  if (const Replicated* application = store.applications.find(id)) {
    const Json& value = application->value();
    return target_resource(application_type_name, value, modified_properties(call, value));
  }
  if (const Replicated* principal = store.service_principals.find(id)) {
    const Json& value = principal->value();
    return target_resource(service_principal_type_name, value, modified_properties(call, value));
  }
  for (const char* type : {user_type_name, group_type_name}) {
    const Json* person = find_source(store, type, id);
    if (person) return target_resource(type, *person, modified_properties(call, *person));
  }
  for (const Json& user : store.users) {
    if (ascii::equal_ignoring_case(string_or(user, "userPrincipalName"), id)) {
      return target_resource(user_type_name, user, modified_properties(call, user));
    }
  }
  return nullptr;
}

/// What a creation made: its answer says which.
Json created_targets(const Call& call, const Reply& reply) {
  const std::string& collection = call.segments.front();
  if (ascii::equal_ignoring_case(collection, "users")) {
    return Json::array({target_resource(user_type_name, reply.body)});
  }
  if (ascii::equal_ignoring_case(collection, "groups")) {
    return Json::array({target_resource(group_type_name, reply.body)});
  }
  if (ascii::equal_ignoring_case(collection, "applications")) {
    return Json::array({target_resource(application_type_name, reply.body)});
  }
  if (ascii::equal_ignoring_case(collection, "servicePrincipals")) {
    return Json::array({target_resource(service_principal_type_name, reply.body)});
  }
  return Json::array(
      {target_resource(application_type_name, member_or_null(reply.body, "application")),
       target_resource(service_principal_type_name,
                       member_or_null(reply.body, "servicePrincipal"))});
}

/// The log's words for what is edited.
struct Kind {
  std::string noun;
  std::string category;
};

Kind kind_of(const Json& targets) {
  const std::string type = targets.empty() ? "" : string_or(targets.front(), "type");
  if (type == user_type_name) return {"user", "UserManagement"};
  if (type == group_type_name) return {"group", "GroupManagement"};
  return {"application", "ApplicationManagement"};
}

std::string activity_on(const Kind& kind, std::string_view activity) {
  const std::size_t star = activity.find('*');
  if (star == std::string_view::npos) return std::string(activity);
  return std::string(activity.substr(0, star)) + kind.noun;
}

Json user_initiator(const Store& store, const std::string& name) {
  Json user = {
      {"id", ""}, {"displayName", nullptr}, {"userPrincipalName", name}, {"ipAddress", nullptr}};
  for (const Json& known : store.users) {
    if (!ascii::equal_ignoring_case(string_or(known, "userPrincipalName"), name)) continue;
    user["id"] = known["id"];
    user["displayName"] = member_or_null(known, "displayName");
  }
  return {{"user", std::move(user)}, {"app", nullptr}};
}

Json application_initiator(const Store& store, const std::string& app_id) {
  Json app = {{"appId", app_id},
              {"displayName", nullptr},
              {"servicePrincipalId", nullptr},
              {"servicePrincipalName", nullptr}};
  for (const Replicated* object : store.service_principals.with("appId", app_id)) {
    app["displayName"] = member_or_null(object->value(), "displayName");
    app["servicePrincipalId"] = member_or_null(object->value(), "id");
  }
  return {{"user", nullptr}, {"app", std::move(app)}};
}

const char* operation_type(http::HttpMethod method) {
  if (method == http::HttpMethod::post) return "Add";
  return method == http::HttpMethod::del ? "Delete" : "Update";
}

/// The job of "servicePrincipals/*/synchronization/jobs/*...", so that drift of two jobs of one
/// service principal can be told apart. [G] What the service writes there is not recorded.
Json assumed_additional_details(const Call& call) {
  constexpr std::size_t place = 3;
  const bool names_job = call.parameters.size() > 1 && call.segments.size() > place &&
                         ascii::equal_ignoring_case(call.segments[place], "jobs");
  if (!names_job) return Json::array();
  return Json::array({{{"key", "JobId"}, {"value", call.parameters[1]}}});
}

}  // namespace

DirectoryAudit::DirectoryAudit(const Store& store, const Route& route, const Call& call)
    : route_(route), call_(call) {
  if (route.activity.empty() || call.parameters.empty()) return;
  Json target = find_target(store, call);
  if (!target.is_null()) targets_.push_back(std::move(target));
}

void DirectoryAudit::record(Store& store, const Reply& reply) const {
  if (route_.activity.empty()) return;
  Json targets = targets_.empty() ? created_targets(call_, reply) : targets_;
  const Kind kind = kind_of(targets);
  const bool provisioning = is_of_synchronization(route_.permission);
  const Caller& caller = call_.caller;
  store.audits.append(
      {{"id", fmt::format("{}_{}", provisioning ? "Sync" : "Directory", random_uuid())},
       {"category", provisioning ? "ProvisioningManagement" : kind.category},
       {"correlationId", call_.headers.get("client-request-id").value_or(random_uuid())},
       {"result", "success"},
       {"resultReason", ""},
       {"activityDisplayName", activity_on(kind, route_.activity)},
       {"activityDateTime", format_rfc3339(call_.now)},
       {"loggedByService", provisioning ? "Account Provisioning" : "Core Directory"},
       {"operationType", provisioning ? "" : operation_type(call_.method)},
       {"initiatedBy", caller.user.empty() ? application_initiator(store, caller.app_id)
                                           : user_initiator(store, caller.user)},
       {"targetResources", std::move(targets)},
       {"additionalDetails", assumed_additional_details(call_)}});
}

}  // namespace syncwright::emulator
