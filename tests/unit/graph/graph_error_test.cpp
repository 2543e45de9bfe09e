#include "syncwright/graph_read/graph_error.h"

#include <doctest/doctest.h>

#include "fake_graph.h"
#include "syncwright/graph_read/permissions.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

http::HttpRequest request_of(http::HttpMethod method, const std::string& path) {
  http::HttpRequest request;
  request.method = method;
  request.url = "https://graph.example/v1.0" + path;
  return request;
}

const http::HttpRequest kJobsRequest =
    request_of(http::HttpMethod::get, "/servicePrincipals/sp1/synchronization/jobs");
const http::HttpRequest kListRequest =
    request_of(http::HttpMethod::get, "/servicePrincipals?$top=1");

std::string summary(const Error& error) {
  return std::string(to_string(error.kind)) + " | " + error.code + " | " + error.message;
}

}  // namespace

TEST_CASE("what a refusal repeats of the request's token is taken out before a text is cut") {
  const std::string token =
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl";
  http::HttpRequest request = kListRequest;
  request.headers.set("Authorization", "Bearer " + token);
  const auto told = [&](const std::string& message) {
    return graph_error(request, graph_failure(400, token, message)).message;
  };
  const std::string start = "GET /v1.0/servicePrincipals: ";
  CHECK(graph_error(request, graph_failure(400, token, "")).code == "(secret)");
  CHECK(told("got Bearer " + token + ", no good") == start + "got Bearer (secret), no good");
  CHECK(told("got " + token.substr(20, 20) + " it says") == start + "got (secret) it says");
  const std::string filler(489, 'y');
  CHECK(told(filler + " " + token) == start + filler + " (secret...");
  CHECK(told("no " + token.substr(0, 15)) == start + "no " + token.substr(0, 15));
}

TEST_CASE("the kind of a failure follows status and code") {
  const auto kind = [](int status, const char* code) {
    return graph_error(kListRequest, graph_failure(status, code, "text")).kind;
  };
  CHECK(kind(302, "") == ErrorKind::redirected);
  CHECK(kind(400, "Request_BadRequest") == ErrorKind::rejected);
  CHECK(kind(400, "Request_MultipleObjectsWithSameKeyValue") == ErrorKind::conflict);
  CHECK(kind(401, "InvalidAuthenticationToken") == ErrorKind::unauthenticated);
  CHECK(kind(403, "Authorization_RequestDenied") == ErrorKind::forbidden);
  CHECK(kind(404, "Request_ResourceNotFound") == ErrorKind::not_found);
  CHECK(kind(405, "Request_BadRequest") == ErrorKind::rejected);
  CHECK(kind(406, "") == ErrorKind::rejected);
  CHECK(kind(409, "Conflict") == ErrorKind::conflict);
  CHECK(kind(429, "TooManyRequests") == ErrorKind::throttled);
  CHECK(kind(500, "InternalError") == ErrorKind::unavailable);
  CHECK(kind(503, "ServiceUnavailable") == ErrorKind::unavailable);
}

TEST_CASE("message, code and request id come out of the body") {
  const Error error = graph_error(
      kListRequest, graph_failure(404, "Request_ResourceNotFound", "Resource 'x' does not exist."));
  CHECK(summary(error) ==
        "not_found | Request_ResourceNotFound | GET /v1.0/servicePrincipals: Resource 'x' does not "
        "exist");
  CHECK(error.status == 404);
  CHECK(error.request_id == "req-1");

  http::HttpResponse without_header = graph_failure(404, "a", "b");
  without_header.headers = {};
  without_header.body =
      R"({"error":{"code":"a","message":"b","innerError":{"request-id":"inner"}}})";
  CHECK(graph_error(kListRequest, without_header).request_id == "inner");
}

TEST_CASE("JSON inside the message is unwrapped") {
  const auto unwrapped = [](const std::string& message) {
    return summary(graph_error(kJobsRequest, graph_failure(400, "UnknownError", message)));
  };
  const std::string at = "GET /v1.0/servicePrincipals/sp1/synchronization/jobs: ";
  CHECK(unwrapped(
            "{\r\n \"error\": {\"code\": \"InvalidNotificationSettings\", \"message\": null}}") ==
        "rejected | InvalidNotificationSettings | " + at + "the answer gave no reason");
  CHECK(unwrapped(
            R"({"error":{"code":"Deep","message":"{\"code\":\"Deeper\",\"message\":\"why\"}"}})") ==
        "rejected | Deeper | " + at + "why");
  CHECK(unwrapped(R"({"Message":"No HTTP resource was found."})") ==
        "rejected | UnknownError | " + at + "No HTTP resource was found");
  CHECK(unwrapped("[1]") == "rejected | UnknownError | " + at + "[1]");
}

TEST_CASE("an empty 401 on a synchronization path is a missing permission and names it") {
  const Error read = graph_error(kJobsRequest, graph_failure(401, "UnknownError", ""));
  CHECK(read.kind == ErrorKind::forbidden);
  CHECK(read.message.find("Synchronization.Read.All") != std::string::npos);
  CHECK(read.advice.find("Synchronization.Read.All or ") != std::string::npos);

  const Error write = graph_error(
      request_of(http::HttpMethod::post, "/servicePrincipals/sp1/synchronization/jobs/j/restart"),
      graph_failure(401, "UnknownError", ""));
  CHECK(write.kind == ErrorKind::forbidden);
  CHECK(write.message.find("Synchronization.ReadWrite.All") != std::string::npos);

  CHECK(graph_error(kListRequest, graph_failure(401, "UnknownError", "")).kind ==
        ErrorKind::unauthenticated);
  CHECK(graph_error(kJobsRequest, graph_failure(401, "UnknownError", "some other reason")).kind ==
        ErrorKind::unauthenticated);
}

TEST_CASE("a 403 advises the permission of its path") {
  const Error error = graph_error(
      kListRequest, graph_failure(403, "Authorization_RequestDenied", "Insufficient privileges."));
  CHECK(error.message == "GET /v1.0/servicePrincipals: Insufficient privileges");
  CHECK(error.advice ==
        "to read applications, grant the application permission Application.Read.All or "
        "Application.ReadWrite.OwnedBy or Application.ReadWrite.All or Directory.Read.All with "
        "admin consent, then get a new token");
}

TEST_CASE("the advice never offers what the token has already") {
  const http::HttpRequest restart =
      request_of(http::HttpMethod::post, "/servicePrincipals/sp1/synchronization/jobs/j/restart");
  const std::string at = "POST /v1.0/servicePrincipals/sp1/synchronization/jobs/j/restart: ";
  const auto refused = [&](std::vector<std::string> roles, bool delegated = false) {
    graph_read::TokenClaims token;
    token.roles = std::move(roles);
    token.delegated = delegated;
    const Error error = graph_error(restart, graph_failure(401, "UnknownError", ""), token);
    CHECK(error.kind == ErrorKind::forbidden);
    REQUIRE(error.message.starts_with(at));
    return error.message.substr(at.size()) + "\n" + error.advice;
  };
  CHECK(refused({"Synchronization.Read.All"}) ==
        "the token lacks a permission for this request, Synchronization.ReadWrite.All\n"
        "to change provisioning, grant the application permission Synchronization.ReadWrite.All or "
        "Application.ReadWrite.OwnedBy with admin consent, then get a new token");
  CHECK(refused({"Application.ReadWrite.OwnedBy", "User.Read.All"}) ==
        "the token lacks a permission for this request, Synchronization.ReadWrite.All\n"
        "Application.ReadWrite.OwnedBy, which the token has, is not enough here: to change "
        "provisioning, grant the application permission Synchronization.ReadWrite.All with admin "
        "consent, then get a new token");
  CHECK(
      refused({"Application.ReadWrite.OwnedBy", "Synchronization.ReadWrite.All"}) ==
      "the token was refused although it has a permission for this request\n"
      "the token has Synchronization.ReadWrite.All and Application.ReadWrite.OwnedBy already: "
      "granting more does not help; what was created minutes ago may not be known everywhere yet");
  CHECK(refused({"Synchronization.ReadWrite.All"}, true) ==
        "the token was refused although it has a permission for this request\n"
        "the token has Synchronization.ReadWrite.All already: whoever signed in lacks a directory "
        "role, Cloud Application Administrator or more");
  CHECK(refused({}, true) ==
        "the token lacks a permission for this request, Synchronization.ReadWrite.All\n"
        "to change provisioning, grant the delegated permission Synchronization.ReadWrite.All or "
        "Application.ReadWrite.OwnedBy with admin consent, then get a new token");
}

TEST_CASE("whichever of a feature's permissions a token has, it is not offered again") {
  for (const graph_read::FeaturePermission& permission : feature_permissions()) {
    for (const std::string_view role : permission.roles) {
      graph_read::TokenClaims token;
      token.roles = {std::string(role)};
      for (const std::string_view offered : missing_permissions(permission, token)) {
        CHECK(offered != role);
      }
    }
    CHECK(missing_permissions(permission, std::nullopt) == permission.roles);
  }
}

TEST_CASE("what is no Graph error becomes a short text") {
  CHECK(graph_error(kListRequest, {502, {}, " <!DOCTYPE html><p>secret proxy page</p>"}).message ==
        "GET /v1.0/servicePrincipals: the answer was HTML, not JSON (proxy or gateway?)");
  CHECK(graph_error(kListRequest, {503, {}, ""}).message ==
        "GET /v1.0/servicePrincipals: the answer was empty");
  CHECK(graph_error(kListRequest, {400, {}, "{\"error\":"}).message ==
        "GET /v1.0/servicePrincipals: the answer was not JSON");
  CHECK(graph_error(kListRequest, {400, {}, "[\"error\"]"}).message ==
        "GET /v1.0/servicePrincipals: the answer gave no reason");
  CHECK(
      graph_error(kListRequest, {302, {{"Location", "https://evil.example/x"}}, ""}).message ==
      "GET /v1.0/servicePrincipals: the answer was a redirect to https://evil.example/x, which is "
      "never followed");
}

TEST_CASE("texts of a hostile answer are bounded and safe for a terminal") {
  const Error error = graph_error(
      kListRequest,
      graph_failure(400, std::string(5000, 'c'), "a\x1b[31mred\r\n\tb" + std::string(5000, 'x')));
  CHECK(error.message.size() < 600);
  CHECK(error.message.find("a [31mred bxxx") != std::string::npos);
  CHECK(error.code.size() <= 100);
}

TEST_CASE("a reference to an object not replicated yet is told from other bad requests") {
  CHECK(graph_read::is_missing_reference(graph_error(
      kListRequest, graph_failure(400, "Request_BadRequest", "Not a valid reference update."))));
  CHECK_FALSE(graph_read::is_missing_reference(graph_error(
      kListRequest, graph_failure(400, "Request_BadRequest", "Invalid property 'x'."))));
  CHECK_FALSE(graph_read::is_missing_reference(
      graph_error(kListRequest, graph_failure(404, "Request_BadRequest", "reference update"))));
}

TEST_CASE("each request has the permission of its feature") {
  const auto feature = [](http::HttpMethod method, const std::string& path) -> std::string_view {
    const graph_read::FeaturePermission* permission =
        graph_read::permission_for(method, "https://graph.example/v1.0" + path);
    return permission == nullptr ? "any token" : permission->feature;
  };
  CHECK(feature(http::HttpMethod::get, "/applicationTemplates") == "any token");
  CHECK(feature(http::HttpMethod::post, "/applicationTemplates/t/instantiate") ==
        "create and change applications");
  CHECK(feature(http::HttpMethod::get, "/applications(uniqueName='a')") == "read applications");
  CHECK(feature(http::HttpMethod::get, "/directory/deletedItems/microsoft.graph.application") ==
        "read applications");
  CHECK(feature(http::HttpMethod::patch, "/servicePrincipals/s") ==
        "create and change applications");
  CHECK(feature(http::HttpMethod::get, "/servicePrincipals/s/synchronization/secrets") ==
        "read provisioning");
  CHECK(feature(http::HttpMethod::put, "/servicePrincipals/s/synchronization/secrets") ==
        "change provisioning");
  CHECK(feature(http::HttpMethod::get, "/users/ada@contoso.com") == "look up users");
  CHECK(feature(http::HttpMethod::get, "/groups?$filter=x") == "look up groups");
  CHECK(feature(http::HttpMethod::get, "/auditLogs/provisioning?$filter=x/synchronization/") ==
        "read provisioning logs");
}

TEST_CASE("any of a feature's roles grants it") {
  const graph_read::FeaturePermission& logs =
      *graph_read::permission_for(http::HttpMethod::get, "/auditLogs/provisioning");
  CHECK(graph_read::grants(logs, {"User.Read", "AuditLog.Read.All"}));
  CHECK_FALSE(graph_read::grants(logs, {"AuditLog.Read"}));
  CHECK(feature_permissions().size() == 9);
}
