#include "syncwright/plan/risk.h"

#include <array>

#include "syncwright/schema/change_risk.h"

namespace syncwright::plan {

namespace {

constexpr std::array<RiskWords, 2> kRisks{{
    {Risk::deprovision, Guard::deprovision, "deprovision", "--allow-deprovision",
     "may deprovision accounts in the target", "accounts in the target may be disabled or deleted"},
    {Risk::expose, Guard::expose, "expose", "--allow-expose",
     "may expose the target to more people",
     "people may get accounts in the target, or keep them after they leave"},
}};

Risks only(bool deprovisions, bool exposes) {
  Risks risks;
  if (deprovisions) risks.insert(Risk::deprovision);
  if (exposes) risks.insert(Risk::expose);
  return risks;
}

/// The typed settings among the secrets: who is in scope, and what becomes of those who leave it.
Risks risks_of_setting(const schema::FieldChange& field) {
  if (field.path == "scope") return only(field.after == "assigned", field.after == "all");
  if (field.path != "deletions.skipOutOfScope") return {};
  // An unset value counts as false.
  return only(field.before == true && field.after == false, field.after == true);
}

}  // namespace

std::span<const RiskWords> risk_words() {
  return kRisks;
}

std::string to_string(const Risks& risks) {
  std::string text;
  for (const RiskWords& words : kRisks) {
    if (risks.contains(words.risk)) text += (text.empty() ? "" : ", ") + std::string(words.name);
  }
  return text;
}

std::optional<Risks> risks_from(std::string_view text) {
  for (const bool deprovisions : {true, false}) {
    for (const bool exposes : {true, false}) {
      Risks risks = only(deprovisions, exposes);
      if (!risks.empty() && to_string(risks) == text) return risks;
    }
  }
  return std::nullopt;
}

Risks risks_of(ChangeType type, const schema::FieldChange& field) {
  switch (traits_of(type).risk) {
    case RiskSource::settings:
      return risks_of_setting(field);
    case RiskSource::schema:
      return only(schema::may_deprovision(field), schema::may_expose(field));
    case RiskSource::none:
    case RiskSource::removal:
      return {};
  }
  return {};
}

Risks risks_of(const Change& change) {
  if (traits_of(change.type).risk == RiskSource::removal) return {Risk::deprovision};
  Risks risks;
  for (const schema::FieldChange& field : change.fields) risks.merge(risks_of(change.type, field));
  return risks;
}

}  // namespace syncwright::plan
