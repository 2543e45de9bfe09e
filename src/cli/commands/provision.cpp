#include "cli/commands.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_write/on_demand.h"
#include "syncwright/graph_write/on_demand_rule.h"
#include "syncwright/report/provision_text.h"

namespace syncwright::cli {
namespace {

/// Under this name a step's details are sentences already: the emulator's.
constexpr std::string_view kSentences = "Lines";

struct ProvisionFlags {
  std::string job = "default";
  std::string user;
  std::string group;
  std::string object;
  std::string id;
  std::vector<std::string> members;
  std::string rule;
  bool allow_skipped = false;
};

/// The object to provision, in the schema's words: `--user` and `--group` are short for the two
/// names that schemas of Entra ID have.
struct NamedObject {
  std::string type;
  std::string id;  ///< as it was typed
};

NamedObject named_object(const ProvisionFlags& flags) {
  if (!flags.user.empty()) {
    return {"User", flags.user};
  }
  return flags.group.empty() ? NamedObject{flags.object, flags.id}
                             : NamedObject{"Group", flags.group};
}

/// The id that the source knows the object by. Only users of Entra ID can be looked up by a name;
/// what another source says of its objects' ids is not for us to judge.
Result<std::string> source_id(Session& session, Connection& connection,
                              const graph_write::OnDemandRule& rule, const NamedObject& object) {
  if (!rule.from_entra || is_guid(object.id)) {
    return object.id;
  }
  if (ascii::equal_ignoring_case(object.type, "User")) {
    return graph_read::find_user_id(connection.graph(), object.id, session.stop);
  }
  return fail(
      ErrorKind::invalid_input,
      fmt::format("`{}` is no object id, and rule {} reads from {}", object.id, rule.name,
                  rule.source),
      "give the object id as the tenant has it; a distinguished name is for sources such as "
      "Active Directory");
}

Result<graph_write::OnDemandSubject> find_subject(Session& session, Connection& connection,
                                                  const graph_write::OnDemandRule& rule,
                                                  const ProvisionFlags& flags) {
  graph_write::OnDemandSubject subject;
  subject.object_type = rule.object_type;
  subject.member_type = rule.member_type;
  auto id = source_id(session, connection, rule, named_object(flags));
  if (!id) {
    return fail(id.error());
  }
  subject.object_id = std::move(*id);
  for (const std::string& member : flags.members) {
    auto member_id = source_id(session, connection, rule, {rule.member_type, member});
    if (!member_id) {
      return fail(member_id.error());
    }
    subject.members.push_back(std::move(*member_id));
  }
  return subject;
}

report::ProvisionReport report_of(const ProvisionFlags& flags, const operations::NamedJob& named,
                                  const graph_write::OnDemandRule& rule,
                                  const graph_write::OnDemandSubject& subject,
                                  graph_write::OnDemandOutcome outcome) {
  report::ProvisionReport report;
  report.application = named.application;
  report.job_id = named.held.job->job.id;
  report.rule = rule.name;
  report.object = fmt::format("{} {}", subject.object_type, named_object(flags).id);
  report.object_id = subject.object_id;
  report.result = std::move(outcome.result);
  report.error_code = std::move(outcome.error_code);
  report.error_message = std::move(outcome.error_message);
  report.request_id = outcome.written.request_id;
  for (graph_write::OnDemandStep& step : outcome.steps) {
    provisioning::StepRow row{
        std::move(step.name), std::move(step.status), std::move(step.description), {}};
    for (const auto& [name, value] : step.details) {
      row.details.push_back(name == kSentences ? value : fmt::format("{}: {}", name, value));
    }
    report.steps.push_back(std::move(row));
  }
  for (graph_write::OnDemandChange& change : outcome.changes) {
    report.changes.push_back(
        {std::move(change.attribute), std::move(change.before), std::move(change.after)});
  }
  return report;
}

Result<report::ProvisionReport> provision(Session& session, Project& project,
                                          const ProvisionFlags& flags) {
  Connection& connection = *project.connection;
  const auto named = find_only_job(session, project, flags.job);
  if (!named) {
    return fail(named.error());
  }
  const operations::JobTarget& target = *named->held.job;
  const auto schema =
      connection.reader().schema(target.service_principal_id, target.job.id, session.stop);
  if (!schema) {
    return fail(within(schema.error(), "the job's schema"));
  }
  const auto rule =
      graph_write::choose_on_demand_rule(*schema, named_object(flags).type, flags.rule);
  if (!rule) {
    return fail(rule.error());
  }
  const auto subject = find_subject(session, connection, *rule, flags);
  if (!subject) {
    return fail(subject.error());
  }
  auto outcome = graph_write::provision_on_demand(connection.graph(), target.service_principal_id,
                                                  target.job.id, rule->id, *subject, session.stop);
  if (!outcome) {
    return fail(outcome.error());
  }
  return report_of(flags, *named, *rule, *subject, std::move(*outcome));
}

/// What is wrong with the flags together; empty where nothing is.
std::string usage_error(const ProvisionFlags& flags) {
  const auto named = static_cast<int>(!flags.user.empty()) +
                     static_cast<int>(!flags.group.empty()) +
                     static_cast<int>(!flags.object.empty() || !flags.id.empty());
  if (named != 1) {
    return "name one object: --user, --group, or --object with --id";
  }
  if (flags.object.empty() != flags.id.empty()) {
    return "--object says what kind of object --id names: give both";
  }
  if (!flags.members.empty() && !flags.user.empty()) {
    return "--member goes with --group, or with an --object that has members";
  }
  if (flags.members.size() > graph_write::kMaxOnDemandMembers) {
    return fmt::format("{} members at once, {} at most", flags.members.size(),
                       graph_write::kMaxOnDemandMembers);
  }
  return {};
}

ExitCode verdict_of(Session& session, const ProvisionFlags& flags,
                    const report::ProvisionReport& report) {
  if (report.result != "skipped" || flags.allow_skipped) {
    return report.result == "failure" ? ExitCode::failed : ExitCode::done;
  }
  session.console.note("Nothing was provisioned; with --allow-skipped that is exit code 0.");
  return ExitCode::failed;
}

ExitCode run_provision(Session& session, const ProvisionFlags& flags) {
  if (const std::string wrong = usage_error(flags); !wrong.empty()) {
    session.console.error(wrong);
    return ExitCode::usage;
  }
  if (!session.options.names_applications()) {
    session.console.error("no application is named", "name it with --app NAME");
    return ExitCode::usage;
  }
  auto project = open_project(session, Access::write);
  if (!project) {
    return project.error();
  }
  const std::size_t applications = project->loaded.desired.applications.size();
  if (applications != 1) {
    session.console.error(
        fmt::format("an object is provisioned by one application, and {} are named", applications));
    return ExitCode::usage;
  }
  const auto report = provision(session, *project, flags);
  if (!report) {
    return report_failure(session, report.error());
  }
  tell_result(session, report::Answer{"provision",
                                      [&report](const report::Style& style) {
                                        return report::render_provision(*report, style);
                                      },
                                      report::json_text(to_json(*report))});
  return verdict_of(session, flags, *report);
}

}  // namespace

void declare_provision(CommandLine& line) {
  const Command command = add_path_command(
      line, "provision", "provisions one object now, step by step",
      "  syncwright provision --app salesforce-contoso --user ada@contoso.com\n"
      "  syncwright provision --app salesforce-contoso --group ID --member ada@contoso.com\n"
      "  syncwright provision --app ad-to-entra --object user --id "
      "\"CN=Ada,OU=HR,DC=contoso,DC=com\"\n"
      "Writes to the target system. Nobody is provisioned who a cycle would not provision: what "
      "is\n"
      "skipped is exit code 1.\n");
  auto flags = std::make_shared<ProvisionFlags>();
  command.add_option("--job", flags->job, "the job's key (default: default)");
  command.add_option("--user", flags->user, "a user's object id or user principal name");
  command.add_option("--group", flags->group, "a group's object id");
  command.add_option(
      "--object", flags->object,
      "the kind of object as the job's schema names it: user, Worker, inetOrgPerson");
  command.add_option("--id", flags->id,
                     "its id in the source: an object id, or a distinguished name in a directory");
  command
      .add_option("--member", flags->members,
                  "a member to provision with the group, up to five; repeatable")
      .one_value_each();
  command.add_option("--rule", flags->rule,
                     "the synchronization rule, where several map such objects");
  command.add_flag("--allow-skipped", flags->allow_skipped,
                   "an object that is skipped is no failure: exit code 0");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_provision(session, *flags); };
  });
}

}  // namespace syncwright::cli
