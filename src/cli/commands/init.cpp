#include <algorithm>

#include "cli/commands.h"
#include "cli/export_project.h"
#include "cli/init_choice.h"
#include "cli/init_place.h"
#include "cli/new_files.h"
#include "cli/own_command.h"
#include "cli/starter.h"
#include "syncwright/core/file.h"
#include "syncwright/core/text.h"
#include "syncwright/manifest/field_guide.h"
#include "syncwright/report/escape.h"

// `init` decides everything before it writes anything: what is asked, what the tenant says, what is
// there. So whoever breaks off, or signs in wrongly, finds the folder as it was. The project file
// comes last: a run that is killed in between leaves no project, and the same command finishes it.

namespace syncwright::cli {
namespace {

/// The files to write, and what reading the tenant was not able to do.
struct Starter {
  StarterFiles files;
  std::vector<Error> failures;
};

/// The project as it will be, for the environment whose tenant is read.
model::Desired project_to_read(const InitChoice& choice) {
  model::Desired desired;
  desired.project = choice.project.name;
  desired.environment = choice.environment;
  for (const exporting::ProjectDraft::Environment& each : choice.project.environments) {
    if (each.name == choice.environment) desired.tenant_id = each.tenant;
  }
  return desired;
}

/// Why the tenant gives no manifest.
tl::unexpected<Error> refuse_nothing(const graph_read::ExportSummary& summary) {
  if (!summary.failures.empty()) return fail(summary.failures.front());
  if (summary.owned == 0) {
    return fail(ErrorKind::not_found,
                "the tenant has no application with a provisioning job: nothing was written",
                "begin with --example");
  }
  return fail(
      ErrorKind::not_found,
      fmt::format("the tenant has nothing to take over, since {} to a project already: "
                  "nothing was written",
                  summary.owned == 1 ? "1 application belongs"
                                     : fmt::format("{} applications belong", summary.owned)),
      "begin with --example, or work in that project's folder; `export --managed "
      "--project NAME` writes down what the project NAME owns");
}

/// What the tenant has, as manifests. An Error where that is nothing.
Result<Starter> export_starter(Session& session, const InitChoice& choice) {
  exporting::Exporter exporter({});
  const auto summary = read_tenant_for_export(
      session, project_to_read(choice), {},
      [&](const model::ExportedApplication& application) { exporter.add(application); });
  if (!summary) return fail(summary.error());
  for (const std::string& reason : summary->left_out) {
    session.console.note("left out: " + report::escape_terminal(reason));
  }
  exporting::ExportedFiles exported = exporter.finish(summary->taken);
  if (exported.applications == 0) return refuse_nothing(*summary);
  const std::filesystem::path manifests = choice.folder / kManifestFolder;
  exported = exporting::add_schema_lines(std::move(exported), manifests,
                                         choice.folder / manifest::kManifestSchemaFile);
  for (exporting::ExportedFile& file : exported.files) {
    file.name = fmt::format("{}/{}", kManifestFolder, file.name);
  }
  return Starter{std::move(exported.files), summary->failures};
}

/// Everything but the companions.
Result<Starter> gather(Session& session, const InitChoice& choice) {
  Starter starter;
  if (!choice.has_project && choice.from_tenant) {
    auto exported = export_starter(session, choice);
    if (!exported) return exported;
    starter = std::move(*exported);
  } else if (!choice.has_project) {
    starter.files = example_files();
  }
  StarterFiles pipeline = pipeline_files(choice.pipeline);
  std::move(pipeline.begin(), pipeline.end(), std::back_inserter(starter.files));
  if (!choice.has_project) {
    starter.files.push_back({kProjectFile, exporting::write_project_file(choice.project)});
  }
  return starter;
}

void tell_written(Session& session, const InitChoice& choice, const StarterFiles& written) {
  const std::string folder = report::escape_terminal(
      choice.folder.lexically_relative(session.working_folder).generic_string());
  if (written.empty()) {
    session.console.out("Nothing to write: all is there.\n");
    return;
  }
  session.console.out(fmt::format("Wrote {} in {}:\n", count_words(written.size(), "file"),
                                  folder == "." ? "this folder" : folder));
  for (const exporting::ExportedFile& file : written) {
    session.console.out(fmt::format("  {}\n", report::escape_terminal(file.name)));
  }
}

/// The companions that are there stay, and so they are not always all that they should be.
void tell_left(Session& session, const InitChoice& choice, const std::vector<std::string>& left) {
  for (const std::string& name : left) {
    const auto content = read_file(choice.folder / name);
    const std::string advice =
        companion_advice(name, content ? std::string_view(*content) : std::string_view());
    if (advice.empty()) continue;
    session.console.note(fmt::format("{} is there, and is left as it is: {}", name, advice));
  }
}

/// A pipeline below the root of a repository is not read by anyone.
void tell_misplaced(Session& session, const InitChoice& choice) {
  if (pipeline_files(choice.pipeline).empty()) return;
  std::error_code error;
  for (std::filesystem::path at = choice.folder; at != at.parent_path(); at = at.parent_path()) {
    if (!std::filesystem::exists(at / ".git", error)) continue;
    if (at == choice.folder) return;
    session.console.warn(fmt::format(
        "the repository begins at {}: a pipeline is read there, so move {} there and set its "
        "working directory",
        report::escape_terminal(at.string()), pipeline_head(choice.pipeline)));
    return;
  }
}

void tell_next(Session& session, const InitChoice& choice) {
  std::string text = "\nNext:\n";
  const std::string folder =
      choice.folder.lexically_relative(session.working_folder).generic_string();
  if (folder != ".") {
    // To `cd` a folder called -name would be a flag.
    const std::string place = folder.starts_with('-') ? "./" + folder : folder;
    text += fmt::format("  cd {}\n", report::escape_terminal(shell_word(place)));
  }
  const auto& environments = choice.project.environments;
  const std::string name = choice.environment.empty() && !environments.empty()
                               ? environments.front().name
                               : choice.environment;
  const std::string environment = name.empty() ? "" : " -e " + name;
  if (!choice.has_project) text += fmt::format("  syncwright validate{}\n", environment);
  if (!choice.has_project && choice.from_tenant) {
    text += fmt::format("  syncwright plan{}   shows what taking them over means\n", environment);
  } else if (!choice.has_project) {
    text += fmt::format(
        "  syncwright test{0}\n  syncwright plan{0} --emulator   on a tenant inside "
        "the program\n",
        environment);
  }
  const std::string head = pipeline_head(choice.pipeline);
  if (!head.empty())
    text += fmt::format("  what the pipeline needs stands at the head of {}\n", head);
  if (text != "\nNext:\n") session.console.out(text);
}

/// What is missing of both, in the order in which it is written: the project file is the last.
Result<StarterFiles> write_starter(const InitChoice& choice, const StarterFiles& companions,
                                   const StarterFiles& files) {
  const Comparison own = compare_files(choice.folder, files);
  if (!own.taken.empty()) {
    return refuse_taken(choice.folder, own.taken, "move them away, or name another folder");
  }
  const Comparison around = compare_files(choice.folder, companions);
  for (const Comparison* each : {&around, &own}) {
    if (auto writable = check_writable(choice.folder, each->missing); !writable) {
      return fail(writable.error());
    }
  }
  StarterFiles written;
  for (const Comparison& each : {around, own}) {
    if (auto done = write_missing(choice.folder, each); !done) return fail(done.error());
    for (const exporting::ExportedFile* file : each.missing) written.push_back(*file);
  }
  return written;
}

ExitCode run_init(Session& session, const InitFlags& flags) {
  const auto choice = choose_init(session, flags);
  if (!choice) return choice.error();
  const auto starter = gather(session, *choice);
  if (!starter) return report_failure(session, starter.error());
  if (choice->has_project) {
    auto apart = check_manifests_apart(session, choice->folder, starter->files);
    if (!apart) return report_failure(session, apart.error());
  }
  if (session.stop.stop_requested()) return ExitCode::interrupted;
  const StarterFiles companions = companion_files();
  const std::vector<std::string> left = compare_files(choice->folder, companions).taken;
  const auto written = write_starter(*choice, companions, starter->files);
  if (!written) return report_failure(session, written.error());
  tell_written(session, *choice, *written);
  tell_left(session, *choice, left);
  tell_misplaced(session, *choice);
  for (const Error& failure : starter->failures) tell_failure(session, failure);
  tell_next(session, *choice);
  return starter->failures.empty() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

void declare_init(CommandLine& line) {
  const Command command = add_command(
      line, "init", "a starter project: manifests, a mapping test, editor settings, a pipeline",
      "  syncwright init                             asks on a terminal\n"
      "  syncwright init provisioning --project contoso --ci github\n"
      "  syncwright init --project contoso --tenant prod=8b1025e4-1dd2-430b-a150-2ef79cd700f5 \\\n"
      "    --from-tenant                             what the tenant has, to be taken over\n"
      "  syncwright init --ci gitlab                 a pipeline for a project that is there\n");
  auto flags = std::make_shared<InitFlags>();
  command
      .add_option("DIR", flags->folder,
                  "the project's folder, there or not (default: the working folder); nothing "
                  "in it is ever written over")
      .check([](const std::string& folder) {
        return folder.empty() ? "is given an empty text; leave it out for the working folder"
                              : std::string();
      });
  command
      .add_option("--tenant", flags->tenants,
                  "ENVIRONMENT=ID for each tenant; an ID alone is that of the environment `prod` "
                  "(repeatable; default: whichever tenant somebody signs in to)")
      .one_value_each()
      .check(fault_of_tenant);
  const Flag from_tenant =
      command.add_flag("--from-tenant", flags->from_tenant,
                       "begins with what the tenant has, as `export` writes it; -e chooses among "
                       "several");
  command.add_flag("--example", flags->example, "begins with an example (default)")
      .excludes(from_tenant);
  command
      .add_option("--ci", flags->pipeline,
                  fmt::format("the pipeline: {} (default none)", fmt::join(pipeline_names(), ", ")))
      .one_of(pipeline_names());
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_init(session, *flags); };
  });
}

}  // namespace syncwright::cli
