#include "cli/intent.h"

#include "cli/own_command.h"
#include "syncwright/core/file.h"
#include "syncwright/plan/approval.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::cli {
namespace {

Result<plan::PlanFile> read_saved_plan(const Session& session, const std::string& path) {
  auto text = read_file(session.working_folder / path);
  if (!text) {
    Error error = text.error();
    error.kind = ErrorKind::invalid_input;
    return fail(error);
  }
  auto file = plan::read_plan_file(*text);
  if (!file) {
    return fail(within(file.error(), path));
  }
  return file;
}

/// Whether the project has manifests that a saved plan can be held against.
bool manifests_at_hand(const Session& session) {
  return !session.options.paths.empty() ||
         std::filesystem::exists(project_root(session) / kProjectFile) ||
         std::filesystem::exists(session.working_folder / "manifests");
}

/// A plan made for one environment is not carried out for another. Without -e the plan itself says
/// which one is meant.
Result<void> settle_environment(Session& session, const ApplyFlags& flags,
                                const plan::PlanFile& file) {
  const model::Desired& desired = file.desired;
  std::string& named = session.options.environment;
  if (named.empty()) {
    named = desired.environment;
  }
  if (named == desired.environment) {
    return {};
  }
  return fail(
      ErrorKind::guard,
      desired.environment.empty()
          ? fmt::format("the plan is for no environment, -e names {}", named)
          : fmt::format("the plan is for environment {}, -e names {}", desired.environment, named),
      desired.environment.empty()
          ? "leave -e away"
          : fmt::format("-e {} is right for it; {} makes one for {}", desired.environment,
                        plan_command(flags, file.plan), named));
}

/// A plan made for one project is not carried out for another. In a folder without a project file
/// the plan itself says which one is meant, unless nobody named it there either.
Result<void> settle_project(Session& session, const model::Desired& desired) {
  std::string& named = session.options.project;
  if (!named.empty() && named != desired.project) {
    return fail(
        ErrorKind::guard,
        fmt::format("the plan is for project {}, --project names {}", desired.project, named),
        "plan again with the project you mean");
  }
  if (!is_project_named(session) && desired.project != model::kUnnamedProject) {
    named = desired.project;
  }
  return {};
}

/// The plan file of --plan, held against the command line and the manifests at hand.
tl::expected<Intent, ExitCode> read_saved_intent(Session& session, const ApplyFlags& flags) {
  auto file = read_saved_plan(session, flags.plan_file);
  if (!file) {
    return tl::unexpected(report_failure(session, file.error()));
  }
  if (auto settled = settle_environment(session, flags, *file); !settled) {
    return tl::unexpected(report_failure(session, settled.error()));
  }
  if (auto settled = settle_project(session, file->desired); !settled) {
    return tl::unexpected(report_failure(session, settled.error()));
  }
  if (!is_project_named(session)) {
    return tl::unexpected(refuse_unnamed(session, "apply"));
  }
  plan::ReviewedFindings findings = plan::ReviewedFindings::left_out;
  if (manifests_at_hand(session)) {
    auto loaded = load_manifests(session);
    if (!loaded) {
      return tl::unexpected(ExitCode::invalid);
    }
    const model::Desired manifests =
        plan::comparable_part(std::move(loaded->desired), file->desired);
    if (model::manifest_digest(manifests) != file->plan.manifest_digest) {
      session.console.error("the manifests changed since the plan was made: nothing was written",
                            plan_again(session, flags, file->plan));
      return tl::unexpected(ExitCode::stale);
    }
    file->desired.severities = manifests.severities;
    findings = plan::ReviewedFindings::compared;
  }
  return Intent{std::move(file->desired), std::move(file->plan), findings, file->is_as_written};
}

}  // namespace

std::string plan_command(const ApplyFlags& flags, const plan::Plan& plan) {
  return fmt::format("`syncwright plan {}--out {}`", plan::prunes(plan) ? "--prune " : "",
                     shell_word(flags.plan_file));
}

std::string plan_again(const Session& session, const ApplyFlags& flags, const plan::Plan& plan) {
  return with_own_commands(session, fmt::format("plan again with {}, and review the new plan",
                                                plan_command(flags, plan)));
}

tl::expected<Intent, ExitCode> read_intent(Session& session, const ApplyFlags& flags) {
  if (!flags.plan_file.empty()) {
    return read_saved_intent(session, flags);
  }
  auto loaded = load_manifests(session);
  if (!loaded) {
    return tl::unexpected(ExitCode::invalid);
  }
  if (!is_project_named(session)) {
    return tl::unexpected(refuse_unnamed(session, "apply"));
  }
  model::Desired& desired = loaded->desired;
  // A project that describes nothing is not complete by itself: the guard emptySet asks whether
  // that is meant. --allow-empty says so, and then it means everything that the project owns: what
  // --prune would delete of that stands in the plan beside the guard, and not only after it.
  const bool narrowed = !session.options.paths.empty() || !session.options.only.empty() ||
                        !session.options.selectors.empty();
  if (desired.applications.empty() && !narrowed && (flags.allow_empty || flags.prune)) {
    desired.complete = true;
  }
  return Intent{std::move(desired), std::nullopt, plan::ReviewedFindings::compared};
}

}  // namespace syncwright::cli
