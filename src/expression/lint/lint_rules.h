#pragma once

#include "expression/lint/lint_subject.h"

namespace syncwright::expression {

// The rules by theme; each adds what it finds in any order. The last two are silent where another
// rule has reported the same place more precisely. Codes have pages in docs/diagnostics.

/// Names and numbers of arguments: SW3101, SW3102, SW3103, SW3108, SW3109, SW3114, SW3115.
void lint_calls(const LintSubject& subject, LintFindings& findings);
/// Arguments that fail for every input, by what their parameter is read as: SW3104, SW3105, SW3116,
/// SW3117.
void lint_arguments(const LintSubject& subject, LintFindings& findings);
/// Numbers, letters and regular expressions as they are written: SW3104, SW3106, SW3118, SW3119,
/// SW3125, SW3136.
void lint_constants(const LintSubject& subject, LintFindings& findings);
/// Date formats: SW3107.
void lint_date_formats(const LintSubject& subject, LintFindings& findings);
/// How things are written: SW3110, SW3111, SW3112, SW3113.
void lint_spelling(const LintSubject& subject, LintFindings& findings);
/// Absent and empty values: SW3120, SW3121, SW3122, SW3123, SW3124.
void lint_nulls(const LintSubject& subject, LintFindings& findings);
/// What does not belong where it stands: SW3130, SW3131, SW3132, SW3133, SW3134, SW3135.
void lint_places(const LintSubject& subject, LintFindings& findings);
/// Words of the language at a place that they are not made for: SW3127.
void lint_words(const LintSubject& subject, LintFindings& findings);
/// What fails whatever the input is, by the evaluation itself: SW3104, SW3117, SW3126.
void lint_evaluation(const LintSubject& subject, LintFindings& findings);

}  // namespace syncwright::expression
