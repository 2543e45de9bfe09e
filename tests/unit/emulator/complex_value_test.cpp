#include <functional>

#include "object_sample.h"

namespace syncwright::emulator {

namespace {

struct Refusals : TenantFixture {
  Refusals() {
    const Answer made = send(http::HttpMethod::post, "/applications", {{"displayName", "Plain"}});
    REQUIRE(made.status == 201);
    application = "/applications/" + made.body["id"].get<std::string>();
    const Answer instance =
        send(http::HttpMethod::post, "/servicePrincipals", {{"appId", made.body["appId"]}});
    REQUIRE(instance.status == 201);
    service_principal = "/servicePrincipals/" + instance.body["id"].get<std::string>();
  }

  std::string refused(const std::string& path, const Json& body) {
    const Answer answer = send(http::HttpMethod::patch, path, body);
    CHECK(answer.status == 400);
    CHECK(answer.code() == "Request_BadRequest");
    return answer.message();
  }

  std::string application;
  std::string service_principal;
};

std::string invalid_value(const std::string& property) {
  return "Invalid value specified for property '" + property + "' of resource 'Application'.";
}

/// Calls `found` with every member of the type and a value that has a stranger in its place.
void for_each_object(const ObjectProperty& row, const Call& call,
                     const std::function<void(const Json& with_stranger)>& found) {
  if (!row.members) return;
  const bool is_list = row.type == PropertyType::objects;
  const auto wrapped = [&](Json value) { return is_list ? Json::array({value}) : value; };
  found(wrapped({{"stranger", "x"}}));
  for (const ObjectProperty& member : row.members->properties) {
    if (!is_in_version(member, call)) continue;
    for_each_object(member, call, [&](const Json& inner) {
      found(wrapped({{std::string(name_in_version(member, call)), inner}}));
    });
  }
}

}  // namespace

TEST_CASE("a member that no type has is refused at every depth") {
  Refusals tenant;
  int objects = 0;
  for (const std::string version : {"v1.0", "beta"}) {
    const Call call = call_of(version);
    for (const auto& [type, path] :
         {std::pair{&application_type(), &tenant.application},
          std::pair{&service_principal_type(), &tenant.service_principal}}) {
      for (const ObjectProperty* row : properties_of(*type, call)) {
        if (row->access != Access::writable) continue;
        const std::string name(name_in_version(*row, call));
        for_each_object(*row, call, [&](const Json& value) {
          CAPTURE(value.dump());
          ++objects;
          CHECK(tenant.refused(prefix_of(version) + *path, {{name, value}}) ==
                "Invalid property 'stranger'.");
        });
      }
    }
  }
  CHECK(objects > 60);
}

TEST_CASE("a stranger that is no plain value is refused as one without a type") {
  Refusals tenant;
  for (const Json& body : {Json{{"web", {{"colours", {{"primary", "red"}}}}}},
                           Json{{"colours", Json::array({"red"})}}}) {
    CHECK(tenant.refused(tenant.application, body)
              .starts_with("A value without a type name was found and no expected type is "
                           "available."));
  }
}

TEST_CASE("the kind of each member counts, and the words that it may be") {
  Refusals tenant;
  const Json claim = {{"name", "upn"}, {"essential", "yes"}};
  const Json access = {{"resourceAppId", sample_guid},
                       {"resourceAccess", {{{"id", "no guid"}, {"type", "Role"}}}}};
  const Json scope = {{"resourceAppId", sample_guid},
                      {"resourceAccess", {{{"id", sample_guid}, {"type", "Everything"}}}}};
  const std::vector<std::pair<Json, std::string>> cases{
      {{{"web", "https://a.example"}}, "web"},
      {{{"web", {{"redirectUris", "https://a.example"}}}}, "redirectUris"},
      {{{"web", {{"redirectUris", nullptr}}}}, "redirectUris"},
      {{{"web", {{"redirectUris", {1}}}}}, "redirectUris"},
      {{{"web", {{"implicitGrantSettings", {{"enableIdTokenIssuance", 1}}}}}},
       "enableIdTokenIssuance"},
      {{{"spa", Json::array()}}, "spa"},
      {{{"api", {{"requestedAccessTokenVersion", "2"}}}}, "requestedAccessTokenVersion"},
      {{{"info", {{"supportUrl", 7}}}}, "supportUrl"},
      {{{"optionalClaims", {{"idToken", Json::array({claim})}}}}, "essential"},
      {{{"requiredResourceAccess", Json::array({access})}}, "id"},
      {{{"requiredResourceAccess", Json::array({scope})}}, "type"},
      {{{"appRoles", {{{"id", sample_guid}, {"allowedMemberTypes", {"Robot"}}}}}},
       "allowedMemberTypes"},
      {{{"tags", {{{"name", "x"}}}}}, "tags"},
  };
  for (const auto& [body, property] : cases) {
    CAPTURE(body.dump());
    CHECK(tenant.refused(tenant.application, body) == invalid_value(property));
  }
  CHECK(tenant.get(tenant.application).body["web"]["redirectUris"].empty());
}

TEST_CASE("the sign-on mode of a service principal is one of those that the reference lists") {
  Refusals tenant;
  const auto set = [&](const Json& mode) {
    return tenant.send(http::HttpMethod::patch, tenant.service_principal,
                       {{"preferredSingleSignOnMode", mode}});
  };
  for (const Json& mode :
       {Json("password"), Json("saml"), Json("notSupported"), Json("oidc"), Json(nullptr)}) {
    CHECK(set(mode).status == 204);
    CHECK(tenant.get(tenant.service_principal).body["preferredSingleSignOnMode"] == mode);
  }
  CHECK(set("magic").code() == "Request_BadRequest");
  CHECK(tenant.refused(tenant.service_principal,
                       {{"samlSingleSignOnSettings", {{"relayState", true}}}}) ==
        "Invalid value specified for property 'relayState' of resource 'ServicePrincipal'.");
}

TEST_CASE("members of one version are shown under its names, and those of beta in beta only") {
  Refusals tenant;
  const Json allowed =
      Json::array({{{"appId", sample_guid}, {"delegatedPermissionIds", {sample_guid}}}});
  CHECK(tenant
            .send(http::HttpMethod::patch, tenant.application,
                  {{"api", {{"preAuthorizedApplications", allowed}}}})
            .status == 204);
  CHECK(tenant
            .send(http::HttpMethod::patch, "/beta" + tenant.application,
                  {{"web", {{"oauth2AllowImplicitFlow", true}}}})
            .status == 204);
  const Json v1 = tenant.get(tenant.application).body;
  const Json beta = tenant.get("/beta" + tenant.application).body;
  CHECK(v1["api"]["preAuthorizedApplications"] == allowed);
  CHECK(beta["api"]["preAuthorizedApplications"] ==
        Json::array({{{"appId", sample_guid}, {"permissionIds", {sample_guid}}}}));
  CHECK_FALSE(v1["web"].contains("oauth2AllowImplicitFlow"));
  CHECK(beta["web"]["oauth2AllowImplicitFlow"] == true);
}

}  // namespace syncwright::emulator
