#include <utility>

#include "cli/commands.h"
#include "cli/embedded_emulator.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/core/ascii.h"
#include "syncwright/report/escape.h"
#include "syncwright/report/people_text.h"

namespace syncwright::cli {
namespace {

struct CatalogFlags {
  std::string search;
  std::string application;
  bool people = false;
};

std::string render_templates(const std::vector<model::GalleryTemplate>& templates) {
  std::string text;
  for (const model::GalleryTemplate& entry : templates) {
    text += fmt::format("{}  {:<48} {}{}\n", report::escape_terminal(entry.id),
                        report::escape_terminal(entry.display_name),
                        report::escape_terminal(entry.publisher),
                        entry.supports_provisioning ? "" : "  (no provisioning)");
  }
  return text.empty() ? "No gallery application matches.\n" : text;
}

Json to_json(const std::vector<model::GalleryTemplate>& templates) {
  Json list = Json::array();
  for (const model::GalleryTemplate& entry : templates) {
    list.push_back({{"id", entry.id},
                    {"displayName", entry.display_name},
                    {"publisher", entry.publisher},
                    {"supportsProvisioning", entry.supports_provisioning},
                    {"categories", entry.categories}});
  }
  return list;
}

void tell_catalog(Session& session, std::string json, const std::string& text) {
  tell_result(session,
              report::Answer{"catalog", [&text](const report::Style& /*style*/) { return text; },
                             std::move(json)});
}

ExitCode list_gallery(Session& session, Connection& connection, const std::string& search) {
  auto templates = connection.reader().search_gallery(search, session.stop);
  if (!templates) {
    return report_failure(session, templates.error());
  }
  tell_catalog(session, report::json_text(to_json(*templates)), render_templates(*templates));
  return ExitCode::done;
}

/// The service principal of an application that the project has given this name; empty: none has.
Result<std::string> owned_by_name(Session& session, Connection& connection,
                                  const model::Owner& owner, const std::string& name) {
  auto owned = connection.reader().list_service_principals_by_tag(owner.tag(), session.stop);
  if (!owned) {
    return fail(owned.error());
  }
  for (const auto& principal : *owned) {
    if (model::tag_value(principal.tags, model::kApplicationTag) == name) {
      return principal.reference.service_principal_id;
    }
  }
  return std::string();
}

/// A manifest's name, a display name or an object id, in this order.
Result<std::string> service_principal_of(Session& session, Connection& connection,
                                         const model::Owner& owner, const std::string& word) {
  auto owned = owned_by_name(session, connection, owner, word);
  if (!owned || !owned->empty()) {
    return owned;
  }
  auto by_name = connection.reader().list_service_principals_by_name(word, session.stop);
  if (!by_name) {
    return fail(by_name.error());
  }
  if (by_name->size() == 1) {
    return by_name->front().reference.service_principal_id;
  }
  if (by_name->size() > 1) {
    return fail(ErrorKind::invalid_input,
                fmt::format("{} applications are named `{}`", by_name->size(), word),
                "name the service principal by its object id");
  }
  auto by_id = connection.reader().service_principal(word, session.stop);
  if (!by_id) {
    return fail(by_id.error());
  }
  if (!*by_id) {
    return fail(ErrorKind::invalid_input, fmt::format("no application is named `{}`", word));
  }
  return (*by_id)->reference.service_principal_id;
}

ExitCode list_synchronization_templates(Session& session, Connection& connection,
                                        const model::Owner& owner, const std::string& application) {
  auto id = service_principal_of(session, connection, owner, application);
  if (!id) {
    return report_failure(session, id.error());
  }
  auto templates = connection.reader().synchronization_templates(*id, session.stop);
  if (!templates) {
    return report_failure(session, templates.error());
  }
  std::string text;
  for (std::size_t i = 0; i < templates->size(); ++i) {
    text += fmt::format("{}{}\n", report::escape_terminal((*templates)[i]),
                        i == 0 ? "  (default)" : "");
  }
  tell_catalog(session, report::json_text(Json(*templates)), text);
  return ExitCode::done;
}

/// Where --emulator names a state file, neither a project nor an environment is needed.
Result<Json> people_of_state(Session& session, const model::Desired& desired) {
  auto embedded = open_embedded_emulator(session, desired);
  if (!embedded) {
    return fail(embedded.error());
  }
  return (*embedded)->tenant().people();
}

bool mentions(const Json& person, const std::string& search) {
  for (const char* name : {"displayName", "userPrincipalName"}) {
    if (ascii::lower(string_or(person, name)).find(ascii::lower(search)) != std::string::npos) {
      return true;
    }
  }
  return false;
}

void keep_mentioned(Json& people, const std::string& search) {
  for (Json& person : std::exchange(people, Json::array())) {
    if (mentions(person, search)) {
      people.push_back(std::move(person));
    }
  }
}

/// `catalog --people`: users and groups that manifests can name on the emulator. Without
/// --emulator those of a new tenant, with no project at hand; with it those of its state. `search`
/// is a part of a display name or userPrincipalName, in any case; empty: everybody.
ExitCode list_people(Session& session, const std::string& search) {
  if (!session.options.endpoint.empty()) {
    session.console.error("`catalog --people` knows the people of the embedded emulator only",
                          "leave --endpoint out, or ask the endpoint's /v1.0/users and /groups");
    return ExitCode::usage;
  }
  Json people;
  if (session.options.use_emulator) {
    const bool needs_project = session.options.emulator.empty();
    const auto project = needs_project ? load_project_of(session, {}) : manifest::Loaded{};
    if (!project) {
      return ExitCode::invalid;
    }
    auto found = people_of_state(session, project->desired);
    if (!found) {
      return report_failure(session, found.error());
    }
    people = std::move(*found);
  } else {
    people = emulator::Tenant(emulator::Catalog::built_in(), session.clock, {}).people();
  }
  keep_mentioned(people["users"], search);
  keep_mentioned(people["groups"], search);
  tell_catalog(session, report::json_text(people), report::render_people(people));
  return ExitCode::done;
}

ExitCode run_catalog(Session& session, const CatalogFlags& flags) {
  if (flags.people) {
    return list_people(session, flags.search);
  }
  const auto project = load_project_of(session, {});
  if (!project) {
    return ExitCode::invalid;
  }
  auto connection = Connection::open(session, Access::read, project->desired);
  if (!connection) {
    return report_failure(session, connection.error());
  }
  if (auto checked = check_tenant(session, **connection, project->desired); !checked) {
    return report_failure(session, checked.error());
  }
  return flags.application.empty()
             ? list_gallery(session, **connection, flags.search)
             : list_synchronization_templates(
                   session, **connection, {project->desired.project, project->desired.environment},
                   flags.application);
}

}  // namespace

void declare_catalog(CommandLine& line) {
  const Command command = add_command(
      line, "catalog",
      "gallery applications, an application's synchronization templates, the emulator's people",
      "  syncwright catalog salesforce\n"
      "  syncwright catalog --app \"Salesforce Contoso\"\n"
      "  syncwright catalog --people\n");
  auto flags = std::make_shared<CatalogFlags>();
  command.add_option("SEARCH", flags->search, "part of the display name");
  const Flag application = command.add_option(
      "--app", flags->application, "a manifest's name, a display name or a service principal id");
  command
      .add_flag("--people", flags->people,
                "users and groups of a new emulator, offline; with --emulator those of its state")
      .excludes(application);
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_catalog(session, *flags); };
  });
}

}  // namespace syncwright::cli
