#include "syncwright/plan/drift.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "plan/plan_file_parts.h"
#include "syncwright/core/ascii.h"
#include "syncwright/model/application_members.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::plan {

namespace {

/// One thing that an edit of the audit log can have changed. `text`: the name of the application's
/// text (model/application_members.h) where it is one.
struct Touch {
  Touched what;
  std::string_view text = {};
  auto operator<=>(const Touch&) const = default;
};

struct Activity {
  std::string_view begins;  ///< activityDisplayName (docs/graph.md#5.11), or how it begins
  Touched touched;
};
constexpr Activity kActivities[] = {
    {"Add app role assignment", Touched::assignments},
    {"Remove app role assignment", Touched::assignments},
    {"Update provisioning setting or credentials", Touched::settings},
    {"Update attribute mappings or scope", Touched::schema},
    {"Enable/", Touched::state},  // start, restart
    {"Disable/", Touched::state},
    {"Add provisioning configuration", Touched::job},
    {"Delete provisioning configuration", Touched::job},
};
constexpr std::string_view kUpdatePrincipal = "Update service principal";

/// An update of the service principal says what it modified; where the log does not, it may have
/// been any of it. Anything else touched one thing, or nothing that a manifest speaks of.
std::vector<Touch> touches_of(const model::LiveEdit& edit) {
  if (edit.activity == kUpdatePrincipal) {
    const auto& properties = edit.properties;
    const auto is_named = [&properties](const std::string& property) {
      return properties.empty() ||
             std::find(properties.begin(), properties.end(), property) != properties.end();
    };
    std::vector<Touch> touched;
    model::for_each_application_text([&](const auto& row) {
      if (is_named(ascii::lower(row.name))) touched.push_back({Touched::principal_text, row.name});
    });
    const bool tags = std::any_of(properties.begin(), properties.end(),
                                  [](const auto& property) { return property.starts_with("tag"); });
    if (tags || properties.empty()) touched.push_back({Touched::tags});
    return touched;
  }
  for (const Activity& activity : kActivities) {
    if (edit.activity.starts_with(activity.begins)) return {{activity.touched}};
  }
  return {};
}

Touch touch_of(std::string_view field) {
  Touch touched{Touched::tags};
  model::for_each_application_text([&](const auto& row) {
    if (field == row.name) touched = {Touched::principal_text, row.name};
    if (field == std::string(kApplicationPath) + row.name) {
      touched = {Touched::application_text, row.name};
    }
  });
  return touched;
}

std::vector<Touch> identity_touches(const Change& change) {
  std::vector<Touch> touched;
  touched.reserve(change.fields.size());
  for (const schema::FieldChange& field : change.fields) {
    touched.push_back(touch_of(field.path.text()));
  }
  return touched;
}

/// What an edit must have touched to have caused this difference.
std::vector<Touch> touches_of(const Change& change) {
  std::vector<Touch> touched;
  for (const Touched each : traits_of(change.type).touches) {
    if (each == Touched::identity) return identity_touches(change);
    if (each != Touched::nothing) touched.push_back({each});
  }
  return touched;
}

/// An edit of somebody else, and what of it no apply and no edit of ours has touched since.
struct StandingEdit {
  const DriftEdit* edit;
  std::vector<Touch> touched;
};

/// False where nothing of it stands any more after an edit of ours, or the last step of an apply.
bool stands_after(StandingEdit& standing, const DriftEdit& ours,
                  const std::vector<Touch>& touched) {
  if (standing.edit->application != ours.application) return true;
  if (ours.edit.applied) return false;
  if (standing.touched.empty()) return true;
  std::erase_if(standing.touched, [&touched](const Touch& each) {
    return std::find(touched.begin(), touched.end(), each) != touched.end();
  });
  return !standing.touched.empty();
}

/// `edits`: oldest first.
std::vector<StandingEdit> standing_edits(const std::vector<DriftEdit>& edits) {
  std::vector<StandingEdit> standing;
  for (const DriftEdit& edit : edits) {
    std::vector<Touch> touched = touches_of(edit.edit);
    if (!edit.ours && !edit.edit.applied) {
      standing.push_back({&edit, std::move(touched)});
      continue;
    }
    std::vector<StandingEdit> left;
    for (StandingEdit& earlier : standing) {
      if (stands_after(earlier, edit, touched)) left.push_back(std::move(earlier));
    }
    standing = std::move(left);
  }
  return standing;
}

using Touches = std::set<std::pair<std::string, Touch>>;

/// By application.
Touches touches_of(const std::vector<StandingEdit>& edits) {
  Touches touches;
  for (const StandingEdit& standing : edits) {
    for (const Touch& touched : standing.touched) {
      touches.insert({standing.edit->application, touched});
    }
  }
  return touches;
}

/// What the differences of each application can come from.
Touches touches_of(const Changes& changes) {
  Touches touches;
  for (const Change& change : changes) {
    for (const Touch& touched : touches_of(change)) {
      touches.insert({change.application, touched});
    }
  }
  return touches;
}

using Edits = std::set<const DriftEdit*>;

Edits edits_outside(const std::vector<StandingEdit>& edits, const Changes& changes) {
  std::set<std::string> strangers;
  for (const Change& change : changes) {
    if (traits_of(change.type).comes_or_goes) strangers.insert(change.application);
  }
  const Touches differing = touches_of(changes);
  Edits outside;
  for (const StandingEdit& standing : edits) {
    const std::string& application = standing.edit->application;
    const bool is_cause = std::any_of(
        standing.touched.begin(), standing.touched.end(),
        [&](const Touch& touched) { return differing.contains({application, touched}); });
    if (!is_cause && !strangers.contains(application)) outside.insert(standing.edit);
  }
  return outside;
}

/// `edits`: by application and time, as `drift` has them.
void tell_edits(const std::vector<DriftEdit>& edits, const Edits& outside, Drift& drift) {
  std::set<std::string> differing;
  for (const Change& change : drift.plan.changes) differing.insert(change.application);
  for (const DriftEdit& edit : edits) {
    if (outside.contains(&edit)) {
      drift.unmanaged->push_back(edit);
    } else if (differing.contains(edit.application)) {
      drift.edits.push_back(edit);
    }
  }
}

/// The manifest changed; whether the tenant did as well.
Cause cause_beside_manifest(const Change& change, const Touches& touches) {
  const std::vector<Touch> touched = touches_of(change);
  const bool is_both = std::any_of(touched.begin(), touched.end(), [&](const Touch& each) {
    return touches.contains({change.application, each});
  });
  return is_both ? Cause::both : Cause::manifest;
}

std::vector<DriftEdit> edits_of(const Plan& plan, const std::vector<model::LiveEdit>& edits,
                                const std::vector<std::string>& writers) {
  std::set<std::string> ours;
  for (const std::string& writer : writers) ours.insert(ascii::lower(writer));
  std::map<std::string, std::string> applications;
  for (const auto& [name, service_principal] : plan.existing) {
    applications[service_principal] = name;
  }
  std::vector<DriftEdit> found;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    const auto application = applications.find(edit->service_principal_id);
    if (application == applications.end()) continue;
    const bool is_ours =
        ours.contains(ascii::lower(edit->by)) || ours.contains(ascii::lower(edit->by_id));
    found.push_back({application->second, *edit, is_ours});
  }
  std::stable_sort(found.begin(), found.end(), [](const DriftEdit& left, const DriftEdit& right) {
    return std::pair(left.application, parse_rfc3339(left.edit.at)) <
           std::pair(right.application, parse_rfc3339(right.edit.at));
  });
  return found;
}

Json to_json(const std::vector<model::LiveModification>& modified) {
  Json properties = Json::array();
  for (const model::LiveModification& modification : modified) {
    properties.push_back({{"property", modification.property},
                          {"before", modification.before},
                          {"after", modification.after}});
  }
  return properties;
}

Json to_json(const std::vector<DriftEdit>& edits) {
  Json entries = Json::array();
  for (const DriftEdit& entry : edits) {
    entries.push_back({{"application", entry.application},
                       {"servicePrincipalId", entry.edit.service_principal_id},
                       {"activity", entry.edit.activity},
                       {"by", entry.edit.by},
                       {"byId", entry.edit.by_id},
                       {"at", entry.edit.at},
                       {"modified", to_json(entry.edit.modified)},
                       {"ours", entry.ours}});
  }
  return entries;
}

}  // namespace

Drift make_drift(Plan plan, const std::optional<std::vector<model::LiveEdit>>& edits,
                 const std::vector<std::string>& writers) {
  Drift drift;
  std::vector<DriftEdit> known;
  if (edits) known = edits_of(plan, *edits, writers);
  const std::vector<StandingEdit> standing = standing_edits(known);
  const Touches touches = touches_of(standing);
  for (Change& change : plan.changes) {
    if (change.cause != Cause::manifest) continue;
    change.cause = edits ? cause_beside_manifest(change, touches) : Cause::unknown;
  }
  drift.plan = std::move(plan);
  if (!edits) drift.unmanaged.reset();
  tell_edits(known, edits_outside(standing, drift.plan.changes), drift);
  return drift;
}

StreamedObject document_of(const Drift& drift) {
  StreamedObject document = document_of(drift.plan);
  add_changes(document, drift.plan.changes, [](const Change& change, const Change* before) {
    Json value = to_json(change, before);
    value["cause"] = to_string(change.cause);
    return value;
  });
  document.add("edits", to_json(drift.edits));
  document.add("unmanagedEdits", drift.unmanaged ? to_json(*drift.unmanaged) : Json());
  return document;
}

}  // namespace syncwright::plan
