#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/connector.h"
#include "emulator/resources/resources.h"
#include "emulator/resources/synchronization_templates.h"

namespace syncwright::emulator {

namespace {

/// [G] No source records the failure of a validation (docs/graph.md#14.3).
Reply assumed_validation_failure(const std::string& message) {
  return synchronization_error(400, invalid_credentials_code, message);
}

/// The credentials of the body, laid over the saved ones where it says so. Nothing is stored.
Reply validate(const Exchange& exchange, const std::string& service_principal) {
  const Json& body = exchange.call.body;
  Secrets secrets;
  if (bool_or(body, "useSavedCredentials", false)) {
    secrets = secrets_of(exchange.store, service_principal);
  }
  const Json& pairs = member_or_null(body, "credentials");
  if (!pairs.is_null()) {
    Reply refusal;
    std::optional<Secrets> given = read_secrets(pairs, exchange.call, refusal);
    if (!given) return refusal;
    for (auto& [key, value] : *given) secrets[key] = std::move(value);
  }
  const GalleryEntry* entry = exchange.gallery_entry(service_principal);
  const Json none = Json::object();
  const std::optional<std::string> refused =
      refuse_credentials(entry ? entry->connector : none, secrets);
  return refused ? assumed_validation_failure(*refused) : no_content();
}

}  // namespace

Reply validate_job_credentials(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[1];
  const Job* job = exchange.job(exchange.call.parameters[0], id);
  if (!job || job->deleted) return resource_not_found(id);
  return validate(exchange, job->service_principal);
}

Reply validate_credentials(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  const std::string template_id = string_or(exchange.call.body, "templateId");
  if (!ready_template(exchange, id, template_id)) {
    return synchronization_error(
        400, "TemplateNotFound",
        fmt::format("The synchronization template '{}' was not found.", template_id));
  }
  return validate(exchange, id);
}

}  // namespace syncwright::emulator
