#include "cli/session.h"

#include <unordered_map>
#include <utility>

#include "cli/own_command.h"
#include "cli/reports.h"
#include "syncwright/emulator/template_schema.h"

// Every command reads manifests through this file, so that the command line means the same to all
// of them. What differs is how much a command may leave undone when something is wrong: `validate`
// and `test` say everything and go on, what reaches a tenant stops at the first error (exit code
// 65, docs/contract.md#2), and `export` reads what is there already whatever --only says. Mappings
// are checked offline against the emulator's gallery, which resembles the real one and is not it:
// what that finds is a warning, and the plan asks the live schema.

namespace syncwright::cli {
namespace {

/// The NAME=VALUE pairs of --var.
std::map<std::string, std::string> variables_of(const Session& session, Diagnostics& diagnostics) {
  std::map<std::string, std::string> variables;
  for (const std::string& pair : session.options.variables) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      diagnostics.add(Code::SW2003, {}, fmt::format("--var `{}` is not NAME=VALUE", pair));
    } else {
      variables[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
  }
  return variables;
}

/// What mappings are checked against offline: the emulator's gallery resembles the real one.
std::optional<schema::KnownSchema> template_schema(const std::string& gallery,
                                                   const std::string& job) {
  auto schema = emulator::built_in_schema(gallery, job);
  if (!schema) {
    return std::nullopt;
  }
  return schema::KnownSchema{std::move(*schema), false};
}

manifest::LoadOptions load_options(const Session& session, Diagnostics& diagnostics) {
  manifest::LoadOptions options;
  options.working_folder = session.working_folder;
  options.paths.assign(session.options.paths.begin(), session.options.paths.end());
  options.variables = variables_of(session, diagnostics);
  options.variable_files.assign(session.options.variable_files.begin(),
                                session.options.variable_files.end());
  options.only = session.options.only;
  options.template_schema = template_schema;
  options.galleries = emulator::built_in_galleries;
  options.selectors = session.options.selectors;
  options.environment = session.options.environment;
  options.project = session.options.project;
  return options;
}

}  // namespace

manifest::Loaded read_manifests(Session& session, Reading reading, Diagnostics& diagnostics) {
  manifest::LoadOptions options = load_options(session, diagnostics);
  options.notes_advice = reading == Reading::advice;
  options.paths_choose_tests = reading == Reading::mapping_tests;
  manifest::Loaded loaded = manifest::load(options, diagnostics);
  diagnostics.sort();
  return loaded;
}

std::optional<manifest::Loaded> load_project_of(Session& session,
                                                const std::filesystem::path& place) {
  Diagnostics diagnostics;
  manifest::LoadOptions options = load_options(session, diagnostics);
  if (!place.empty()) {
    options.paths = {place};
  }
  manifest::Loaded loaded = manifest::load_project(options, diagnostics);
  diagnostics.sort();
  print_diagnostics(session, diagnostics, loaded);
  if (diagnostics.has_errors()) {
    return std::nullopt;
  }
  return loaded;
}

manifest::Loaded read_all_manifests(Session& session,
                                    const std::vector<std::filesystem::path>& paths,
                                    Diagnostics& diagnostics) {
  manifest::LoadOptions options = load_options(session, diagnostics);
  options.paths = paths;
  options.only.clear();
  options.selectors.clear();
  manifest::Loaded loaded = manifest::load(options, diagnostics);
  diagnostics.sort();
  return loaded;
}

report::SourceLookup sources_of(const manifest::Loaded& loaded) {
  std::unordered_map<std::string_view, std::string_view> texts;
  for (const SourceText& text : loaded.texts) {
    texts.emplace(text.file, text.text);
  }
  return [texts = std::move(texts)](const std::string& file) -> std::string_view {
    const auto found = texts.find(file);
    return found == texts.end() ? std::string_view() : found->second;
  };
}

void record_diagnostics(Console& console, const Diagnostics& diagnostics) {
  for (const Json& diagnostic : report::to_json(diagnostics)) {
    console.record(string_or(diagnostic, "severity"), string_or(diagnostic, "message"), diagnostic);
  }
}

void print_diagnostics(Session& session, const Diagnostics& diagnostics,
                       const manifest::Loaded& loaded) {
  if (diagnostics.empty()) {
    return;
  }
  if (session.console.log_json()) return record_diagnostics(session.console, diagnostics);
  session.console.raw(
      report::render_diagnostics(diagnostics, sources_of(loaded), session.console.err_style()));
  session.console.note(report::count_diagnostics(diagnostics));
}

std::optional<manifest::Loaded> load_manifests(Session& session) {
  Diagnostics diagnostics;
  manifest::Loaded loaded = read_manifests(session, Reading::tenant, diagnostics);
  print_diagnostics(session, diagnostics, loaded);
  if (diagnostics.has_errors()) {
    report_invalid(session, diagnostics, loaded);
    return std::nullopt;
  }
  return loaded;
}

report::Times times_of(const Session& session) {
  if (!session.console.out_style().terminal) {
    return {};
  }
  return report::Times(session.clock.now(), session.options.verbosity > 0);
}

void tell_failure(Session& session, const Error& error) {
  Error told = error;
  told.advice = with_own_commands(session, error.advice);
  session.console.error(told);
}

ExitCode report_failure(Session& session, const Error& error) {
  tell_failure(session, error);
  return exit_code_of(error);
}

std::filesystem::path project_root(const Session& session) {
  const std::filesystem::path start = session.options.paths.empty()
                                          ? session.working_folder
                                          : session.working_folder / session.options.paths.front();
  return manifest::find_project_root(start, session.working_folder);
}

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
                  command, model::kUnnamedProject),
      fmt::format("name it in {} (kind: Project, metadata: {{name: NAME}}), or with --project NAME "
                  "on every command; what `{}` owns already comes along with metadata.previously: "
                  "[{}]",
                  kProjectFile, model::kUnnamedProject, model::kUnnamedProject));
  return ExitCode::usage;
}

}  // namespace syncwright::cli
