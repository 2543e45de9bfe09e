#include <fmt/format.h>

#include <initializer_list>
#include <string_view>
#include <utility>

#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

namespace {

/// Reads the members of what `to_json` wrote; the first member that is not as `to_json` writes it
/// is kept as the fault, and the value read is then not used.
class CustomizationReader {
 public:
  [[nodiscard]] const std::string& fault() const { return fault_; }

  void read(const Json& json, Customization& customization) {
    only(json, {"mode", "attributes", "mappings"});
    std::string mode;
    read(json, "mode", mode);
    if (mode != "merge" && mode != "exact") wrong("mode");
    customization.mode = mode == "exact" ? Customization::Mode::exact : Customization::Mode::merge;
    read_list(json, "attributes", customization.attributes);
    read_list(json, "mappings", customization.mappings);
  }

 private:
  void wrong(const char* key) {
    if (fault_.empty()) fault_ = fmt::format("a customization's `{}` is not as expected", key);
  }

  void only(const Json& json, std::initializer_list<std::string_view> keys) {
    if (!json.is_object()) return wrong("entry");
    for (const auto& [key, value] : json.items()) {
      bool known = false;
      for (const std::string_view each : keys) known = known || each == key;
      if (!known) wrong(key.c_str());
    }
  }

  void read(const Json& json, const char* key, std::string& text) {
    const Json& member = member_or_null(json, key);
    if (member.is_string()) {
      text = member.get<std::string>();
    } else if (!member.is_null()) {
      wrong(key);
    }
  }

  void read(const Json& json, const char* key, bool& flag) {
    const Json& member = member_or_null(json, key);
    if (member.is_boolean()) {
      flag = member.get<bool>();
    } else if (!member.is_null()) {
      wrong(key);
    }
  }

  void read(const Json& json, const char* key, std::int64_t& number) {
    const Json& member = member_or_null(json, key);
    if (member.is_number_integer()) {
      number = int_or(json, key, 0);
    } else if (!member.is_null()) {
      wrong(key);
    }
  }

  template <class Value>
  void read(const Json& json, const char* key, std::optional<Value>& value) {
    if (!member_or_null(json, key).is_null()) read(json, key, value.emplace());
  }

  void read(const Json& json, const char* key, std::vector<std::string>& texts) {
    const Json& list = member_or_null(json, key);
    if (!list.is_array()) return wrong(key);
    for (const Json& each : list) {
      if (!each.is_string()) return wrong(key);
      texts.push_back(each.get<std::string>());
    }
  }

  template <class Part>
  void read_list(const Json& json, const char* key, std::vector<Part>& parts) {
    const Json& list = member_or_null(json, key);
    if (!list.is_array()) return wrong(key);
    for (const Json& each : list) read_part(each, parts.emplace_back());
  }

  void read_part(const Json& json, AttributeDefinitionRequest& request) {
    only(json,
         {"directory", "object", "name", "targetOf", "rule", "absent", "type", "anchor",
          "caseExact", "multivalued", "required", "flowNullValues", "mutability", "defaultValue"});
    read(json, "directory", request.directory);
    read(json, "object", request.object);
    read(json, "name", request.name);
    read(json, "targetOf", request.target_of);
    read(json, "rule", request.rule);
    read(json, "absent", request.absent);
    read(json, "type", request.type);
    read(json, "anchor", request.anchor);
    read(json, "caseExact", request.case_exact);
    read(json, "multivalued", request.multivalued);
    read(json, "required", request.required);
    read(json, "flowNullValues", request.flow_null_values);
    read(json, "mutability", request.mutability);
    read(json, "defaultValue", request.default_value);
  }

  void read_part(const Json& json, ObjectMappingRequest& request) {
    only(json, {"object", "target", "rule", "enabled", "flowTypes", "scopingFilter", "attributes"});
    read(json, "object", request.object);
    read(json, "target", request.target);
    read(json, "rule", request.rule);
    read(json, "enabled", request.enabled);
    read(json, "flowTypes", request.flow_types);
    const Json& filter = member_or_null(json, "scopingFilter");
    if (!filter.is_null()) read_part(filter, request.scoping_filter.emplace());
    read_list(json, "attributes", request.attributes);
  }

  void read_part(const Json& json, AttributeMappingRequest& request) {
    only(json, {"target", "absent", "source", "constant", "expression", "sourceTree",
                "matchingPriority", "flowType", "flowBehavior", "defaultValue"});
    read(json, "target", request.target_attribute_name);
    read(json, "absent", request.absent);
    read_source(json, request.source);
    read(json, "matchingPriority", request.matching_priority);
    read(json, "flowType", request.flow_type);
    read(json, "flowBehavior", request.flow_behavior);
    const Json& default_value = member_or_null(json, "defaultValue");
    if (default_value.is_object()) {
      only(default_value, {"absent"});
      read(default_value, "absent", request.default_value_absent);
    } else {
      read(json, "defaultValue", request.default_value);
    }
  }

  void read_source(const Json& json, std::optional<MappingSource>& source) {
    std::optional<std::string> none;
    std::optional<std::string> constant;
    std::optional<std::string> text;
    read(json, "source", none);
    read(json, "constant", constant);
    read(json, "expression", text);
    const Json& tree = member_or_null(json, "sourceTree");
    if (none.has_value() + constant.has_value() + text.has_value() + !tree.is_null() > 1) {
      wrong("source");
    }
    if (none) {
      if (*none != "none") wrong("source");
      source.emplace();
    } else if (constant) {
      Expression expression;
      expression.text = *constant;
      source = MappingSource{std::move(expression)};
    } else if (text) {
      take(parse_expression(*text), "expression", source);
    } else if (!tree.is_null()) {
      take(from_source_tree(tree), "sourceTree", source);
    }
  }

  template <class Parsed>
  void take(Parsed parsed, const char* key, std::optional<MappingSource>& source) {
    if (!parsed) return wrong(key);
    source = MappingSource{std::move(*parsed)};
  }

  void read_part(const Json& json, ScopingFilterRequest& request) {
    only(json, {"absent", "any"});
    read(json, "absent", request.absent);
    if (!request.absent) read_list(json, "any", request.any);
  }

  void read_part(const Json& json, FilterGroup& group) {
    only(json, {"name", "all"});
    read(json, "name", group.name);
    read_list(json, "all", group.all);
  }

  void read_part(const Json& json, FilterClause& clause) {
    only(json, {"attribute", "operator", "values"});
    read(json, "attribute", clause.attribute);
    read(json, "operator", clause.operator_name);
    read(json, "values", clause.values);
  }

  std::string fault_;
};

}  // namespace

Result<Customization> customization_from_json(const Json& json) {
  CustomizationReader reader;
  Customization customization;
  reader.read(json, customization);
  if (!reader.fault().empty()) return fail(ErrorKind::invalid_input, reader.fault());
  return customization;
}

}  // namespace syncwright
