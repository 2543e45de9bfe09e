#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "claim.h"
#include "service_principal_write.h"
#include "step.h"
#include "syncwright/model/gallery_choice.h"
#include "unique_name.h"

namespace syncwright {

namespace {

/// How long lists may take to show a creation before its lost answer is reported as such.
constexpr Milliseconds kListLag{60'000};

/// The application template that the manifest's `gallery` names, by display name or id.
Result<std::string> find_template(ApplicationRun& run) {
  const std::string& gallery = run.desired.gallery;
  const auto listed = run.context.shared.gallery(gallery, run.in_flight());
  if (!listed) return fail(listed.error());
  const GalleryChoice choice = choose_gallery(gallery, *listed);
  if (choice.only() != nullptr) return choice.only()->id;
  if (choice.candidates.empty()) {
    return fail(ErrorKind::stale,
                fmt::format("the gallery has no application {} any more", gallery));
  }
  return fail(
      ErrorKind::stale,
      fmt::format("the gallery has {} applications named {}", choice.candidates.size(), gallery),
      "Name the application template by its id.");
}

/// What killed runs created and never claimed, the oldest first.
Result<std::vector<LiveReference>> list_pending(ApplicationRun& run) {
  const std::string name = run.context.owner.pending_display_name(run.desired.name);
  auto pending = run.reader().list_applications_by_prefix(name, run.in_flight());
  if (!pending) return pending;
  std::erase_if(*pending, [&](const LiveReference& found) { return found.display_name != name; });
  std::sort(pending->begin(), pending->end(), [](const LiveReference& a, const LiveReference& b) {
    return std::tie(a.created, a.application_id) < std::tie(b.created, b.application_id);
  });
  return pending;
}

/// The oldest unclaimed creation from this template, with its service principal; nullopt: none. One
/// from another template was made before the manifest changed its gallery: it is left, and listed
/// as an orphan.
Result<std::optional<LiveReference>> oldest_pending(ApplicationRun& run,
                                                    const std::string& template_id) {
  const auto pending = list_pending(run);
  if (!pending) return fail(pending.error());
  for (LiveReference candidate : *pending) {
    const Subject subject{"the service principal to be readable", parse_rfc3339(candidate.created),
                          Tolerance::object, Milliseconds{0}};
    const auto principal =
        settle<GraphReader::ServicePrincipal>(run.patience(), subject, [&run, &candidate] {
          return run.reader().service_principal_by_app_id(candidate.app_id, run.in_flight());
        });
    if (!principal) return fail(within(principal.error(), "application " + run.desired.name));
    if (principal->application_template_id != template_id) continue;
    candidate.service_principal_id = principal->reference.service_principal_id;
    return std::optional(std::move(candidate));
  }
  return std::optional<LiveReference>();
}

/// Takes up what a killed run created; false where there is none.
Result<bool> resume_pending(ApplicationRun& run, const std::string& template_id) {
  const auto pending = oldest_pending(run, template_id);
  if (!pending) return fail(pending.error());
  if (!*pending) return false;
  if (auto learnt = learn(run, **pending); !learnt) return fail(learnt.error());
  return true;
}

/// After a lost answer: what the POST made if it made anything, as soon as lists show it. Nothing
/// appearing proves nothing, so that nothing is created a second time in this run.
Result<void> find_lost_creation(ApplicationRun& run, const std::string& template_id,
                                const Error& lost) {
  const Instant asked = run.now();
  const Subject subject{"a creation whose answer was lost to appear", std::nullopt,
                        Tolerance::object, kListLag};
  auto found = settle<LiveReference>(run.patience(), subject,
                                     [&] { return oldest_pending(run, template_id); });
  if (!found) return fail(found.error().kind == ErrorKind::cancelled ? found.error() : lost);
  run.settle_doubt();
  if (found->created.empty()) found->created = format_rfc3339(asked);
  return learn(run, *found);
}

/// POST instantiate under the pending name.
Result<void> create(ApplicationRun& run, const std::string& template_id) {
  const std::string name = run.context.owner.pending_display_name(run.desired.name);
  const Instant asked = run.now();
  const auto made =
      run.write<GraphWriter::Instantiated>("application.instantiate", [&](std::stop_token stop) {
        return run.writer().instantiate(template_id, name, std::move(stop));
      });
  if (made) {
    run.reference = made->reference;
    run.born = asked;
    run.made_here = true;
    return {};
  }
  if (!run.in_doubt()) return fail(made.error());
  return find_lost_creation(run, template_id, made.error());
}

/// The one application of this name, claimed and known to `run`. The whole chain of names is asked
/// before anything is created: the application may live behind a soft-deleted holder.
Result<void> obtain(ApplicationRun& run) {
  auto name = follow_unique_name(run);
  if (!name) return fail(name.error());
  if (name->holder) {
    if (auto learnt = learn(run, *name->holder); !learnt) return learnt;
    return claim(run, std::move(*name));
  }
  const auto template_id = find_template(run);
  if (!template_id) return fail(template_id.error());
  const auto resumed = resume_pending(run, *template_id);
  if (!resumed) return fail(resumed.error());
  if (!*resumed) {
    if (auto made = create(run, *template_id); !made) return made;
  }
  return claim(run, std::move(*name));
}

}  // namespace

StepResult instantiate_application(ApplicationRun& run, const Change&) {
  if (auto obtained = obtain(run); !obtained) return fail(obtained.error());
  if (auto tagged = write_identity(run); !tagged) return fail(tagged.error());
  return fmt::format("application {}, service principal {}", run.reference.application_id,
                     run.service_principal());
}

}  // namespace syncwright
