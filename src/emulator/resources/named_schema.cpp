#include "emulator/resources/named_schema.h"

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/schema_document.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// Annotations are no part of the document.
void drop_annotations(Json& schema) {
  for (auto item = schema.begin(); item != schema.end();) {
    item = item.key().find('@') == std::string::npos ? std::next(item) : schema.erase(item);
  }
}

std::string link_to(const Exchange& exchange, const std::string& path) {
  return fmt::format("{}/{}/$metadata#{}", exchange.call.root, exchange.call.version, path);
}

bool is_of_job(const Exchange& exchange) {
  return ascii::equal_ignoring_case(exchange.call.segments[3], "jobs");
}

std::string path_of_schema(const Job& job) {
  return fmt::format("servicePrincipals('{}')/synchronization/jobs('{}')/schema",
                     job.service_principal, job.id);
}

}  // namespace

NamedSchema schema_of(const Exchange& exchange, const Job& job) {
  return {job.id, path_of_schema(job),
          schema_in_use(exchange.store, job, exchange.gallery_entry(job.service_principal))};
}

NamedSchema schema_of(const TemplateOwner& owner, const std::string& id,
                      const SyncTemplate& sync_template) {
  return {id + ".00000000000000000000000000000000",
          fmt::format("{}/synchronization/templates('{}')/schema", owner.path, id),
          {std::shared_ptr<const Json>(), &sync_template.schema}};
}

tl::expected<NamedSchema, Reply> named_schema(const Exchange& exchange) {
  const std::string& holder = exchange.call.parameters[0];
  const std::string& id = exchange.call.parameters[1];
  const std::optional<TemplateOwner> owner = template_owner(exchange);
  if (!owner) return tl::unexpected(resource_not_found(holder));
  if (is_of_job(exchange)) {
    const Job* job = exchange.job(holder, id);
    if (!job) return tl::unexpected(resource_not_found(id));
    return schema_of(exchange, *job);
  }
  const std::optional<SyncTemplate> sync_template = ready_template(exchange, *owner, id);
  if (!sync_template) return tl::unexpected(resource_not_found(id));
  return schema_of(*owner, id, *sync_template);
}

std::optional<Reply> refuse_unknown_schema(const Exchange& exchange) {
  const std::string& holder = exchange.call.parameters[0];
  const std::string& id = exchange.call.parameters[1];
  const std::optional<TemplateOwner> owner = template_owner(exchange);
  if (!owner) return resource_not_found(holder);
  const bool is_known = is_of_job(exchange) ? exchange.job(holder, id) != nullptr
                                            : ready_template(exchange, *owner, id).has_value();
  return is_known ? std::nullopt : std::optional(resource_not_found(id));
}

Json schema_on_wire(const Exchange& exchange, const NamedSchema& schema) {
  Json wire = *schema.document;
  wire["id"] = schema.id;
  wire["directories@odata.context"] = link_to(exchange, schema.path + "/directories");
  return wire;
}

std::optional<Reply> kept_schema(const Exchange& exchange) {
  if (!is_of_job(exchange) || !template_owner(exchange)) return std::nullopt;
  const Job* job = exchange.job(exchange.call.parameters[0], exchange.call.parameters[1]);
  if (!job || job->schema.empty()) return std::nullopt;
  const std::string kept = exchange.store.documents.text(job->schema);
  // One that came from an edited template has another id.
  const bool is_own = kept.find("\"id\":" + Json(job->id).dump()) != std::string::npos;
  if (!is_own) return std::nullopt;
  const std::string path = path_of_schema(*job);
  const Json context = link_to(exchange, path + "/directories");
  Reply reply;
  reply.context = path + "/$entity";
  reply.object = "{\"directories@odata.context\":" + context.dump() + "," + kept.substr(1);
  return reply;
}

tl::expected<bool, Reply> expands_schema(const Exchange& exchange) {
  const std::optional<std::string> text = exchange.call.query.get("$expand");
  if (!text) return false;
  if (ascii::equal_ignoring_case(*text, "schema")) return true;
  return tl::unexpected(gateway_refusal(
      fmt::format("Parsing OData Select and Expand failed: '{}' cannot be expanded here.", *text)));
}

void add_schema(const Exchange& exchange, const NamedSchema& schema, Json& holder) {
  holder["schema@odata.context"] = link_to(exchange, schema.path + "/$entity");
  holder["schema"] = schema_on_wire(exchange, schema);
}

tl::expected<Json, Reply> written_schema(const Exchange& exchange, Json document) {
  if (!document.is_object()) {
    return tl::unexpected(gateway_refusal("The request body must hold a schema."));
  }
  drop_annotations(document);
  complete_schema(document);
  if (auto refusal = check_schema(document)) return tl::unexpected(*std::move(refusal));
  document["version"] =
      fmt::format("Date:{}, ActivityId:{}", format_rfc3339(exchange.call.now), random_uuid());
  return document;
}

}  // namespace syncwright::emulator
