#include "syncwright/plan/meant_application.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "plan/adoption.h"
#include "plan/refusals.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/model/gallery_choice.h"

namespace syncwright::plan {

namespace {

/// Every live application whose tags or unique name claim to be this one.
std::vector<const model::LiveApplication*> claimants(const model::Findings& findings) {
  std::vector<const model::LiveApplication*> found;
  found.reserve(findings.owned.size() + 1);
  for (const model::LiveApplication& owned : findings.owned) found.push_back(&owned);
  const bool known =
      findings.claimed &&
      std::any_of(found.begin(), found.end(), [&findings](const model::LiveApplication* owned) {
        return owned->reference.service_principal_id ==
               findings.claimed->reference.service_principal_id;
      });
  if (findings.claimed && !known) found.push_back(&*findings.claimed);
  return found;
}

Refusal several_claimants(const std::vector<const model::LiveApplication*>& found,
                          const model::Findings& findings) {
  if (findings.owned.size() == 1) {
    return refusals::exchanged(found.front()->reference, found.back()->reference);
  }
  std::vector<model::LiveReference> references;
  references.reserve(found.size());
  for (const model::LiveApplication* claimant : found) references.push_back(claimant->reference);
  return refusals::several_owned(references);
}

/// docs/contract.md#3: `gallery` is immutable.
std::optional<Refusal> gallery_mismatch(const model::DesiredApplication& desired,
                                        const model::LiveApplication& live,
                                        const std::vector<model::GalleryTemplate>& gallery,
                                        Ownership ownership) {
  const std::string& made_from = live.application_template_id;
  if (made_from.empty() && ownership == Ownership::adopted) {
    return refusals::changed_gallery(desired, live);
  }
  // Empty: claimed by a killed run, and its service principal is not readable yet.
  if (made_from.empty() || made_from == desired.gallery) return std::nullopt;
  const std::vector<model::GalleryTemplate> meant =
      model::choose_gallery(desired.gallery.text(), gallery).candidates;
  if (meant.empty()) return refusals::unknown_gallery_of(desired, live);
  const bool listed = std::any_of(
      meant.begin(), meant.end(),
      [&made_from](const model::GalleryTemplate& candidate) { return candidate.id == made_from; });
  if (listed) return std::nullopt;
  return refusals::changed_gallery(desired, live);
}

/// Whether `adopt` says by an id that the application is another one.
bool names_another(const model::Adopt& adopt, const model::LiveReference& live) {
  if (live.service_principal_id.empty()) return false;  // not readable yet
  switch (adopt.mode) {
    case model::Adopt::Mode::service_principal:
      return !ascii::equal_ignoring_case(*adopt.id, live.service_principal_id);
    case model::Adopt::Mode::app_id:
      return !ascii::equal_ignoring_case(*adopt.id, live.app_id);
    case model::Adopt::Mode::refuse:
    case model::Adopt::Mode::never:
    case model::Adopt::Mode::by_name:
      return false;
  }
  return false;
}

/// Why nothing may be done to a live application.
std::optional<Refusal> identity_refusal(const model::DesiredApplication& desired,
                                        const model::LiveApplication& live,
                                        const model::Findings& findings, const PlanContext& context,
                                        Ownership ownership) {
  const model::Owner& owner = context.owner;
  if (auto refusal = gallery_mismatch(desired, live, findings.gallery, ownership)) return refusal;
  if (const auto foreign = owner.foreign_tag(live.tags)) {
    return refusals::owned_elsewhere(live, *foreign, owner);
  }
  if (const auto other = other_application(desired, live, owner)) {
    const bool described =
        std::binary_search(context.applications.begin(), context.applications.end(), *other);
    return ownership == Ownership::claimed && described
               ? refusals::name_kept_by(desired, live, *other)
               : refusals::another_application(live, *other);
  }
  if (names_another(desired.adopt, live.reference)) {
    return refusals::adopted_already(live, *desired.adopt.id);
  }
  return std::nullopt;
}

/// The only one that says to be this application: by its tags, by its unique name alone, or by that
/// and the tags of an earlier name, where a rename was taken back or the project's name changed.
MeantApplication the_claimant(const model::DesiredApplication& desired,
                              const model::LiveApplication& live, const model::Findings& findings,
                              const PlanContext& context) {
  const bool owned = !findings.owned.empty();
  auto renamed = owned ? std::nullopt : rename_reason(desired, live, context.owner);
  const Ownership ownership = owned     ? Ownership::owned
                              : renamed ? Ownership::adopted
                                        : Ownership::claimed;
  return {&live, ownership, true, std::move(renamed).value_or(""),
          identity_refusal(desired, live, findings, context, ownership)};
}

/// What is taken over, where the manifest says so.
MeantApplication take_over(const model::DesiredApplication& desired,
                           const model::Findings& findings, const PlanContext& context) {
  Adoption adoption = choose_adoption(desired, findings, context);
  if (adoption.live != nullptr && !adoption.refusal) {
    adoption.refusal =
        identity_refusal(desired, *adoption.live, findings, context, Ownership::adopted);
  }
  return {adoption.live, Ownership::adopted, false, std::move(adoption.reason),
          std::move(adoption.refusal)};
}

}  // namespace

MeantApplication meant_application(const model::DesiredApplication& desired,
                                   const model::Findings& findings, const PlanContext& context) {
  const std::vector<const model::LiveApplication*> found = claimants(findings);
  if (found.empty()) return take_over(desired, findings, context);
  if (found.size() == 1) return the_claimant(desired, *found.front(), findings, context);
  return {nullptr, Ownership::owned, true, "", several_claimants(found, findings)};
}

std::map<std::string, MeantApplication> meant_applications(const model::Desired& desired,
                                                           const model::Live& live,
                                                           const PlanContext& context) {
  std::map<std::string, MeantApplication> meant;
  std::map<std::string, std::vector<std::string>> takers;  // by what they take over
  for (const model::DesiredApplication& application : desired.applications) {
    const auto found = live.findings.find(application.name);
    if (found == live.findings.end() || found->second.unreadable) continue;
    MeantApplication one = meant_application(application, found->second, context);
    if (one.live != nullptr && one.ownership == Ownership::adopted) {
      takers[one.live->reference.service_principal_id].push_back(application.name);
    }
    meant.emplace(application.name, std::move(one));
  }
  for (const auto& [target, names] : takers) {
    if (names.size() < 2) continue;
    for (const std::string& name : names) {
      std::vector<std::string> others = names;
      std::erase(others, name);
      std::optional<Refusal>& refusal = meant.at(name).refusal;
      if (!refusal) refusal = refusals::contested(target, others);
    }
  }
  return meant;
}

model::Desired only_jobs(model::Desired desired) {
  for (model::DesiredApplication& application : desired.applications) {
    application.scope.reset();
    application.credentials.reset();
    application.notifications.reset();
    application.deletions.reset();
    application.assignments.reset();
    for (model::DesiredJob& job : application.jobs) {
      job.schema.reset();
      job.base_schema.reset();
    }
  }
  return desired;
}

LiveApplications::LiveApplications(const model::Desired& desired, model::Live live,
                                   const PlanContext& context)
    : live_(std::move(live)), meant_(meant_applications(desired, live_, context)) {}

const model::LiveApplication* usable_application(const MeantApplication& meant) {
  if (meant.live == nullptr) return nullptr;
  // An application that this project owns is worked on even where its manifest cannot be applied.
  const bool is_refused = meant.refusal && meant.ownership != Ownership::owned;
  return is_refused || meant.live->reference.service_principal_id.empty() ? nullptr : meant.live;
}

const model::LiveApplication* LiveApplications::find(const std::string& name) const {
  const auto found = meant_.find(name);
  return found == meant_.end() ? nullptr : usable_application(found->second);
}

Result<const model::LiveApplication*> LiveApplications::require(const std::string& name) const {
  const auto found = live_.findings.find(name);
  if (found == live_.findings.end()) {
    std::vector<std::string> names;
    names.reserve(live_.findings.size());
    for (const auto& [known, findings] : live_.findings) names.push_back(known);
    const std::string hint = did_you_mean(name, names);
    return fail(ErrorKind::invalid_input, fmt::format("no manifest is named `{}`", name),
                hint.empty() ? "`syncwright status` lists the applications" : hint);
  }
  if (found->second.unreadable) return fail(within(*found->second.unreadable, name));
  if (const model::LiveApplication* one = find(name)) return one;
  const MeantApplication& meant = meant_.at(name);
  if (meant.refusal) {
    return fail(ErrorKind::guard,
                fmt::format("`{}`: {} ({})", name, meant.refusal->message, meant.refusal->code),
                meant.refusal->advice);
  }
  return fail(ErrorKind::invalid_input,
              fmt::format("`{}` {}", name,
                          meant.live == nullptr ? "does not exist in the tenant yet"
                                                : "has no enterprise application in the tenant"),
              "`syncwright plan` says more");
}

}  // namespace syncwright::plan
