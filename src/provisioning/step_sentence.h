#pragma once

#include <string>

#include "syncwright/provisioning/mapping_run.h"

namespace syncwright::provisioning {

/// The name for people, else the id.
[[nodiscard]] const std::string& name_of(const DirectoryObject& object);
/// `'Marketing'`, `['a', 'b']`, `null`.
[[nodiscard]] std::string quoted_value(const expression::Value& value);
/// "clause department EQUALS Sales was false, value was 'Marketing'"
[[nodiscard]] std::string sentence(const ClauseVerdict& clause);
/// The clauses that did not hold, one of each group.
[[nodiscard]] std::string failed_clauses(const FilterVerdict& verdict);
/// "userName <- [userPrincipalName]: 'ada@contoso.com' (flowed)"; Redact()-ed values hidden.
[[nodiscard]] std::string sentence(const AttributeFlow& flow, const FlowResult& result);
/// "officeCode: a branch that is not taken fails, and ...: FormatDateTime: ..."
[[nodiscard]] std::string sentence(const AttributeFlow& flow, const expression::Doubt& doubt);
/// `value` as `flow` lets people see it.
[[nodiscard]] std::string display_text(const AttributeFlow& flow, const expression::Value& value);

}  // namespace syncwright::provisioning
