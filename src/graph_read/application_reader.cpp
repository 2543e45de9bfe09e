#include "graph_read/application_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "graph_read/application_details.h"
#include "syncwright/core/text.h"
#include "syncwright/model/application_members.h"
#include "syncwright/model/gallery_choice.h"

namespace syncwright::graph_read {

// Which live application a manifest means is the question on which everything hangs: a wrong no
// makes a second application beside the first, a wrong yes writes into somebody else's. There is no
// state file, so the tenant has to tell (docs/architecture.md#life-of-an-application,
// docs/ownership.md), and no single witness is enough. Tags of the service principal say whose it
// is, but anybody can remove one. The uniqueName of the application is set once and for good, but
// an application that was taken over may have none of ours. And lists lag behind writes
// (docs/graph.md#6): what they show may be deleted, and what was made last may be in none.
//
// So the witnesses are heard in the order of what they cost: the tag list, which is read once for
// all manifests; the key; the names that manifest and project had before, and what `adopt` names;
// and last, only where an application would be created, the neighbours of the same name. A list is
// believed where it agrees with the manifest. Where it does not, the object itself is asked
// (`looks_stale`): otherwise a plan would show the difference that our own last write has just
// removed.
//
// Nothing is decided here. The findings hold every candidate, and the planner refuses where there
// is more than one.

namespace {
model::LiveApplication live_from(GraphReader::ServicePrincipal principal) {
  model::LiveApplication live;
  live.reference = std::move(principal.reference);
  live.application_template_id = std::move(principal.application_template_id);
  live.tags = std::move(principal.tags);
  return live;
}
}  // namespace

ApplicationReader::ApplicationReader(ApplicationDoor& door, const model::Owner& owner,
                                     const model::DesiredApplication& desired, TenantLists& lists,
                                     PrincipalDirectory& people, DeletedNames& deleted,
                                     std::stop_token stop)
    : door_(door),
      reader_(door.reader()),
      owner_(owner),
      desired_(desired),
      lists_(lists),
      people_(people),
      deleted_(deleted),
      stop_(std::move(stop)) {}

model::Findings ApplicationReader::read() {
  findings_.gallery = model::choose_gallery(desired_.gallery.text(), lists_.gallery).candidates;
  if (findings_.gallery.empty()) {
    findings_.near_gallery = nearest(desired_.gallery.text(), lists_.near_galleries);
  }
  Result<void> outcome = read_identity();
  if (outcome) outcome = read_principals();
  if (!outcome) findings_.unreadable = outcome.error();
  return std::move(findings_);
}

Result<void> ApplicationReader::read_identity() {
  if (Result<void> tagged = read_tagged(); !tagged) return tagged;
  if (!findings_.owned.empty()) return {};
  // Most of what has no tags yet is new: who else has its name, and whether a deleted one holds its
  // key, is asked beside the key.
  const std::string key = owner_.unique_name(desired_.name);
  Result<void> keyed;
  Result<Principals> named;
  bool name_is_free = false;
  std::vector<ApplicationDoor::Read> reads{
      {GraphReader::unique_name_path(key), [&] { keyed = read_by_key(key, Key::own); }}};
  if (looks_at_neighbours()) {
    reads.push_back({GraphReader::principals_of_name_path(desired_.display_name), [&] {
                       named =
                           reader_.list_service_principals_by_name(desired_.display_name, stop_);
                     }});
  }
  reads.push_back({"", [&] {
                     const auto held = deleted_.read(stop_);
                     name_is_free = held && held->holder(key) == nullptr;
                   }});
  door_.read_together(reads);
  if (keyed && !is_found()) keyed = read_by_later_keys(key, Key::own);
  if (!keyed) return keyed;
  if (is_found()) return {};
  findings_.name_is_free = name_is_free;
  if (Result<void> adopted = read_adoptable(); !adopted) return adopted;
  if (is_found()) return {};
  select_unclaimed();
  if (!named) return fail(std::move(named).error());
  return read_neighbours(std::move(*named));
}

/// Whether something says to be this application, or is to become it.
bool ApplicationReader::is_found() const {
  return !findings_.owned.empty() || findings_.claimed || findings_.adoptable;
}

bool ApplicationReader::is_ours(const std::vector<std::string>& tags) const {
  return std::find(tags.begin(), tags.end(), owner_.tag()) != tags.end() &&
         model::tag_value(tags, model::kApplicationTag) == desired_.name;
}

/// Whether the listed state would be a difference. Then the object itself is asked, since the list
/// may be older than our own last write.
bool ApplicationReader::looks_stale(const GraphReader::ServicePrincipal& listed) const {
  if (!model::has_texts(listed.reference, model::principal_texts(desired_))) return true;
  if (model::tag_value(listed.tags, model::kPendingRestartTag)) return true;
  // No apply of this manifest came to its end since an earlier one did: one that was killed may
  // have narrowed the scope, and the list does not show the restart that is due.
  const auto applied = model::tag_value(listed.tags, model::kAppliedTag);
  if (desired_.scope == model::Scope::assigned && applied &&
      *applied != model::applied_digest(desired_)) {
    return true;
  }
  return desired_.credentials && desired_.credentials->revision &&
         model::tag_value(listed.tags, model::kCredentialsTag) != desired_.credentials->revision;
}

Result<void> ApplicationReader::read_tagged() {
  const auto listed = lists_.tagged.find(desired_.name);
  if (listed == lists_.tagged.end()) return {};
  // A deleted one may still be listed beside the one that took its place.
  const bool several = listed->second.size() > 1;
  for (const ListedPrincipal& each : std::exchange(listed->second, {})) {
    GraphReader::ServicePrincipal principal = each.unpack();
    if (!several && !looks_stale(principal)) {
      findings_.owned.push_back(live_from(std::move(principal)));
      continue;
    }
    auto fresh = reader_.service_principal(principal.reference.service_principal_id, stop_);
    if (!fresh) return fail(std::move(fresh).error());
    if (*fresh && is_ours((*fresh)->tags)) {
      take_application(std::move(principal.reference), (*fresh)->reference);
      findings_.owned.push_back(live_from(std::move(**fresh)));
    }
  }
  // Of several candidates none is chosen, so that nothing more about them matters.
  if (findings_.owned.size() != 1) return {};
  const Result<Presence> presence =
      read_details(door_, desired_, findings_.owned.front(), false, stop_);
  if (!presence) return fail(presence.error());
  if (*presence == Presence::gone) {
    findings_.owned.clear();
    return {};
  }
  if (auto named = read_application_name(findings_.owned.front().reference); !named) return named;
  return find_exchanged();
}

/// Tags can be moved by hand, unique names cannot. Where the tags are on an application that has
/// none of this one's names, an apply, which goes by the names, would find who has one.
Result<void> ApplicationReader::find_exchanged() {
  const model::LiveReference& tagged = findings_.owned.front().reference;
  const std::vector<std::string> names = model::unique_names_of(owner_, desired_);
  const auto own = std::find(names.begin(), names.end(), model::first_link(tagged.unique_name));
  if (own != names.end()) return {};
  for (const std::string& name : names) {
    auto holder = find_holder(name);
    if (!holder) return fail(std::move(holder).error());
    if (!*holder || (*holder)->app_id == tagged.app_id) continue;
    auto principal = reader_.service_principal_by_app_id((*holder)->app_id, stop_);
    if (!principal) return fail(std::move(principal).error());
    findings_.claimed.emplace();
    findings_.claimed->reference = *principal ? (*principal)->reference : **holder;
    return {};
  }
  return {};
}

/// The application that lives under a link of the chain.
Result<std::optional<model::LiveReference>> ApplicationReader::find_holder(std::string first) {
  model::UniqueNameChain chain(std::move(first));
  for (;;) {
    auto holder = reader_.application_by_unique_name(chain.name(), stop_);
    if (!holder || *holder) return holder;
    const auto held = deleted_.read(stop_);
    if (!held) return std::nullopt;
    const Result<bool> is_held = chain.advance(*held);
    if (!is_held) return fail(is_held.error());
    if (!*is_held) return std::nullopt;
  }
}

/// The application object has a display name of its own (docs/graph.md#5.2). Where the list does
/// not show the manifest's, the object itself is asked; one of another tenant has none to tell.
Result<void> ApplicationReader::read_application_name(model::LiveReference& reference) {
  if (reference.application_display_name == desired_.display_name) return {};
  return read_application(reference);
}

Result<void> ApplicationReader::read_by_key(const std::string& unique_name, Key key) {
  auto application = reader_.application_by_unique_name(unique_name, stop_);
  if (!application) return fail(std::move(application).error());
  if (!*application) return {};
  model::LiveApplication live;
  live.reference = std::move(**application);
  auto principal = reader_.service_principal_by_app_id(live.reference.app_id, stop_);
  if (!principal) return fail(std::move(principal).error());
  if (!*principal) {
    // A token that may not list deleted ones takes it for young.
    const auto deleted = reader_.is_service_principal_deleted(live.reference.app_id, stop_);
    live.principal_deleted = deleted && *deleted;
    findings_.claimed = std::move(live);
    return {};
  }
  live.reference.service_principal_id = (*principal)->reference.service_principal_id;
  model::for_each_application_text([&](const auto& row) {
    live.reference.*row.principal = (*principal)->reference.*row.principal;
  });
  live.application_template_id = std::move((*principal)->application_template_id);
  live.tags = std::move((*principal)->tags);
  // Another project may have had that name as well, and another application: what they have by now
  // is theirs, and this one's own key is free.
  if (key == Key::earlier && !model::names_no_other(desired_, owner_, live.tags)) return {};
  const Result<Presence> presence = read_details(door_, desired_, live, true, stop_);
  if (!presence) return fail(presence.error());
  if (is_ours(live.tags)) {
    findings_.owned.push_back(std::move(live));
  } else {
    findings_.claimed = std::move(live);
  }
  return {};
}

/// A deleted application keeps its key, and what came after it has the next one of a chain.
Result<void> ApplicationReader::read_by_later_keys(std::string first, Key key) {
  model::UniqueNameChain chain(std::move(first));
  while (!is_found()) {
    const auto held = deleted_.read(stop_);
    if (!held) return {};
    const Result<bool> is_held = chain.advance(*held);
    if (!is_held) return fail(is_held.error());
    if (!*is_held) return {};
    if (Result<void> keyed = read_by_key(chain.name(), key); !keyed) return keyed;
  }
  return {};
}

/// What was made under an earlier name keeps that key, also where its tags are gone.
Result<void> ApplicationReader::read_by_earlier_keys() {
  for (const std::string& name : model::earlier_unique_names(owner_, desired_)) {
    if (Result<void> keyed = read_by_key(name, Key::earlier); !keyed) return keyed;
    if (Result<void> later = read_by_later_keys(name, Key::earlier); !later) return later;
    if (is_found()) return {};
  }
  return {};
}

void ApplicationReader::select_unclaimed() {
  for (const PendingCreation& pending : lists_.pending) {
    if (pending.unclaimed && pending.application == desired_.name) {
      findings_.unclaimed.push_back(pending.reference);
    }
  }
}

/// Whatever carries the tag of an earlier name, of the application or of the project. Each is asked
/// itself: a deleted one may still be listed, and the list may not show yet what was renamed.
Result<std::vector<GraphReader::ServicePrincipal>> ApplicationReader::find_renamed() {
  std::vector<std::string> listed;  // ids
  const auto add = [&listed](const TenantLists::ByName& tagged, const std::string& name) {
    const auto found = tagged.find(name);
    if (found == tagged.end()) return;
    for (const ListedPrincipal& principal : found->second)
      listed.push_back(principal.unpack().reference.service_principal_id);
  };
  add(lists_.tagged_earlier, desired_.name);
  for (const std::string& earlier : desired_.previously) add(lists_.tagged_earlier, earlier);
  for (const std::string& earlier : desired_.previously) add(lists_.tagged_elsewhere, earlier);
  std::vector<GraphReader::ServicePrincipal> there;
  for (const std::string& id : listed) {
    auto fresh = reader_.service_principal(id, stop_);
    if (!fresh) return fail(std::move(fresh).error());
    const bool is_named =
        *fresh && model::tag_value((*fresh)->tags, model::kApplicationTag).has_value();
    if (is_named && owner_.owns((*fresh)->tags)) there.push_back(std::move(**fresh));
  }
  return there;
}

/// The application that the manifest had under an earlier name, else the one that it names.
Result<std::optional<model::LiveApplication>> ApplicationReader::find_adoptable() {
  auto renamed = find_renamed();
  if (!renamed) return fail(std::move(renamed).error());
  if (renamed->size() == 1) return live_from(std::move(renamed->front()));
  for (const auto& principal : *renamed) findings_.renamed.push_back(principal.reference);
  if (!renamed->empty()) return std::nullopt;
  if (Result<void> keyed = read_by_earlier_keys(); !keyed) return fail(keyed.error());
  if (is_found()) return std::nullopt;
  Result<std::optional<GraphReader::ServicePrincipal>> found = std::nullopt;
  switch (desired_.adopt.mode) {
    case model::Adopt::Mode::refuse:
    case model::Adopt::Mode::never:
    case model::Adopt::Mode::by_name:
      return std::nullopt;
    case model::Adopt::Mode::service_principal:
      found = reader_.service_principal(*desired_.adopt.id, stop_);
      break;
    case model::Adopt::Mode::app_id:
      found = reader_.service_principal_by_app_id(*desired_.adopt.id, stop_);
      break;
  }
  if (!found) return fail(std::move(found).error());
  if (!*found) return std::nullopt;
  return live_from(std::move(**found));
}

/// The application object of what is taken over: it may hold a unique name for good.
Result<void> ApplicationReader::read_application(model::LiveReference& reference) {
  auto application = reader_.application_by_app_id(reference.app_id, stop_);
  if (!application) return fail(std::move(application).error());
  take_application(*application ? std::move(**application) : model::LiveReference(), reference);
  return {};
}

Result<void> ApplicationReader::read_adoptable() {
  auto adoptable = find_adoptable();
  if (!adoptable) return fail(std::move(adoptable).error());
  if (!*adoptable) return {};
  const Result<Presence> presence = read_details(door_, desired_, **adoptable, false, stop_);
  if (!presence) return fail(presence.error());
  if (*presence == Presence::gone) return {};
  if (is_ours((*adoptable)->tags)) {  // by now, and no list shows it yet
    if (auto named = read_application((*adoptable)->reference); !named) return named;
    findings_.owned.push_back(std::move(**adoptable));
    return {};
  }
  findings_.adoptable = std::move(*adoptable);
  return read_application(findings_.adoptable->reference);
}

/// Who the members are is asked for also where the application does not exist yet, so that a plan
/// tells an unknown group before anything is made.
Result<void> ApplicationReader::read_principals() {
  if (!desired_.assignments) return {};
  for (const model::DesiredMember& member : desired_.assignments->members) {
    auto found = people_.find(member, stop_);
    if (!found) return fail(within(found.error(), "looking up " + member.principal));
    findings_.principals.push_back(std::move(*found));
  }
  return {};
}

/// Asked for only where an application would be created beside them, or one of them taken over:
/// the only one then with all that its plan needs.
bool ApplicationReader::looks_at_neighbours() const {
  const model::Adopt::Mode mode = desired_.adopt.mode;
  return findings_.gallery.size() == 1 &&
         (mode == model::Adopt::Mode::by_name || mode == model::Adopt::Mode::refuse);
}

Result<void> ApplicationReader::read_neighbours(Principals principals) {
  const bool by_name = desired_.adopt.mode == model::Adopt::Mode::by_name;
  for (GraphReader::ServicePrincipal& principal : principals) {
    if (principal.application_template_id != findings_.gallery.front().id) continue;
    model::LiveApplication neighbour = live_from(std::move(principal));
    if (!is_ours(neighbour.tags)) {
      findings_.neighbours.push_back(std::move(neighbour));
      continue;
    }
    const Result<Presence> presence = read_details(door_, desired_, neighbour, false, stop_);
    if (!presence) return fail(presence.error());
    if (*presence == Presence::gone) continue;
    if (auto read = read_application(neighbour.reference); !read) return read;
    findings_.owned.push_back(std::move(neighbour));
  }
  if (by_name && findings_.owned.empty() && findings_.neighbours.size() == 1) {
    model::LiveApplication& only = findings_.neighbours.front();
    const Result<Presence> presence = read_details(door_, desired_, only, false, stop_);
    if (!presence) return fail(presence.error());
    if (*presence == Presence::gone) {
      findings_.neighbours.clear();
    } else if (auto read = read_application(only.reference); !read) {
      return read;
    }
  }
  // The tag list lagged, and the creation that it hid is not to be made once more.
  if (!findings_.owned.empty()) findings_.unclaimed.clear();
  return {};
}

}  // namespace syncwright::graph_read
