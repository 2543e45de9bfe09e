#include "cli/planning.h"

#include "syncwright/core/suggestion.h"
#include "syncwright/graph_read/live_reader.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/plan_markdown.h"
#include "syncwright/report/plan_text.h"

namespace syncwright::cli {
namespace {

ReadOptions read_options(Session& session) {
  ReadOptions options;
  options.parallelism = session.options.parallelism;
  if (session.console.stderr_is_terminal() && !session.console.log_json()) {
    options.on_progress = [](std::size_t done, std::size_t total) {
      fmt::print(stderr, "\r\x1b[Kreading the tenant: {} of {} applications{}", done, total,
                 done == total ? "\r\x1b[K" : "");
      std::fflush(stderr);
    };
  }
  return options;
}

Desired only_jobs(Desired desired) {
  for (DesiredApplication& application : desired.applications) {
    application.scope.reset();
    application.credentials.reset();
    application.notifications.reset();
    application.deletions.reset();
    application.assignments.reset();
    for (DesiredJob& job : application.jobs) {
      job.schema.reset();
      job.base_schema.reset();
    }
  }
  return desired;
}

/// Of an application that lost its ownership tags, or whose creation was killed, the unique name
/// tells whose it is, unless its tags name somebody else.
void take_claimed(Findings& findings, const Owner& owner, const std::string& name) {
  if (!findings.owned.empty() || !findings.claimed) {
    return;
  }
  const LiveApplication& claimed = *findings.claimed;
  const bool elsewhere = foreign_owner_tag(claimed.tags, owner.tag()).has_value() ||
                         tag_value(claimed.tags, kApplicationTag).value_or(name) != name;
  if (!elsewhere && !claimed.reference.service_principal_id.empty()) {
    findings.owned.push_back(std::move(*findings.claimed));
    findings.claimed.reset();
  }
}

}  // namespace

Result<void> check_tenant(Session& session, Connection& connection, const Desired& desired) {
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
                "use the credentials of that tenant");
  }
  return {};
}

tl::expected<Project, ExitCode> open_project(Session& session, Access access) {
  auto loaded = load_manifests(session);
  if (!loaded) {
    return tl::unexpected(ExitCode::invalid);
  }
  auto connection = Connection::open(session, access, loaded->desired.cloud);
  if (!connection) {
    return tl::unexpected(report_failure(session, connection.error()));
  }
  return Project{std::move(*loaded), std::move(*connection)};
}

Result<Plan> plan_live(Session& session, Connection& connection, const Desired& desired,
                       bool prune) {
  if (auto checked = check_tenant(session, connection, desired); !checked) {
    return fail(checked.error());
  }
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  PlanContext context = plan_context(desired);
  context.prune = prune;
  context.now = session.clock.now();
  if (*claims) {
    context.own_app_id = (*claims)->app_id;
  }
  std::vector<ApplicationPlan> parts;
  auto read = read_live(
      connection.reader(), connection.graph(), desired, read_options(session),
      [&](const DesiredApplication& application, const Findings& findings) {
        parts.push_back(plan_application(application, findings, context));
      },
      session.stop);
  if (!read) {
    return fail(read.error());
  }
  return assemble_plan(desired, read->tenant_id, std::move(parts), read->orphans,
                       session.clock.now(), context);
}

std::string rendered(const Plan& plan, Format format, const Style& style) {
  switch (format) {
    case Format::json:
      return printed(to_json(plan));
    case Format::markdown:
      return render_plan_markdown(plan);
    case Format::text:
      return render_plan(plan, style);
  }
  return {};
}

void note_unpruned(Session& session, const Plan& plan, bool prune) {
  if (prune && !plan.complete) {
    session.console.note("Nothing is pruned: only the complete project tells what is too much.");
  }
}

Result<Live> read_jobs(Session& session, Connection& connection, const Desired& desired) {
  if (auto checked = check_tenant(session, connection, desired); !checked) {
    return fail(checked.error());
  }
  Live live;
  const Owner owner{desired.project, desired.environment};
  auto read = read_live(
      connection.reader(), connection.graph(), only_jobs(desired), read_options(session),
      [&](const DesiredApplication& application, Findings findings) {
        take_claimed(findings, owner, application.name);
        live.findings.emplace(application.name, std::move(findings));
      },
      session.stop);
  if (!read) {
    return fail(read.error());
  }
  live.tenant_id = read->tenant_id;
  live.orphans = std::move(read->orphans);
  return live;
}

Result<const LiveApplication*> live_application(const Live& live, const std::string& name) {
  const auto found = live.findings.find(name);
  if (found == live.findings.end()) {
    std::vector<std::string> names;
    names.reserve(live.findings.size());
    for (const auto& [known, findings] : live.findings) {
      names.push_back(known);
    }
    const std::string hint = did_you_mean(name, names);
    return fail(ErrorKind::invalid_input, fmt::format("no manifest is named `{}`", name),
                hint.empty() ? "`syncwright status` lists the applications" : hint);
  }
  const Findings& findings = found->second;
  if (findings.unreadable) {
    return fail(within(*findings.unreadable, name));
  }
  if (findings.owned.size() != 1) {
    return fail(ErrorKind::invalid_input,
                fmt::format("`{}` {}", name,
                            findings.owned.empty() ? "does not exist in the tenant yet"
                                                   : "is not unique in the tenant"),
                "`syncwright plan` says more");
  }
  return &findings.owned.front();
}

}  // namespace syncwright::cli
