#include "cli/project.h"

#include <malloc.h>

#include <algorithm>
#include <array>

#include "cli/commands.h"
#include "cli/own_command.h"
#include "syncwright/core/text.h"
#include "syncwright/graph_read/live_reader.h"

namespace syncwright::cli {
namespace {

/// Of GitHub Actions, GitLab CI and Azure Pipelines.
constexpr std::array kCommitVariables{"GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION"};

graph_read::ReadOptions read_options(Session& session) {
  graph_read::ReadOptions options;
  options.parallelism = session.options.parallelism;
  options.on_progress = session.console.reading_progress();
  return options;
}

/// All manifests, also those that --only, --selector or PATH left out.
model::Desired whole(const manifest::Loaded& loaded) {
  model::Desired desired = loaded.desired;
  desired.applications.insert(desired.applications.end(), loaded.left_out.begin(),
                              loaded.left_out.end());
  std::sort(desired.applications.begin(), desired.applications.end(),
            [](const model::DesiredApplication& left, const model::DesiredApplication& right) {
              return left.name < right.name;
            });
  return desired;
}

}  // namespace

Result<void> check_tenant(Session& session, Connection& connection, const model::Desired& desired) {
  if (!desired.tenant_id) {
    return {};
  }
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  if (*claims && (*claims)->tenant_id != *desired.tenant_id) {
    return fail(ErrorKind::guard,
                fmt::format("the token is for tenant {}, the manifests are for {}",
                            (*claims)->tenant_id, *desired.tenant_id),
                fmt::format("use credentials of tenant {}", *desired.tenant_id));
  }
  return {};
}

tl::expected<Project, ExitCode> open_project(Session& session, Access access) {
  auto loaded = load_manifests(session);
  if (!loaded) {
    return tl::unexpected(ExitCode::invalid);
  }
  auto connection = Connection::open(session, access, loaded->desired);
  if (!connection) {
    return tl::unexpected(report_failure(session, connection.error()));
  }
  return Project{std::move(*loaded), std::move(*connection)};
}

namespace {

/// Before the findings go: a status without the schema is small.
void append_jobs(std::vector<report::StatusRow>& jobs, const model::DesiredApplication& application,
                 const model::Findings& findings, const plan::PlanContext& context) {
  plan::MeantApplication meant;
  if (!findings.unreadable) meant = plan::meant_application(application, findings, context);
  for (report::StatusRow& row : report::status_rows(application, findings, meant)) {
    jobs.push_back(std::move(row));
  }
}

}  // namespace

Result<plan::Plan> plan_live(Session& session, Connection& connection,
                             const model::Desired& desired, const PlanUse& use) {
  if (auto checked = check_tenant(session, connection, desired); !checked) {
    return fail(checked.error());
  }
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  plan::PlanContext context = plan::plan_context(desired);
  context.prune = use.prune;
  context.applies = use.applies;
  context.now = session.clock.now();
  if (*claims) {
    context.own_app_id = (*claims)->app_id;
  }
  std::vector<plan::ApplicationPlan> parts;
  parts.reserve(desired.applications.size());
  std::size_t located = 0;
  auto read = graph_read::read_live(
      connection.reader(), connection.graph(), desired, read_options(session),
      [&](const model::DesiredApplication& application, const model::Findings& findings) {
        parts.push_back(plan::plan_application(application, findings, context));
        if (parts.back().located && ++located > plan::kMostLocated) parts.back().located = {};
        if (use.jobs != nullptr) append_jobs(*use.jobs, application, findings, context);
      },
      session.stop);
  if (!read) {
    return fail(read.error());
  }
  // A plan is put together out of its parts, and for a moment both are there: what the reads held
  // is given back before.
  ::malloc_trim(0);
  return plan::assemble_plan(desired, read->tenant_id, std::move(parts), read->orphans,
                             session.clock.now(), context);
}

report::Provenance provenance_of(const Session& session) {
  report::Provenance provenance;
  provenance.program = version_text(report::Format::text);
  for (const char* variable : kCommitVariables) {
    if (const auto commit = session.environment.get(variable)) {
      provenance.commit = *commit;
      break;
    }
  }
  return provenance;
}

report::PlanReport plan_report(const Session& session, const plan::PlanFile& file,
                               report::Provenance provenance) {
  return {file, with_own_commands(session, file.plan), std::move(provenance)};
}

void note_unpruned(Session& session, const plan::Plan& plan, bool prune) {
  if (prune && !plan.complete) {
    session.console.note("Nothing is pruned: only the complete project tells what is too much.");
  }
}

Result<plan::LiveApplications> read_jobs(Session& session, const Project& project) {
  Connection& connection = *project.connection;
  const model::Desired desired = whole(project.loaded);
  if (auto checked = check_tenant(session, connection, desired); !checked) {
    return fail(checked.error());
  }
  model::Live live;
  auto read = graph_read::read_live(
      connection.reader(), connection.graph(), plan::only_jobs(desired), read_options(session),
      [&](const model::DesiredApplication& application, model::Findings findings) {
        live.findings.emplace(application.name, std::move(findings));
      },
      session.stop);
  if (!read) {
    return fail(read.error());
  }
  live.tenant_id = read->tenant_id;
  live.orphans = std::move(read->orphans);
  plan::PlanContext context = plan::plan_context(desired);
  context.now = session.clock.now();
  return plan::LiveApplications(desired, std::move(live), context);
}

Result<operations::HeldApplication> find_held(const plan::LiveApplications& live,
                                              const model::Desired& desired,
                                              const std::string& application,
                                              const std::string& job) {
  auto found = live.require(application);
  if (!found) {
    return fail(found.error());
  }
  return operations::find_held(**found, *desired.find(application), job);
}

Result<operations::NamedJob> find_only_job(Session& session, const Project& project,
                                           const std::string& job) {
  const model::Desired& desired = project.loaded.desired;
  const std::string& application = desired.applications.front().name;
  auto live = read_jobs(session, project);
  if (!live) {
    return fail(live.error());
  }
  auto held = find_held(*live, desired, application, job);
  if (!held) {
    return fail(held.error());
  }
  if (!held->job) {
    return fail(operations::no_such_job(application, job));
  }
  return operations::NamedJob{application, std::move(*held)};
}

}  // namespace syncwright::cli
