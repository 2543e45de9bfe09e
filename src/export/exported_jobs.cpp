#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "export/customization_writer.h"
#include "export/manifest_draft.h"
#include "syncwright/model/job_match.h"
#include "syncwright/schema/customization_of.h"
#include "syncwright/schema/part_json.h"

namespace syncwright::exporting {
namespace {

std::vector<model::LiveJob> live_jobs(const model::ExportedApplication& application) {
  std::vector<model::LiveJob> jobs;
  for (const model::ExportedJob& exported : application.jobs) {
    model::LiveJob& job = jobs.emplace_back();
    job.id = exported.job.id;
    job.template_id = exported.job.template_id;
  }
  return jobs;
}

/// How a manifest names each job.
class JobNaming {
 public:
  explicit JobNaming(const model::ExportedApplication& application)
      : application_(application), jobs_(live_jobs(application)) {}

  model::DesiredJob name(const model::ExportedJob& exported) {
    model::DesiredJob job;
    const bool is_default = !application_.template_ids.empty() &&
                            exported.template_id == application_.template_ids.front();
    job.key = free_key(is_default                                ? "default"
                       : model::is_job_key(exported.template_id) ? exported.template_id
                                                                 : "job");
    if (!is_default && job.key != exported.template_id) job.template_id = exported.template_id;
    const model::JobMatch match = model::match_job(job, {}, jobs_, application_.template_ids);
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

  const model::ExportedApplication& application_;
  std::vector<model::LiveJob> jobs_;
  std::vector<std::string> keys_;
};

template <class Part, class Same>
const Part* counterpart(const std::vector<Part>& parts, const Part& wanted, Same same) {
  const auto matches = [&](const Part& each) { return same(each, wanted); };
  const auto found = std::find_if(parts.begin(), parts.end(), matches);
  const bool is_alone =
      found != parts.end() && std::find_if(std::next(found), parts.end(), matches) == parts.end();
  return is_alone ? &*found : nullptr;
}

const schema::SynchronizationRule* counterpart(const schema::SynchronizationSchema& standard,
                                               const schema::SynchronizationRule& rule) {
  const auto by_name = [](const schema::SynchronizationRule& left,
                          const schema::SynchronizationRule& right) {
    return left.name == right.name;
  };
  const auto by_directories = [](const schema::SynchronizationRule& left,
                                 const schema::SynchronizationRule& right) {
    return left.source_directory_name == right.source_directory_name &&
           left.target_directory_name == right.target_directory_name;
  };
  const schema::SynchronizationRule* same = counterpart(standard.rules(), rule, by_name);
  return same != nullptr ? same : counterpart(standard.rules(), rule, by_directories);
}

Json member_of(const schema::SynchronizationSchema& schema, const schema::SynchronizationRule& rule,
               const char* member) {
  return member_or_null(schema::part_json(schema, rule.span), member);
}

/// Remarks on changes of rules and object mappings that no comparison sees (their names, a rule's
/// priority and whether it can be edited): no key says them, no plan shows them, and a new job does
/// not have them. One remark for each rule and mapping; empty where nothing was.
std::vector<std::string> rule_remarks(const schema::SynchronizationSchema& standard,
                                      const schema::SynchronizationSchema& live) {
  std::vector<std::string> remarks;
  for (const schema::SynchronizationRule& rule : live.rules()) {
    const schema::SynchronizationRule* before = counterpart(standard, rule);
    if (before == nullptr) continue;
    std::vector<std::string> members;
    if (before->name != rule.name) members.emplace_back("name");
    if (member_of(standard, *before, "priority") != member_of(live, rule, "priority")) {
      members.emplace_back("priority");
    }
    if (before->editable != rule.editable) members.emplace_back("editable");
    if (!members.empty()) {
      remarks.push_back(fmt::format("the rule `{}` differs from the standard schema in {}",
                                    rule.name, fmt::join(members, ", ")));
    }
    for (const schema::ObjectMapping& mapping : rule.object_mappings) {
      const schema::ObjectMapping* other =
          counterpart(before->object_mappings, mapping,
                      [](const schema::ObjectMapping& left, const auto& right) {
                        return left.source_object_name == right.source_object_name &&
                               left.target_object_name == right.target_object_name;
                      });
      if (other == nullptr || other->name == mapping.name) continue;
      remarks.push_back(fmt::format(
          "the mapping of {} to {} is named `{}`, in the standard schema "
          "`{}`",
          mapping.source_object_name, mapping.target_object_name, mapping.name, other->name));
    }
  }
  return remarks;
}

void draft_schema(const model::ExportedJob& exported, const ExportOptions& options,
                  DraftJob& draft) {
  if (!exported.job.schema) return;
  const schema::SynchronizationSchema& live = *exported.job.schema;
  if (options.pin) {
    draft.document = DraftDocument{live.text(), true, true};
    return;
  }
  bool needs_document = exported.standard == nullptr;
  if (exported.standard) {
    schema::ExtractedCustomization extracted = schema::customization_of(*exported.standard, live);
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

std::vector<DraftJob> draft_jobs(const model::ExportedApplication& application,
                                 const ExportOptions& options) {
  std::vector<DraftJob> drafts;
  JobNaming naming(application);
  for (const model::ExportedJob& exported : application.jobs) {
    const model::DesiredJob named = naming.name(exported);
    DraftJob& draft = drafts.emplace_back();
    draft.key = named.key;
    if (named.template_id) draft.entries.add("template", yaml_text(*named.template_id));
    if (named.job_id) draft.entries.add("id", yaml_text(*named.job_id));
    draft.entries.add("state",
                      yaml_text(to_string(exported.job.is_started() ? model::JobState::started
                                                                    : model::JobState::paused)));
    draft_schema(exported, options, draft);
  }
  std::sort(drafts.begin(), drafts.end(),
            [](const DraftJob& left, const DraftJob& right) { return left.key < right.key; });
  return drafts;
}

}  // namespace syncwright::exporting
