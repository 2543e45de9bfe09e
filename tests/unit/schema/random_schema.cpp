#include "unit/schema/random_schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright::schema {

namespace {

const std::vector<std::string> attribute_names = {
    "mail",     "Mail",   "userName", "emails[type eq \"work\"].value", "stra\u00dfe",
    "a\\b/c\n", "\u540d", "",         "urn:x:2.0:User:enabled"};
const std::vector<std::string> object_names = {"User", "user", "Group", "\u00dcnit", "a\"b"};
const std::vector<std::string> expressions = {"[mail]",
                                              R"("Contoso \"x\"")",
                                              "8",
                                              "%DomainFQDN%",
                                              "Left([mail], 8)",
                                              R"(IIF(IsPresent([mail]), [mail], ))",
                                              R"(Coalesce([a], [b], "c"))",
                                              R"(Replace([a], "-", , , "_", , ))"};
/// A service may know functions that we do not; no manifest can ask for them.
const std::string unknown_call = R"(Frobnicate([a], , "b"))";
const std::vector<std::string> object_flow_words = {"Add", "Update", "Delete"};

}  // namespace

std::vector<std::string> RandomSchema::names(bool duplicates) {
  std::vector<std::string> result;
  for (const std::string& name : attribute_names) {
    if (one_in(3)) result.push_back(name);
    if (duplicates && one_in(20)) result.push_back(name);
  }
  std::shuffle(result.begin(), result.end(), engine_);
  return result;
}

Json RandomSchema::definition(const std::string& name) {
  Json definition = {{"name", name}};
  if (one_in(2)) definition["type"] = one_in(2) ? "String" : "Integer";
  if (one_in(3)) definition["anchor"] = one_in(2);
  if (one_in(3)) definition["caseExact"] = nullptr;
  if (one_in(3)) definition["metadata"] = Json::array();
  if (one_in(4)) definition["referencedObjects"] = {{{"referencedObjectName", "User"}}};
  if (one_in(4)) definition["defaultValue"] = "";
  return definition;
}

Json RandomSchema::objects(bool duplicates) {
  Json objects = Json::array();
  for (const std::string& name : object_names) {
    for (std::size_t copies = one_in(2) + (duplicates && one_in(8)); copies > 0; --copies) {
      Json object = {{"name", name}};
      if (!one_in(6)) {
        object["attributes"] = Json::array();
        for (const std::string& each : names(duplicates)) {
          object["attributes"].push_back(definition(each));
        }
      } else if (one_in(2)) {
        object["attributes"] = nullptr;
      }
      objects.push_back(std::move(object));
    }
  }
  return objects;
}

Json RandomSchema::source() {
  if (one_in(6)) return nullptr;
  Json tree = expression::to_source_tree(
      *expression::parse_expression(one_in(8) ? unknown_call : pick(expressions)));
  if (one_in(4)) tree.erase("expression");
  if (one_in(4) && tree["parameters"].empty()) tree["parameters"] = nullptr;
  return tree;
}

Json RandomSchema::scope() {
  if (one_in(2)) return nullptr;
  Json groups = Json::array();
  for (std::size_t i = below(3); i > 0; --i) {
    const FilterGroup group = filter_group();
    Json clauses = Json::array();
    for (const FilterClause& clause : group.all) {
      clauses.push_back({{"sourceOperandName", clause.attribute},
                         {"operatorName", clause.operator_name},
                         {"targetOperand", {{"values", clause.values}}}});
    }
    groups.push_back({{"name", group.name}, {"clauses", std::move(clauses)}});
  }
  return {{"groups", std::move(groups)}, {"inputFilterGroups", one_in(2) ? Json() : Json::array()}};
}

Json RandomSchema::attribute_mapping(const std::string& target) {
  Json mapping = {{"targetAttributeName", target}};
  if (!one_in(6)) mapping["source"] = source();
  if (one_in(2)) mapping["matchingPriority"] = below(3);
  if (one_in(3)) mapping["flowType"] = one_in(2) ? "Always" : "ObjectAddOnly";
  if (one_in(3)) mapping["defaultValue"] = one_in(2) ? Json() : Json("");
  return mapping;
}

Json RandomSchema::object_mapping(const std::string& source, const std::string& target,
                                  bool duplicates) {
  Json mapping = {{"sourceObjectName", source}, {"targetObjectName", target}};
  if (one_in(2)) mapping["enabled"] = one_in(3) ? Json() : Json(one_in(2));
  if (one_in(2)) mapping["flowTypes"] = one_in(2) ? "Add, Update, Delete" : "Update,Add";
  if (!one_in(3)) mapping["scope"] = scope();
  if (one_in(8)) return mapping;
  mapping["attributeMappings"] = Json::array();
  for (const std::string& name : names(duplicates)) {
    mapping["attributeMappings"].push_back(attribute_mapping(name));
  }
  return mapping;
}

Json RandomSchema::document(bool duplicates) {
  Json directories = {{{"id", "66e4a8cc-1b7b-435e-95f8-f06cea133828"},
                       {"name", one_in(2) ? "Microsoft Entra ID" : "Azure Active Directory"},
                       {"objects", objects(duplicates)}},
                      {{"id", "t"}, {"name", "target\u2122"}, {"objects", objects(duplicates)}}};
  Json rules = Json::array();
  for (std::size_t i = below(3); i > 0; --i) {
    Json mappings = Json::array();
    for (const std::string& name : object_names) {
      if (one_in(2)) mappings.push_back(object_mapping(name, pick(object_names), duplicates));
    }
    rules.push_back({{"id", fmt::format("id-{}", i)},
                     {"name", fmt::format("RULE_{}", i)},
                     {"sourceDirectoryName", "Azure Active Directory"},
                     {"targetDirectoryName", "target\u2122"},
                     {"objectMappings", std::move(mappings)}});
  }
  return {{"id", "job"},
          {"directories", std::move(directories)},
          {"synchronizationRules", std::move(rules)}};
}

std::string RandomSchema::blanks() {
  static const std::vector<std::string> all = {"", "", " ", "\n  ", "\t", "\r\n"};
  return pick(all);
}

std::string RandomSchema::quoted(const std::string& text) {
  std::string result = "\"";
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    const bool must = byte < 0x20 || character == '"' || character == '\\';
    if (must || (byte < 0x80 && one_in(12))) {
      result += one_in(2) ? fmt::format("\\u{:04x}", byte) : fmt::format("\\u{:04X}", byte);
    } else {
      result += character;
    }
  }
  return result + "\"";
}

void RandomSchema::print(const Json& value, std::string& out) {
  if (value.is_array()) {
    out += "[" + blanks();
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += blanks() + "," + blanks();
      print(value[i], out);
    }
    out += blanks() + "]";
  } else if (value.is_object()) {
    static const std::vector<std::string> unknown = {
        R"("@odata.type": "#x\"]},\\")", R"("x" :[1e3 ,{"name" : [ ]}, -0.50, "\u00e9"])",
        R"("gr\u00f6\u00dfe":{"}":"{", "attributes":null })", "\"n\\t\": true"};
    std::vector<std::string> members;
    for (const auto& [key, member] : value.items()) {
      std::string text = quoted(key) + blanks() + ":" + blanks();
      print(member, text);
      members.push_back(std::move(text));
    }
    if (one_in(3)) members.push_back(pick(unknown));
    std::shuffle(members.begin(), members.end(), engine_);
    out += "{" + blanks();
    for (std::size_t i = 0; i < members.size(); ++i) {
      out += (i > 0 ? blanks() + "," + blanks() : "") + members[i];
    }
    out += blanks() + "}";
  } else if (value.is_string()) {
    out += quoted(value.get<std::string>());
  } else {
    out += value.dump();
  }
}

std::string RandomSchema::text(const Json& document) {
  std::string out = blanks();
  print(document, out);
  return out + blanks();
}

void RandomSchema::shuffle(Json& list) {
  std::shuffle(list.begin(), list.end(), engine_);
}

Json RandomSchema::reordered(Json value) {
  static const std::vector<std::string> sets = {
      "directories",    "synchronizationRules", "objects", "attributes",
      "objectMappings", "attributeMappings",    "groups",  "clauses"};
  if (!value.is_structured()) return value;
  for (auto& [key, member] : value.items()) {
    member = reordered(std::move(member));
    const bool is_set = std::find(sets.begin(), sets.end(), key) != sets.end();
    if (value.is_object() && is_set && member.is_array()) shuffle(member);
  }
  if (value.contains("targetAttributeName")) {
    for (const char* key : {"matchingPriority", "flowType", "defaultValue"}) {
      if (value.contains(key)) continue;
      if (one_in(2)) value[key] = nullptr;
    }
    if (!value.contains("flowType") && one_in(2)) value["flowType"] = "Always";
    if (!value.contains("source") && one_in(2)) value["source"] = nullptr;
  }
  return value;
}

std::string RandomSchema::expression() {
  return pick(expressions);
}

FilterGroup RandomSchema::filter_group() {
  static const std::vector<FilterClause> clauses = {{"mail", "IS NOT NULL", {}},
                                                    {"department", "EQUALS", {"Sales"}},
                                                    {"department", "EQUALS", {"Marketing"}}};
  FilterGroup group;
  if (one_in(2)) group.name = one_in(2) ? "one" : "two";
  for (std::size_t i = below(3); i > 0; --i) group.all.push_back(pick(clauses));
  return group;
}

AttributeMappingRequest RandomSchema::mapping_request(const std::string& target) {
  AttributeMappingRequest request;
  request.target_attribute_name = target;
  request.absent = one_in(6);
  if (request.absent) return request;
  if (one_in(6)) {
    request.source = MappingSource{};
  } else if (!one_in(12)) {
    request.source = MappingSource{*expression::parse_expression(expression())};
  }
  if (one_in(3)) request.matching_priority = static_cast<std::int64_t>(below(3));
  if (one_in(3)) request.flow_type = one_in(2) ? "Always" : "ValueAddOnly";
  if (one_in(3)) request.flow_behavior = one_in(2) ? "FlowWhenChanged" : "FlowAlways";
  if (one_in(3)) request.default_value = one_in(2) ? "" : "d\u00e9faut \"x\"";
  request.default_value_absent = !request.default_value && one_in(3);
  return request;
}

AttributeDefinitionRequest RandomSchema::definition_request(const Json& directory,
                                                            const Json& object) {
  AttributeDefinitionRequest request;
  request.directory = directory["name"];
  request.object = object["name"];
  request.name = pick(attribute_names);
  request.absent = one_in(5);
  if (one_in(2)) request.type = one_in(2) ? "String" : "Boolean";
  if (one_in(3)) request.anchor = one_in(2);
  if (one_in(3)) request.case_exact = one_in(2);
  if (one_in(3)) request.mutability = one_in(2) ? "ReadWrite" : "ReadOnly";
  if (one_in(3)) request.default_value = one_in(2) ? "" : "x";
  return request;
}

Customization RandomSchema::customization(const Json& document) {
  Customization customization;
  if (one_in(4)) customization.mode = Customization::Mode::exact;
  for (const Json& directory : document["directories"]) {
    for (const Json& object : directory["objects"]) {
      while (one_in(2)) customization.attributes.push_back(definition_request(directory, object));
    }
  }
  for (const Json& rule : document["synchronizationRules"]) {
    for (const Json& mapping : rule["objectMappings"]) {
      if (one_in(2)) continue;
      ObjectMappingRequest request;
      request.object = mapping["sourceObjectName"].get<std::string>();
      request.target = one_in(20) ? "nothing" : mapping["targetObjectName"].get<std::string>();
      request.rule = rule["name"].get<std::string>();
      if (one_in(3)) request.enabled = one_in(2);
      if (one_in(3)) request.flow_types = {{pick(object_flow_words), pick(object_flow_words)}};
      if (one_in(2)) {
        request.scoping_filter.emplace().absent = one_in(3);
        for (std::size_t i = below(3); i > 0 && !request.scoping_filter->absent; --i) {
          request.scoping_filter->any.push_back(filter_group());
        }
      }
      while (!one_in(3)) request.attributes.push_back(mapping_request(pick(attribute_names)));
      customization.mappings.push_back(std::move(request));
    }
  }
  return customization;
}

}  // namespace syncwright::schema
