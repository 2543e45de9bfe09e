#include "manifest/decode/application_settings_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"

namespace syncwright::manifest {
namespace {

/// A word, or the object id of a service principal.
std::optional<model::Adopt> as_adopt_text(const Field& field) {
  using Mode = model::Adopt::Mode;
  if (is_guid(field.text())) {
    return model::Adopt{Mode::service_principal, as_guid(field).value_or(std::string()),
                        field.range()};
  }
  constexpr const char* expected = "refuse, never, by-name or the id of a service principal";
  if (!field.expect_scalar(expected)) return std::nullopt;
  if (field.text() == "refuse") return model::Adopt{Mode::refuse, {}, field.range()};
  if (field.text() == "never") return model::Adopt{Mode::never, {}, field.range()};
  if (field.text() == "by-name") return model::Adopt{Mode::by_name, {}, field.range()};
  const std::vector<std::string> words{"refuse", "never", "by-name"};
  const std::string hint = did_you_mean(field.text(), words);
  field.report(Code::SW1005,
               fmt::format("`adopt` must be {}, found {}", expected, quote_value(field.text())),
               hint.empty() ? "for an application's id write {appId: ID}" : hint);
  return std::nullopt;
}

std::optional<model::Adopt> as_adopt(const Field& field) {
  if (field.node().kind != YamlNode::Kind::mapping) return as_adopt_text(field);
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  auto id = keys.require("appId", as_guid);
  keys.done();
  if (!id) return std::nullopt;
  return model::Adopt{model::Adopt::Mode::app_id, std::move(*id), field.range()};
}

std::optional<DecodedLifecycle::EarlierName> as_earlier_name(const Field& field) {
  auto name = as_name(field);
  if (!name) return std::nullopt;
  return DecodedLifecycle::EarlierName{std::move(*name), field.place()};
}

void report_repeated(const std::vector<DecodedLifecycle::EarlierName>& names,
                     Diagnostics& diagnostics) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    const bool repeated = std::any_of(
        names.begin(), name, [&](const auto& earlier) { return earlier.name == name->name; });
    if (!repeated) continue;
    diagnostics.add(Code::SW2026, name->where,
                    fmt::format("{} occurs twice", quote_value(name->name)), "remove one");
  }
}

using Type = model::DesiredMember::Type;

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
        Code::SW1012,
        fmt::format("`{}` and `{}` exclude each other", given[0].name(), given[1].name()),
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

std::optional<model::DesiredMember> as_member(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  auto principal = read_principal(keys, field.name());
  model::DesiredMember member;
  member.role = keys.read("role", as_name_or_id);
  member.absent = keys.read("absent", as_absent).value_or(false);
  member.where = field.range();
  keys.done();
  if (!principal) return std::nullopt;
  member.type = principal->first;
  member.principal = std::move(principal->second);
  return member;
}

void report_repeated(const std::vector<model::DesiredMember>& members, Diagnostics& diagnostics) {
  std::map<std::tuple<Type, std::string, std::string>, const model::DesiredMember*> seen;
  for (const model::DesiredMember& member : members) {
    const std::string role = member.role.value_or(std::string());
    const auto [first, added] =
        seen.emplace(std::tuple(member.type, ascii::lower(member.principal), role), &member);
    if (added) continue;
    diagnostics.add(Code::SW2027, member.where,
                    fmt::format("the {} {} has {} already, by line {}", to_string(member.type),
                                quote_value(member.principal),
                                role.empty() ? "an entry" : "the role " + quote_value(role),
                                first->second->where.line),
                    "remove one of the two");
  }
}

}  // namespace

std::optional<DecodedLifecycle> as_lifecycle(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DecodedLifecycle lifecycle;
  lifecycle.adopt = keys.read("adopt", as_adopt).value_or(model::Adopt{});
  lifecycle.protect = keys.read("protect", as_boolean);
  if (auto names = keys.read("previously", as_list(as_earlier_name))) {
    lifecycle.previously = std::move(*names);
  }
  keys.done();
  report_repeated(lifecycle.previously, field.source().diagnostics);
  return lifecycle;
}

std::optional<model::DesiredAssignments> as_assignments(const Field& field) {
  using Mode = model::DesiredAssignments::Mode;
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  model::DesiredAssignments assignments;
  assignments.where = field.key_range();
  assignments.mode =
      keys.read("mode", as_word<Mode>({{"additive", Mode::additive}, {"exact", Mode::exact}}))
          .value_or(Mode::additive);
  const auto as_members =
      [&](const Field& list) -> std::optional<std::vector<model::DesiredMember>> {
    const bool nobody = list.node().kind == YamlNode::Kind::sequence && list.node().items.empty();
    if (nobody && assignments.mode == Mode::exact) return std::vector<model::DesiredMember>();
    return as_list(as_member)(list);
  };
  if (auto members = keys.require("members", as_members)) {
    assignments.members = std::move(*members);
  }
  keys.done();
  report_repeated(assignments.members, field.source().diagnostics);
  return assignments;
}

std::optional<model::DesiredNotifications> as_notifications(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  model::DesiredNotifications notifications;
  notifications.where = field.key_range();
  notifications.enabled = keys.read("enabled", as_boolean);
  notifications.recipient = keys.read("recipient", as_mail_address);
  keys.done();
  return notifications;
}

std::optional<model::DesiredDeletions> as_deletions(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  model::DesiredDeletions deletions;
  deletions.where = field.key_range();
  deletions.threshold = keys.read("threshold", as_integer(1, model::kMaxDeletionThreshold));
  deletions.skip_out_of_scope = keys.read("skipOutOfScope", as_boolean);
  keys.done();
  return deletions;
}

}  // namespace syncwright::manifest
