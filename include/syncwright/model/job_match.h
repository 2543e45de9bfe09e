#pragma once

#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright::model {

/// Which live job a manifest's job means (docs/contract.md#4, "Which job"). Reader, planner and
/// executor ask this one function, so that they never disagree.
struct JobMatch {
  const LiveJob* job = nullptr;         ///< nullptr: none yet, or ambiguous
  std::vector<std::string> candidates;  ///< sorted ids to choose from where it is ambiguous
};

/// In this order: the job that `id:` names; for key `default` the only job there is, unless another
/// of the manifest's `entries` names it, else the job of the default template; otherwise the job
/// whose template id is `template:` or the key, else the one whose id starts so before its first
/// dot (an answered template id may differ from the requested one, docs/graph.md#13.14). More than
/// one, or nothing but jobs whose template cannot be told, is ambiguous. `entries`: the manifest's
/// jobs of the application, `desired` may be among them. `template_ids`: of the service principal,
/// the default one first; may be empty unless `needs_template_ids`.
[[nodiscard]] JobMatch match_job(const DesiredJob& desired, const std::vector<DesiredJob>& entries,
                                 const std::vector<LiveJob>& jobs,
                                 const std::vector<std::string>& template_ids);

/// Whether only the list of templates tells which of the jobs is meant.
[[nodiscard]] bool needs_template_ids(const DesiredJob& desired,
                                      const std::vector<DesiredJob>& entries,
                                      const std::vector<LiveJob>& jobs);

/// The template that a new job of this manifest entry is made from: `template:`, the key, or for
/// key `default` the first of `template_ids`; empty where that is not known.
[[nodiscard]] std::string template_of(const DesiredJob& desired,
                                      const std::vector<std::string>& template_ids);

/// The keys of the entries, absent ones and those with an `id:` left out, whose new job would be
/// made from this template. More than one: a second job would be found to be the first (match_job).
[[nodiscard]] std::vector<std::string> entries_of_template(
    const std::vector<DesiredJob>& entries, const std::string& template_id,
    const std::vector<std::string>& template_ids);

}  // namespace syncwright::model
