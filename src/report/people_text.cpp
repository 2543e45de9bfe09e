#include "syncwright/report/people_text.h"

#include <fmt/format.h>

#include "syncwright/report/escape.h"

namespace syncwright::report {
namespace {

std::string column(const Json& person, const char* name) {
  return escape_terminal(string_or(person, name));
}

/// "disabled, guest": what keeps somebody from being provisioned like the others.
std::string remarks_on(const Json& user) {
  std::string text = bool_or(user, "accountEnabled", true) ? "" : "disabled";
  if (string_or(user, "userType") == "Guest") {
    text += text.empty() ? "guest" : ", guest";
  }
  return text;
}

std::string render_user(const Json& user) {
  return fmt::format("  {:<18} {:<12} {:<9} {}\n", column(user, "displayName"),
                     column(user, "department"), remarks_on(user),
                     column(user, "userPrincipalName"));
}

std::string render_group(const Json& group) {
  const bool is_assignable = bool_or(group, "securityEnabled", true);
  std::string text = fmt::format("  {}{}\n", column(group, "displayName"),
                                 is_assignable ? "" : "  (not security-enabled: not assignable)");
  for (const Json& member : group["members"]) {
    text += fmt::format("    {}\n", escape_terminal(member.get<std::string>()));
  }
  return text;
}

}  // namespace

std::string render_people(const Json& people) {
  const Json& tenant = people["tenant"];
  std::string text = fmt::format("{} ({}), {}\n", column(tenant, "displayName"),
                                 column(tenant, "defaultDomain"), column(tenant, "id"));
  text += fmt::format("\nUsers: {}\n", people["users"].size());
  for (const Json& user : people["users"]) {
    text += render_user(user);
  }
  text += fmt::format("\nGroups and their members: {}\n", people["groups"].size());
  for (const Json& group : people["groups"]) {
    text += render_group(group);
  }
  return text;
}

}  // namespace syncwright::report
