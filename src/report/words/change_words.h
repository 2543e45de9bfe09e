#pragma once

#include <string>

#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// The words and signs that every text of a plan shares. All are escaped for a terminal.

/// "create application", "change the schema of job default", "assign group Sales as User".
[[nodiscard]] std::string title_of(const plan::Change& change);
/// Whether the change's own line says whom it is about: its fields need no lines of their own.
[[nodiscard]] bool is_assignment(const plan::Change& change);
/// A difference of the tenant, not a step towards mending it: "job default does not run". Empty
/// where the step says nothing of the tenant.
[[nodiscard]] std::string difference_words(const plan::Change& change);
/// "group", "service principal".
[[nodiscard]] std::string noun_of(const std::string& principal_type);

/// `+` makes, `~` changes, `-` takes away, `>` does, `!` is refused or held.
[[nodiscard]] char sign_of(const plan::Change& change);
[[nodiscard]] Tone tone_of_sign(char sign);
[[nodiscard]] Tone tone_of(Severity severity);

/// "manifests/salesforce.yaml:41"; empty where the place is not known.
[[nodiscard]] std::string position_of(const SourceRange& range);
/// The manifest line, and the row where one generated the application: "a.yaml:41, row b.csv:7"
/// ("rows of b.csv" where the row's line is not known).
[[nodiscard]] std::string places_of(const plan::Change& change);
/// "sent as well, unchanged: BaseAddress, SyncAll": the keys of a PUT of the secrets that no field
/// speaks of; empty where there is none.
[[nodiscard]] std::string sent_words(const plan::Change& change);
/// What a deletion does to jobs and accounts (docs/graph.md#5.2, #5.5); empty for everything else.
[[nodiscard]] std::string effect_words(const plan::Change& change);
/// "(text)"; empty for an empty text.
[[nodiscard]] std::string in_brackets(const std::string& text);

/// "contoso/prod in tenant 5f2c...".
[[nodiscard]] std::string place_of(const plan::Plan& plan);

/// What it means for `apply` that a plan is over these guards.
[[nodiscard]] std::string guards_advice(const std::vector<plan::GuardVerdict>& guards);

/// The sentence that sums a plan up.
[[nodiscard]] std::string summary_of(const plan::Plan& plan);
/// The same of a plan without changes: no more than what was looked at is as the manifests say.
[[nodiscard]] std::string unchanged_words(const plan::Plan& plan);

}  // namespace syncwright::report
