#include <initializer_list>
#include <utility>

#include "plan/plan_file_parts.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::plan {

namespace {

Json position(const SourceRange& range) {
  if (range.file.empty()) return nullptr;
  return {{"file", range.file}, {"line", range.line}, {"column", range.column}};
}

Json to_json(const Refusal& refusal) {
  return {{"code", refusal.code},
          {"message", refusal.message},
          {"advice", refusal.advice},
          {"candidates", refusal.candidates}};
}

Json assignment(const Change& change) {
  const AssignmentPayload* assigned = change.assignment();
  if (assigned == nullptr || assigned->principal_type.empty()) return nullptr;
  const auto known = [](const std::string& id) { return id.empty() ? Json() : Json(id); };
  return {{"principalType", assigned->principal_type},
          {"principalId", known(assigned->principal_id)},
          {"appRoleId", known(assigned->app_role_id)}};
}

Json sent_keys(const Change& change) {
  Json keys = Json::array();
  const SentKeysPayload* sends = change.sent_keys();
  if (sends == nullptr) return keys;
  for (const SentKey& sent : sends->keys) {
    keys.push_back({{"key", sent.key}, {"how", to_string(sent.how)}});
  }
  return keys;
}

Json target(const Change& change) {
  const TargetPayload* target = change.target();
  return target == nullptr || target->id.empty() ? Json() : Json(target->id);
}

Json to_json(const PlanSummary& summary) {
  return {{"create", summary.create},     {"update", summary.update},
          {"delete", summary.deleted},    {"unchanged", summary.unchanged},
          {"orphaned", summary.orphaned}, {"changes", summary.changes},
          {"blocked", summary.blocked},   {"held", summary.held}};
}

Json to_json(const PlanOrphan& orphan) {
  return {{"application", orphan.application},
          {"servicePrincipalId", orphan.service_principal_id},
          {"displayName", orphan.display_name}};
}

Json to_json(const GuardVerdict& verdict) {
  return {{"guard", to_string(verdict.guard)},
          {"message", verdict.message},
          {"acknowledge", verdict.acknowledge},
          {"figure", verdict.figure},
          {"limit", verdict.limit}};
}

Json to_json(const Health& health) {
  return {{"application", health.application},
          {"job", health.job},
          {"state", to_string(health.state)},
          {"message", health.message},
          {"drift", health.is_drift}};
}

Json to_json(const Diagnostic& diagnostic) {
  return {{"code", diagnostic.code},          {"severity", to_string(diagnostic.severity)},
          {"message", diagnostic.message},    {"advice", diagnostic.advice},
          {"file", diagnostic.where.file},    {"line", diagnostic.where.line},
          {"column", diagnostic.where.column}};
}

template <class T>
void add_values(StreamedObject& document, const std::string& name, const std::vector<T>& values) {
  add_list(document, name, values, [](const T& value) { return to_json(value); });
}

/// The time that it was made at and its digest say nothing of a plan.
constexpr std::initializer_list<const char*> not_digested{"createdAt", "digest"};

StreamedObject undigested(const PlanFile& file) {
  StreamedObject document = document_of(file.plan);
  document.add("desired", model::document_of(file.desired));
  return document;
}

std::string digest_of(StreamedObject document) {
  for (const char* member : not_digested) document.remove(member);
  return document.digest();
}

}  // namespace

Json after_of(const Change* before) {
  return before == nullptr ? Json::array() : Json::array({before->id()});
}

Json to_json(const Change& change, const Change* before) {
  Json fields = Json::array();
  for (const schema::FieldChange& field : change.fields) {
    fields.push_back(
        {{"path", field.path.text()}, {"before", field.before}, {"after", field.after}});
  }
  return {{"id", change.id()},
          {"type", to_string(change.type)},
          {"application", change.application},
          {"job", change.job.empty() ? Json() : Json(change.job.text())},
          {"status", to_string(change.status)},
          {"reason", change.reason.text()},
          {"risk", change.risks.empty() ? Json() : Json(to_string(change.risks))},
          {"after", after_of(before)},
          {"basis", change.basis ? Json(*change.basis) : Json()},
          {"provisional", change.provisional},
          {"fields", std::move(fields)},
          {"sends", sent_keys(change)},
          {"origin", position(change.origin)},
          {"row", change.row ? position(*change.row) : Json()},
          {"assignment", assignment(change)},
          {"target", target(change)},
          {"blocked", change.refusal ? to_json(*change.refusal) : Json()}};
}

void add_changes(StreamedObject& document, const Changes& changes,
                 const std::function<Json(const Change& change, const Change* before)>& to_json) {
  struct Listed {
    const Change* change;
    const Change* before;
  };
  std::vector<Listed> listed;
  listed.reserve(changes.size());
  for (const std::vector<Change>& application : changes.by_application()) {
    const Change* before = nullptr;
    for (const Change& change : application) {
      listed.push_back({&change, std::exchange(before, &change)});
    }
  }
  const std::size_t count = listed.size();
  document.add("changes", count, [listed = std::move(listed), to_json](std::size_t index) {
    return to_json(*listed[index].change, listed[index].before);
  });
}

StreamedObject document_of(const Plan& plan) {
  StreamedObject document;
  document.add("formatVersion", kPlanFormatVersion);
  document.add("project", plan.project);
  document.add("environment", plan.environment);
  document.add("tenantId", plan.tenant_id);
  document.add("createdAt", format_rfc3339(plan.created_at));
  document.add("manifestDigest", plan.manifest_digest);
  document.add("complete", plan.complete);
  document.add("summary", to_json(plan.summary));
  add_changes(document, plan.changes,
              [](const Change& change, const Change* before) { return to_json(change, before); });
  add_values(document, "orphans", plan.orphans);
  add_values(document, "guards", plan.guards);
  add_values(document, "health", plan.health);
  add_values(document, "diagnostics", plan.diagnostics);
  return document;
}

std::string plan_file_digest(Json document) {
  for (const char* member : not_digested) document.erase(member);
  return digest(document);
}

std::string plan_digest(const PlanFile& file) {
  return digest_of(undigested(file));
}

StreamedObject document_of(const PlanFile& file) {
  StreamedObject document = undigested(file);
  document.add("digest", digest_of(document));
  return document;
}

}  // namespace syncwright::plan
