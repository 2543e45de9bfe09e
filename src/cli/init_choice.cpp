#include "cli/init_choice.h"

#include <algorithm>
#include <sstream>

#include "cli/init_place.h"
#include "cli/questions.h"
#include "cli/starter.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

namespace fs = std::filesystem;
using Environments = std::vector<exporting::ProjectDraft::Environment>;

constexpr const char* kOnlyEnvironment = "prod";
constexpr const char* kExampleStart = "example";
constexpr const char* kTenantStart = "tenant";

/// "prod=ID", or an ID alone.
exporting::ProjectDraft::Environment read_environment(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {kOnlyEnvironment, text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// Of several tenants; empty: nothing is wrong with them.
std::string fault_of_tenants(const std::vector<std::string>& tenants) {
  std::vector<std::string> names;
  for (const std::string& tenant : tenants) {
    if (std::string fault = fault_of_tenant(tenant); !fault.empty()) return fault;
    const std::string name = read_environment(tenant).name;
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return fmt::format("the environment `{}` is named twice; write ENVIRONMENT=ID for each",
                         name);
    }
    names.push_back(name);
  }
  return {};
}

std::vector<std::string> split_words(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

std::string fault_of_word(const std::string& word, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), word) != words.end()) return {};
  return fmt::format("That is none of {}.", fmt::join(words, ", "));
}

tl::expected<Environments, ExitCode> choose_tenants(Session& session, const InitFlags& flags) {
  std::vector<std::string> tenants = flags.tenants;
  if (tenants.empty() && session.console.can_ask()) {
    auto answer = ask_for(
        session,
        {"Which tenant is it for? Its directory id, or ENVIRONMENT=ID for each of several. "
         "Without one the project is for whichever tenant somebody signs in to.",
         "Tenant", "", [](const std::string& text) { return fault_of_tenants(split_words(text)); },
         "no tenant is named", "name each with --tenant ENVIRONMENT=ID, or none at all"});
    if (!answer) return tl::unexpected(answer.error());
    tenants = split_words(*answer);
  }
  if (const std::string fault = fault_of_tenants(tenants); !fault.empty()) {
    session.console.error("--tenant: " + fault);
    return tl::unexpected(ExitCode::usage);
  }
  Environments environments;
  std::transform(tenants.begin(), tenants.end(), std::back_inserter(environments),
                 read_environment);
  return environments;
}

tl::expected<bool, ExitCode> choose_from_tenant(Session& session, const InitFlags& flags) {
  if (flags.from_tenant || flags.example || !session.console.can_ask()) return flags.from_tenant;
  const std::vector<std::string> starts{kExampleStart, kTenantStart};
  auto answer =
      ask_for(session, {"Does it begin with an example, or with what the tenant has? The tenant "
                        "is only read.",
                        "Begin with example or tenant", kExampleStart,
                        [&](const std::string& word) { return fault_of_word(word, starts); },
                        "nobody said what the project begins with",
                        "say it with --example or --from-tenant"});
  if (!answer) return tl::unexpected(answer.error());
  return *answer == kTenantStart;
}

/// A project begins with one of its tenants.
tl::expected<std::string, ExitCode> choose_environment(Session& session,
                                                       const Environments& environments) {
  const std::string& wanted = session.options.environment;
  if (wanted.empty() && environments.empty()) return std::string();
  if (wanted.empty() && environments.size() == 1) return environments.front().name;
  for (const auto& each : environments) {
    if (each.name == wanted) return wanted;
  }
  session.console.error(wanted.empty()
                            ? "a project begins with one of its tenants, and several are named"
                            : fmt::format("no --tenant names the environment `{}`", wanted),
                        "choose one of them with -e");
  return tl::unexpected(ExitCode::usage);
}

tl::expected<std::string, ExitCode> choose_pipeline(Session& session, const InitFlags& flags) {
  const std::vector<std::string> names = pipeline_names();
  if (!flags.pipeline.empty()) return flags.pipeline;
  if (!session.console.can_ask()) return names.back();
  return ask_for(
      session, {fmt::format("Where does its pipeline run? {}.", fmt::join(names, ", ")), "Pipeline",
                names.back(), [&](const std::string& word) { return fault_of_word(word, names); },
                "no pipeline is named", "name one with --ci"});
}

/// A folder that has a project keeps it: what would change it is no flag for it.
tl::expected<InitChoice, ExitCode> choose_around(Session& session, const InitFlags& flags,
                                                 InitChoice choice) {
  if (!session.options.project.empty() || !flags.tenants.empty() || flags.from_tenant ||
      flags.example) {
    session.console.error(
        fmt::format("{} is there already, and is left as it is: nothing was written", kProjectFile),
        "`syncwright export --out manifests` adds what the tenant has; without --project, "
        "--tenant, "
        "--from-tenant and --example, init adds what is missing around the project");
    return tl::unexpected(ExitCode::usage);
  }
  if (auto refused = refuse_place(session, choice.folder, true)) return tl::unexpected(*refused);
  auto pipeline = choose_pipeline(session, flags);
  if (!pipeline) return tl::unexpected(pipeline.error());
  choice.pipeline = std::move(*pipeline);
  return choice;
}

tl::expected<std::string, ExitCode> choose_name(Session& session) {
  if (!session.options.project.empty()) return session.options.project;
  if (session.console.can_ask()) return ask_for_project_name(session);
  session.console.error("the project has no name, and there is no terminal to ask for it on",
                        "name it with --project NAME");
  return tl::unexpected(ExitCode::usage);
}

}  // namespace

std::string fault_of_tenant(const std::string& text) {
  const auto [name, tenant] = read_environment(text);
  if (!model::is_manifest_name(name)) {
    return fmt::format("`{}` is no environment's name: small letters, digits and hyphens", name);
  }
  if (is_guid(tenant)) return {};
  return fmt::format("`{}` is no directory (tenant) id, which has 32 hexadecimal digits", tenant);
}

tl::expected<InitChoice, ExitCode> choose_init(Session& session, const InitFlags& flags) {
  InitChoice choice;
  choice.folder = (session.working_folder / flags.folder / "").lexically_normal().parent_path();
  std::error_code error;
  if (fs::exists(choice.folder, error) && !fs::is_directory(choice.folder, error)) {
    session.console.error(
        fmt::format("{} is a file", report::escape_terminal(choice.folder.string())),
        "name a folder, there or not");
    return tl::unexpected(ExitCode::usage);
  }
  choice.has_project = fs::exists(fs::symlink_status(choice.folder / kProjectFile, error));
  if (choice.has_project) return choose_around(session, flags, std::move(choice));
  if (auto refused = refuse_place(session, choice.folder, false)) return tl::unexpected(*refused);
  auto name = choose_name(session);
  if (!name) return tl::unexpected(name.error());
  auto tenants = choose_tenants(session, flags);
  if (!tenants) return tl::unexpected(tenants.error());
  auto from_tenant = choose_from_tenant(session, flags);
  if (!from_tenant) return tl::unexpected(from_tenant.error());
  auto pipeline = choose_pipeline(session, flags);
  if (!pipeline) return tl::unexpected(pipeline.error());
  if (*from_tenant) {
    auto environment = choose_environment(session, *tenants);
    if (!environment) return tl::unexpected(environment.error());
    choice.environment = std::move(*environment);
  }
  choice.project = {std::move(*name), {}, std::move(*tenants)};
  choice.from_tenant = *from_tenant;
  choice.pipeline = std::move(*pipeline);
  return choice;
}

}  // namespace syncwright::cli
