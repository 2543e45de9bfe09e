#include "syncwright/plan/plan_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "plan/draft.h"
#include "plan/plan_file_parts.h"

namespace syncwright::plan {

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

bool names_job(const model::DesiredApplication& application, const std::string& key) {
  return std::any_of(application.jobs.begin(), application.jobs.end(),
                     [&key](const model::DesiredJob& job) { return job.key == key; });
}

const char* lack_of(const Change& change, const AssignmentPayload& assigned) {
  const bool planned = change.status == ChangeStatus::planned;
  if (assigned.principal_type.empty() || (planned && assigned.principal_id.empty())) {
    return "does not say whom it assigns";
  }
  return planned && !change.provisional && assigned.app_role_id.empty()
             ? "does not say which role it is about"
             : nullptr;
}

const char* lack_of(const Change& change, const TargetPayload& target) {
  const bool planned = change.status == ChangeStatus::planned;
  return planned && (target.id.empty() || !change.basis) ? "does not say what it is about"
                                                         : nullptr;
}

/// What a change needs beside its id to be carried out; nullptr where it has all of it.
const char* lack_of(const Change& change) {
  if (const AssignmentPayload* assigned = change.assignment()) return lack_of(change, *assigned);
  if (const TargetPayload* target = change.target()) return lack_of(change, *target);
  return nullptr;
}

/// What is wrong with one change that is called `id`; empty where it could have come from the
/// planner.
std::string fault_of(const Change& change, const std::string& id, const model::Desired& desired) {
  const model::DesiredApplication* application = desired.find(change.application);
  if (change.type == ChangeType::application_delete) {
    if (!model::is_manifest_name(change.application)) return "deletes something that has no name";
  } else if (application == nullptr) {
    return "has an application that its manifests do not name";
  }
  if (!change.job.empty() && (application == nullptr || !names_job(*application, change.job))) {
    return "has a job that its manifests do not name";
  }
  if (id != change.id()) return "has an id that is not its type's";
  if (const char* lack = lack_of(change)) return lack;
  if ((change.status == ChangeStatus::planned) == change.refusal.has_value()) {
    return "has a status that does not fit `blocked`";
  }
  return {};
}

/// Each change as the document has it beside what it was read as.
Result<void> check_changes(const Json& document, const PlanFile& file) {
  const bool deletes =
      std::any_of(file.plan.changes.begin(), file.plan.changes.end(),
                  [](const Change& change) { return traits_of(change.type).deletes(); });
  if (deletes && !file.plan.complete) {
    return refuse("it deletes applications or jobs, and is not complete");
  }
  std::set<std::string> seen;
  auto told = document.at("changes").begin();
  for (const std::vector<Change>& application : file.plan.changes.by_application()) {
    const Change* before = nullptr;
    for (const Change& change : application) {
      const std::string id = told->at("id");
      std::string fault = fault_of(change, id, file.desired);
      if (fault.empty() && !seen.insert(id).second) fault = "is there twice";
      if (fault.empty() && told->at("after") != after_of(before)) {
        fault = "comes after something that is not before it";
      }
      if (!fault.empty()) return refuse(fmt::format("change `{}` {}", id, fault));
      before = &change;
      ++told;
    }
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
  auto desired = model::desired_from_json(member_or_null(*document, "desired"));
  if (!desired) return refuse("desired: " + desired.error().message);
  if (model::manifest_digest(*desired) != plan->manifest_digest) {
    return fail(ErrorKind::invalid_input,
                "the plan file was changed: `manifestDigest` is not the digest of its `desired`",
                kMakeAgain);
  }
  PlanFile file{std::move(*plan), std::move(*desired),
                string_or(*document, "digest") == plan_file_digest(*document)};
  if (auto checked = check_changes(*document, file); !checked) return fail(checked.error());
  if (const std::string fault = contradiction_of(file); !fault.empty()) {
    return fail(ErrorKind::invalid_input, "the plan file was changed: " + fault, kMakeAgain);
  }
  return file;
}

}  // namespace syncwright::plan
