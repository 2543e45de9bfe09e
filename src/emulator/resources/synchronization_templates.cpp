#include "emulator/resources/synchronization_templates.h"

#include <fmt/format.h>

#include <string>

#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

enum class Readiness { failing, empty, ready };

/// [G] docs/graph.md#6: in the first seconds after instantiate the templates fail with UnknownError
/// or the list is empty. Half of the extra time each; the service principal itself is visible by
/// then.
Readiness assumed_template_readiness(const Exchange& exchange,
                                     const std::string& service_principal) {
  const Replicated* object = exchange.store.service_principals.find(service_principal);
  const Milliseconds delay = exchange.store.delay;
  if (object->created() + delay + delay / 2 > exchange.call.now) return Readiness::failing;
  return object->created() + 2 * delay > exchange.call.now ? Readiness::empty : Readiness::ready;
}

/// [G] The status of that UnknownError is not recorded.
int assumed_status_of_unready_templates() {
  return 400;
}

Json template_on_wire(const Json& sync_template) {
  Json wire = {{"applicationId", "00000000-0000-0000-0000-000000000000"},
               {"default", false},
               {"description", nullptr},
               {"discoverable", false},
               {"factoryTag", nullptr},
               {"metadata", Json::array()}};
  for (auto item = sync_template.begin(); item != sync_template.end(); ++item) {
    if (item.key() != "schema") wire[item.key()] = *item;
  }
  return wire;
}

Reply list_of(const Exchange& exchange, const std::string& service_principal,
              const std::string& context) {
  const Readiness readiness = assumed_template_readiness(exchange, service_principal);
  if (readiness == Readiness::failing) {
    return graph_error(assumed_status_of_unready_templates(), "UnknownError", "");
  }
  Json values = Json::array();
  const GalleryEntry* entry = exchange.gallery_entry(service_principal);
  if (entry && readiness == Readiness::ready) {
    for (const Json& sync_template : entry->synchronization_templates) {
      values.push_back(template_on_wire(sync_template));
    }
  }
  Reply reply;
  reply.context = context;
  reply.body = {{"value", std::move(values)}};
  return reply;
}

const Json* template_of(const GalleryEntry* entry, const std::string& id) {
  if (!entry) return nullptr;
  for (const Json& sync_template : entry->synchronization_templates) {
    if (string_or(sync_template, "id") == id) return &sync_template;
  }
  return nullptr;
}

}  // namespace

const Json* find_template(const Exchange& exchange, const std::string& service_principal,
                          const std::string& id) {
  return template_of(exchange.gallery_entry(service_principal), id);
}

const Json* ready_template(const Exchange& exchange, const std::string& service_principal,
                           const std::string& id) {
  const bool is_ready = assumed_template_readiness(exchange, service_principal) == Readiness::ready;
  return is_ready ? find_template(exchange, service_principal, id) : nullptr;
}

Reply template_not_found(const std::string& id) {
  return synchronization_error(400, "TemplateNotFound",
                               fmt::format("The synchronization template '{}' was not found.", id));
}

Reply list_templates(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  return list_of(exchange, id,
                 fmt::format("servicePrincipals('{}')/synchronization/templates", id));
}

Reply list_templates_of_application(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.application(id)) return resource_not_found(id);
  for (const std::string& service_principal : exchange.store.service_principals_of(id)) {
    if (!exchange.service_principal(service_principal)) continue;
    return list_of(exchange, service_principal,
                   fmt::format("applications('{}')/synchronization/templates", id));
  }
  return resource_not_found(id);
}

Reply get_template(const Exchange& exchange) {
  const std::string& service_principal = exchange.call.parameters[0];
  const std::string& id = exchange.call.parameters[1];
  if (!exchange.service_principal(service_principal)) return resource_not_found(service_principal);
  const Json* sync_template = ready_template(exchange, service_principal, id);
  if (!sync_template) return resource_not_found(id);
  Reply reply;
  reply.context =
      fmt::format("servicePrincipals('{}')/synchronization/templates/$entity", service_principal);
  reply.body = template_on_wire(*sync_template);
  return reply;
}

Reply get_template_schema(const Exchange& exchange) {
  const std::string& service_principal = exchange.call.parameters[0];
  const std::string& id = exchange.call.parameters[1];
  if (!exchange.service_principal(service_principal)) return resource_not_found(service_principal);
  const Json* sync_template = ready_template(exchange, service_principal, id);
  if (!sync_template) return resource_not_found(id);
  Reply reply;
  reply.context =
      fmt::format("servicePrincipals('{}')/synchronization/templates('{}')/schema/$entity",
                  service_principal, id);
  reply.body = (*sync_template)["schema"];
  reply.body["id"] = id + ".00000000000000000000000000000000";
  return reply;
}

std::optional<Reply> refuse_unknown_schema(const Exchange& exchange) {
  const Call& call = exchange.call;
  const std::string& service_principal = call.parameters[0];
  const std::string& id = call.parameters[1];
  if (!exchange.service_principal(service_principal)) return resource_not_found(service_principal);
  const bool is_known = ascii::equal_ignoring_case(call.segments[3], "jobs")
                            ? exchange.job(service_principal, id) != nullptr
                            : ready_template(exchange, service_principal, id) != nullptr;
  return is_known ? std::nullopt : std::optional(resource_not_found(id));
}

std::shared_ptr<const Json> schema_in_use(const Store& store, const Job& job,
                                          const GalleryEntry* entry) {
  static const Json none = Json::object();
  if (!job.schema.empty()) return store.documents.read(job.schema);
  const Json* sync_template = template_of(entry, job.template_id);
  const Json& schema = sync_template ? (*sync_template)["schema"] : none;
  return {std::shared_ptr<const Json>(), &schema};
}

}  // namespace syncwright::emulator
