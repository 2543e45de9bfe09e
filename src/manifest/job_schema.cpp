#include "syncwright/manifest/job_schema.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "manifest/decode/customization_decoder.h"
#include "manifest/interpolation.h"
#include "manifest/rows/mapping_set.h"
#include "manifest/yaml/yaml_document.h"

namespace syncwright::manifest {

std::optional<schema::Customization> read_job_schema(const std::string& yaml) {
  Diagnostics diagnostics;
  std::vector<YamlNode> documents = parse_yaml(yaml, "schema", diagnostics);
  if (diagnostics.has_errors() || documents.size() != 1) return std::nullopt;
  ManifestSource source;
  const Variables none;
  interpolate_node(documents.front(), {none}, source.file, source.diagnostics);
  auto decoded = as_job_schema(Field(source, documents.front(), "schema", documents.front().span));
  if (!decoded || source.diagnostics.has_errors()) return std::nullopt;
  return std::move(decoded->customization);
}

namespace {

bool concerns(const schema::ObjectMappingRequest& mapping,
              const model::MappingTestCase& test_case) {
  const auto agrees = [](const std::string& left, const std::string& right) {
    return left.empty() || right.empty() || left == right;
  };
  return mapping.object == test_case.object && agrees(mapping.rule, test_case.rule) &&
         agrees(mapping.target, test_case.target_object);
}

/// How much an entry says of which mapping it means.
int precision(const schema::ObjectMappingRequest& mapping) {
  return (mapping.rule.empty() ? 0 : 1) + (mapping.target.empty() ? 0 : 1);
}

/// One entry of each mapping, the one that says the most.
std::vector<const schema::ObjectMappingRequest*> leaders_of(
    std::vector<const schema::ObjectMappingRequest*> entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const auto* left, const auto* right) {
    return precision(*left) > precision(*right);
  });
  std::vector<const schema::ObjectMappingRequest*> leaders;
  for (const schema::ObjectMappingRequest* entry : entries) {
    const bool is_new = std::none_of(leaders.begin(), leaders.end(), [&](const auto* leader) {
      return schema::mean_one_mapping(*entry, *leader);
    });
    if (is_new) leaders.push_back(entry);
  }
  return leaders;
}

}  // namespace

MeantMapping find_meant_mapping(const schema::Customization& customization,
                                const model::MappingTestCase& test_case) {
  std::vector<const schema::ObjectMappingRequest*> entries;
  for (const schema::ObjectMappingRequest& mapping : customization.mappings) {
    if (concerns(mapping, test_case)) entries.push_back(&mapping);
  }
  if (entries.empty()) return {};
  const auto leaders = leaders_of(entries);
  // A case that says everything itself leaves nothing else that they could mean.
  const bool is_told = !test_case.rule.empty() && !test_case.target_object.empty();
  if (leaders.size() > 1 && !is_told) return {leaders.size(), {}};
  schema::Customization joined;
  for (const schema::ObjectMappingRequest* entry : entries) {
    schema::Customization layer;
    layer.mappings.push_back(*entry);
    layer.mappings.front().rule = is_told ? test_case.rule : leaders.front()->rule.text();
    layer.mappings.front().target =
        is_told ? test_case.target_object : leaders.front()->target.text();
    lay_over(joined, layer);
  }
  return {1, std::move(joined.mappings.front())};
}

bool leaves_out(const schema::Customization& customization,
                const schema::ObjectMappingRequest& mapping, const std::string& attribute) {
  for (const schema::AttributeMappingRequest& request : mapping.attributes) {
    if (request.target_attribute_name == attribute) return request.absent;
  }
  return customization.mode == schema::Customization::Mode::exact;
}

}  // namespace syncwright::manifest
