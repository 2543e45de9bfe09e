#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr std::size_t most_credentials = 20;   // of an application
constexpr std::size_t longest_audience = 600;  // characters, as of issuer and subject

constexpr std::array<FilterRule, 2> credential_filters{{
    {"name", bits(eq), 0},
    {"subject", bits(eq), 0},
}};

constexpr std::array<WritableProperty, 5> writable_credential_properties{{
    {"audiences", PropertyType::texts},
    {"description", PropertyType::text, 600},
    {"issuer", PropertyType::required_text, 600},
    {"name", PropertyType::required_text, 120},
    {"subject", PropertyType::required_text, 600},
}};

Listing credential_listing(const std::string& application) {
  Listing listing;
  listing.context = fmt::format("applications('{}')/federatedIdentityCredentials", application);
  listing.type = "federatedIdentityCredential";
  listing.filters = credential_filters;
  return listing;
}

Json credential_on_wire(const Json& row) {
  Json value = row;
  value.erase("application");
  return value;
}

/// By id or by name, which is an alternate key; nullptr where the application has no such one.
const Json* find_credential(const Exchange& exchange) {
  const std::string& key = exchange.call.parameters[1];
  for (const Json* row :
       exchange.store.federated_credentials.with("application", exchange.call.parameters[0])) {
    if (string_or(*row, "id") == key || string_or(*row, "name") == key) return row;
  }
  return nullptr;
}

bool is_live_application(const Exchange& exchange) {
  const Replicated* object = exchange.store.applications.find(exchange.call.parameters[0]);
  return object && !object->is_deleted() && exchange.application(exchange.call.parameters[0]);
}

Reply invalid_credential(std::string message) {
  return graph_error(400, "InvalidFederatedIdentityCredentialValue", std::move(message));
}

/// Required members, and what has to be unique within the application (docs/graph.md#2.5).
std::optional<Reply> refuse_federation(const Exchange& exchange, const Json& credential) {
  for (const char* required : {"name", "issuer", "subject"}) {
    if (string_or(credential, required).empty()) {
      return bad_request(fmt::format("The property '{}' is required.", required));
    }
  }
  const Json& audiences = list_or_empty(credential, "audiences");
  if (audiences.size() != 1 ||
      audiences.front().get_ref<const std::string&>().size() > longest_audience) {
    return invalid_credential("A federated identity credential has exactly one audience.");
  }
  for (const Json* other :
       exchange.store.federated_credentials.with("application", exchange.call.parameters[0])) {
    if (string_or(*other, "id") == string_or(credential, "id")) continue;
    if (string_or(*other, "name") == string_or(credential, "name")) {
      return graph_error(409, "Request_MultipleObjectsWithSameKeyValue",
                         fmt::format("FederatedIdentityCredential with name {} already exists.",
                                     string_or(credential, "name")));
    }
    if (string_or(*other, "issuer") == string_or(credential, "issuer") &&
        string_or(*other, "subject") == string_or(credential, "subject")) {
      return invalid_credential(
          "The combination of issuer and subject must be unique for the application.");
    }
  }
  return std::nullopt;
}

}  // namespace

Reply list_federated_credentials(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.application(id)) return resource_not_found(id);
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const Json* row : exchange.store.federated_credentials.with("application", id)) {
    items.push_back(&values.emplace_back(credential_on_wire(*row)));
  }
  return list(exchange, credential_listing(id), std::move(items));
}

Reply get_federated_credential(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.application(id)) return resource_not_found(id);
  const Json* row = find_credential(exchange);
  if (!row) return resource_not_found(exchange.call.parameters[1]);
  return entity(exchange, credential_listing(id), credential_on_wire(*row));
}

Reply create_federated_credential(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!is_live_application(exchange)) return resource_not_found(id);
  Json row = {{"id", random_uuid()},    {"application", id}, {"audiences", Json::array()},
              {"description", nullptr}, {"issuer", nullptr}, {"name", nullptr},
              {"subject", nullptr}};
  if (auto refusal = apply_patch(exchange.call.body, writable_credential_properties,
                                 "FederatedIdentityCredential", row)) {
    return *refusal;
  }
  if (auto refusal = refuse_federation(exchange, row)) return *refusal;
  if (exchange.store.federated_credentials.with("application", id).size() >= most_credentials) {
    return invalid_credential(fmt::format(
        "The maximum of {} federated identity credentials is reached.", most_credentials));
  }
  const std::string credential_id = string_or(row, "id");
  const Listing listing = credential_listing(id);
  Reply reply;
  reply.status = 201;
  reply.context = listing.context + "/$entity";
  reply.location = fmt::format("{}/{}", listing.context, credential_id);
  reply.body = credential_on_wire(row);
  exchange.store.federated_credentials.add(credential_id, std::move(row));
  return reply;
}

Reply patch_federated_credential(const Exchange& exchange) {
  const Json* row = is_live_application(exchange) ? find_credential(exchange) : nullptr;
  if (!row) return resource_not_found(exchange.call.parameters[1]);
  Json changed = *row;
  if (auto refusal = apply_patch(exchange.call.body, writable_credential_properties,
                                 "FederatedIdentityCredential", changed)) {
    return *refusal;
  }
  if (string_or(changed, "name") != string_or(*row, "name")) {
    return bad_request("Name is immutable and cannot be changed after creation.");
  }
  if (auto refusal = refuse_federation(exchange, changed)) return *refusal;
  const std::string id = string_or(changed, "id");
  exchange.store.federated_credentials.edit(id) = std::move(changed);
  return no_content();
}

Reply delete_federated_credential(const Exchange& exchange) {
  const Json* row = is_live_application(exchange) ? find_credential(exchange) : nullptr;
  if (!row) return resource_not_found(exchange.call.parameters[1]);
  exchange.store.remove_federated_credential(string_or(*row, "id"), exchange.call.now);
  return no_content();
}

}  // namespace syncwright::emulator
