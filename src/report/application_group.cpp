#include "report/application_group.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "report/words/change_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

// 500 applications of one set make 500 times the same plan, and nobody reads 500 blocks. Groups are
// of applications whose changes are alike in everything but values, and the values that differ
// become the columns of one table (differing_values.h). Two mistakes are possible, and one is far
// worse: two groups where one would do cost a reader a minute; one group over applications of which
// a single one is risky or refused hides the very thing that the review is for. So risk, refusal,
// status, cause and the fields' paths are part of the likeness, and what is risky is never folded.

namespace {

/// The changes of one application.
using Member = std::span<const plan::Change>;

/// What a value is, but for the value itself.
const char* kind_of(const Json& value) {
  if (value.is_null()) return "none";
  for (const char* mark : {"unknown", "saved", "sentAgain"}) {
    if (bool_or(value, mark, false)) return mark;
  }
  return "value";
}

/// Two members of a group agree in this. What an application is made from counts by value, other
/// fields by what becomes of them: their values stand in the group's table.
Json likeness_of(const plan::Change& change) {
  Json fields = Json::array();
  for (const schema::FieldChange& field : change.fields) {
    const bool told = field.path == "gallery";
    fields.push_back({field.path.text(), told ? Json(field.before) : Json(kind_of(field.before)),
                      told ? Json(field.after) : Json(kind_of(field.after))});
  }
  Json sends = Json::array();
  if (const plan::SentKeysPayload* sent = change.sent_keys()) {
    for (const plan::SentKey& each : sent->keys) sends.push_back({each.key, to_string(each.how)});
  }
  const plan::AssignmentPayload* assigned = change.assignment();
  const std::string principal_type = assigned == nullptr ? "" : assigned->principal_type;
  Json refusal;
  if (change.refusal) {
    refusal = {change.refusal->code, change.refusal->message, change.refusal->advice.empty(),
               change.refusal->candidates};
  }
  return {to_string(change.type), change.job.text(),        principal_type,
          change.reason.empty(),  to_string(change.status), to_string(change.risks),
          change.provisional,     to_string(change.cause),  std::move(fields),
          std::move(sends),       std::move(refusal)};
}

std::string likeness_of(Member changes) {
  Json all = Json::array();
  for (const plan::Change& change : changes) all.push_back(likeness_of(change));
  return canonical_json(all);
}

/// The one place, else the file that both places are in.
Rare<SourceRange> common(const Rare<SourceRange>& left, const Rare<SourceRange>& right) {
  if (left == right) return left;
  if (!left || !right || left->file != right->file) return {};
  return SourceRange{left->file, 0, 0, 0};
}

ApplicationGroup group_of(const std::vector<Member>& members) {
  ApplicationGroup group;
  group.changes.assign(members.front().begin(), members.front().end());
  for (const Member& member : members) {
    group.applications.push_back(member.front().application);
  }
  group.differing = take_out_differing(group.changes, members);
  for (std::size_t i = 0; i < group.changes.size(); ++i) {
    plan::Change& shown = group.changes[i];
    std::set<std::string> origins;
    for (const Member& member : members) {
      origins.insert(position_of(member[i].origin));
      shown.row = common(shown.row, member[i].row);
    }
    group.other_origins.push_back(origins.size() - 1);
  }
  return group;
}

/// A few applications that differ in nearly everything are read more easily one by one.
bool is_easier_as_one(const ApplicationGroup& group) {
  constexpr std::size_t most_columns = 6;
  return group.applications.size() >= kManyApplications || group.differing.size() <= most_columns;
}

}  // namespace

bool ApplicationGroup::is_refused() const {
  return std::any_of(changes.begin(), changes.end(), [](const plan::Change& change) {
    return change.status == plan::ChangeStatus::blocked;
  });
}

bool ApplicationGroup::is_risky() const {
  return std::any_of(changes.begin(), changes.end(), [](const plan::Change& change) {
    return !change.risks.empty() || plan::traits_of(change.type).deletes();
  });
}

std::size_t ApplicationGroup::name_count() const {
  constexpr std::size_t in_full = 20;
  constexpr std::size_t few = 8;
  const bool tells_access = std::any_of(
      differing.begin(), differing.end(),
      [](const DifferingValue& value) { return value.kind == DifferingValue::Kind::access; });
  const bool all =
      applications.size() <= in_full || is_refused() || waits() || is_risky() || tells_access;
  return all ? applications.size() : few;
}

bool ApplicationGroup::waits() const {
  return std::all_of(changes.begin(), changes.end(), [](const plan::Change& change) {
    return change.status == plan::ChangeStatus::held;
  });
}

std::string ApplicationGroup::verdict() const {
  if (waits()) return "waits for a person";
  return fmt::format("{} {}", is_refused() ? "cannot be" : "will be",
                     plan::traits_of(changes.front().type).verdict);
}

char ApplicationGroup::sign() const {
  if (is_refused() || waits()) return '!';
  switch (plan::traits_of(changes.front().type).effect) {
    case plan::ApplicationEffect::created:
      return '+';
    case plan::ApplicationEffect::updated:
      return '~';
    case plan::ApplicationEffect::deleted:
      return '-';
  }
  return '~';
}

std::vector<ApplicationGroup> group_applications(const plan::Changes& changes) {
  std::vector<std::vector<Member>> groups;
  std::map<std::string, std::size_t> known;
  for (const Member member : changes.by_application()) {
    const auto [place, is_new] = known.emplace(likeness_of(member), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(member);
  }
  std::map<std::string, ApplicationGroup> by_first_name;
  for (const std::vector<Member>& members : groups) {
    if (members.size() >= kGroupFrom) {
      ApplicationGroup group = group_of(members);
      if (is_easier_as_one(group)) {
        by_first_name.emplace(members.front().front().application, std::move(group));
        continue;
      }
    }
    for (const Member& member : members) {
      by_first_name.emplace(member.front().application, group_of({member}));
    }
  }
  std::vector<ApplicationGroup> sorted;
  sorted.reserve(by_first_name.size());
  for (auto& [name, group] : by_first_name) sorted.push_back(std::move(group));
  return sorted;
}

std::size_t count_applications(const std::vector<ApplicationGroup>& groups) {
  std::size_t count = 0;
  for (const ApplicationGroup& group : groups) count += group.applications.size();
  return count;
}

std::string names_of(const ApplicationGroup& group, std::size_t count) {
  std::string names;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) names += ", ";
    names += escape_terminal(group.applications[i]);
  }
  return names;
}

std::string names_of(const ApplicationGroup& group) {
  return names_of(group, group.name_count()) + unnamed_words(group);
}

std::string unnamed_words(const ApplicationGroup& group) {
  const std::size_t others = group.applications.size() - group.name_count();
  return others == 0 ? "" : fmt::format(" and {} more (--format json lists them)", others);
}

std::string places_of(const ApplicationGroup& group, std::size_t change) {
  plan::Change told = group.changes[change];
  const std::size_t others = group.other_origins[change];
  if (others == 0) return places_of(told);
  const std::string origin =
      fmt::format("{} and {}", position_of(told.origin), count_words(others, "other"));
  told.origin = {};
  const std::string rows = places_of(told);
  return rows.empty() ? origin : origin + ", " + rows;
}

}  // namespace syncwright::report
