#include "cli/provenance.h"

#include <array>

#include "cli/commands.h"

namespace syncwright::cli {
namespace {

/// Of GitHub Actions, GitLab CI and Azure Pipelines.
constexpr std::array kCommitVariables{"GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION"};

}  // namespace

Provenance provenance_of(const Session& session) {
  Provenance provenance;
  provenance.program = version_text(Format::text);
  for (const char* variable : kCommitVariables) {
    if (const auto commit = session.environment.get(variable)) {
      provenance.commit = *commit;
      break;
    }
  }
  return provenance;
}

}  // namespace syncwright::cli
