#include <algorithm>

#include "cli/commands.h"
#include "cli/project.h"
#include "syncwright/graph_read/permissions.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

std::string render_claims(const graph_read::TokenClaims& claims, const std::string& source) {
  std::string text = fmt::format(
      "tenant    {}\nidentity  {}\nsource    {}\n", report::escape_terminal(claims.tenant_id),
      report::escape_terminal(claims.delegated ? claims.user + " (delegated)"
                                               : "app " + claims.app_id),
      source);
  if (claims.expires) {
    text += fmt::format("expires   {}\n", format_rfc3339(*claims.expires));
  }
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

Json to_json(const graph_read::TokenClaims& claims, const std::string& source) {
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
          {"source", source},
          {"expires", claims.expires ? Json(format_rfc3339(*claims.expires)) : Json()},
          {"roles", claims.roles},
          {"features", features}};
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
  const std::string source = (*connection)->tokens().description();
  if (!*claims) {
    session.console.error("the token is opaque: what it grants cannot be read", source);
    return ExitCode::failed;
  }
  session.console.out(session.options.format == report::Format::json
                          ? report::json_text(to_json(**claims, source))
                          : render_claims(**claims, source));
  if (auto checked = check_tenant(session, **connection, project->desired); !checked) {
    return report_failure(session, checked.error());
  }
  return ExitCode::done;
}

}  // namespace

void declare_whoami(CommandLine& line) {
  const Command command = add_command(
      line, "whoami", "tenant, identity, roles in the token, and what each feature still lacks",
      "  syncwright whoami\n");
  command.callback([&run = line.run] { run = run_whoami; });
}

}  // namespace syncwright::cli
