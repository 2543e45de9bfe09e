#include "syncwright/graph_read/export_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "graph_read/export_choice.h"
#include "graph_read/principal_directory.h"
#include "syncwright/core/text.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/live_reader.h"
#include "syncwright/model/gallery_choice.h"

namespace syncwright::graph_read {
namespace {

/// What `gallery` says of a template, by the template's id.
struct GalleryNames {
  struct Name {
    std::string display_name;
    bool is_unique = false;
  };
  std::map<std::string, Name> by_id;
};

Result<GalleryNames> read_gallery_names(GraphReader& reader,
                                        const std::vector<ExportChoice>& chosen,
                                        std::size_t threads, const std::stop_token& stop) {
  GalleryNames names;
  for (const ExportChoice& choice : chosen) {
    names.by_id.try_emplace(choice.principal.application_template_id);
  }
  std::vector<std::pair<const std::string, GalleryNames::Name>*> entries;
  for (auto& entry : names.by_id) entries.push_back(&entry);
  std::vector<Result<std::optional<model::GalleryTemplate>>> answers(entries.size());
  run_parallel(entries.size(), threads, [&](std::size_t index) {
    answers[index] = reader.gallery_by_id(entries[index]->first, stop);
  });
  std::set<std::string> display_names;
  for (std::size_t index = 0; index < answers.size(); ++index) {
    if (!answers[index]) return fail(within(answers[index].error(), "looking up the gallery"));
    if (!*answers[index]) continue;
    entries[index]->second.display_name = (*answers[index])->display_name;
    display_names.insert((*answers[index])->display_name);
  }
  if (display_names.empty()) return names;
  auto listed = reader.gallery_by_names({display_names.begin(), display_names.end()}, stop);
  if (!listed) return fail(within(std::move(listed).error(), "looking up the gallery"));
  for (auto& [id, name] : names.by_id) {
    const model::GalleryChoice meant = model::choose_gallery(name.display_name, *listed);
    name.is_unique = meant.only() != nullptr && meant.only()->id == id;
  }
  return names;
}

/// The job's template among those of the service principal; an answered id may differ from the
/// requested one (docs/graph.md#13.14).
std::string template_of_job(const model::LiveJob& job,
                            const std::vector<std::string>& template_ids) {
  const auto is_known = [&template_ids](const std::string& id) {
    return std::find(template_ids.begin(), template_ids.end(), id) != template_ids.end();
  };
  if (is_known(job.template_id)) return job.template_id;
  std::string prefix = job.id.substr(0, job.id.find('.'));
  return is_known(prefix) ? prefix : job.template_id;
}

model::DesiredMember::Type type_of(const model::LiveAssignment& assignment) {
  if (assignment.principal_type == "Group") return model::DesiredMember::Type::group;
  return assignment.principal_type == "ServicePrincipal"
             ? model::DesiredMember::Type::service_principal
             : model::DesiredMember::Type::user;
}

/// The name, if looking it up finds this principal and no other; plan looks it up the same way.
Result<bool> is_found_by(const std::string& name, model::DesiredMember::Type type,
                         const std::string& id, PrincipalDirectory& people,
                         const std::stop_token& stop) {
  model::DesiredMember member;
  member.type = type;
  member.principal = name;
  const auto found = people.find(member, stop);
  if (!found) return fail(found.error());
  return found->size() == 1 && found->front().id == id;
}

/// UPN or display name where that means nobody else, else the id; empty where the principal is not
/// there any more.
Result<std::string> name_of(const model::LiveAssignment& assignment, PrincipalDirectory& people,
                            const std::stop_token& stop) {
  model::DesiredMember member;
  member.type = type_of(assignment);
  member.principal = assignment.principal_id;
  const auto found = people.find(member, stop);
  if (!found) return fail(found.error());
  if (found->size() != 1) return std::string();
  const bool is_user = member.type == model::DesiredMember::Type::user;
  const model::LivePrincipal& principal = found->front();
  const std::string& name = is_user ? principal.user_principal_name : principal.display_name;
  // An id for a name would be looked up as an id, a user's display name is not worth a look.
  if (name.empty() || is_guid(name) || (is_user && name.find('@') == std::string::npos)) {
    return assignment.principal_id;
  }
  const auto unique = is_found_by(name, member.type, assignment.principal_id, people, stop);
  if (!unique) return fail(unique.error());
  return *unique ? name : assignment.principal_id;
}

bool stops_the_export(const Error& error) {
  return error.kind == ErrorKind::unauthenticated || error.kind == ErrorKind::cancelled;
}

/// A reason for `unread_members`, unless the failure is the export's.
Result<void> give_up(model::ExportedApplication& application, const Error& error,
                     const char* what) {
  if (stops_the_export(error)) return fail(error);
  application.members.clear();
  application.unread_members = fmt::format("{}: {}", what, error.message);
  return {};
}

/// Fills in the roles and who is assigned, each under a name that plan finds again; or
/// `unread_members`, where that cannot be read or told. An error concerns the whole export.
Result<void> read_members(GraphReader& reader, PrincipalDirectory& people,
                          model::ExportedApplication& application, const std::stop_token& stop) {
  const std::string& id = application.reference.service_principal_id;
  auto roles = reader.app_roles(id, stop);
  if (!roles) return give_up(application, roles.error(), "the roles cannot be read");
  application.app_roles = std::move(*roles);
  const auto assignments = reader.assignments(id, stop);
  if (!assignments) {
    return give_up(application, assignments.error(), "who is assigned cannot be read");
  }
  if (assignments->size() > kMaxExportedMembers) {
    application.unread_members = fmt::format(
        "{} are assigned, which is more than a manifest is meant to list: assign groups",
        assignments->size());
    return {};
  }
  std::size_t gone = 0;
  for (const model::LiveAssignment& assignment : *assignments) {
    auto name = name_of(assignment, people, stop);
    if (!name) return give_up(application, name.error(), "who is assigned cannot be told");
    if (name->empty()) {
      ++gone;
      continue;
    }
    application.members.push_back({type_of(assignment), std::move(*name), assignment.app_role_id});
  }
  if (gone > 0) {
    application.unread_members = fmt::format("{} of those who are assigned {} not in the directory",
                                             gone, gone == 1 ? "is" : "are");
  }
  std::sort(application.members.begin(), application.members.end(),
            [](const model::ExportedMember& left, const model::ExportedMember& right) {
              return std::tie(left.type, left.principal, left.app_role_id) <
                     std::tie(right.type, right.principal, right.app_role_id);
            });
  return {};
}

class OneExport {
 public:
  OneExport(GraphReader& reader, PrincipalDirectory& people, std::stop_token stop)
      : reader_(reader), people_(people), stop_(std::move(stop)) {}

  Result<model::ExportedApplication> read(ExportChoice choice, const GalleryNames::Name& gallery) {
    model::ExportedApplication application;
    const std::string id = choice.principal.reference.service_principal_id;
    application.gallery =
        gallery.is_unique ? gallery.display_name : choice.principal.application_template_id;
    application.gallery_name = gallery.display_name;
    if (choice.owned) {
      application.name =
          model::tag_value(choice.principal.tags, model::kApplicationTag).value_or("");
    }
    application.reference = std::move(choice.principal.reference);
    application.tags = std::move(choice.principal.tags);
    if (Result<void> done = read_settings(id, application); !done) return fail(done.error());
    for (model::LiveJob& job : choice.jobs) {
      auto read = read_job(id, std::move(job), application.template_ids);
      if (!read) return fail(std::move(read).error());
      application.jobs.push_back(std::move(*read));
    }
    if (Result<void> done = read_members(reader_, people_, application, stop_); !done) {
      return fail(done.error());
    }
    return application;
  }

 private:
  /// Where the synchronization service does not know the service principal, there are none.
  Result<void> read_settings(const std::string& id, model::ExportedApplication& application) {
    auto secrets = reader_.secrets(id, stop_);
    if (!secrets && secrets.error().kind != ErrorKind::not_found) return fail(secrets.error());
    if (secrets) application.secrets = std::move(*secrets);
    auto template_ids = reader_.synchronization_templates(id, stop_);
    if (!template_ids && concerns_every_application(template_ids.error())) {
      return fail(template_ids.error());
    }
    if (template_ids) application.template_ids = std::move(*template_ids);
    return {};
  }

  Result<model::ExportedJob> read_job(const std::string& id, model::LiveJob live,
                                      const std::vector<std::string>& template_ids) {
    model::ExportedJob job;
    job.template_id = template_of_job(live, template_ids);
    auto schema = reader_.schema(id, live.id, stop_);
    if (!schema) return fail(std::move(schema).error());
    job.job = std::move(live);
    job.job.schema = std::move(*schema);
    auto standard = reader_.template_schema(id, job.template_id, stop_);
    if (!standard && concerns_every_application(standard.error())) return fail(standard.error());
    if (standard) {
      job.standard = std::make_shared<const schema::SynchronizationSchema>(std::move(*standard));
    }
    return job;
  }

  GraphReader& reader_;
  PrincipalDirectory& people_;
  std::stop_token stop_;
};

/// Hands applications on, one call at a time, and keeps what went wrong.
class ExportCollector {
 public:
  using Visit = std::function<void(model::ExportedApplication)>;

  ExportCollector(const ExportRequest& request, const Visit& visit, std::size_t total,
                  std::stop_source& stop)
      : request_(request), visit_(visit), total_(total), stop_(stop) {}

  void take(Result<model::ExportedApplication> application, const std::string& name) {
    const std::scoped_lock lock(mutex_);
    if (failure_) return;
    if (application) {
      visit_(std::move(*application));
      ++read_;
    } else if (concerns_every_application(application.error())) {
      failure_ = within(std::move(application).error(), name);
      stop_.request_stop();
      return;
    } else {
      failures_.push_back(within(std::move(application).error(), name));
    }
    ++done_;
    if (request_.on_progress) request_.on_progress(done_, total_);
  }

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  void tell(ExportSummary& summary) {
    summary.read = read_;
    std::move(failures_.begin(), failures_.end(), std::back_inserter(summary.failures));
    std::sort(summary.failures.begin(), summary.failures.end(),
              [](const Error& left, const Error& right) { return left.message < right.message; });
  }

 private:
  const ExportRequest& request_;
  const Visit& visit_;
  std::size_t total_;
  std::stop_source& stop_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t read_ = 0;
  std::optional<Error> failure_;
  std::vector<Error> failures_;
};

}  // namespace

Result<ExportSummary> read_for_export(GraphReader& reader, const ExportRequest& request,
                                      const std::function<void(model::ExportedApplication)>& visit,
                                      const std::stop_token& stop) {
  const auto threads = static_cast<std::size_t>(std::max(1, request.parallelism));
  auto choices = choose_for_export(reader, request, stop);
  if (!choices) return fail(std::move(choices).error());
  std::vector<ExportChoice>& chosen = choices->chosen;
  const auto gallery = read_gallery_names(reader, chosen, threads, stop);
  if (!gallery) return fail(gallery.error());

  PrincipalDirectory people(reader);
  std::stop_source inner;
  const std::stop_callback forward(stop, [&inner] { inner.request_stop(); });
  ExportCollector collector(request, visit, chosen.size(), inner);
  const std::size_t under_way = applications_under_way(request.parallelism);
  run_parallel(chosen.size(), under_way, [&](std::size_t index) {
    if (inner.stop_requested()) return;
    ExportChoice& choice = chosen[index];
    const std::string name = plain_text(choice.principal.reference.display_name);
    const auto& names = gallery->by_id.at(choice.principal.application_template_id);
    OneExport one(reader, people, inner.get_token());
    collector.take(one.read(std::move(choice), names), name);
  });
  if (collector.failure()) return fail(*collector.failure());
  if (stop.stop_requested()) {
    return fail(ErrorKind::cancelled, "interrupted while reading the tenant");
  }
  ExportSummary summary;
  summary.left_out = std::move(choices->left_out);
  summary.owned = choices->owned;
  summary.failures = std::move(choices->failures);
  summary.taken = std::move(choices->taken);
  collector.tell(summary);
  return summary;
}

}  // namespace syncwright::graph_read
