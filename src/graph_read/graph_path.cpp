#include "syncwright/graph_read/graph_path.h"

#include "syncwright/core/encoding.h"

namespace syncwright::graph_read {
namespace {

std::string doubled_quotes(std::string_view text) {
  std::string doubled;
  for (const char character : text) {
    doubled += character;
    if (character == '\'') doubled += character;
  }
  return doubled;
}

}  // namespace

std::string object_path(std::string_view collection, std::string_view id) {
  return "/" + std::string(collection) + "/" + percent_encode(id);
}

std::string key_path(std::string_view collection, std::string_view key, std::string_view value) {
  return "/" + std::string(collection) + "(" + std::string(key) + "='" +
         percent_encode(doubled_quotes(value)) + "')";
}

std::string synchronization_path(std::string_view service_principal_id) {
  return object_path("servicePrincipals", service_principal_id) + "/synchronization";
}

std::string job_path(std::string_view service_principal_id, std::string_view job_id) {
  return synchronization_path(service_principal_id) + object_path("jobs", job_id);
}

std::string with_query(
    std::string path,
    std::initializer_list<std::pair<std::string_view, std::string_view>> options) {
  char separator = '?';
  for (const auto& [name, value] : options) {
    path += separator;
    path.append(name);
    path += '=';
    path += percent_encode(value);
    separator = '&';
  }
  return path;
}

std::string odata_string(std::string_view text) {
  return "'" + doubled_quotes(text) + "'";
}

}  // namespace syncwright::graph_read
