#include "cli/commands.h"
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
      session.console.out(manifest::manifest_schema());
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
