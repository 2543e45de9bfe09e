#pragma once

#include <map>
#include <string>

#include "cli/connection.h"
#include "cli/session.h"
#include "syncwright/operations/job_target.h"
#include "syncwright/plan/meant_application.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/status_text.h"

namespace syncwright::cli {

/// The manifests and the way to their tenant.
struct Project {
  manifest::Loaded loaded;
  std::unique_ptr<Connection> connection;
};

/// What every command on the manifests begins with. What failed was printed: its exit code.
[[nodiscard]] tl::expected<Project, ExitCode> open_project(Session& session, Access access);

/// docs/contract.md#2: the token's tenant must be the environment's, before the first read.
[[nodiscard]] Result<void> check_tenant(Session& session, Connection& connection,
                                        const model::Desired& desired);

/// What a plan is made for.
struct PlanUse {
  bool prune = false;    ///< deletes what the complete project no longer names, and absent jobs
  bool applies = false;  ///< an apply follows at once
  /// Takes how the live jobs fare, which the plan keeps no more of than what is ill; nullptr: no
  /// page asks for it.
  std::vector<report::StatusRow>* jobs = nullptr;
};

/// Reads the tenant and plans: the one way in which plan, apply and drift come to a plan. Shows
/// progress on stderr. Each application is planned as soon as it is read.
[[nodiscard]] Result<plan::Plan> plan_live(Session& session, Connection& connection,
                                           const model::Desired& desired, const PlanUse& use);

/// This program, and the commit that a pipeline says it works on.
[[nodiscard]] report::Provenance provenance_of(const Session& session);

/// A plan as this run reports it. Valid as long as `file`.
[[nodiscard]] report::PlanReport plan_report(const Session& session, const plan::PlanFile& file,
                                             report::Provenance provenance);

/// Says so where deletions were asked for and the plan cannot know what is too much.
void note_unpruned(Session& session, const plan::Plan& plan, bool prune);

/// The manifests' applications as the tenant holds them, with nothing but their jobs: of all
/// manifests, also those that the run was narrowed down from: what one application means
/// hangs on what the others do.
[[nodiscard]] Result<plan::LiveApplications> read_jobs(Session& session, const Project& project);

/// The job of an application by the manifest's name. ErrorKind::invalid_input where the application
/// is not in the tenant, or more than one job could be meant.
[[nodiscard]] Result<operations::HeldApplication> find_held(const plan::LiveApplications& live,
                                                            const model::Desired& desired,
                                                            const std::string& application,
                                                            const std::string& job);

/// The job of the one application that the run was narrowed to; ErrorKind::invalid_input where
/// there is none.
[[nodiscard]] Result<operations::NamedJob> find_only_job(Session& session, const Project& project,
                                                         const std::string& job);

}  // namespace syncwright::cli
