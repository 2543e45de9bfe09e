#include <doctest/doctest.h>

#include <string>

#include "syncwright/emulator/tenant.h"
#include "syncwright/model/secret_keys.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::model;

namespace {

/// A client of an emulated tenant for one application's secrets.
class SecretsClient {
 public:
  SecretsClient() : tenant_(emulator::Catalog::built_in(), clock_, {}) {
    const Json templates = send(http::HttpMethod::get, "applicationTemplates");
    const Json made = send(
        http::HttpMethod::post,
        "applicationTemplates/" + templates["value"][0]["id"].get<std::string>() + "/instantiate",
        {{"displayName", "Any"}});
    path_ = "servicePrincipals/" + made["servicePrincipal"]["id"].get<std::string>() +
            "/synchronization/secrets";
  }

  /// What reads back after `value` was written under `key`.
  std::string read_back(const std::string& key, const std::string& value) {
    send(http::HttpMethod::put, path_, {{"value", {{{"key", key}, {"value", value}}}}});
    const Json answer = send(http::HttpMethod::get, path_);
    for (const Json& pair : answer["value"]) {
      if (pair["key"] == key) return pair["value"];
    }
    return {};
  }

 private:
  Json send(http::HttpMethod method, const std::string& path, const Json& body = {}) {
    http::HttpRequest request;
    request.method = method;
    request.url = "https://graph.example/v1.0/" + path;
    request.headers.set("Authorization", "Bearer " + tenant_.issue_token());
    request.headers.set("Content-Type", "application/json");
    if (!body.is_null()) request.body = body.dump();
    const http::HttpResponse response = tenant_.handle(request);
    CAPTURE(path);
    REQUIRE(response.status < 300);
    return response.body.empty() ? Json() : Json::parse(response.body);
  }

  ManualClock clock_;
  emulator::Tenant tenant_;
  std::string path_;
};

}  // namespace

TEST_CASE("the emulator knows the keys that manifests may name, and hides the same ones") {
  SecretsClient client;
  for (const std::string& key : model::secret_keys()) {
    CAPTURE(key);
    const std::string value = R"({"Enabled":true})";  // one key holds a JSON document
    CHECK(client.read_back(key, value) == (model::is_masked_secret_key(key) ? "*" : value));
  }
}
