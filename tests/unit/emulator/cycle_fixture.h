#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tenant_fixture.h"

namespace syncwright::emulator {

/// Started jobs of the CRM, whose cycles the clock drives.
struct CycleFixture : TenantFixture {
  explicit CycleFixture(const Json& secrets = Json::object(), TenantOptions options = {})
      : TenantFixture(options), app(started(secrets)) {}

  void start() { CHECK(act(app, "start").status == 204); }
  Json next_cycle() {
    clock.advance(cycle_interval);
    token = tenant.issue_token();
    return status(app);
  }

  /// The log, oldest first, as "action status source".
  std::string log(const std::string& filter = "") {
    const Answer answer = get("/auditLogs/provisioning?$top=500" +
                              (filter.empty() ? "" : "&$filter=" + percent_encode(filter)));
    REQUIRE(answer.status == 200);
    std::string text;
    for (const Json& entry : answer.body["value"]) {
      text = entry["provisioningAction"].get<std::string>() + " " +
             entry["provisioningStatusInfo"]["status"].get<std::string>() + " " +
             entry["sourceIdentity"]["displayName"].get<std::string>() + "\n" + text;
    }
    return text;
  }

  /// New values of the accounts that an action wrote to, by target attribute; of one person.
  Json written(const std::string& name, const std::string& action = "create") {
    const Answer found =
        filter("/auditLogs/provisioning", "sourceIdentity/displayName eq '" + name +
                                              "' and provisioningAction eq '" + action + "'");
    REQUIRE(found.body["value"].size() > 0);
    Json values = Json::object();
    for (const Json& property : found.body["value"][0]["modifiedProperties"]) {
      values[property["displayName"].get<std::string>()] = property["newValue"];
    }
    return values;
  }

  /// Maps a text of the expression language to a target attribute of people.
  void map_person(const std::string& target, const std::string& expression) {
    change_user_mapping([&](Json& users) {
      Json& mappings = users["attributeMappings"];
      for (auto held = mappings.begin(); held != mappings.end(); ++held) {
        if ((*held)["targetAttributeName"] != target) continue;
        mappings.erase(held);
        break;
      }
      mappings.push_back(
          {{"targetAttributeName", target}, {"source", {{"expression", expression}}}});
    });
  }

  void change_user_mapping(const std::function<void(Json&)>& change) {
    Json schema = get(schema_path(app)).body;
    change(schema["synchronizationRules"][0]["objectMappings"][1]);
    const Answer put = send(http::HttpMethod::put, schema_path(app), schema);
    CAPTURE(put.message());
    REQUIRE(put.status == 204);
  }

  App app;
};

inline Json mapping(const char* target, const char* source) {
  return {{"targetAttributeName", target}, {"source", {{"name", source}, {"type", "Attribute"}}}};
}

inline Json clause(const char* attribute, const char* operator_name,
                   const std::vector<std::string>& values = {}) {
  return {{"sourceOperandName", attribute},
          {"operatorName", operator_name},
          {"targetOperand", {{"values", values}}}};
}

inline Json scope(const std::vector<Json>& clauses) {
  return {{"groups", {{{"name", "g"}, {"clauses", clauses}}}}};
}

}  // namespace syncwright::emulator
