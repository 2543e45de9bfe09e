#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/cycles/job_state.h"
#include "emulator/graph_error.h"
#include "emulator/resources/named_schema.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// The element of a list whose member has that value; nullptr where there is none.
const Json* find_by(const Json& list, const char* member, const std::string& value) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Json& element) {
    return string_or(element, member) == value;
  });
  return found == list.end() ? nullptr : &*found;
}

const Json* find_by_id(const Json& schema, const std::string& id) {
  return find_by(list_or_empty(schema, "directories"), "id", id);
}

Reply directory_reply(const NamedSchema& schema, Json directory) {
  Reply reply;
  reply.context = schema.path + "/directories/$entity";
  reply.body = std::move(directory);
  return reply;
}

/// [G] Neither the status nor the code is recorded (docs/graph.md#14.25).
Reply assumed_undiscoverable(const std::string& name) {
  return synchronization_error(400, "DirectoryNotDiscoverable",
                               fmt::format("The connector of '{}' cannot discover.", name));
}

/// Adds the elements of `known` that the list has none of the same name of.
void add_unknown(Json& list, const Json& known) {
  if (!list.is_array()) list = Json::array();
  for (const Json& element : known) {
    if (!find_by(list, "name", string_or(element, "name"))) list.push_back(element);
  }
}

/// [G] What a discovery finds is the connector's business (docs/graph.md#14.25). Here: whatever the
/// template knows of the directory, beside what the schema has.
Json assumed_discovery(Json objects, const Json& known) {
  add_unknown(objects, known);
  for (Json& object : objects) {
    const Json* there = find_by(known, "name", string_or(object, "name"));
    if (there) add_unknown(object["attributes"], list_or_empty(*there, "attributes"));
  }
  return objects;
}

/// The objects of the directory in the template's schema; an empty list where it has none.
Json objects_of_template(const Exchange& exchange, const Job& job, const std::string& id) {
  const auto made = ready_template(exchange, job.service_principal, job.template_id);
  const Json* directory = made ? find_by_id(made->schema, id) : nullptr;
  return directory ? list_or_empty(*directory, "objects") : Json::array();
}

}  // namespace

Reply list_directories(const Exchange& exchange) {
  const tl::expected<NamedSchema, Reply> schema = named_schema(exchange);
  if (!schema) return schema.error();
  Reply reply;
  reply.context = schema->path + "/directories";
  reply.body = {{"value", list_or_empty(*schema->document, "directories")}};
  return reply;
}

Reply get_directory(const Exchange& exchange) {
  const tl::expected<NamedSchema, Reply> schema = named_schema(exchange);
  if (!schema) return schema.error();
  const std::string& id = exchange.call.parameters[2];
  const Json* directory = find_by_id(*schema->document, id);
  return directory ? directory_reply(*schema, *directory) : resource_not_found(id);
}

Reply discover_directory(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  const std::string& id = exchange.call.parameters[2];
  const NamedSchema schema = schema_of(exchange, *job);
  const Json* held = find_by_id(*schema.document, id);
  if (!held) return resource_not_found(id);
  if (string_or(*held, "discoverabilities", "None") == "None") {
    return assumed_undiscoverable(string_or(*held, "name"));
  }
  Json directory = *held;
  directory["objects"] = assumed_discovery(list_or_empty(directory, "objects"),
                                           objects_of_template(exchange, *job, id));
  directory["discoveryDateTime"] = format_rfc3339(exchange.call.now);
  directory["version"] = random_uuid();
  const bool found_something = directory["objects"] != list_or_empty(*held, "objects");
  Json written = *schema.document;
  for (Json& each : written["directories"]) {
    if (string_or(each, "id") == id) each = directory;
  }
  exchange.store.set_schema(job->id, written);
  if (found_something) begin_anew(exchange.store.jobs.edit(job->id));
  return directory_reply(schema, std::move(directory));
}

}  // namespace syncwright::emulator
