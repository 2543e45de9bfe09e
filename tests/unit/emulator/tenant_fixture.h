#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "response_types.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/catalog.h"
#include "syncwright/emulator/tenant.h"
#include "unit/manual_clock.h"

namespace syncwright::emulator {

inline constexpr const char* crm_id = "70000000-0000-4000-8000-000000000007";
inline constexpr const char* cloud_id = "70000000-0000-4000-8000-000000000070";
inline constexpr const char* ada = "a0000000-0000-4000-8000-000000000001";
inline constexpr const char* cyn = "c0000000-0000-4000-8000-000000000003";
inline constexpr const char* dan = "d0000000-0000-4000-8000-000000000004";
inline constexpr const char* sales = "e0000000-0000-4000-8000-000000000005";
inline constexpr const char* newsletter = "f0000000-0000-4000-8000-000000000006";
inline constexpr const char* user_role = "3c280ef2-3f32-8cb8-86eb-79bd681d6f89";
inline constexpr std::chrono::minutes cycle_interval{40};

/// The built-in gallery and the Fabrikam tenant of ./catalog: four users, two groups, two apps.
inline std::shared_ptr<const Catalog> fabrikam() {
  static const std::shared_ptr<const Catalog> catalog = [] {
    auto made = Catalog::with_folder(SYNCWRIGHT_SOURCE_DIR "/tests/unit/emulator/catalog");
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return *made;
  }();
  return catalog;
}

inline Json state_of(const Tenant& tenant) {
  return Json::parse(tenant.state_text());
}

struct Answer {
  int status = 0;
  Json body;
  http::HttpHeaders headers;

  [[nodiscard]] std::string code() const {
    return string_or(member_or_null(body, "error"), "code");
  }
  [[nodiscard]] std::string message() const {
    return string_or(member_or_null(body, "error"), "message");
  }
};

/// What instantiate made.
struct App {
  std::string application;
  std::string service_principal;
  std::string app_id;
};

/// A tenant under a clock that the test turns, and a client with every permission.
class TenantFixture {
 public:
  explicit TenantFixture(TenantOptions options = {},
                         std::shared_ptr<const Catalog> catalog = fabrikam())
      : tenant(std::move(catalog), clock, options), token(tenant.issue_token()) {}

  Answer send(http::HttpMethod method, const std::string& path, const Json& body = {}) {
    http::HttpRequest request;
    request.method = method;
    request.url = "https://graph.example" + (path.starts_with("/beta") ? path : "/v1.0" + path);
    request.headers = headers;
    request.headers.set("Authorization", "Bearer " + token);
    if (!body.is_null()) {
      request.headers.set("Content-Type", "application/json");
      request.body = body.dump();
    }
    return take(tenant.handle(request));
  }

  static Answer take(const http::HttpResponse& response) {
    Answer answer{response.status, nullptr, response.headers};
    if (!response.body.empty()) answer.body = Json::parse(response.body, nullptr, false);
    if (answer.body.is_object()) CHECK(type_faults(answer.body) == "");
    return answer;
  }

  Answer get(const std::string& path) { return send(http::HttpMethod::get, path); }
  Answer filter(const std::string& collection, const std::string& text) {
    return get(collection + "?$filter=" + percent_encode(text));
  }

  App instantiate(const char* template_id = crm_id, const std::string& name = "CRM") {
    const Answer made = send(http::HttpMethod::post,
                             std::string("/applicationTemplates/") + template_id + "/instantiate",
                             {{"displayName", name}});
    REQUIRE(made.status == 201);
    return {made.body["application"]["id"], made.body["servicePrincipal"]["id"],
            made.body["application"]["appId"]};
  }

  std::string create_job(const App& app, const std::string& template_id = "crm") {
    const Answer made = send(http::HttpMethod::post, jobs(app), {{"templateId", template_id}});
    REQUIRE(made.status == 201);
    return made.body["id"];
  }

  void save_secrets(const App& app, const Json& extra = Json::object()) {
    Json pairs = {{"BaseAddress", "https://crm.example/"}, {"SecretToken", "t0ken"}};
    pairs.update(extra);
    CHECK(put_secrets(app, pairs).status == 204);
  }

  Answer put_secrets(const App& app, const Json& pairs) {
    Json list = Json::array();
    for (const auto& [key, value] : pairs.items()) list.push_back({{"key", key}, {"value", value}});
    return send(http::HttpMethod::put, sync(app) + "/secrets", {{"value", list}});
  }

  Answer assign(const App& app, const char* principal, const char* role = user_role) {
    return send(
        http::HttpMethod::post,
        "/servicePrincipals/" + app.service_principal + "/appRoleAssignedTo",
        {{"principalId", principal}, {"resourceId", app.service_principal}, {"appRoleId", role}});
  }

  /// An app with working credentials and a started job.
  App started(const Json& secrets = Json::object()) {
    const App app = instantiate();
    save_secrets(app, secrets);
    job = create_job(app);
    return app;
  }

  Json status(const App& app) { return get(jobs(app) + "/" + job).body["status"]; }
  Answer act(const App& app, const std::string& action, const Json& body = {}) {
    return send(http::HttpMethod::post, jobs(app) + "/" + job + "/" + action, body);
  }

  static std::string sync(const App& app) {
    return "/servicePrincipals/" + app.service_principal + "/synchronization";
  }
  static std::string jobs(const App& app) { return sync(app) + "/jobs"; }
  std::string schema_path(const App& app) const { return jobs(app) + "/" + job + "/schema"; }

  ManualClock clock;
  Tenant tenant;
  std::string token;
  std::string job;
  http::HttpHeaders headers;
};

}  // namespace syncwright::emulator
