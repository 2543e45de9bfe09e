#include "report/html/inputs/mapping_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/part_json.h"

namespace syncwright::report::html {
namespace {

using expression::Expression;

void collect_sources(const Expression& node, std::vector<std::string>& sources) {
  const bool is_known = std::find(sources.begin(), sources.end(), node.text) != sources.end();
  if (node.kind == Expression::Kind::attribute && !is_known) sources.push_back(node.text);
  for (const std::optional<Expression>& argument : node.arguments) {
    if (argument) collect_sources(*argument, sources);
  }
}

void set_source(PageFlow& flow, const Expression& source) {
  if (source.kind == Expression::Kind::constant) {
    flow.kind = PageFlow::Kind::constant;
    flow.expression = source.text;
    return;
  }
  flow.kind = source.kind == Expression::Kind::attribute ? PageFlow::Kind::direct
                                                         : PageFlow::Kind::expression;
  flow.expression = expression::author_text(source);
  collect_sources(source, flow.sources);
}

void set_members(PageFlow& flow, const std::string& flow_type, const std::string& behavior,
                 std::int64_t priority, const std::string& default_value) {
  if (flow_type != "Always") flow.when = flow_type;
  if (!behavior.empty() && behavior != "FlowWhenChanged") {
    flow.when += (flow.when.empty() ? "" : ", ") + behavior;
  }
  if (priority > 0) flow.matching = std::to_string(priority);
  flow.default_value = default_value;
}

PageFlow flow_of(const schema::AttributeMappingRequest& request) {
  PageFlow flow;
  if (request.source) {
    const auto* source = std::get_if<Expression>(&request.source->value);
    flow.kind = PageFlow::Kind::none;
    if (source != nullptr) set_source(flow, *source);
  }
  set_members(flow, request.flow_type.value_or("Always"), request.flow_behavior.value_or(""),
              request.matching_priority.value_or(0), request.default_value.value_or(""));
  return flow;
}

/// Of a FieldChange's words (schema_diff.h).
PageFlow flow_of_words(const Json& words) {
  PageFlow flow;
  flow.kind = PageFlow::Kind::none;
  if (words.contains("expression")) {
    const std::string text = string_or(words, "expression");
    const auto parsed = expression::parse_expression(text);
    flow.kind = PageFlow::Kind::expression;
    flow.expression = text;
    if (parsed) set_source(flow, *parsed);
  } else if (words.contains("constant")) {
    flow.kind = PageFlow::Kind::constant;
    const Json& constant = words["constant"];
    flow.expression = constant.is_string() ? constant.get<std::string>() : canonical_json(constant);
  } else if (words.contains("sourceTree")) {
    flow.kind = PageFlow::Kind::expression;
    flow.expression = canonical_json(words["sourceTree"]);
  } else if (!words.contains("source")) {
    flow.kind = PageFlow::Kind::unmanaged;
  }
  set_members(flow, string_or(words, "flowType", "Always"), string_or(words, "flowBehavior"),
              int_or(words, "matchingPriority", 0), string_or(words, "defaultValue"));
  return flow;
}

/// Of Graph's attributeMapping (docs/graph.md#10.1).
PageFlow flow_of_graph(const Json& mapping) {
  PageFlow flow;
  flow.kind = PageFlow::Kind::none;
  const Json& source = member_or_null(mapping, "source");
  if (source.is_object()) {
    const auto tree = expression::from_source_tree(source);
    flow.kind = PageFlow::Kind::expression;
    flow.expression = string_or(source, "expression");
    if (tree) set_source(flow, *tree);
  }
  set_members(flow, string_or(mapping, "flowType", "Always"), string_or(mapping, "flowBehavior"),
              int_or(mapping, "matchingPriority", 0), string_or(mapping, "defaultValue"));
  return flow;
}

bool fits(const std::string& said, const std::string& found) {
  return said.empty() || found.empty() || said == found;
}

/// The table that all of these names mean, made where there is none.
PageObjectMapping& table_of(std::vector<PageObjectMapping>& mappings, const std::string& job,
                            const std::string& rule, const std::string& source,
                            const std::string& target) {
  const auto found =
      std::find_if(mappings.begin(), mappings.end(), [&](const PageObjectMapping& each) {
        return each.job == job && each.source == source && fits(each.rule, rule) &&
               fits(each.target, target);
      });
  if (found == mappings.end()) {
    mappings.push_back({job, rule, source, target, {}});
    return mappings.back();
  }
  if (found->target.empty()) found->target = target;
  return *found;
}

PageMapping& row_of(PageObjectMapping& table, const std::string& target) {
  const auto found =
      std::find_if(table.mappings.begin(), table.mappings.end(),
                   [&target](const PageMapping& each) { return each.target == target; });
  if (found != table.mappings.end()) return *found;
  PageMapping made;
  made.target = target;
  table.mappings.push_back(std::move(made));
  return table.mappings.back();
}

void add_requests(std::vector<PageObjectMapping>& mappings, const model::DesiredJob& job) {
  if (!job.schema) return;
  for (const schema::ObjectMappingRequest& request : job.schema->mappings) {
    PageObjectMapping& table =
        table_of(mappings, job.key, request.rule, request.object, request.target);
    for (const schema::AttributeMappingRequest& attribute : request.attributes) {
      if (attribute.absent) continue;
      row_of(table, attribute.target_attribute_name).after = flow_of(attribute);
    }
  }
}

/// Where a field of schema.put lies (schema_diff.h).
struct MappingPath {
  std::string rule;
  std::string source;
  std::string target;
  std::string attribute;
};

/// "RULE/SOURCE->TARGET/ATTRIBUTE", or "SOURCE/ATTRIBUTE" of a schema that cannot be read yet;
/// nullopt for every other part.
std::optional<MappingPath> mapping_path(const schema::FieldChange& field) {
  const std::string& path = field.path;
  const std::size_t arrow = path.find("->");
  if (arrow != std::string::npos) {
    // A member of the object mapping ends in its name: "TARGET:enabled". Targets may be URNs.
    const std::size_t slash = path.find('/', arrow);
    if (slash == std::string::npos) return std::nullopt;
    const std::string left = path.substr(0, arrow);
    const std::size_t rule_end = left.rfind('/');
    return MappingPath{rule_end == std::string::npos ? "" : left.substr(0, rule_end),
                       rule_end == std::string::npos ? left : left.substr(rule_end + 1),
                       path.substr(arrow + 2, slash - arrow - 2), path.substr(slash + 1)};
  }
  const Json after = field.after;
  const bool is_mapping =
      bool_or(field.before, "unknown", false) && after.is_object() &&
      (after.contains("expression") || after.contains("constant") || after.contains("source"));
  const std::size_t slash = path.find('/');
  if (!is_mapping || slash == std::string::npos) return std::nullopt;
  return MappingPath{"", path.substr(0, slash), "", path.substr(slash + 1)};
}

}  // namespace

std::vector<PageObjectMapping> mappings_of(const std::string& job,
                                           const schema::SynchronizationSchema& schema) {
  std::vector<PageObjectMapping> mappings;
  for (const schema::SynchronizationRule& rule : schema.rules()) {
    for (const schema::ObjectMapping& mapping : rule.object_mappings) {
      const bool is_only_rule = schema.rules().size() == 1;
      PageObjectMapping table{job,
                              is_only_rule ? "" : rule.name,
                              mapping.source_object_name,
                              mapping.target_object_name,
                              {}};
      for (const schema::AttributeMapping& attribute : mapping.attribute_mappings) {
        PageMapping row;
        row.target = attribute.target_attribute_name;
        row.after = flow_of_graph(schema::part_json(schema, attribute.span));
        table.mappings.push_back(std::move(row));
      }
      mappings.push_back(std::move(table));
    }
  }
  return mappings;
}

std::vector<PageObjectMapping> mappings_of(const model::DesiredApplication& desired) {
  std::vector<PageObjectMapping> mappings;
  for (const model::DesiredJob& job : desired.jobs) {
    if (job.base_schema) {
      for (PageObjectMapping& table : mappings_of(job.key, *job.base_schema->document)) {
        mappings.push_back(std::move(table));
      }
    }
    add_requests(mappings, job);
  }
  return mappings;
}

bool mark_difference(std::vector<PageObjectMapping>& mappings, const std::string& job,
                     const schema::FieldChange& field) {
  const std::optional<MappingPath> path = mapping_path(field);
  if (!path) return false;
  PageObjectMapping& table = table_of(mappings, job, path->rule, path->source, path->target);
  PageMapping& row = row_of(table, path->attribute);
  row.changed = true;
  const Json before = field.before;
  const Json after = field.after;
  row.unknown_before = bool_or(before, "unknown", false);
  row.before.reset();
  if (before.is_object() && !row.unknown_before) row.before = flow_of_words(before);
  row.after.reset();
  if (after.is_object()) row.after = flow_of_words(after);
  return true;
}

void add_samples(std::vector<PageObjectMapping>& mappings, const std::string& application,
                 const std::vector<mapping_tests::MappingTestResult>& tests) {
  for (const mapping_tests::MappingTestResult& test : tests) {
    if (test.application != application) continue;
    for (const mapping_tests::MappingCaseResult& result : test.cases) {
      for (PageObjectMapping& table : mappings) {
        if (table.job != test.job || table.source != result.object) continue;
        for (PageMapping& row : table.mappings) {
          const auto value = result.written.find(row.target);
          if (value != result.written.end()) row.samples.push_back({result.name, value->second});
        }
      }
    }
  }
}

}  // namespace syncwright::report::html
