#include "report/sarif/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "syncwright/core/diagnostic_catalog.h"

namespace syncwright::report::sarif {

std::span<const Rule> own_rules() {
  const auto row = [](std::string_view id, Severity level, std::string_view title,
                      std::string_view help) {
    return Rule{id, level, title, help, "reports.md#sarif"};
  };
  static const std::array rules{
      row("deletion", Severity::warning, "The plan deletes an application or a job",
          "Jobs, their settings and their history go, and accounts in the target are no longer "
          "kept "
          "in step. `syncwright show` says what else becomes of them."),
      row("deprovision", Severity::warning, "The change may deprovision accounts",
          "Accounts in the target may be disabled or deleted. `apply --auto-approve` asks for "
          "--allow-deprovision N where nobody reviewed the plan."),
      row("difference", Severity::warning, "The tenant differs from the manifest",
          "Somebody edited the tenant, or an apply was cut short. `syncwright apply` makes the "
          "tenant as the manifest says; to keep what the tenant has, change the manifest."),
      row("edit", Severity::note, "Somebody edited an application that differs",
          "An edit of the audit log that may explain the differences of the application."),
      row("edit-outside", Severity::note, "Somebody edited what no manifest manages",
          "It is no difference. To hold such a setting, name it in the manifest; `drift --strict` "
          "ends with exit code 2 for it."),
      row("expose", Severity::warning, "The change may give more people access",
          "People may get accounts in the target, or keep them after they leave. `apply "
          "--auto-approve` asks for --allow-expose N where nobody reviewed the plan."),
      row("guard", Severity::warning, "A guard stands against the plan",
          "`apply` refuses the plan as a whole, with exit code 3, until the flag or the setting "
          "that the message names is given."),
      row("health", Severity::warning, "A provisioning job is not well",
          "No change of a manifest mends it. `syncwright status` says what the service says, and "
          "`syncwright logs --failed` which objects failed."),
      row("mapping-test", Severity::error, "A mapping test failed",
          "The mapping of the manifest decides otherwise than the case expects. `syncwright test "
          "-v` shows each step."),
      row("orphan", Severity::warning, "No manifest names an application of the project",
          "It is left alone. `apply --prune` with --max-deletes N deletes it."),
      row("pending", Severity::note, "The manifest changed since it was applied last",
          "The tenant is as it was applied, and the difference is the manifest's: `syncwright "
          "apply` carries it out."),
  };
  return rules;
}

Rule rule_of(std::string_view id) {
  const std::span<const Rule> own = own_rules();
  const auto found =
      std::find_if(own.begin(), own.end(), [id](const Rule& rule) { return rule.id == id; });
  if (found != own.end()) return *found;
  const CatalogEntry& entry = *find_catalog_entry(id);
  return {entry.code, entry.severity, entry.title, entry.explain,
          fmt::format("diagnostics/{}.md", entry.code)};
}

std::string help_uri(const Rule& rule, const std::string& documentation) {
  return documentation.empty() ? std::string() : documentation + rule.page;
}

}  // namespace syncwright::report::sarif
