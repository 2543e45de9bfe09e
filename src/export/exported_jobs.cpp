#include "export/exported_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "export/customization_writer.h"
#include "export/rule_remarks.h"
#include "syncwright/model/job_match.h"
#include "syncwright/schema/customization_of.h"

namespace syncwright {
namespace {

std::vector<LiveJob> live_jobs(const ExportedApplication& application) {
  std::vector<LiveJob> jobs;
  for (const ExportedJob& exported : application.jobs) {
    LiveJob& job = jobs.emplace_back();
    job.id = exported.job.id;
    job.template_id = exported.job.template_id;
  }
  return jobs;
}

/// How a manifest names each job.
class JobNaming {
 public:
  explicit JobNaming(const ExportedApplication& application)
      : application_(application), jobs_(live_jobs(application)) {}

  DesiredJob name(const ExportedJob& exported) {
    DesiredJob job;
    const bool is_default = !application_.template_ids.empty() &&
                            exported.template_id == application_.template_ids.front();
    job.key = free_key(is_default                         ? "default"
                       : is_job_key(exported.template_id) ? exported.template_id
                                                          : "job");
    if (!is_default && job.key != exported.template_id) job.template_id = exported.template_id;
    const JobMatch match = match_job(job, {}, jobs_, application_.template_ids);
    const bool is_it = match.job != nullptr && match.job->id == exported.job.id;
    if (!is_it || exported.template_id.empty()) {
      job.template_id.reset();
      job.job_id = exported.job.id;
    }
    return job;
  }

 private:
  std::string free_key(const std::string& wanted) {
    std::string key = wanted;
    for (int next = 2; std::find(keys_.begin(), keys_.end(), key) != keys_.end(); ++next) {
      key = fmt::format("{}-{}", wanted, next);
    }
    keys_.push_back(key);
    return key;
  }

  const ExportedApplication& application_;
  std::vector<LiveJob> jobs_;
  std::vector<std::string> keys_;
};

void draft_schema(const ExportedJob& exported, const ExportOptions& options, DraftJob& draft) {
  if (!exported.job.schema) return;
  const SynchronizationSchema& live = *exported.job.schema;
  if (options.pin) {
    draft.document = DraftDocument{live.text(), true, true};
    return;
  }
  bool needs_document = exported.standard == nullptr;
  if (exported.standard) {
    ExtractedCustomization extracted = customization_of(*exported.standard, live);
    draft.schema = write_customization(extracted.customization);
    draft.remarks = std::move(extracted.remarks);
    for (std::string& remark : rule_remarks(*exported.standard, live)) {
      draft.remarks.push_back(std::move(remark));
    }
    needs_document = extracted.needs_document;
    if (!reads_back(draft.schema, extracted.customization)) {
      draft.schema = yaml_mapping();
      draft.remarks.emplace_back("some mappings have values that no manifest accepts");
      needs_document = true;
    }
  } else {
    draft.remarks.emplace_back(
        "the template's schema cannot be read, to tell what differs from it");
  }
  const bool is_named = needs_document && options.with_documents;
  // The document says all that the mappings would.
  if (is_named) draft.schema = yaml_mapping();
  if (is_named || options.keep_schemas)
    draft.document = DraftDocument{live.text(), is_named, false};
}

}  // namespace

std::vector<DraftJob> draft_jobs(const ExportedApplication& application,
                                 const ExportOptions& options) {
  std::vector<DraftJob> drafts;
  JobNaming naming(application);
  for (const ExportedJob& exported : application.jobs) {
    const DesiredJob named = naming.name(exported);
    DraftJob& draft = drafts.emplace_back();
    draft.key = named.key;
    if (named.template_id) draft.entries.add("template", yaml_text(*named.template_id));
    if (named.job_id) draft.entries.add("id", yaml_text(*named.job_id));
    draft.entries.add("state", yaml_text(to_string(exported.job.started() ? JobState::started
                                                                          : JobState::paused)));
    draft_schema(exported, options, draft);
  }
  std::sort(drafts.begin(), drafts.end(),
            [](const DraftJob& left, const DraftJob& right) { return left.key < right.key; });
  return drafts;
}

}  // namespace syncwright
