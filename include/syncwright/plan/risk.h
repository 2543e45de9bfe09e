#pragma once

#include <span>

#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// One row for each risk: what a file, a guard and a person call it.
struct RiskWords {
  Risk risk;
  Guard guard;          ///< called as the risk is
  const char* name;     ///< in a plan file
  const char* flag;     ///< of apply: lets so many changes through that nobody has reviewed
  const char* may;      ///< what "2 changes" do: "may deprovision accounts in the target"
  const char* meaning;  ///< what becomes of accounts
};
[[nodiscard]] std::span<const RiskWords> risk_words();

/// What a field of a change of this type may do to people where something was provisioned before;
/// none where the field is not what makes such a change risky. An assignment that is removed is
/// risky as a whole.
[[nodiscard]] Risks risks_of(ChangeType type, const schema::FieldChange& field);
/// Of all fields together.
[[nodiscard]] Risks risks_of(const Change& change);

}  // namespace syncwright::plan
