#include <algorithm>

#include "cli/commands.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/graph_read/permissions.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

/// How the token was got, and why not in another way.
struct Source {
  std::string description;
  std::vector<graph_read::SignInWay> ways;
};

std::string state_in_words(const graph_read::SignInWay& way) {
  switch (way.state) {
    case graph_read::SignInState::not_set:
      return fmt::format("not set: {}", fmt::join(way.missing, ", "));
    case graph_read::SignInState::not_there:
      return fmt::format("not there: {}", way.reason);
    case graph_read::SignInState::used:
      return "used";
    case graph_read::SignInState::not_reached:
      return "not reached";
  }
  return {};
}

/// Empty for the embedded emulator's own token.
std::string render_ways(const std::vector<graph_read::SignInWay>& ways) {
  if (ways.empty()) return {};
  std::size_t width = 0;
  for (const graph_read::SignInWay& way : ways) width = std::max(width, way.name.size());
  std::string text = "sign-in\n";
  for (const graph_read::SignInWay& way : ways) {
    text += fmt::format("  {:<{}}  {}\n", way.name, width,
                        report::escape_terminal(state_in_words(way)));
  }
  return text;
}

Json ways_to_json(const std::vector<graph_read::SignInWay>& ways) {
  Json list = Json::array();
  for (const graph_read::SignInWay& way : ways) {
    Json told = {{"way", way.name}, {"state", to_string(way.state)}};
    if (!way.missing.empty()) told["missing"] = way.missing;
    if (!way.reason.empty()) told["reason"] = way.reason;
    list.push_back(std::move(told));
  }
  return list;
}

std::string render_claims(const graph_read::TokenClaims& claims, const Source& source) {
  std::string text = fmt::format(
      "tenant    {}\nidentity  {}\nsource    {}\n", report::escape_terminal(claims.tenant_id),
      report::escape_terminal(claims.delegated ? claims.user + " (delegated)"
                                               : "app " + claims.app_id),
      source.description);
  if (claims.expires) {
    text += fmt::format("expires   {}\n", format_rfc3339(*claims.expires));
  }
  text += render_ways(source.ways);
  text += claims.delegated ? "scopes\n" : "roles\n";
  for (const std::string& role : claims.roles) {
    text += fmt::format("  {}\n", report::escape_terminal(role));
  }
  text += "features\n";
  std::size_t width = 0;
  for (const graph_read::FeaturePermission& permission : graph_read::feature_permissions()) {
    width = std::max(width, permission.feature.size());
  }
  for (const graph_read::FeaturePermission& permission : graph_read::feature_permissions()) {
    const bool granted = graph_read::grants(permission, claims.roles);
    text += granted ? fmt::format("  ok       {}\n", permission.feature)
                    : fmt::format("  lacking  {:<{}}  needs {} ({})\n", permission.feature, width,
                                  fmt::join(permission.roles, " or "), permission.needed_for);
  }
  if (claims.delegated) {
    text +=
        "A delegated token also needs a directory role, Cloud Application Administrator or "
        "more.\n";
  }
  return text;
}

Json to_json(const graph_read::TokenClaims& claims, const Source& source) {
  Json features = Json::array();
  for (const graph_read::FeaturePermission& permission : graph_read::feature_permissions()) {
    features.push_back({{"feature", permission.feature},
                        {"granted", graph_read::grants(permission, claims.roles)},
                        {"roles", permission.roles}});
  }
  return {{"tenantId", claims.tenant_id},
          {"appId", claims.app_id},
          {"user", claims.user},
          {"delegated", claims.delegated},
          {"source", source.description},
          {"signIn", ways_to_json(source.ways)},
          {"expires", claims.expires ? Json(format_rfc3339(*claims.expires)) : Json()},
          {"roles", claims.roles},
          {"features", features}};
}

void tell_identity(Session& session, const Json& json, const std::string& text) {
  tell_result(session,
              report::Answer{"whoami", [&text](const report::Style& /*style*/) { return text; },
                             report::json_text(json)});
}

ExitCode run_whoami(Session& session) {
  const auto project = load_project_of(session, {});
  if (!project) {
    return ExitCode::invalid;
  }
  auto connection = Connection::open(session, Access::read, project->desired);
  if (!connection) {
    return report_failure(session, connection.error());
  }
  auto claims = (*connection)->claims(session.stop);
  if (!claims) {
    return report_failure(session, claims.error());
  }
  const graph_read::TokenSource& tokens = (*connection)->tokens();
  const Source source{tokens.description(), tokens.ways()};
  if (!*claims) {
    tell_identity(session,
                  Json{{"source", source.description}, {"signIn", ways_to_json(source.ways)}},
                  fmt::format("source    {}\n{}", source.description, render_ways(source.ways)));
    session.console.error("the token is opaque: what it grants cannot be read", source.description);
    return ExitCode::failed;
  }
  tell_identity(session, to_json(**claims, source), render_claims(**claims, source));
  if (auto checked = check_tenant(session, **connection, project->desired); !checked) {
    return report_failure(session, checked.error());
  }
  return ExitCode::done;
}

}  // namespace

void declare_whoami(CommandLine& line) {
  const Command command = add_command(
      line, "whoami",
      "tenant, identity, how it signed in, roles in the token, and what each feature still lacks",
      "  syncwright whoami\n");
  command.callback([&run = line.run] { run = run_whoami; });
}

}  // namespace syncwright::cli
