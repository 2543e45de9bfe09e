#include "model/lifecycle_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "model/json_object.h"

namespace syncwright {
namespace {

using Type = DesiredMember::Type;

Result<DesiredMember> member_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  DesiredMember member;
  int named = 0;
  for (const Type type : {Type::user, Type::group, Type::service_principal}) {
    auto principal = object.text(to_string(type));
    if (!principal) continue;
    ++named;
    member.type = type;
    member.principal = std::move(*principal);
  }
  if (named != 1) object.fault(path, "names not exactly one of user, group and servicePrincipal");
  member.role = object.text("role");
  member.absent = object.boolean("absent").value_or(false);
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return member;
}

Result<void> read_removals(const Json& json, const std::string& path, Guards& guards) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  JsonObject object(json, path);
  const Guards defaults;
  guards.max_assignment_removals_percent =
      object.integer("percent", 0, 100).value_or(defaults.max_assignment_removals_percent);
  guards.max_assignment_removals_count =
      object.integer("count", 0, most).value_or(defaults.max_assignment_removals_count);
  return object.finish();
}

}  // namespace

Result<std::vector<std::string>> texts_of(const Json& json, const std::string& path) {
  const bool is_texts =
      json.is_array() &&
      std::all_of(json.begin(), json.end(), [](const Json& item) { return item.is_string(); });
  if (!is_texts) return fail(ErrorKind::invalid_input, path + " is no list of texts");
  return json.get<std::vector<std::string>>();
}

Result<Adopt> adopt_of(const Json& json, const std::string& path) {
  Adopt adopt;
  if (json.is_object()) {
    JsonObject object(json, path);
    adopt.mode = Adopt::Mode::app_id;
    adopt.id = object.required_text("appId");
    if (auto finished = object.finish(); !finished) return fail(finished.error());
    return adopt;
  }
  if (!json.is_string()) return fail(ErrorKind::invalid_input, path + " is no text");
  const auto text = json.get<std::string>();
  if (text == "refuse") return adopt;
  if (text == "never") return Adopt{Adopt::Mode::never, {}, {}};
  if (text == "by-name") return Adopt{Adopt::Mode::by_name, {}, {}};
  return Adopt{Adopt::Mode::service_principal, text, {}};
}

Result<DesiredAssignments> assignments_of(const Json& json, const std::string& path) {
  using Mode = DesiredAssignments::Mode;
  JsonObject object(json, path);
  DesiredAssignments assignments;
  assignments.mode =
      object.word<Mode>("mode", {{"additive", Mode::additive}, {"exact", Mode::exact}})
          .value_or(Mode::additive);
  const Json* members = object.member("members");
  if (members != nullptr && !members->is_array()) object.fault(path + ".members", "is no list");
  if (members != nullptr && members->is_array()) {
    for (std::size_t index = 0; index < members->size(); ++index) {
      auto member = member_of((*members)[index], fmt::format("{}.members[{}]", path, index));
      if (!member) return fail(member.error());
      assignments.members.push_back(std::move(*member));
    }
  }
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return assignments;
}

Result<Guards> guards_of(const Json& json, const std::string& path) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  JsonObject object(json, path);
  Guards guards;
  guards.max_deletes = object.integer("maxDeletes", 0, most).value_or(guards.max_deletes);
  guards.max_updates_percent =
      object.integer("maxUpdatesPercent", 0, 100).value_or(guards.max_updates_percent);
  guards.floor = object.integer("floor", 0, most).value_or(guards.floor);
  guards.secrets_put = object
                           .word<SecretsPut>("secretsPut", {{"complete", SecretsPut::complete},
                                                            {"merge", SecretsPut::merge}})
                           .value_or(SecretsPut::complete);
  if (const Json* removals = object.member("maxAssignmentRemovals")) {
    auto read = read_removals(*removals, path + ".maxAssignmentRemovals", guards);
    if (!read) object.adopt(read.error());
  }
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return guards;
}

Result<BaseSchema> base_schema_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  BaseSchema base;
  base.file = object.required_text("file");
  std::string text = object.required_text("document");
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  auto document = SynchronizationSchema::decode(std::move(text));
  if (!document) return fail(within(document.error(), path + ".document"));
  base.document = std::make_shared<const SynchronizationSchema>(std::move(*document));
  return base;
}

}  // namespace syncwright
