#include "emulator/resources/synchronization_templates.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/named_schema.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

enum class Readiness { failing, empty, ready };

/// [G] docs/graph.md#6: in the first seconds after instantiate the templates fail with UnknownError
/// or the list is empty. Half of the extra time each; the service principal itself is visible by
/// then.
Readiness assumed_template_readiness(const Exchange& exchange, const Replicated& object) {
  const Milliseconds delay = exchange.store.delay;
  if (object.created() + delay + delay / 2 > exchange.call.now) return Readiness::failing;
  return object.created() + 2 * delay > exchange.call.now ? Readiness::empty : Readiness::ready;
}

/// [G] The status of that UnknownError is not recorded.
int assumed_status_of_unready_templates() {
  return 400;
}

const Json& template_defaults() {
  static const Json defaults = {{"applicationId", "00000000-0000-0000-0000-000000000000"},
                                {"default", false},
                                {"description", nullptr},
                                {"discoverable", false},
                                {"factoryTag", nullptr},
                                {"metadata", Json::array()}};
  return defaults;
}

Json template_on_wire(const SyncTemplate& sync_template) {
  Json wire = template_defaults();
  for (const auto& [name, value] : sync_template.properties.items()) {
    if (name != "schema") wire[name] = value;
  }
  return wire;
}

const Json* template_of(const GalleryEntry* entry, const std::string& id) {
  if (!entry) return nullptr;
  for (const Json& sync_template : entry->synchronization_templates) {
    if (string_or(sync_template, "id") == id) return &sync_template;
  }
  return nullptr;
}

/// Of Store::templates, where a row is {"application", "id", "properties"?, "schema"?}: what was
/// written over the template of that id.
std::string row_of(const std::string& application, const std::string& id) {
  return application + "/" + id;
}

SyncTemplate with_edits(const Exchange& exchange, const TemplateOwner& owner, const Json& made) {
  const Json* row = exchange.store.templates.find(row_of(owner.application, string_or(made, "id")));
  const auto part = [&](const char* name, const Json& otherwise) -> const Json& {
    const Json& written = row ? member_or_null(*row, name) : otherwise;
    return written.is_null() ? otherwise : written;
  };
  return {part("properties", made), part("schema", member_or_null(made, "schema"))};
}

const GalleryEntry* entry_of(const Exchange& exchange, const TemplateOwner& owner) {
  return exchange.catalog.find(string_or(owner.object.value(), "applicationTemplateId"));
}

std::string application_of(const Store& store, const Replicated& service_principal) {
  const std::vector<std::string> ids =
      store.applications.ids_with("appId", string_or(service_principal.value(), "appId"));
  return ids.empty() ? std::string() : ids.front();
}

TemplateOwner owner_of(const Store& store, const Replicated& service_principal,
                       const std::string& id) {
  return {service_principal, application_of(store, service_principal),
          fmt::format("servicePrincipals('{}')", id)};
}

/// What PATCH writes: all members of the type but its key (docs/graph.md#10.2).
struct TemplateMember {
  const char* name;
  bool (Json::*has_type)() const noexcept;
  bool nullable;
};
constexpr std::array<TemplateMember, 6> template_members{{
    {"applicationId", &Json::is_string, false},
    {"default", &Json::is_boolean, false},
    {"description", &Json::is_string, true},
    {"discoverable", &Json::is_boolean, false},
    {"factoryTag", &Json::is_string, true},
    {"metadata", &Json::is_array, true},
}};

bool is_writable(const std::string& name, const Json& value) {
  for (const TemplateMember& member : template_members) {
    if (member.name != name) continue;
    return value.is_null() ? member.nullable : (value.*member.has_type)();
  }
  return false;
}

/// The members that the body gives; those that it leaves out are erased (docs/graph.md#5.4).
tl::expected<Json, Reply> written_properties(const Json& body, const std::string& id) {
  if (!body.is_object()) {
    return tl::unexpected(gateway_refusal("The request body must hold a synchronizationTemplate."));
  }
  Json properties = {{"id", id}};
  for (const auto& [name, value] : body.items()) {
    if (name.find('@') != std::string::npos || name == "schema") continue;
    if (name == "id" ? value != id : !is_writable(name, value)) {
      return tl::unexpected(bad_request(fmt::format("Invalid value for property '{}'.", name)));
    }
    properties[name] = value;
  }
  return properties;
}

/// The template of a path `applications/*/synchronization/templates/*...` that is written to.
struct WrittenTemplate {
  std::string application;
  std::string id;
};

tl::expected<WrittenTemplate, Reply> template_to_change(const Exchange& exchange) {
  const std::string& application = exchange.call.parameters[0];
  const std::string& id = exchange.call.parameters[1];
  const std::optional<TemplateOwner> owner = template_owner(exchange);
  if (!owner || owner->object.is_deleted()) {
    return tl::unexpected(resource_not_found(application));
  }
  if (!ready_template(exchange, *owner, id)) return tl::unexpected(resource_not_found(id));
  return WrittenTemplate{application, id};
}

Json& edit_row(Store& store, const WrittenTemplate& written) {
  Json& row = store.templates.edit_or_add(row_of(written.application, written.id));
  row["application"] = written.application;
  row["id"] = written.id;
  return row;
}

}  // namespace

std::optional<TemplateOwner> template_owner(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (ascii::equal_ignoring_case(exchange.call.segments[0], "applications")) {
    if (!exchange.application(id)) return std::nullopt;
    return TemplateOwner{*exchange.store.applications.find(id), id,
                         fmt::format("applications('{}')", id)};
  }
  if (!exchange.service_principal(id)) return std::nullopt;
  return owner_of(exchange.store, *exchange.store.service_principals.find(id), id);
}

std::optional<SyncTemplate> ready_template(const Exchange& exchange, const TemplateOwner& owner,
                                           const std::string& id) {
  const Json* made = template_of(entry_of(exchange, owner), id);
  const bool is_ready =
      made && assumed_template_readiness(exchange, owner.object) == Readiness::ready;
  return is_ready ? std::optional(with_edits(exchange, owner, *made)) : std::nullopt;
}

std::optional<SyncTemplate> ready_template(const Exchange& exchange,
                                           const std::string& service_principal,
                                           const std::string& id) {
  const Replicated* object = exchange.store.service_principals.find(service_principal);
  if (!object) return std::nullopt;
  return ready_template(exchange, owner_of(exchange.store, *object, service_principal), id);
}

Reply template_not_found(const std::string& id) {
  return synchronization_error(400, "TemplateNotFound",
                               fmt::format("The synchronization template '{}' was not found.", id));
}

Json assumed_starting_schema(const Exchange& exchange, const std::string& service_principal,
                             const std::string& template_id) {
  const Replicated* object = exchange.store.service_principals.find(service_principal);
  if (!object) return nullptr;
  const std::string application = application_of(exchange.store, *object);
  const Json* row = exchange.store.templates.find(row_of(application, template_id));
  return row ? member_or_null(*row, "schema") : Json();
}

Reply list_templates(const Exchange& exchange) {
  const std::optional<TemplateOwner> owner = template_owner(exchange);
  if (!owner) return resource_not_found(exchange.call.parameters[0]);
  const tl::expected<bool, Reply> expands = expands_schema(exchange);
  if (!expands) return expands.error();
  const Readiness readiness = assumed_template_readiness(exchange, owner->object);
  if (readiness == Readiness::failing) {
    return graph_error(assumed_status_of_unready_templates(), "UnknownError", "");
  }
  Json values = Json::array();
  const GalleryEntry* entry = entry_of(exchange, *owner);
  if (entry && readiness == Readiness::ready) {
    for (const Json& made : entry->synchronization_templates) {
      const SyncTemplate sync_template = with_edits(exchange, *owner, made);
      Json value = template_on_wire(sync_template);
      if (*expands) {
        add_schema(exchange, schema_of(*owner, string_or(made, "id"), sync_template), value);
      }
      values.push_back(std::move(value));
    }
  }
  Reply reply;
  reply.context = owner->path + "/synchronization/templates";
  reply.body = {{"value", std::move(values)}};
  return reply;
}

Reply get_template(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[1];
  const std::optional<TemplateOwner> owner = template_owner(exchange);
  if (!owner) return resource_not_found(exchange.call.parameters[0]);
  const std::optional<SyncTemplate> sync_template = ready_template(exchange, *owner, id);
  if (!sync_template) return resource_not_found(id);
  const tl::expected<bool, Reply> expands = expands_schema(exchange);
  if (!expands) return expands.error();
  Reply reply;
  reply.context = owner->path + "/synchronization/templates/$entity";
  reply.body = template_on_wire(*sync_template);
  if (*expands) add_schema(exchange, schema_of(*owner, id, *sync_template), reply.body);
  return reply;
}

Reply update_template(const Exchange& exchange) {
  const tl::expected<WrittenTemplate, Reply> written = template_to_change(exchange);
  if (!written) return written.error();
  tl::expected<Json, Reply> properties = written_properties(exchange.call.body, written->id);
  if (!properties) return properties.error();
  const Json& document = member_or_null(exchange.call.body, "schema");
  if (!document.is_null()) {
    tl::expected<Json, Reply> schema = written_schema(exchange, document);
    if (!schema) return schema.error();
    edit_row(exchange.store, *written)["schema"] = *std::move(schema);
  }
  edit_row(exchange.store, *written)["properties"] = *std::move(properties);
  return no_content();
}

Reply put_template_schema(const Exchange& exchange) {
  const tl::expected<WrittenTemplate, Reply> written = template_to_change(exchange);
  if (!written) return written.error();
  tl::expected<Json, Reply> schema = written_schema(exchange, std::move(exchange.call.body));
  if (!schema) return schema.error();
  edit_row(exchange.store, *written)["schema"] = *std::move(schema);
  return no_content();
}

Reply reset_template_schema(const Exchange& exchange) {
  const tl::expected<WrittenTemplate, Reply> written = template_to_change(exchange);
  if (!written) return written.error();
  edit_row(exchange.store, *written).erase("schema");
  return no_content();
}

std::shared_ptr<const Json> schema_in_use(const Store& store, const Job& job,
                                          const GalleryEntry* entry) {
  static const Json none = Json::object();
  if (!job.schema.empty()) return std::make_shared<const Json>(store.documents.read(job.schema));
  const Json* sync_template = template_of(entry, job.template_id);
  const Json& schema = sync_template ? (*sync_template)["schema"] : none;
  return {std::shared_ptr<const Json>(), &schema};
}

}  // namespace syncwright::emulator
