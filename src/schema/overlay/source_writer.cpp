#include "schema/overlay/source_writer.h"

#include "schema/compare/canonical.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright::schema {

namespace {

/// The position of each parameter entry among the call's arguments. An empty argument has no entry:
/// only the text tells which one was left out.
std::vector<std::size_t> positions_of(const Json& source, std::size_t entries) {
  std::vector<std::size_t> positions;
  const auto parsed = expression::parse_expression(string_or(source, "expression"));
  if (parsed && parsed->kind == expression::Expression::Kind::call) {
    for (std::size_t i = 0; i < parsed->arguments.size(); ++i) {
      if (parsed->arguments[i]) positions.push_back(i);
    }
  }
  if (positions.size() == entries) return positions;
  positions.resize(entries);
  for (std::size_t i = 0; i < entries; ++i) positions[i] = i;
  return positions;
}

bool is_function(const Json& source) {
  return string_or(source, "type") == "Function";
}

const Json& parameters_of(const Json& source) {
  static const Json none = Json::array();
  const Json& parameters = member_or_null(source, "parameters");
  return parameters.is_array() ? parameters : none;
}

bool has_proven_signature(const std::string& function) {
  const expression::Function* signature = expression::find_function(function);
  return signature != nullptr && signature->proven_keys;
}

/// A key that the live calls repeat at their end goes on repeating in a longer call.
const std::string* key_at(const std::map<std::size_t, std::string>& keys, std::size_t position) {
  const auto found = keys.find(position);
  if (found != keys.end()) return &found->second;
  if (keys.size() < 2 || position < keys.rbegin()->first) return nullptr;
  const std::string& last = keys.rbegin()->second;
  return std::next(keys.rbegin())->second == last ? &last : nullptr;
}

}  // namespace

Json SourceWriter::write(const expression::Expression& expression) {
  Json source = expression::to_source_tree(expression);
  if (!expression::has_proven_keys(expression)) rekey(source);
  return source;
}

void SourceWriter::rekey(Json& source) {
  if (!is_function(source)) return;
  Json& parameters = source["parameters"];
  for (Json& parameter : parameters) rekey(parameter["value"]);
  const std::string function = string_or(source, "name");
  const KeyByPosition* keys = has_proven_signature(function) ? nullptr : live_keys(function);
  if (keys == nullptr) return;
  const std::vector<std::size_t> positions = positions_of(source, parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (const std::string* key = key_at(*keys, positions[i])) parameters[i]["key"] = *key;
  }
}

const SourceWriter::KeyByPosition* SourceWriter::live_keys(const std::string& function) {
  if (!keys_) {
    keys_.emplace();
    for (const SynchronizationRule& rule : schema_.rules()) {
      for (const ObjectMapping& object : rule.object_mappings) {
        for (const AttributeMapping& mapping : object.attribute_mappings) {
          learn(part_json(schema_, mapping.source_span));
        }
      }
    }
    learn_functions();
  }
  const auto found = keys_->find(function);
  return found == keys_->end() ? nullptr : &found->second;
}

/// What the live document shows wins: it is what the service itself wrote.
void SourceWriter::learn_functions() {
  if (functions_ == nullptr) return;
  for (const auto& [function, parameters] : functions_->functions) {
    KeyByPosition& keys = (*keys_)[function];
    std::size_t position = 0;
    for (const std::string& name : parameters.names) keys.emplace(position++, name);
    if (parameters.repeats && position > 0) keys.emplace(position, parameters.names.back());
  }
}

void SourceWriter::learn(const Json& source) {
  if (!is_function(source)) return;
  const Json& parameters = parameters_of(source);
  const std::vector<std::size_t> positions = positions_of(source, parameters.size());
  KeyByPosition& keys = (*keys_)[string_or(source, "name")];
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::string key = string_or(parameters[i], "key");
    if (!key.empty()) keys.emplace(positions[i], key);
    learn(member_or_null(parameters[i], "value"));
  }
}

}  // namespace syncwright::schema
