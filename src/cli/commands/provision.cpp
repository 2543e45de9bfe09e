#include "cli/commands.h"
#include "cli/job_target.h"
#include "syncwright/graph_read/user_lookup.h"
#include "syncwright/graph_write/on_demand.h"
#include "syncwright/report/provision_text.h"

namespace syncwright::cli {
namespace {

/// Under this name a step's details are sentences already: the emulator's.
constexpr std::string_view kSentences = "Lines";

struct ProvisionFlags {
  std::string application;
  std::string job = "default";
  std::string user;
  std::string group;
  std::vector<std::string> members;
  std::string rule;
};

const char* object_type(const ProvisionFlags& flags) {
  return flags.user.empty() ? "Group" : "User";
}

bool maps(const SynchronizationRule& rule, const std::string& object) {
  return std::any_of(
      rule.object_mappings.begin(), rule.object_mappings.end(),
      [&](const ObjectMapping& mapping) { return mapping.source_object_name == object; });
}

/// The rule whose object mapping takes the object; `--rule` names one by name or id.
Result<const SynchronizationRule*> find_rule(const SynchronizationSchema& schema,
                                             const std::string& object, const std::string& named) {
  std::vector<const SynchronizationRule*> candidates;
  std::vector<std::string> names;
  for (const SynchronizationRule& rule : schema.rules()) {
    if (!maps(rule, object)) {
      continue;
    }
    names.push_back(rule.name.empty() ? rule.id : rule.name);
    if (named.empty() || rule.name == named || rule.id == named) {
      candidates.push_back(&rule);
    }
  }
  if (candidates.size() == 1) {
    return candidates.front();
  }
  if (names.empty()) {
    return fail(ErrorKind::invalid_input,
                fmt::format("no rule of the job's schema maps a {}", object));
  }
  return fail(ErrorKind::invalid_input,
              candidates.empty()
                  ? fmt::format("no rule that maps a {} is named `{}`", object, named)
                  : fmt::format("{} rules map a {}", candidates.size(), object),
              fmt::format("--rule takes one of: {}", fmt::join(names, ", ")));
}

Result<OnDemandSubject> find_subject(Session& session, Connection& connection,
                                     const ProvisionFlags& flags) {
  OnDemandSubject subject;
  subject.object_type = object_type(flags);
  subject.object_id = flags.user.empty() ? flags.group : flags.user;
  if (!flags.user.empty() && !is_object_id(flags.user)) {
    auto id = find_user_id(connection.graph(), flags.user, session.stop);
    if (!id) {
      return fail(id.error());
    }
    subject.object_id = std::move(*id);
  }
  for (const std::string& member : flags.members) {
    auto id = is_object_id(member) ? Result<std::string>(member)
                                   : find_user_id(connection.graph(), member, session.stop);
    if (!id) {
      return fail(id.error());
    }
    subject.members.push_back(std::move(*id));
  }
  return subject;
}

ProvisionReport report_of(const ProvisionFlags& flags, const JobTarget& target,
                          const SynchronizationRule& rule, const OnDemandSubject& subject,
                          OnDemandOutcome outcome) {
  ProvisionReport report;
  report.application = flags.application;
  report.job_id = target.job.id;
  report.rule = rule.name.empty() ? rule.id : rule.name;
  report.object =
      fmt::format("{} {}", subject.object_type, flags.user.empty() ? flags.group : flags.user);
  report.object_id = subject.object_id;
  report.result = std::move(outcome.result);
  report.error_code = std::move(outcome.error_code);
  report.error_message = std::move(outcome.error_message);
  report.request_id = outcome.written.request_id;
  for (OnDemandStep& step : outcome.steps) {
    StepRow row{std::move(step.name), std::move(step.status), std::move(step.description), {}};
    for (const auto& [name, value] : step.details) {
      row.details.push_back(name == kSentences ? value : fmt::format("{}: {}", name, value));
    }
    report.steps.push_back(std::move(row));
  }
  for (OnDemandChange& change : outcome.changes) {
    report.changes.push_back(
        {std::move(change.attribute), std::move(change.before), std::move(change.after)});
  }
  return report;
}

Result<ProvisionReport> provision(Session& session, Project& project, const ProvisionFlags& flags) {
  Connection& connection = *project.connection;
  const auto target =
      find_job(session, connection, project.loaded.desired, flags.application, flags.job);
  if (!target) {
    return fail(target.error());
  }
  const auto schema =
      connection.reader().schema(target->service_principal_id, target->job.id, session.stop);
  if (!schema) {
    return fail(within(schema.error(), "the job's schema"));
  }
  const auto rule = find_rule(*schema, object_type(flags), flags.rule);
  if (!rule) {
    return fail(rule.error());
  }
  const auto subject = find_subject(session, connection, flags);
  if (!subject) {
    return fail(subject.error());
  }
  auto outcome = provision_on_demand(connection.graph(), target->service_principal_id,
                                     target->job.id, (*rule)->id, *subject, session.stop);
  if (!outcome) {
    return fail(outcome.error());
  }
  return report_of(flags, *target, **rule, *subject, std::move(*outcome));
}

ExitCode run_provision(Session& session, const ProvisionFlags& flags) {
  if (flags.user.empty() == flags.group.empty()) {
    session.console.error("name one object: --user or --group");
    return ExitCode::usage;
  }
  if (!flags.members.empty() && flags.group.empty()) {
    session.console.error("--member goes with --group");
    return ExitCode::usage;
  }
  if (flags.members.size() > kMaxOnDemandMembers) {
    session.console.error(
        fmt::format("{} members at once, {} at most", flags.members.size(), kMaxOnDemandMembers));
    return ExitCode::usage;
  }
  auto project = open_project(session, Access::write);
  if (!project) {
    return project.error();
  }
  const auto report = provision(session, *project, flags);
  if (!report) {
    return report_failure(session, report.error());
  }
  session.console.out(session.options.format == Format::json
                          ? printed(to_json(*report))
                          : render_provision(*report, session.console.out_style()));
  return report->result == "failure" ? ExitCode::failed : ExitCode::done;
}

}  // namespace

void declare_provision(CommandLine& line) {
  CLI::App& command = add_command(
      line, "provision", "provisions one user or group now, step by step",
      "  syncwright provision --app salesforce-contoso --user ada@contoso.com\n"
      "  syncwright provision --app salesforce-contoso --group ID --member ada@contoso.com\n"
      "Writes to the target system. Nobody is provisioned who a cycle would not provision.\n");
  auto flags = std::make_shared<ProvisionFlags>();
  command.add_option("--app", flags->application, "the manifest's name")->required();
  command.add_option("--job", flags->job, "the job's key (default: default)");
  command.add_option("--user", flags->user, "a user's object id or user principal name");
  command.add_option("--group", flags->group, "a group's object id");
  command
      .add_option("--member", flags->members,
                  "a member to provision with the group, up to five; repeatable")
      ->allow_extra_args(false);
  command.add_option("--rule", flags->rule,
                     "the synchronization rule, where several map such objects");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_provision(session, *flags); };
  });
}

}  // namespace syncwright::cli
