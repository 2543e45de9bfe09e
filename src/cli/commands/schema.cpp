#include "cli/commands.h"
#include "cli/reports.h"
#include "syncwright/manifest/field_guide.h"

namespace syncwright::cli {

void declare_schema(CommandLine& line) {
  const Command command = add_command(
      line, "schema", "the JSON Schema of manifests, for editors and checks",
      "  syncwright schema > manifest.schema.json     commit it beside the manifests; their first\n"
      "                                               line names it:\n"
      "  # yaml-language-server: $schema=manifest.schema.json\n");
  command.callback([&run = line.run] {
    run = [](Session& session) {
      const std::string schema(manifest::manifest_schema());
      tell_result(
          session,
          report::Answer{"schema", [&schema](const report::Style& /*style*/) { return schema; },
                         schema});
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
