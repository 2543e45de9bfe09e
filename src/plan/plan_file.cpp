#include "syncwright/plan/plan_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "order.h"
#include "plan_decoder.h"

namespace syncwright {

namespace {

constexpr const char* kMakeAgain = "make a new one with `syncwright plan --out FILE`";

tl::unexpected<Error> refuse(std::string why) {
  return fail(ErrorKind::invalid_input, "not a plan file: " + std::move(why), kMakeAgain);
}

Result<void> check_version(const Json& document) {
  const std::int64_t version = int_or(document, "formatVersion", 0);
  if (version == kPlanFormatVersion) return {};
  return fail(ErrorKind::invalid_input,
              version == 0
                  ? "not a plan file: it has no formatVersion"
                  : fmt::format("the plan file has format {}, this version reads format {}",
                                version, kPlanFormatVersion),
              kMakeAgain);
}

bool names_job(const DesiredApplication& application, const std::string& key) {
  return std::any_of(application.jobs.begin(), application.jobs.end(),
                     [&key](const DesiredJob& job) { return job.key == key; });
}

/// What is wrong with one change; empty where it could have come from the planner. `before` holds
/// the ids of the changes before it.
std::string fault_of(const Change& change, const Desired& desired,
                     const std::set<std::string>& before) {
  const DesiredApplication* application = desired.find(change.application);
  if (application == nullptr) return "has an application that its manifests do not name";
  if (!change.job.empty() && !names_job(*application, change.job)) {
    return "has a job that its manifests do not name";
  }
  if (change.id != change_id(change.type, change.application, change.job)) {
    return "has an id that is not its type's";
  }
  if (before.contains(change.id)) return "is there twice";
  for (const std::string& id : change.after) {
    if (!before.contains(id)) return "comes after something that is not before it";
  }
  if ((change.status == ChangeStatus::planned) == change.refusal.has_value()) {
    return "has a status that does not fit `blocked`";
  }
  return {};
}

Result<void> check_changes(const PlanFile& file) {
  std::set<std::string> seen;
  for (const Change& change : file.plan.changes) {
    const std::string fault = fault_of(change, file.desired, seen);
    if (!fault.empty()) return refuse(fmt::format("change `{}` {}", change.id, fault));
    seen.insert(change.id);
  }
  return {};
}

}  // namespace

Result<PlanFile> read_plan_file(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return refuse(document.error().message);
  if (!document->is_object()) return refuse("the document is not an object");
  if (auto version = check_version(*document); !version) return fail(version.error());
  auto plan = decode_plan(*document);
  if (!plan) return refuse(plan.error().message);
  auto desired = desired_from_json(member_or_null(*document, "desired"));
  if (!desired) return refuse("desired: " + desired.error().message);
  if (manifest_digest(*desired) != plan->manifest_digest) {
    return fail(ErrorKind::invalid_input,
                "the plan file was changed: `manifestDigest` is not the digest of its `desired`",
                kMakeAgain);
  }
  PlanFile file{std::move(*plan), std::move(*desired)};
  if (auto checked = check_changes(file); !checked) return fail(checked.error());
  return file;
}

}  // namespace syncwright
