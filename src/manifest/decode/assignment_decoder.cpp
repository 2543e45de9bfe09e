#include "manifest/decode/assignment_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/core/ascii.h"

namespace syncwright {
namespace {

using Type = DesiredMember::Type;

constexpr std::array types{Type::user, Type::group, Type::service_principal};

/// Whom the member names; nullopt, and reported, unless it is one principal.
std::optional<std::pair<Type, std::string>> read_principal(Keys& keys, const std::string& name) {
  std::optional<std::pair<Type, std::string>> principal;
  std::vector<Field> given;
  for (const Type type : types) {
    if (const auto found = keys.find(to_string(type))) given.push_back(*found);
    if (auto text = keys.read(to_string(type), as_name_or_id)) principal = {type, std::move(*text)};
  }
  if (given.size() > 1) {
    given[1].report_key(
        "SW1012", fmt::format("`{}` and `{}` exclude each other", given[0].name(), given[1].name()),
        "write an entry for each");
    return std::nullopt;
  }
  if (given.empty()) {
    keys.report_none_of({"user", "group", "servicePrincipal"},
                        fmt::format("`{}` names nobody", name),
                        "write user:, group: or servicePrincipal:");
  }
  return principal;
}

std::optional<DesiredMember> as_member(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  auto principal = read_principal(keys, field.name());
  DesiredMember member;
  member.role = keys.read("role", as_name_or_id);
  member.absent = keys.read("absent", as_absent).value_or(false);
  member.where = field.range();
  keys.done();
  if (!principal) return std::nullopt;
  member.type = principal->first;
  member.principal = std::move(principal->second);
  return member;
}

void report_repeated(const std::vector<DesiredMember>& members, Diagnostics& diagnostics) {
  std::map<std::tuple<Type, std::string, std::string>, const DesiredMember*> seen;
  for (const DesiredMember& member : members) {
    const std::string role = member.role.value_or(std::string());
    const auto [first, added] =
        seen.emplace(std::tuple(member.type, ascii::lower(member.principal), role), &member);
    if (added) continue;
    diagnostics.add(
        "SW2027", member.where,
        fmt::format("the {} {} has {} already, by line {}", to_string(member.type),
                    shown(member.principal), role.empty() ? "an entry" : "the role " + shown(role),
                    first->second->where.line),
        "remove one of the two");
  }
}

}  // namespace

std::optional<DesiredAssignments> as_assignments(const Field& field) {
  using Mode = DesiredAssignments::Mode;
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DesiredAssignments assignments;
  assignments.where = field.key_range();
  assignments.mode =
      keys.read("mode", as_word<Mode>({{"additive", Mode::additive}, {"exact", Mode::exact}}))
          .value_or(Mode::additive);
  const auto as_members = [&](const Field& list) -> std::optional<std::vector<DesiredMember>> {
    const bool nobody = list.node().kind == YamlNode::Kind::sequence && list.node().items.empty();
    if (nobody && assignments.mode == Mode::exact) return std::vector<DesiredMember>();
    return as_list(as_member)(list);
  };
  if (auto members = keys.require("members", as_members)) {
    assignments.members = std::move(*members);
  }
  keys.done();
  report_repeated(assignments.members, field.source().diagnostics);
  return assignments;
}

}  // namespace syncwright
