#include "emulator/graph_error.h"

#include <fmt/format.h>

#include <utility>

namespace syncwright::emulator {

namespace {

/// [L] beta answered 500 InternalError in 2021-2022 (docs/graph.md#13.10); v1.0 is [G].
int assumed_status_for_unknown_secret_key(const Call& call) {
  return call.is_beta() ? 500 : 400;
}

}  // namespace

Reply graph_error(int status, std::string code, std::string message) {
  Reply reply;
  reply.status = status;
  reply.body = {{"error", {{"code", std::move(code)}, {"message", std::move(message)}}}};
  return reply;
}

Reply bad_request(std::string message) {
  return graph_error(400, "Request_BadRequest", std::move(message));
}

Reply gateway_refusal(std::string message) {
  return graph_error(400, "BadRequest", std::move(message));
}

Reply unsupported_query(std::string message) {
  return graph_error(400, "Request_UnsupportedQuery", std::move(message));
}

Reply resource_not_found(const std::string& id) {
  return graph_error(404, "Request_ResourceNotFound",
                     fmt::format("Resource '{}' does not exist or one of its queried "
                                 "reference-property objects are not present.",
                                 id));
}

Reply insufficient_privileges() {
  return graph_error(403, "Authorization_RequestDenied",
                     "Insufficient privileges to complete the operation.");
}

Reply invalid_reference() {
  return bad_request("Not a valid reference update.");
}

Reply duplicate_value(std::string message) {
  return graph_error(400, "Request_MultipleObjectsWithSameKeyValue", std::move(message));
}

Reply object_conflict(const std::string& property) {
  const std::string message =
      fmt::format("Another object with the same value for property {} already exists.", property);
  Reply reply = bad_request(message);
  reply.body["error"]["details"] =
      Json::array({{{"code", "ObjectConflict"}, {"target", property}, {"message", message}}});
  return reply;
}

Reply method_not_allowed() {
  return graph_error(405, "Request_BadRequest",
                     "Specified HTTP method is not allowed for the request target.");
}

Reply unknown_path(const std::string& segment) {
  return gateway_refusal(fmt::format("Resource not found for the segment '{}'.", segment));
}

Reply synchronization_error(int status, const std::string& code, const std::string& message) {
  const Json nested = {{"error",
                        {{"code", code},
                         {"message", message.empty() ? Json(nullptr) : Json(message)},
                         {"target", nullptr},
                         {"details", Json::array()},
                         {"innerError", nullptr}}}};
  return graph_error(status, "UnknownError", printed_json(nested, 2));
}

Reply no_http_resource(const Call& call) {
  std::string path;
  for (const std::string& segment : call.segments) path += "/" + segment;
  const Json nested = {
      {"Message", fmt::format("No HTTP resource was found that matches the request URI "
                              "'https://syncfabric.windowsazure.com/api{}?api-version=2.0'.",
                              path)}};
  return graph_error(404, "UnknownError", printed_json(nested));
}

Reply unknown_enum_value(const Call& call, const std::string& value) {
  return graph_error(assumed_status_for_unknown_secret_key(call),
                     call.is_beta() ? "InternalError" : "UnknownError",
                     fmt::format("Requested value '{}' was not found.", value));
}

}  // namespace syncwright::emulator
