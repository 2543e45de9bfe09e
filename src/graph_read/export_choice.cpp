#include "graph_read/export_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "syncwright/core/text.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_read {
namespace {

using Principal = GraphReader::ServicePrincipal;
using Principals = std::vector<Principal>;

/// The name as it is: who prints it spells out what would not be seen (report/escape.h), and a name
/// without that would look like another one.
std::string label(const Principal& principal) {
  return fmt::format("`{}` ({})", principal.reference.display_name,
                     principal.reference.service_principal_id);
}

Result<Principals> as_list(Result<std::optional<Principal>> found) {
  if (!found) return fail(std::move(found).error());
  if (!*found) return Principals{};
  return Principals{std::move(**found)};
}

Result<Principals> look_up(GraphReader& reader, const std::string& word,
                           const std::stop_token& stop) {
  if (is_guid(word)) {
    Result<Principals> by_id = as_list(reader.service_principal(word, stop));
    if (!by_id || !by_id->empty()) return by_id;
    by_id = as_list(reader.service_principal_by_app_id(word, stop));
    if (!by_id || !by_id->empty()) return by_id;
  }
  return reader.list_service_principals_by_name(word, stop);
}

/// nullopt where there is none.
Result<std::optional<Principal>> only_one(GraphReader& reader, const std::string& word,
                                          const std::stop_token& stop) {
  Result<Principals> found = look_up(reader, word, stop);
  if (!found) return fail(std::move(found).error());
  if (found->empty()) return std::optional<Principal>();
  if (found->size() == 1) return std::optional(std::move(found->front()));
  std::vector<std::string> candidates;
  candidates.reserve(found->size());
  for (const Principal& candidate : *found) candidates.push_back(label(candidate));
  std::sort(candidates.begin(), candidates.end());
  return fail(ErrorKind::invalid_input,
              fmt::format("{} applications are named `{}`: {}", candidates.size(), plain_text(word),
                          fmt::join(candidates, ", ")),
              "name the one you mean by its id");
}

std::string name_in_tags(const Principal& principal) {
  return model::tag_value(principal.tags, model::kApplicationTag).value_or(std::string());
}

/// Why no manifest may name it, as one sentence; nullopt where one may.
std::optional<std::string> obstacle(const Principal& principal, const model::Owner& owner) {
  if (const auto tag = owner.foreign_tag(principal.tags)) {
    return fmt::format("{} belongs to `{}`", label(principal), *tag);
  }
  if (principal.reference.display_name.starts_with("syncwright:")) {
    return fmt::format("{} is a creation that another run has not finished", label(principal));
  }
  if (principal.application_template_id.empty()) {
    return fmt::format("{} was made from no application template, which `gallery` has to name",
                       label(principal));
  }
  return std::nullopt;
}

/// The applications that --app names; each once.
Result<ExportChoices> choose_named(GraphReader& reader, const ExportRequest& request,
                                   const std::stop_token& stop) {
  ExportChoices choices;
  std::set<std::string> seen;
  std::vector<std::string> missing;
  for (const std::string& word : request.applications) {
    Result<std::optional<Principal>> found = only_one(reader, word, stop);
    if (!found) return fail(std::move(found).error());
    if (!*found) {
      missing.push_back(fmt::format("`{}`", plain_text(word)));
      continue;
    }
    Principal& principal = **found;
    if (!seen.insert(principal.reference.service_principal_id).second) continue;
    if (auto reason = obstacle(principal, request.owner)) {
      return fail(ErrorKind::guard, std::move(*reason), "leave it out of --app");
    }
    const bool owned = request.owner.owns(principal.tags);
    choices.chosen.push_back({std::move(principal), {}, owned});
  }
  if (!missing.empty()) {
    return fail(ErrorKind::invalid_input,
                fmt::format("the tenant has no application {}", fmt::join(missing, ", ")),
                "--app takes a display name, the object id of a service principal or an appId");
  }
  // Names that the project gave away already; those of the chosen ones are theirs to keep.
  std::vector<model::Owner> owners = request.owner.predecessors();
  owners.push_back(request.owner);
  for (const model::Owner& owner : owners) {
    Result<Principals> tagged = reader.list_service_principals_by_tag(owner.tag(), stop);
    if (!tagged) return fail(within(std::move(tagged).error(), "listing what this project owns"));
    for (const Principal& principal : *tagged) {
      if (!seen.contains(principal.reference.service_principal_id)) {
        choices.taken.push_back(name_in_tags(principal));
      }
    }
  }
  return choices;
}

Result<ExportChoices> choose_all(GraphReader& reader, const ExportRequest& request,
                                 const std::stop_token& stop) {
  Result<Principals> listed = reader.list_service_principals(stop);
  if (!listed) return fail(within(std::move(listed).error(), "listing the tenant's applications"));
  ExportChoices choices;
  std::size_t owned = 0;
  for (Principal& principal : *listed) {
    if (principal.application_template_id.empty()) continue;
    const bool is_ours =
        request.owner.owns(principal.tags) && !request.owner.foreign_tag(principal.tags);
    if (is_ours && !request.managed) {
      ++owned;
      choices.taken.push_back(name_in_tags(principal));
    } else if (auto reason = obstacle(principal, request.owner)) {
      if (request.owner.foreign_tag(principal.tags)) ++choices.owned;
      choices.left_out.push_back(std::move(*reason));
    } else {
      choices.chosen.push_back({std::move(principal), {}, is_ours});
    }
  }
  choices.owned += owned;
  if (owned > 0) {
    choices.left_out.push_back(fmt::format(
        "{} to this project already (`{}`): --app exports one all the same, --managed all of them",
        owned == 1 ? "1 application belongs" : fmt::format("{} applications belong", owned),
        request.owner.tag()));
  }
  return choices;
}

/// Fills in the jobs. A service principal that the synchronization service does not know has none.
std::optional<Error> read_jobs(GraphReader& reader, const ExportRequest& request,
                               const std::stop_token& stop, ExportChoices& choices) {
  std::vector<Result<std::vector<model::LiveJob>>> answers(choices.chosen.size());
  const auto threads = static_cast<std::size_t>(std::max(1, request.parallelism));
  run_parallel(answers.size(), threads, [&](std::size_t index) {
    answers[index] =
        reader.jobs(choices.chosen[index].principal.reference.service_principal_id, stop);
  });
  std::vector<ExportChoice> readable;
  for (std::size_t index = 0; index < answers.size(); ++index) {
    ExportChoice& choice = choices.chosen[index];
    if (!answers[index] && answers[index].error().kind != ErrorKind::not_found) {
      Error error = within(answers[index].error(), label(choice.principal));
      if (concerns_every_application(error)) return error;
      choices.failures.push_back(std::move(error));
      continue;
    }
    if (answers[index]) choice.jobs = std::move(*answers[index]);
    readable.push_back(std::move(choice));
  }
  choices.chosen = std::move(readable);
  return std::nullopt;
}

void drop_without_jobs(ExportChoices& choices) {
  const auto dropped = std::erase_if(choices.chosen, [](const ExportChoice& choice) {
    return choice.jobs.empty() && !choice.owned;
  });
  if (dropped == 0) return;
  choices.left_out.push_back(
      fmt::format("{} no provisioning job: --app exports one all the same",
                  dropped == 1 ? "1 gallery application has"
                               : fmt::format("{} gallery applications have", dropped)));
}

auto order_of(const ExportChoice& choice) {
  return std::tie(choice.principal.reference.display_name,
                  choice.principal.reference.service_principal_id);
}

}  // namespace

bool concerns_every_application(const Error& error) {
  return error.kind == ErrorKind::unauthenticated || error.kind == ErrorKind::forbidden ||
         error.kind == ErrorKind::cancelled || error.kind == ErrorKind::guard ||
         error.kind == ErrorKind::untrusted || error.kind == ErrorKind::unreachable;
}

Result<ExportChoices> choose_for_export(GraphReader& reader, const ExportRequest& request,
                                        const std::stop_token& stop) {
  const bool all = request.applications.empty();
  Result<ExportChoices> choices =
      all ? choose_all(reader, request, stop) : choose_named(reader, request, stop);
  if (!choices) return choices;
  if (auto error = read_jobs(reader, request, stop, *choices)) return fail(std::move(*error));
  if (all) drop_without_jobs(*choices);
  std::sort(choices->chosen.begin(), choices->chosen.end(),
            [](const ExportChoice& left, const ExportChoice& right) {
              return order_of(left) < order_of(right);
            });
  std::sort(choices->left_out.begin(), choices->left_out.end());
  std::sort(choices->taken.begin(), choices->taken.end());
  return choices;
}

}  // namespace syncwright::graph_read
