#include "cli/project_name.h"

namespace syncwright::cli {

bool is_named(const Session& session, const std::filesystem::path& root) {
  std::error_code error;
  return !session.options.project.empty() ||
         std::filesystem::is_regular_file(root / kProjectFile, error);
}

bool is_project_named(const Session& session) {
  return is_named(session, project_root(session));
}

ExitCode refuse_unnamed(Session& session, std::string_view command) {
  session.console.error(
      fmt::format("{} needs a project's name: without one every folder is the project `{}`, and "
                  "one would take and prune what another one owns",
                  command, kUnnamedProject),
      fmt::format("name it in {} (kind: Project, metadata: {{name: NAME}}), or with --project NAME "
                  "on every command; what `{}` owns already comes along with metadata.previously: "
                  "[{}]",
                  kProjectFile, kUnnamedProject, kUnnamedProject));
  return ExitCode::usage;
}

}  // namespace syncwright::cli
