#include "plan/adoption.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <vector>

#include "plan/draft.h"
#include "plan/refusals.h"

namespace syncwright::plan {

// An application that nothing in the tenant claims to be may still be there: made by hand, made by
// another project, or ours under a name of before. Creating its twin is the costly mistake
// (`instantiate` knows no name twice, docs/graph.md#5.2), and taking over the wrong neighbour is
// the worse one: people are provisioned from settings that somebody else answers for. So one is
// taken over only where the manifest says so and one alone fits; wherever two fit, or one that
// belongs to somebody, the answer is a refusal that names them all (docs/contract.md#4, "Refused,
// never guessed"). The order of the questions matters: a rename that the manifest spells out is
// looked at before `adopt`, and a foreign owner before anything is called unmanaged.

namespace {

template <class T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::vector<const model::LiveApplication*> unmanaged_applications(const model::Findings& findings,
                                                                  const model::Owner& owner) {
  std::vector<const model::LiveApplication*> found;
  for (const model::LiveApplication& neighbour : findings.neighbours) {
    const bool owned = owner.owns(neighbour.tags) || owner.foreign_tag(neighbour.tags).has_value();
    if (!owned) found.push_back(&neighbour);
  }
  return found;
}

std::vector<model::LiveApplication> copies(
    const std::vector<const model::LiveApplication*>& pointers) {
  std::vector<model::LiveApplication> values;
  values.reserve(pointers.size());
  for (const model::LiveApplication* pointer : pointers) values.push_back(*pointer);
  return values;
}

/// A neighbour that another project owns is neither taken over nor created a second time.
std::optional<Refusal> foreign_neighbour(const model::DesiredApplication& desired,
                                         const model::Findings& findings,
                                         const model::Owner& owner) {
  for (const model::LiveApplication& neighbour : findings.neighbours) {
    const auto foreign = owner.foreign_tag(neighbour.tags);
    if (foreign) return refusals::foreign_owner(desired, neighbour, *foreign, owner);
  }
  return std::nullopt;
}

/// A neighbour that this project has under another name: `by-name` means to take over the one of
/// that name, so that a twin beside it is not what was asked for.
std::optional<Refusal> own_neighbour(const model::DesiredApplication& desired,
                                     const model::Findings& findings, const model::Owner& owner) {
  for (const model::LiveApplication& neighbour : findings.neighbours) {
    const auto other = other_application(desired, neighbour, owner);
    if (other) return refusals::name_in_use(neighbour, *other);
  }
  return std::nullopt;
}

/// A neighbour that the project had before it got its name, and that no manifest names: such
/// orphans are not listed, so that nothing else would tell of the twin.
std::optional<Refusal> forgotten_neighbour(const model::DesiredApplication& desired,
                                           const model::Findings& findings,
                                           const PlanContext& context) {
  for (const model::LiveApplication& neighbour : findings.neighbours) {
    if (!context.owner.predecessor_in(neighbour.tags)) continue;
    const auto other = other_application(desired, neighbour, context.owner);
    const bool is_described = other && std::binary_search(context.applications.begin(),
                                                          context.applications.end(), *other);
    if (other && !is_described) return refusals::name_in_use(neighbour, *other);
  }
  return std::nullopt;
}

/// The neighbour with its details, where the reader read them.
const model::LiveApplication* details_of(const model::LiveApplication* neighbour,
                                         const model::Findings& findings) {
  const auto& adoptable = findings.adoptable;
  const bool same = adoptable && adoptable->reference.service_principal_id ==
                                     neighbour->reference.service_principal_id;
  return same ? &*adoptable : neighbour;
}

Adoption by_name(const model::DesiredApplication& desired, const model::Findings& findings,
                 const model::Owner& owner) {
  const std::vector<const model::LiveApplication*> found = unmanaged_applications(findings, owner);
  if (found.size() == 1) {
    const model::LiveApplication* whole = details_of(found.front(), findings);
    // Beside other neighbours the reader may not have read it in full, and half of it is not enough
    // to plan on.
    if (findings.neighbours.size() == 1 || whole != found.front()) {
      return {whole, "it is the only application of this template and display name", std::nullopt};
    }
  }
  if (auto foreign = foreign_neighbour(desired, findings, owner))
    return {nullptr, {}, std::move(foreign)};
  if (found.empty()) return {nullptr, {}, own_neighbour(desired, findings, owner)};
  return {nullptr, {}, refusals::several_to_adopt(copies(found))};
}

Adoption by_id(const model::DesiredApplication& desired, const model::Findings& findings,
               const model::Owner& owner) {
  if (!findings.adoptable) {
    const auto unmanaged = copies(unmanaged_applications(findings, owner));
    return {nullptr, {}, refusals::nothing_to_adopt(desired, unmanaged)};
  }
  return {&*findings.adoptable, "the manifest names this application", std::nullopt};
}

Adoption beside(const model::DesiredApplication& desired, const model::Findings& findings,
                const PlanContext& context) {
  const model::Owner& owner = context.owner;
  if (auto foreign = foreign_neighbour(desired, findings, owner))
    return {nullptr, {}, std::move(foreign)};
  const std::vector<const model::LiveApplication*> found = unmanaged_applications(findings, owner);
  if (desired.adopt.mode == model::Adopt::Mode::never) return {};
  if (found.empty()) return {nullptr, {}, forgotten_neighbour(desired, findings, context)};
  const bool by_name = findings.neighbours.size() == 1;
  return {nullptr, {}, refusals::unmanaged_neighbours(copies(found), by_name)};
}

}  // namespace

Adoption choose_adoption(const model::DesiredApplication& desired, const model::Findings& findings,
                         const PlanContext& context) {
  for (const std::string& name : desired.previously) {
    const bool in_use =
        std::binary_search(context.applications.begin(), context.applications.end(), name);
    if (in_use) return {nullptr, {}, refusals::earlier_name_in_use(name)};
  }
  if (!findings.renamed.empty()) return {nullptr, {}, refusals::several_renamed(findings.renamed)};
  if (findings.adoptable) {
    if (auto reason = rename_reason(desired, *findings.adoptable, context.owner)) {
      return {&*findings.adoptable, std::move(*reason), std::nullopt};
    }
  }
  switch (desired.adopt.mode) {
    case model::Adopt::Mode::service_principal:
    case model::Adopt::Mode::app_id:
      return by_id(desired, findings, context.owner);
    case model::Adopt::Mode::by_name:
      return by_name(desired, findings, context.owner);
    case model::Adopt::Mode::refuse:
    case model::Adopt::Mode::never:
      return beside(desired, findings, context);
  }
  return {};
}

void refuse_contested(std::vector<ApplicationPlan>& parts) {
  std::map<std::string, std::vector<ApplicationPlan*>> takers;
  for (ApplicationPlan& part : parts) {
    for (const Change& change : part.changes) {
      if (change.type != ChangeType::application_adopt) continue;
      const std::string& target = change.target()->id;
      if (!target.empty()) takers[target].push_back(&part);
    }
  }
  for (const auto& [target, contenders] : takers) {
    if (contenders.size() < 2) continue;
    std::vector<std::string> names;
    for (const ApplicationPlan* part : contenders) names.push_back(part->application);
    for (ApplicationPlan* part : contenders) {
      Change adopt = std::move(*std::find_if(
          part->changes.begin(), part->changes.end(),
          [](const Change& change) { return change.type == ChangeType::application_adopt; }));
      std::vector<std::string> others = names;
      std::erase(others, part->application);
      if (!adopt.refusal) adopt = refuse(std::move(adopt), refusals::contested(target, others));
      part->changes.clear();
      part->changes.push_back(std::move(adopt));
    }
  }
}

std::optional<std::string> rename_reason(const model::DesiredApplication& desired,
                                         const model::LiveApplication& live,
                                         const model::Owner& owner) {
  if (!owner.owns(live.tags)) return std::nullopt;
  std::vector<std::string> renames;
  const bool is_of_project = contains(live.tags, owner.tag());
  if (const auto predecessor = owner.predecessor_in(live.tags); predecessor && !is_of_project) {
    renames.push_back(
        fmt::format("the project `{}` is called `{}` now", predecessor->project, owner.project));
  }
  if (!contains(live.tags, model::application_tag(desired.name))) {
    const auto earlier = std::find_if(desired.previously.begin(), desired.previously.end(),
                                      [&live](const std::string& name) {
                                        return contains(live.tags, model::application_tag(name));
                                      });
    if (earlier == desired.previously.end()) return std::nullopt;
    renames.push_back(fmt::format("`{}` is called `{}` now", *earlier, desired.name));
  }
  if (renames.empty()) return std::nullopt;
  return fmt::format("{}", fmt::join(renames, ", "));
}

std::optional<std::string> other_application(const model::DesiredApplication& desired,
                                             const model::LiveApplication& live,
                                             const model::Owner& owner) {
  if (!owner.owns(live.tags)) return std::nullopt;
  for (const std::string& tag : live.tags) {
    if (!tag.starts_with(model::kApplicationTag)) continue;
    std::string name = tag.substr(model::kApplicationTag.size());
    if (name != desired.name && !contains(desired.previously, name)) return name;
  }
  return std::nullopt;
}

}  // namespace syncwright::plan
