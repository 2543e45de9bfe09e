#include "export/rule_remarks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "syncwright/schema/part_json.h"

namespace syncwright {
namespace {

template <class Part, class Same>
const Part* counterpart(const std::vector<Part>& parts, const Part& wanted, Same same) {
  const auto matches = [&](const Part& each) { return same(each, wanted); };
  const auto found = std::find_if(parts.begin(), parts.end(), matches);
  const bool is_alone =
      found != parts.end() && std::find_if(std::next(found), parts.end(), matches) == parts.end();
  return is_alone ? &*found : nullptr;
}

const SynchronizationRule* counterpart(const SynchronizationSchema& standard,
                                       const SynchronizationRule& rule) {
  const auto by_name = [](const SynchronizationRule& left, const SynchronizationRule& right) {
    return left.name == right.name;
  };
  const auto by_directories = [](const SynchronizationRule& left,
                                 const SynchronizationRule& right) {
    return left.source_directory_name == right.source_directory_name &&
           left.target_directory_name == right.target_directory_name;
  };
  const SynchronizationRule* same = counterpart(standard.rules(), rule, by_name);
  return same != nullptr ? same : counterpart(standard.rules(), rule, by_directories);
}

Json member_of(const SynchronizationSchema& schema, const SynchronizationRule& rule,
               const char* member) {
  return member_or_null(part_json(schema, rule.span), member);
}

}  // namespace

std::vector<std::string> rule_remarks(const SynchronizationSchema& standard,
                                      const SynchronizationSchema& live) {
  std::vector<std::string> remarks;
  for (const SynchronizationRule& rule : live.rules()) {
    const SynchronizationRule* before = counterpart(standard, rule);
    if (before == nullptr) continue;
    std::vector<std::string> members;
    if (before->name != rule.name) members.emplace_back("name");
    if (member_of(standard, *before, "priority") != member_of(live, rule, "priority")) {
      members.emplace_back("priority");
    }
    if (before->editable != rule.editable) members.emplace_back("editable");
    if (!members.empty()) {
      remarks.push_back(fmt::format("the rule `{}` differs from the standard schema in {}",
                                    rule.name, fmt::join(members, ", ")));
    }
    for (const ObjectMapping& mapping : rule.object_mappings) {
      const ObjectMapping* other = counterpart(
          before->object_mappings, mapping, [](const ObjectMapping& left, const auto& right) {
            return left.source_object_name == right.source_object_name &&
                   left.target_object_name == right.target_object_name;
          });
      if (other == nullptr || other->name == mapping.name) continue;
      remarks.push_back(fmt::format(
          "the mapping of {} to {} is named `{}`, in the standard schema "
          "`{}`",
          mapping.source_object_name, mapping.target_object_name, mapping.name, other->name));
    }
  }
  return remarks;
}

}  // namespace syncwright
