#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/plan/drift.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// Drift as people read it: the text (text/drift_text.cpp), and what the text shares with Markdown.

/// How the tenant differs from the manifests: the plan seen from the other side. For every
/// difference the manifest line, whether the tenant or the manifest changed, what the tenant has
/// and what the manifest says (of many equal applications once); then who edited what, the health
/// of jobs, marked where it counts as drift, orphans, and one sentence that sums up.
[[nodiscard]] std::string render_drift(const plan::Drift& drift, const Style& style);

/// The edits of a drift: everybody else's one by one, and ours too while they
/// are few. An apply of many applications leaves thousands of ours, which explain nothing.
struct EditSummary {
  std::vector<const plan::DriftEdit*> one_by_one;
  std::string others;  ///< "2000 edits of ours in 500 applications (...)"; empty: none
};

[[nodiscard]] EditSummary summarize_edits(const std::vector<plan::DriftEdit>& edits);

/// Edits outside what the manifests manage that one person made of one kind, shown once.
struct RepeatedEdit {
  const plan::DriftEdit* last = nullptr;
  std::size_t count = 1;
};

/// By application and time; at most fifty, so that a report stays readable.
[[nodiscard]] std::vector<RepeatedEdit> outside_edits(const std::vector<plan::DriftEdit>& edits);
/// How many of `edits` are behind none of `shown`.
[[nodiscard]] std::size_t count_left_out(const std::vector<RepeatedEdit>& shown,
                                         const std::vector<plan::DriftEdit>& edits);

inline constexpr const char* kOutsideHeading = "Edits outside what the manifests manage";
/// What to do about them.
inline constexpr const char* kOutsideAdvice =
    "To hold such an edit, name it in the manifest, or hold whole schemas (`syncwright export "
    "--pin`); to be rid of it, undo it in the tenant. It is told until an apply carries out a "
    "change of the application's manifest, for seven days at most.";

/// "Update service principal (3 times): displayName "A" → "B"". Not escaped.
[[nodiscard]] std::string what_of(const RepeatedEdit& repeated);
/// The verdict of a tenant without a difference: no more than what was looked at is as it should
/// be.
[[nodiscard]] std::string no_drift_words(const plan::Drift& drift);
/// "1 edit outside what the manifests manage"; empty where there is none.
[[nodiscard]] std::string outside_words(const plan::Drift& drift);
/// "2 jobs in bad health, 1 orphan": what no change would mend.
[[nodiscard]] std::vector<std::string> ills_of(const plan::Plan& plan);

/// A name, else an id. Not escaped.
[[nodiscard]] std::string editor_of(const plan::DriftEdit& edit);

}  // namespace syncwright::report
