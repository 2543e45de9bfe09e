#include "cli/people_listing.h"

#include <utility>

#include "cli/connection.h"
#include "cli/embedded_emulator.h"
#include "syncwright/core/ascii.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

/// With a state that the user names, no project and no environment has to say which one.
Result<Json> people_of_state(Session& session, const Desired& desired) {
  emulator::TenantOptions options;
  options.tenant_id = desired.tenant_id.value_or("");
  auto embedded = EmbeddedEmulator::open(emulator_state_file(session, desired.environment),
                                         emulator::Catalog::built_in(), session.clock, options);
  if (!embedded) {
    return fail(embedded.error());
  }
  return (*embedded)->tenant().people();
}

bool mentions(const Json& person, const std::string& search) {
  for (const char* name : {"displayName", "userPrincipalName"}) {
    if (ascii::lower(string_or(person, name)).find(ascii::lower(search)) != std::string::npos) {
      return true;
    }
  }
  return false;
}

void keep_mentioned(Json& people, const std::string& search) {
  for (Json& person : std::exchange(people, Json::array())) {
    if (mentions(person, search)) {
      people.push_back(std::move(person));
    }
  }
}

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

}  // namespace

ExitCode list_people(Session& session, const std::string& search) {
  if (!session.options.endpoint.empty()) {
    session.console.error("`catalog --people` knows the people of the embedded emulator only",
                          "leave --endpoint out, or ask the endpoint's /v1.0/users and /groups");
    return ExitCode::usage;
  }
  Json people;
  if (session.options.use_emulator) {
    const bool needs_project = session.options.emulator.empty();
    const auto project = needs_project ? load_project_of(session, {}) : Loaded{};
    if (!project) {
      return ExitCode::invalid;
    }
    auto found = people_of_state(session, project->desired);
    if (!found) {
      return report_failure(session, found.error());
    }
    people = std::move(*found);
  } else {
    people = emulator::Tenant(emulator::Catalog::built_in(), session.clock, {}).people();
  }
  keep_mentioned(people["users"], search);
  keep_mentioned(people["groups"], search);
  session.console.out(session.options.format == Format::json ? json_text(people)
                                                             : render_people(people));
  return ExitCode::done;
}

}  // namespace syncwright::cli
