#pragma once

#include <string>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// Graph's error bodies (docs/graph.md#3). `innerError` is added where the answer is written.
[[nodiscard]] Reply graph_error(int status, std::string code, std::string message);

/// 400 Request_BadRequest of the directory.
[[nodiscard]] Reply bad_request(std::string message);
/// 400 BadRequest of the gateway: malformed JSON, a wrong query option.
[[nodiscard]] Reply gateway_refusal(std::string message);
/// 400 Request_UnsupportedQuery.
[[nodiscard]] Reply unsupported_query(std::string message);
/// 404 Request_ResourceNotFound: unknown, or not replicated yet.
[[nodiscard]] Reply resource_not_found(const std::string& id);
/// 403 Authorization_RequestDenied of the directory: the token lacks a permission.
[[nodiscard]] Reply insufficient_privileges();
/// 400 "Not a valid reference update": a body names an object that is unknown or not replicated.
[[nodiscard]] Reply invalid_reference();
/// 400 Request_MultipleObjectsWithSameKeyValue.
[[nodiscard]] Reply duplicate_value(std::string message);
/// 400 Request_BadRequest, ObjectConflict: another object has the value of that property
/// (docs/graph.md#5.2.10).
[[nodiscard]] Reply object_conflict(const std::string& property);
/// 405 of the gateway.
[[nodiscard]] Reply method_not_allowed();
/// 400 BadRequest for a path that Graph does not have (docs/graph.md#3.1).
[[nodiscard]] Reply unknown_path(const std::string& segment);

/// The synchronization service's error, an escaped JSON document in `message` (docs/graph.md#13.4).
[[nodiscard]] Reply synchronization_error(int status, const std::string& code,
                                          const std::string& message = {});
/// 404 of the synchronization service for a verb it lacks (docs/graph.md#13.3).
[[nodiscard]] Reply no_http_resource(const Call& call);
/// "Requested value 'x' was not found.": a secret key that the enum lacks (docs/graph.md#13.10).
[[nodiscard]] Reply unknown_enum_value(const Call& call, const std::string& value);

}  // namespace syncwright::emulator
