#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "apply/repetition.h"
#include "apply/steps/claim.h"
#include "apply/steps/identity.h"
#include "apply/steps/location.h"
#include "apply/steps/step.h"
#include "apply/steps/unique_name.h"
#include "syncwright/model/gallery_choice.h"

namespace syncwright {

namespace {

/// How long lists may take to show a creation before its lost answer is reported as such.
constexpr Milliseconds kListLag{60'000};
/// How often a creation is asked for that the service said it did not make.
constexpr int kMostCreations = 3;

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
/// from another template was made before the manifest changed its gallery, and one whose service
/// principal was deleted is of no use: they are left, and listed as orphans.
Result<std::optional<LiveReference>> oldest_pending(ApplicationRun& run,
                                                    const std::string& template_id) {
  const auto pending = list_pending(run);
  if (!pending) return fail(pending.error());
  for (LiveReference candidate : *pending) {
    const auto principal = await_principal(run, candidate.app_id, parse_rfc3339(candidate.created));
    if (!principal) return fail(within(principal.error(), "application " + run.desired.name));
    if (!*principal || (*principal)->application_template_id != template_id) continue;
    candidate.service_principal_id = (*principal)->reference.service_principal_id;
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

/// Whether an application was made no earlier than that. Graph tells whole seconds.
bool is_made_since(const LiveReference& found, Instant asked) {
  const auto created = parse_rfc3339(found.created);
  return created && *created >= std::chrono::floor<std::chrono::seconds>(asked);
}

/// After an answer that was lost, or that was no success: what the POST made if it made anything,
/// as soon as lists show it. False where they show nothing.
Result<bool> find_own_creation(ApplicationRun& run, const std::string& template_id, Instant asked) {
  const Subject subject{"a creation whose answer was lost to appear", std::nullopt,
                        Tolerance::object, kListLag};
  auto found = settle<LiveReference>(run.patience(), subject,
                                     [&] { return oldest_pending(run, template_id); });
  if (!found) {
    const bool nothing = found.error().kind == ErrorKind::not_found && found.error().status == 0;
    return nothing ? Result<bool>(false) : fail(found.error());
  }
  run.settle_doubt();
  if (found->created.empty()) found->created = format_rfc3339(asked);
  if (auto learnt = learn(run, *found); !learnt) return fail(learnt.error());
  run.new_to_us = is_made_since(*found, asked);
  return true;
}

/// POST instantiate under the pending name; never a second one without a look for what the first
/// one made. Where nobody answered, nothing appearing proves nothing: it may come later.
Result<void> create(ApplicationRun& run, const std::string& template_id) {
  const std::string name = run.context.owner.pending_display_name(run.desired.name);
  Repetition repetition(run, "the gallery to take the creation again", kMostCreations);
  while (true) {
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
    const auto found = find_own_creation(run, template_id, asked);
    if (found && *found) return {};
    if (!found && found.error().kind == ErrorKind::cancelled) return fail(found.error());
    if (!found || !is_answered(made.error()) || !repetition.again_after(made.error())) {
      return fail(made.error());
    }
  }
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
