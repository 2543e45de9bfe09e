#include "emulator/cycles/job_session.h"

#include <algorithm>
#include <utility>

#include "emulator/exchange.h"
#include "emulator/resources/synchronization_secrets.h"
#include "emulator/resources/synchronization_templates.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr const char* entra_directory_id = "66e4a8cc-1b7b-435e-95f8-f06cea133828";

const Json& nothing() {
  static const Json none = Json::object();
  return none;
}

/// Rules that neither read the tenant nor what was uploaded, as those that import roles or read an
/// on-premises directory, find nothing to do here.
bool reads(const JobSource& source, const Json& schema, const Json& rule) {
  const Json& directory = find_directory(schema, string_or(rule, "sourceDirectoryName"));
  return is_entra_directory(directory) != source.is_uploads();
}

Entitlement entitlement_of(const Store& store, const Job& job, const JobSource& source) {
  Entitlement found = entitlement(store, job.service_principal);
  if (source.is_uploads()) found.everybody = true;  // whoever is uploaded is meant
  return found;
}

std::map<std::string, std::string> references_of(const Job& job) {
  std::map<std::string, std::string> references;
  for (const auto& [key, link] : job.links) {
    references[key.substr(link.object_name.size() + 1)] = link.account;
  }
  return references;
}

}  // namespace

std::optional<std::string> JobSession::credentials_refusal() const {
  return refuse_credentials(entry ? entry->connector : nothing(), secrets);
}

bool JobSession::spares_leavers() const {
  const auto kept = secrets.find("SkipOutOfScopeDeletions");
  const bool keeps = kept != secrets.end() && ascii::equal_ignoring_case(kept->second, "true");
  return keeps || (job.synced_everybody && !entitlement.everybody && !job.initial);
}

const Json& JobSession::failures() const {
  return list_or_empty(entry ? member_or_null(entry->connector, "target") : nothing(), "failures");
}

JobSession open_session(Store& store, const Catalog& catalog, expression::RandomSource& random,
                        const std::string& id, Instant began, Instant now) {
  Job& job = store.jobs.edit(id);
  const Replicated* object = store.service_principals.find(job.service_principal);
  const Json& service_principal = object ? object->value() : nothing();
  const GalleryEntry* entry = catalog.find(string_or(service_principal, "applicationTemplateId"));
  std::shared_ptr<const Json> document = schema_in_use(store, job, entry);
  const Json& schema = *document;
  JobSource source =
      takes_uploads(entry) ? JobSource::uploads(store, id) : JobSource::tenant(store);
  return {.store = store,
          .job = job,
          .random = random,
          .entry = entry,
          .secrets = store.secrets_of(job.service_principal),
          .document = std::move(document),
          .schema = schema,
          .service_principal = service_principal,
          .source = source,
          .entitlement = entitlement_of(store, job, source),
          .references = references_of(job),
          .began = began,
          .now = now,
          .id = random_uuid(),
          .counts = {},
          .events = 0};
}

std::vector<MappingAtWork> JobSession::mappings() const {
  std::vector<const Json*> rules;
  for (const Json& rule : list_or_empty(schema, "synchronizationRules")) {
    if (reads(source, schema, rule)) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [](const Json* left, const Json* right) {
    return int_or(*left, "priority", 0) < int_or(*right, "priority", 0);
  });
  std::vector<MappingAtWork> found;
  for (const bool groups : {false, true}) {
    for (const Json* rule : rules) {
      for (const Json& mapping : list_or_empty(*rule, "objectMappings")) {
        const bool is_group = string_or(mapping, "sourceObjectName") == "Group";
        if (is_group == groups && bool_or(mapping, "enabled", true)) {
          found.push_back({*rule, mapping});
        }
      }
    }
  }
  return found;
}

bool is_entra_directory(const Json& directory) {
  return string_or(directory, "id") == entra_directory_id;
}

const Json& find_directory(const Json& schema, const std::string& name) {
  for (const Json& candidate : list_or_empty(schema, "directories")) {
    if (string_or(candidate, "name") == name) return candidate;
  }
  return nothing();
}

}  // namespace syncwright::emulator
