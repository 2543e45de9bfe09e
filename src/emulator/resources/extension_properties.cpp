#include "emulator/resources/extension_properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/people.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr const char* own_member = "extensionProperties";

/// "Create extensionProperty" of the reference lists what each may be.
constexpr std::array<const char*, 3> required_of_extension{"name", "dataType", "targetObjects"};
constexpr std::array<std::string_view, 6> data_types{"Binary",  "Boolean",      "DateTime",
                                                     "Integer", "LargeInteger", "String"};
constexpr std::array<std::string_view, 6> target_types{
    "User", "Group", "AdministrativeUnit", "Application", "Device", "Organization"};

constexpr std::array<FilterRule, 2> extension_filters{{
    {"id", bits(eq), 0},
    {"name", bits(eq), 0},
}};

Listing extensions_listing(const std::string& application) {
  Listing listing;
  listing.context = fmt::format("applications('{}')/extensionProperties", application);
  listing.type = "extensionProperty";
  listing.filters = extension_filters;
  return listing;
}

/// "extension_{appId without hyphens}_{name}".
std::string full_name(const Json& application, const std::string& name) {
  std::string app_id = string_or(application, "appId");
  std::erase(app_id, '-');
  return fmt::format("extension_{}_{}", app_id, name);
}

bool is_listed_in(std::span<const std::string_view> words, const Json& text) {
  return text.is_string() &&
         std::find(words.begin(), words.end(), text.get_ref<const std::string&>()) != words.end();
}

/// [G] docs/graph.md#5.2.7: the page does not say what a name may be made of.
bool assumed_extension_name(const std::string& name) {
  return !name.empty() && name.size() <= 256 &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return ascii::is_letter(letter) || ascii::is_digit(letter) || letter == '_';
         });
}

/// [G] docs/graph.md#5.2.7: nor how a second one of the name is refused.
Reply assumed_refusal_of_taken_extension(const std::string& name) {
  return duplicate_value(fmt::format("An extension property exists with the name {}.", name));
}

Reply invalid_extension(const char* property) {
  return bad_request(fmt::format(
      "Invalid value specified for property '{}' of resource 'ExtensionProperty'.", property));
}

std::optional<Reply> check_extension(const Json& body) {
  if (auto refusal = check_required_properties(body, required_of_extension, "ExtensionProperty")) {
    return refusal;
  }
  if (!assumed_extension_name(string_or(body, "name"))) return invalid_extension("name");
  if (!is_listed_in(data_types, body["dataType"])) return invalid_extension("dataType");
  const Json& targets = list_or_empty(body, "targetObjects");
  const bool are_known = std::all_of(targets.begin(), targets.end(), [](const Json& target) {
    return is_listed_in(target_types, target);
  });
  if (targets.empty() || !are_known) return invalid_extension("targetObjects");
  const bool has_flag = body.contains("isMultiValued");
  if (has_flag && !body["isMultiValued"].is_boolean()) return invalid_extension("isMultiValued");
  return std::nullopt;
}

const Json* find_extension(const Json& application, const char* key, const std::string& value) {
  const Json& held = list_or_empty(application, own_member);
  const auto found = std::find_if(held.begin(), held.end(), [&](const Json& extension) {
    return ascii::equal_ignoring_case(string_or(extension, key), value);
  });
  return found == held.end() ? nullptr : &*found;
}

/// Its application's present name is shown with it.
Json extension_on_wire(const Json& application, const Json& extension) {
  Json wire = extension;
  wire["appDisplayName"] = member_or_null(application, "displayName");
  return wire;
}

/// The application of the path, where it may be changed.
const Replicated* application_to_extend(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.applications.find(id);
  return object && !object->is_deleted() && exchange.application(id) ? object : nullptr;
}

/// Writes the application of the path back, changed.
void change_application_to(const Exchange& exchange, Json application) {
  exchange.store.change(exchange.store.applications, exchange.call.parameters[0],
                        std::move(application), exchange.call.now);
}

}  // namespace

Json extension_properties_on_wire(const Exchange&, const Json& application) {
  Json list = Json::array();
  for (const Json& extension : list_or_empty(application, own_member)) {
    list.push_back(extension_on_wire(application, extension));
  }
  return list;
}

Reply list_extension_properties(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* application = exchange.application(id);
  if (!application) return resource_not_found(id);
  const Json values = extension_properties_on_wire(exchange, *application);
  std::vector<const Json*> items;
  for (const Json& value : values) items.push_back(&value);
  return list(exchange, extensions_listing(id), std::move(items));
}

Reply get_extension_property(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const std::string& wanted = exchange.call.parameters[1];
  const Json* application = exchange.application(id);
  if (!application) return resource_not_found(id);
  const Json* extension = find_extension(*application, "id", wanted);
  return extension
             ? entity(exchange, extensions_listing(id), extension_on_wire(*application, *extension))
             : resource_not_found(wanted);
}

Reply create_extension_property(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = application_to_extend(exchange);
  if (!object) return resource_not_found(id);
  const Json& body = exchange.call.body;
  if (auto refusal = check_extension(body)) return *refusal;
  Json application = object->value();
  const std::string name = full_name(application, string_or(body, "name"));
  if (find_extension(application, "name", name)) return assumed_refusal_of_taken_extension(name);
  const Json extension = {{"id", random_uuid()},
                          {"deletedDateTime", nullptr},
                          {"dataType", body["dataType"]},
                          {"isMultiValued", bool_or(body, "isMultiValued", false)},
                          {"isSyncedFromOnPremises", false},
                          {"name", name},
                          {"targetObjects", body["targetObjects"]}};
  Reply reply;
  reply.status = 201;
  reply.context = extensions_listing(id).context + "/$entity";
  reply.location = fmt::format("{}/{}", extensions_listing(id).context, string_or(extension, "id"));
  reply.body = extension_on_wire(application, extension);
  if (!application[own_member].is_array()) application[own_member] = Json::array();
  application[own_member].push_back(extension);
  change_application_to(exchange, std::move(application));
  return reply;
}

Reply delete_extension_property(const Exchange& exchange) {
  const std::string& wanted = exchange.call.parameters[1];
  const Replicated* object = application_to_extend(exchange);
  if (!object) return resource_not_found(exchange.call.parameters[0]);
  if (!find_extension(object->value(), "id", wanted)) return resource_not_found(wanted);
  Json application = object->value();
  std::erase_if(application[own_member].get_ref<Json::array_t&>(), [&](const Json& extension) {
    return ascii::equal_ignoring_case(string_or(extension, "id"), wanted);
  });
  change_application_to(exchange, std::move(application));
  return no_content();
}

}  // namespace syncwright::emulator
