#include "apply/steps/service_principal_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apply/read_back.h"
#include "apply/write_from_read.h"

namespace syncwright {

namespace {

using ServicePrincipal = GraphReader::ServicePrincipal;

Result<ServicePrincipal> read_fresh(ApplicationRun& run) {
  return settle<ServicePrincipal>(
      run.patience(), run.subject("the service principal to be readable"),
      [&] { return run.reader().service_principal(run.service_principal(), run.in_flight()); });
}

bool starts_with_any(const std::string& tag, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return tag.starts_with(prefix); });
}

/// The later edit wins where the two speak of the same tag.
void remember(TagEdit& all, const TagEdit& edit) {
  std::erase_if(all.add,
                [&](const std::string& tag) { return starts_with_any(tag, edit.remove_prefixes); });
  all.add.insert(all.add.end(), edit.add.begin(), edit.add.end());
  all.remove_prefixes.insert(all.remove_prefixes.end(), edit.remove_prefixes.begin(),
                             edit.remove_prefixes.end());
}

/// Foreign tags may come and go beside us: only ours are compared.
bool shows(const ServicePrincipal& read, const TagEdit& edit,
           const std::optional<PrincipalTexts>& texts) {
  if (texts && !has_texts(read.reference, *texts)) return false;
  const auto has = [&](const std::string& tag) {
    return std::find(read.tags.begin(), read.tags.end(), tag) != read.tags.end();
  };
  if (!std::all_of(edit.add.begin(), edit.add.end(), has)) return false;
  return std::none_of(read.tags.begin(), read.tags.end(), [&](const std::string& tag) {
    return starts_with_any(tag, edit.remove_prefixes) &&
           std::find(edit.add.begin(), edit.add.end(), tag) == edit.add.end();
  });
}

Result<void> confirm(ApplicationRun& run, const TagEdit& edit,
                     const std::optional<PrincipalTexts>& texts, const Error* lost) {
  return settle_read_back(run, run.read_back("the service principal to show its tags and name"),
                          lost, [&]() -> Result<std::optional<bool>> {
                            const auto read = run.reader().service_principal(
                                run.service_principal(), run.in_flight());
                            if (!read) return fail(read.error());
                            if (!*read || !shows(**read, edit, texts)) return std::optional<bool>();
                            return std::optional<bool>(true);
                          });
}

}  // namespace

Result<void> refuse_foreign_owner(const ApplicationRun& run, const std::vector<std::string>& tags) {
  const auto owner = run.context.owner.foreign_tag(tags);
  if (!owner) return {};
  return fail(ErrorKind::guard,
              fmt::format("service principal {} is owned by {}", run.service_principal(), *owner));
}

Result<void> write_service_principal(ApplicationRun& run, const TagEdit& edit,
                                     const std::optional<PrincipalTexts>& texts,
                                     const PrincipalCheck& check) {
  std::vector<std::string> tags;
  bool remembered = false;
  const auto written = write_from_read(
      run, {"servicePrincipal.update", run.subject("the service principal to accept its tags"),
            [&]() -> Result<bool> {
              const auto read = read_fresh(run);
              if (!read) return fail(read.error());
              if (auto owned = refuse_foreign_owner(run, read->tags); !owned) {
                return fail(owned.error());
              }
              if (!std::exchange(remembered, true)) remember(run.own_tags, edit);
              if (shows(*read, run.own_tags, texts)) return false;
              if (auto fresh = check ? check(*read) : Result<void>(); !fresh) {
                return fail(fresh.error());
              }
              tags = apply_edit(read->tags, run.own_tags);
              return true;
            },
            [&](std::stop_token stop) {
              return run.writer().update_service_principal(run.service_principal(), tags, texts,
                                                           std::move(stop));
            }});
  if (written && !*written) return {};
  if (!written && !run.in_doubt()) return fail(written.error());
  return confirm(run, run.own_tags, texts, written ? nullptr : &written.error());
}

Result<std::vector<std::string>> fresh_tags(ApplicationRun& run) {
  const auto read = read_fresh(run);
  if (!read) return fail(read.error());
  return apply_edit(read->tags, run.own_tags);
}

Result<void> write_identity(ApplicationRun& run, const std::vector<std::string>& reviewed,
                            const PrincipalCheck& check) {
  TagEdit edit{{run.context.owner.tag(), application_tag(run.desired.name)},
               {std::string(kApplicationTag)}};
  // What an earlier name of the project owned has one owner tag afterwards.
  for (const Owner& predecessor : run.context.owner.predecessors()) {
    edit.remove_prefixes.push_back(predecessor.tag());
  }
  for (const std::string& tag : reviewed) {
    if (std::find(edit.add.begin(), edit.add.end(), tag) == edit.add.end()) {
      edit.add.push_back(tag);
    }
  }
  if (run.desired.protect) {
    (*run.desired.protect ? edit.add : edit.remove_prefixes).emplace_back(kProtectedTag);
  }
  return write_service_principal(run, edit, principal_texts(run.desired), check);
}

}  // namespace syncwright
