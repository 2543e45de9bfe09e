#include <algorithm>

#include "cli/commands.h"
#include "cli/export_project.h"
#include "cli/new_files.h"
#include "cli/own_command.h"
#include "cli/pages.h"
#include "cli/project.h"
#include "syncwright/core/text.h"
#include "syncwright/export/companion_files.h"
#include "syncwright/export/exporter.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

struct ExportFlags {
  std::vector<std::string> applications;
  std::string folder;  ///< empty: to standard output
  bool keep_schemas = false;
  bool join_sets = false;
  bool pin = false;
  bool managed = false;
};

/// Absolute; empty where export prints.
std::filesystem::path folder_of(const Session& session, const ExportFlags& flags) {
  if (flags.folder.empty()) {
    return {};
  }
  return (session.working_folder / flags.folder / "").lexically_normal().parent_path();
}

/// How many files were written; the others are there, byte for byte but for the schema's line.
Result<std::size_t> write_files(const std::filesystem::path& folder,
                                const exporting::ExportedFiles& exported) {
  const Comparison comparison = compare_files(folder, exported.files);
  if (!comparison.taken.empty()) {
    return refuse_taken(folder, comparison.taken, "name another --out, or move them away");
  }
  if (auto written = write_missing(folder, comparison); !written) {
    return fail(written.error());
  }
  return comparison.missing.size();
}

void print_manifests(Session& session, const exporting::ExportedFiles& exported) {
  for (const exporting::ExportedFile& file : exported.files) {
    session.console.out(&file == &exported.files.front() ? "" : "---\n");
    session.console.out(file.content);
  }
}

void tell_alike(Session& session, const ExportFlags& flags,
                const exporting::ExportedFiles& exported) {
  for (const std::vector<std::string>& names : exported.alike) {
    if (flags.join_sets) {
      continue;
    }
    session.console.note(fmt::format(
        "{} differ only in names and single values: {}; `export --sets` writes them as one "
        "ApplicationSet",
        count_words(names.size(), "application"), list_names(names)));
  }
}

/// Why --sets did not join what seems to belong together.
void tell_unlike(Session& session, const ExportFlags& flags,
                 const exporting::ExportedFiles& exported) {
  for (const exporting::UnlikeApplications& each : exported.unlike) {
    if (flags.join_sets) {
      session.console.note(report::escape_terminal(
          fmt::format("{} of {} are not one ApplicationSet, since they differ in: {}",
                      count_words(each.applications, "application"), each.gallery,
                      list_names(each.differences))));
    }
  }
}

void tell_summary(Session& session, const ExportFlags& flags,
                  const exporting::ExportedFiles& exported, std::size_t written) {
  if (exported.applications == 0) {
    session.console.note("Nothing to export.");
    return;
  }
  if (flags.folder.empty()) {
    session.console.note(
        fmt::format("Exported {}.", count_words(exported.applications, "application")));
    return;
  }
  const auto manifests =
      std::count_if(exported.files.begin(), exported.files.end(),
                    [](const exporting::ExportedFile& file) { return file.is_manifest; });
  const std::size_t documents = exported.files.size() - static_cast<std::size_t>(manifests);
  const std::size_t there = exported.files.size() - written;
  session.console.note(fmt::format(
      "Exported {} to {}: {}{}{}. `{}` shows what {}.",
      count_words(exported.applications, "application"), report::escape_terminal(flags.folder),
      count_words(static_cast<std::size_t>(manifests), "manifest"),
      documents == 0 ? "" : ", " + count_words(documents, "schema document"),
      there == 0     ? ""
      : written == 0 ? ", all there already"
                     : fmt::format(", {} of them there already", there),
      command_here(session, "plan " + shell_word(flags.folder)),
      flags.managed ? "differs" : "taking them over means"));
}

/// Chooses what is exported: applications that manifests describe already keep their names, and are
/// left out where a second manifest of theirs would be loaded too.
class Intake {
 public:
  Intake(const ExportFlags& flags, std::filesystem::path folder,
         exporting::DescribedApplications described)
      : flags_(flags), folder_(std::move(folder)), described_(std::move(described)) {}

  void add(model::ExportedApplication application, exporting::Exporter& exporter) {
    const exporting::DescribedApplication* described = described_.find(application);
    if (described != nullptr) {
      application.name = described->application.name;
      const bool is_same_file = !flags_.join_sets && described->is_file_in(folder_);
      if (!flags_.folder.empty() && described->beside && !is_same_file) {
        left_out_.push_back(fmt::format("`{}` ({} in {})", application.reference.display_name,
                                        application.name, described->application.where.file));
        return;
      }
    }
    exporter.add(application);
  }

  [[nodiscard]] std::vector<std::string> taken_names(
      const graph_read::ExportSummary& summary) const {
    std::vector<std::string> names = described_.names();
    names.insert(names.end(), summary.taken.begin(), summary.taken.end());
    return names;
  }

  /// A sentence, empty where nothing was left out.
  [[nodiscard]] std::string left_out_sentence() const {
    if (left_out_.empty()) {
      return {};
    }
    std::vector<std::string> sorted = left_out_;
    std::sort(sorted.begin(), sorted.end());
    return fmt::format("{} that manifests describe already: {}",
                       count_words(sorted.size(), "application"), list_names(sorted));
  }

 private:
  const ExportFlags& flags_;
  std::filesystem::path folder_;
  exporting::DescribedApplications described_;
  std::vector<std::string> left_out_;
};

ExitCode finish(Session& session, const ExportFlags& flags, const ExportProject& project,
                const graph_read::ExportSummary& summary, const Intake& intake,
                exporting::Exporter& exporter) {
  const exporting::ExportedFiles exported = exporter.finish(intake.taken_names(summary));
  std::size_t written = 0;
  if (flags.folder.empty()) {
    print_manifests(session, exported);
  } else {
    const std::filesystem::path folder = folder_of(session, flags);
    const std::filesystem::path schema = exporting::schema_file_for(folder, session.working_folder);
    const auto count = write_files(folder, exporting::add_schema_lines(exported, folder, schema));
    if (!count) {
      return report_failure(session, count.error());
    }
    if (auto kept = exported.files.empty() ? Result<void>() : exporting::keep_schema_file(schema);
        !kept) {
      return report_failure(session, kept.error());
    }
    written = *count;
  }
  std::vector<std::string> left_out = summary.left_out;
  left_out.push_back(intake.left_out_sentence());
  for (const std::string& reason : left_out) {
    if (!reason.empty()) {
      session.console.note("left out: " + report::escape_terminal(reason));
    }
  }
  tell_alike(session, flags, exported);
  tell_unlike(session, flags, exported);
  for (const Error& failure : summary.failures) {
    tell_failure(session, failure);
  }
  tell_summary(session, flags, exported, written);
  if (exported.applications > 0) {
    if (auto named = finish_project(session, project, folder_of(session, flags)); !named) {
      return report_failure(session, named.error());
    }
  }
  return summary.failures.empty() ? ExitCode::done : ExitCode::failed;
}

/// What is wrong with the flags: two that contradict each other, or an --out that is no folder.
bool is_usable(Session& session, const ExportFlags& flags) {
  if ((flags.keep_schemas || flags.pin) && flags.folder.empty()) {
    session.console.error(
        fmt::format("--{} keeps schema documents beside the manifests, in a folder",
                    flags.pin ? "pin" : "schemas"),
        "name one with --out DIR");
    return false;
  }
  if (flags.pin && flags.join_sets) {
    session.console.error("--pin gives each application a document of its own, --sets joins them",
                          "leave one of the two out");
    return false;
  }
  std::error_code unreadable;
  const std::filesystem::path folder = folder_of(session, flags);
  if (!flags.folder.empty() && std::filesystem::exists(folder, unreadable) &&
      !std::filesystem::is_directory(folder, unreadable)) {
    session.console.error(fmt::format("--out {} is a file", report::escape_terminal(flags.folder)),
                          "name a folder; each application gets a file of its own");
    return false;
  }
  return true;
}

ExitCode run_export(Session& session, const ExportFlags& flags) {
  if (!is_usable(session, flags)) {
    return ExitCode::usage;
  }
  const std::filesystem::path folder = folder_of(session, flags);
  const auto chosen = choose_export_project(session, folder);
  if (!chosen) {
    return chosen.error();
  }
  if (flags.managed && !chosen->is_named) {
    session.console.error("--managed exports what a project owns, and nobody named the project",
                          "name it with --project NAME");
    return ExitCode::usage;
  }
  const manifest::Loaded& project = chosen->loaded;
  auto described = read_described(session, project.manifests, folder);
  if (!described) {
    return ExitCode::invalid;
  }
  exporting::ExportOptions options;
  options.with_documents = !flags.folder.empty();
  options.keep_schemas = flags.keep_schemas;
  options.join_sets = flags.join_sets;
  options.pin = flags.pin;
  exporting::Exporter exporter(options);
  Intake intake(flags, folder, std::move(*described));
  std::vector<report::PageApplication> cards;
  graph_read::ExportRequest request;
  request.applications = flags.applications;
  request.managed = flags.managed;
  const auto summary = read_tenant_for_export(
      session, project.desired, std::move(request), [&](model::ExportedApplication application) {
        if (wants_page(session)) {
          cards.push_back(report::exported_card(application));
        }
        intake.add(std::move(application), exporter);
      });
  if (!summary) {
    return report_failure(session, summary.error());
  }
  const ExitCode code = finish(session, flags, *chosen, *summary, intake, exporter);
  write_page(session, [&] {
    return report::page_of_export(
        std::move(cards), summary->left_out, summary->failures,
        {&project.desired, {}, {}, provenance_of(session), session.clock.now()});
  });
  return code;
}

}  // namespace

void declare_export(CommandLine& line) {
  const Command command = add_command(
      line, "export", "a live tenant as manifests whose plan is nothing but taking it over",
      "  syncwright export --out manifests --project contoso   and the project file\n"
      "  syncwright export --out manifests --pin     whole documents: every edit is drift\n"
      "  syncwright export --out manifests --managed --project contoso   a lost repository\n"
      "  syncwright export --app \"Salesforce Contoso\"\n"
      "  syncwright export --app 8b1025e4-1dd2-430b-a150-2ef79cd700f5 --out manifests --schemas\n");
  auto flags = std::make_shared<ExportFlags>();
  command
      .add_option("--app", flags->applications,
                  "display name, service principal id or appId (repeatable; default: every gallery "
                  "application with a provisioning job)")
      .one_value_each();
  command.add_option("--out", flags->folder,
                     "folder for one file an application (default: standard output)");
  command.add_flag("--schemas", flags->keep_schemas, "keeps every schema document beside");
  command.add_flag("--pin", flags->pin,
                   "writes every schema document whole, named by the manifest: every edit of its "
                   "mappings is drift");
  command.add_flag("--managed", flags->managed, "also what this project owns already");
  command.add_flag(
      "--sets", flags->join_sets,
      "writes applications that differ only in names and single values as one ApplicationSet");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_export(session, *flags); };
  });
}

}  // namespace syncwright::cli
