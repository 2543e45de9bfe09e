// Prints every YAML file of its arguments as one line of JSON, read by the program's own adapter:
//   {"file": "a.yaml", "documents": [...]}, or with "errors" in place of documents.
// The schema test needs it, since python3-yaml reads YAML 1.1.

#include <iostream>
#include <limits>
#include <string>

#include "manifest/yaml/yaml_document.h"
#include "manifest/yaml/yaml_node.h"
#include "syncwright/core/file.h"
#include "syncwright/core/json.h"

namespace {

using syncwright::Json;
using syncwright::manifest::YamlNode;

Json scalar_to_json(const YamlNode& node) {
  switch (syncwright::manifest::core_type(node)) {
    case syncwright::manifest::ScalarType::boolean:
      return *syncwright::manifest::parse_boolean(node.text);
    case syncwright::manifest::ScalarType::integer:
      return *syncwright::manifest::parse_integer(node.text);
    case syncwright::manifest::ScalarType::number:
      return std::numeric_limits<double>::denorm_min();  // any fraction: no schema asks which
    case syncwright::manifest::ScalarType::text:
      break;
  }
  return node.text;
}

Json to_json(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return nullptr;
    case YamlNode::Kind::scalar:
      return scalar_to_json(node);
    case YamlNode::Kind::sequence: {
      Json list = Json::array();
      for (const YamlNode& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case YamlNode::Kind::mapping: {
      Json object = Json::object();
      for (const auto& entry : node.entries) object[entry.key.text] = to_json(entry.value);
      return object;
    }
  }
  return nullptr;
}

Json read(const std::string& path) {
  Json result{{"file", path}};
  const auto text = syncwright::read_file(path);
  if (!text) {
    result["errors"] = {text.error().message};
    return result;
  }
  syncwright::Diagnostics diagnostics;
  const auto documents = syncwright::manifest::parse_yaml(*text, path, diagnostics);
  if (diagnostics.has_errors()) {
    for (const auto& diagnostic : diagnostics.items()) result["errors"].push_back(diagnostic.code);
    return result;
  }
  result["documents"] = Json::array();
  for (const YamlNode& document : documents) result["documents"].push_back(to_json(document));
  return result;
}

}  // namespace

int main(int count, char** arguments) {
  for (int index = 1; index < count; ++index) {
    std::cout << syncwright::canonical_json(read(arguments[index])) << '\n';
  }
}
