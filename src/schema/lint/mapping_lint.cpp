#include "syncwright/schema/mapping_lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "schema/lint/mapping_lint_rules.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/value.h"

namespace syncwright {
namespace {

/// The attributes of the requests up to and with `subject.mapping` that mean the same mapping.
std::vector<const AttributeMappingRequest*> attributes_so_far(const MappingSubject& subject) {
  std::vector<const AttributeMappingRequest*> attributes;
  for (const ObjectMappingRequest& request : subject.customization.mappings) {
    if (mean_one_mapping(request, subject.mapping)) {
      for (const AttributeMappingRequest& each : request.attributes) attributes.push_back(&each);
    }
    if (&request == &subject.mapping) break;
  }
  return attributes;
}

bool is_own(const AttributeMappingRequest* attribute, const MappingSubject& subject) {
  const auto& own = subject.mapping.attributes;
  return !own.empty() && attribute >= own.data() && attribute < own.data() + own.size();
}

/// What the schema maps already and the request leaves as it is; nullopt: not known.
std::optional<std::int64_t> live_priority(const MappingSubject& subject, const std::string& name) {
  if (subject.around.live == nullptr) return std::nullopt;
  for (const AttributeMapping& live : subject.around.live->attribute_mappings) {
    if (live.target_attribute_name == name) return live.matching_priority;
  }
  return 0;
}

const AttributeMappingRequest* find_request(const ObjectMappingRequest& mapping,
                                            const std::string& name) {
  for (const AttributeMappingRequest& request : mapping.attributes) {
    if (request.target_attribute_name == name) return &request;
  }
  return nullptr;
}

void check_priorities(const MappingSubject& subject, Diagnostics& diagnostics) {
  std::map<std::int64_t, std::string> owners;  // by priority
  const bool merges = subject.customization.mode == Customization::Mode::merge;
  if (subject.around.live != nullptr) {
    for (const AttributeMapping& live : subject.around.live->attribute_mappings) {
      const AttributeMappingRequest* request =
          find_request(subject.mapping, live.target_attribute_name);
      const bool stays =
          request == nullptr ? merges : !request->absent && !request->matching_priority;
      if (stays && live.matching_priority > 0) {
        owners.emplace(live.matching_priority, live.target_attribute_name);
      }
    }
  }
  for (const AttributeMappingRequest& request : subject.mapping.attributes) {
    if (request.absent || request.matching_priority.value_or(0) <= 0) continue;
    const auto [owner, added] =
        owners.emplace(*request.matching_priority, request.target_attribute_name);
    if (added || owner->second == request.target_attribute_name) continue;
    diagnostics.add(
        Code::SW3203, request.where,
        fmt::format("{} and {} both match with priority {}", quote(std::string_view(owner->second)),
                    quote(std::string_view(request.target_attribute_name)), owner->first),
        "the lowest is tried first: give each a number of its own");
  }
}

/// The entries of the same object mapping, in order.
std::vector<const ObjectMappingRequest*> entries_of(const MappingSubject& subject) {
  std::vector<const ObjectMappingRequest*> entries;
  for (const ObjectMappingRequest& request : subject.customization.mappings) {
    if (mean_one_mapping(request, subject.mapping)) entries.push_back(&request);
  }
  return entries;
}

/// `exact` keeps nothing that is not named (docs/contract.md#3). What a named mapping's priority is
/// where the manifest leaves it out, only the schema knows.
void check_some_match(const MappingSubject& subject, Diagnostics& diagnostics) {
  if (subject.customization.mode != Customization::Mode::exact) return;
  const std::vector<const ObjectMappingRequest*> entries = entries_of(subject);
  if (entries.front() != &subject.mapping) return;  // told once
  bool certain = true;
  bool names_some = false;  // else the attributes are not managed
  for (const ObjectMappingRequest* entry : entries) {
    names_some = names_some || !entry->attributes.empty();
    for (const AttributeMappingRequest& request : entry->attributes) {
      if (request.absent) continue;
      const auto priority = request.matching_priority
                                ? request.matching_priority
                                : live_priority(subject, request.target_attribute_name);
      if (!priority || *priority > 0) return;
      certain = certain && (request.matching_priority || subject.around.exact);
    }
  }
  if (!names_some) return;
  Diagnostic found{Code::SW3204, certain ? Severity::error : Severity::warning,
                   fmt::format("no attribute of {} has a matchingPriority",
                               quote(std::string_view(subject.mapping.object))),
                   "name the matching attribute as well, for example userName: {expression: "
                   "\"[userPrincipalName]\", matchingPriority: 1}",
                   subject.mapping.where};
  diagnostics.add(std::move(found));
}

}  // namespace

void lint_targets(const MappingSubject& subject, Diagnostics& diagnostics) {
  std::map<std::string, const AttributeMappingRequest*> seen;  // by name in small letters
  for (const AttributeMappingRequest* request : attributes_so_far(subject)) {
    const std::string& name = request->target_attribute_name;
    const auto [first, added] = seen.emplace(ascii::lower(name), request);
    if (added || request->absent || first->second->absent || !is_own(request, subject)) continue;
    const std::string& earlier = first->second->target_attribute_name;
    const int line = first->second->where.line;
    if (earlier == name) {
      // One key twice in one entry is refused before (SW0102).
      if (is_own(first->second, subject)) continue;
      diagnostics.add(
          Code::SW3201, request->where,
          fmt::format("{} is mapped twice, first in line {}", quote(std::string_view(name)), line),
          "keep one of the two: the service neither refuses nor joins them");
    } else {
      diagnostics.add(
          Code::SW3202, request->where,
          fmt::format("{} differs from {} of line {} by case alone", quote(std::string_view(name)),
                      quote(std::string_view(earlier)), line),
          "keep the one that is spelled as the application does");
    }
  }
}

void lint_matching(const MappingSubject& subject, Diagnostics& diagnostics) {
  check_priorities(subject, diagnostics);
  check_some_match(subject, diagnostics);
}

Diagnostics lint_mapping(const Customization& customization, const ObjectMappingRequest& mapping,
                         const KnownSchema* known) {
  const MappingSurroundings around = surroundings_of(customization, mapping, known);
  const MappingSubject subject{customization, mapping, around};
  Diagnostics diagnostics;
  lint_targets(subject, diagnostics);
  lint_matching(subject, diagnostics);
  lint_attribute_names(subject, diagnostics);
  lint_scoping_filter(subject, diagnostics);
  diagnostics.sort();
  return diagnostics;
}

std::vector<std::string> reference_attributes(const Customization& customization,
                                              const ObjectMappingRequest& mapping,
                                              const KnownSchema* known) {
  std::set<std::string> names{"manager"};
  const MappingSurroundings around = surroundings_of(customization, mapping, known);
  for (const auto& [name, attribute] : around.source.by_name) {
    if (attribute.type == "Reference") names.insert(name);
  }
  return {names.begin(), names.end()};
}

}  // namespace syncwright
