#include "response_types.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>
#include <utility>

namespace syncwright::emulator {

namespace {

/// The declared types of one version of Graph; null where the folder is not there.
Json load_metadata(const std::string& version) {
  const std::filesystem::path file = std::filesystem::path(SYNCWRIGHT_SHARED_DIR) / "graph/data" /
                                     ("sync-types." + version + ".json");
  if (!std::filesystem::exists(file)) {
    std::cout << "skipped: ../shared is not here, answers are not compared with Graph's metadata\n";
    return {};
  }
  std::ifstream stream(file, std::ios::binary);
  return Json::parse(std::string{std::istreambuf_iterator<char>(stream), {}});
}

const Json& metadata_of(const std::string& version) {
  static const Json v1 = load_metadata("v1.0");
  static const Json beta = load_metadata("beta");
  return version == "beta" ? beta : v1;
}

/// What Microsoft's pages show and the metadata lacks.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> shown_by_pages{{
    {"attributeMappingFunctionSchema", "name"},
    {"filterOperatorSchema", "name"},
}};

/// Words that real documents hold and no enum of the metadata has (docs/graph.md#13.2).
constexpr std::array<std::string_view, 3> words_of_real_documents{
    "AzureIngestionAttributeOptimization", "IsHardDeletionSupported", "Secret"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types_of_collections{{
    {"appRoleAssignedTo", "appRoleAssignment"},
    {"appRoleAssignments", "appRoleAssignment"},
    {"applicationTemplates", "applicationTemplate"},
    {"applications", "application"},
    {"directories", "directoryDefinition"},
    {"directoryAudits", "directoryAudit"},
    {"extensionProperties", "extensionProperty"},
    {"jobs", "synchronizationJob"},
    {"provisioning", "provisioningObjectSummary"},
    {"schema", "synchronizationSchema"},
    {"secrets", "synchronizationSecretKeyStringValuePair"},
    {"servicePrincipals", "servicePrincipal"},
    {"synchronization", "synchronization"},
    {"templates", "synchronizationTemplate"},
}};

/// The path of "https://host/v1.0/$metadata#servicePrincipals('x')/synchronization/jobs/$entity"
/// without keys and selections: {"servicePrincipals", "synchronization", "jobs"}.
std::vector<std::string> context_path(std::string_view context) {
  std::vector<std::string> path(1);
  int depth = 0;
  for (const char letter : context.substr(context.find('#') + 1)) {
    if (letter == '(') ++depth;
    if (depth == 0 && letter == '/') path.emplace_back();
    if (depth == 0 && letter != '/') path.back() += letter;
    if (letter == ')') --depth;
  }
  if (path.back() == "$entity") path.pop_back();
  return path;
}

/// The type that a context names: "microsoft.graph.x", "Collection(microsoft.graph.x)", or the one
/// of its collection; empty where the metadata here has none of it.
std::string type_of_context(const std::string& context) {
  constexpr std::string_view name_space = "microsoft.graph.";
  const std::size_t named = context.find(name_space, context.find('#'));
  if (named != std::string::npos) {
    const std::size_t begin = named + name_space.size();
    return context.substr(begin, context.find_first_of(")/", begin) - begin);
  }
  const std::vector<std::string> path = context_path(context);
  for (const auto& [collection, type] : types_of_collections) {
    if (!path.empty() && path.back() == collection) return std::string(type);
  }
  return {};
}

class TypeCheck {
 public:
  explicit TypeCheck(const Json& metadata) : metadata_(metadata) {}

  void check_entity(const std::string& declared, const Json& value, const std::string& where) {
    const std::string type = most_derived(declared, value);
    if (!metadata_["types"].contains(type)) return;
    if (!value.is_object()) return note(where, "is no object");
    const Json properties = properties_of(type);
    for (const auto& [name, held] : value.items()) {
      if (name.find('@') != std::string::npos) continue;
      const std::string place = where + "/" + name;
      if (properties.contains(name)) {
        check_property(properties[name], held, place);
      } else if (!takes_more(type, name)) {
        note(place, "is no property of " + type);
      }
    }
  }

  [[nodiscard]] const std::string& faults() const { return faults_; }

 private:
  void note(const std::string& where, const std::string& what) {
    faults_ += where + " " + what + "\n";
  }

  static std::string most_derived(const std::string& declared, const Json& value) {
    constexpr std::string_view name_space = "#microsoft.graph.";
    const std::string derived = string_or(value, "@odata.type");
    return derived.starts_with(name_space) ? derived.substr(name_space.size()) : declared;
  }

  /// A schema gives back whatever members it was put with (docs/graph.md#13.2).
  [[nodiscard]] bool takes_more(const std::string& type, const std::string& name) const {
    const bool is_of_schema = type == "synchronizationSchema" || type == "objectMapping";
    const bool is_shown = std::find(shown_by_pages.begin(), shown_by_pages.end(),
                                    std::pair<std::string_view, std::string_view>(type, name)) !=
                          shown_by_pages.end();
    return is_of_schema || is_shown || bool_or(metadata_["types"][type], "open", false);
  }

  /// With those of its base types; a navigation is shown where it is expanded.
  [[nodiscard]] Json properties_of(const std::string& type) const {
    Json all = Json::object();
    for (std::string name = type; metadata_["types"].contains(name);) {
      const Json& declared = metadata_["types"][name];
      for (const char* part : {"properties", "navigation"}) {
        if (declared.contains(part)) all.update(declared[part]);
      }
      name = string_or(declared, "base");
    }
    return all;
  }

  void check_property(const Json& property, const Json& value, const std::string& where) {
    const bool is_collection = bool_or(property, "collection", false);
    if (value.is_null()) {
      // The metadata's own note: collections may be null on the wire.
      if (!is_collection && !bool_or(property, "nullable", true)) note(where, "must not be null");
      return;
    }
    const std::string type = string_or(property, "type");
    if (!is_collection) return check_value(type, value, where);
    if (!value.is_array()) return note(where, "is no collection");
    for (std::size_t index = 0; index < value.size(); ++index) {
      check_value(type, value[index], where + "/" + std::to_string(index));
    }
  }

  void check_value(const std::string& type, const Json& value, const std::string& where) {
    if (metadata_["enums"].contains(type)) return check_word(type, value, where);
    if (!type.starts_with("Edm.")) return check_entity(type, value, where);
    const bool fits = type == "Edm.Boolean"                          ? value.is_boolean()
                      : type == "Edm.Int32" || type == "Edm.Int64"   ? value.is_number_integer()
                      : type == "Edm.Double" || type == "Edm.Single" ? value.is_number()
                                                                     : value.is_string();
    if (!fits) note(where, "is no " + type + ": " + value.dump());
  }

  /// An enum of flags is written as names joined by commas.
  void check_word(const std::string& type, const Json& value, const std::string& where) {
    if (!value.is_string()) return note(where, "is no word of " + type);
    const Json& members = metadata_["enums"][type]["members"];
    std::string word;
    for (const char letter : value.get<std::string>() + ",") {
      if (letter == ' ') continue;
      if (letter != ',') {
        word += letter;
        continue;
      }
      const bool is_known =
          members.contains(word) ||
          std::count(words_of_real_documents.begin(), words_of_real_documents.end(), word) > 0;
      if (!is_known) note(where, "has no word of " + type + ": " + word);
      word.clear();
    }
  }

  const Json& metadata_;
  std::string faults_;
};

}  // namespace

std::string type_faults(const Json& body) {
  const std::string context = string_or(body, "@odata.context");
  if (context.empty()) return {};
  const Json& metadata =
      metadata_of(context.find("/beta/$metadata") != std::string::npos ? "beta" : "v1.0");
  if (metadata.is_null()) return {};
  TypeCheck check(metadata);
  const std::string type = type_of_context(context);
  const auto items = body.find("value");
  const bool is_collection =
      items != body.end() && items->is_array() && context.find("$entity") == std::string::npos;
  if (!is_collection) {
    check.check_entity(type, body, type);
  } else {
    for (const Json& item : *items) check.check_entity(type, item, type);
  }
  return check.faults();
}

}  // namespace syncwright::emulator
