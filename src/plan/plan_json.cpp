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

Json to_json(const Change& change) {
  Json fields = Json::array();
  for (const schema::FieldChange& field : change.fields) {
    fields.push_back({{"path", field.path}, {"before", field.before}, {"after", field.after}});
  }
  return {{"id", change.id},
          {"type", to_string(change.type)},
          {"application", change.application},
          {"job", change.job.empty() ? Json() : Json(change.job)},
          {"status", to_string(change.status)},
          {"reason", change.reason},
          {"risk", change.risks.empty() ? Json() : Json(to_string(change.risks))},
          {"after", change.after},
          {"basis", change.basis ? Json(*change.basis) : Json()},
          {"provisional", change.provisional},
          {"fields", std::move(fields)},
          {"sends", sent_keys(change)},
          {"origin", position(change.origin)},
          {"row", position(change.row)},
          {"assignment", assignment(change)},
          {"target", target(change)},
          {"blocked", change.refusal ? to_json(*change.refusal) : Json()}};
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
Json list_of(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(to_json(value));
  return list;
}

}  // namespace

Json to_json(const Plan& plan) {
  return {{"formatVersion", kPlanFormatVersion},
          {"project", plan.project},
          {"environment", plan.environment},
          {"tenantId", plan.tenant_id},
          {"createdAt", format_rfc3339(plan.created_at)},
          {"manifestDigest", plan.manifest_digest},
          {"complete", plan.complete},
          {"summary", to_json(plan.summary)},
          {"changes", list_of(plan.changes)},
          {"orphans", list_of(plan.orphans)},
          {"guards", list_of(plan.guards)},
          {"health", list_of(plan.health)},
          {"diagnostics", list_of(plan.diagnostics)}};
}

std::string plan_file_digest(Json document) {
  for (const char* member : {"createdAt", "digest"}) document.erase(member);
  return digest(document);
}

namespace {

Json plan_file_document(const PlanFile& file) {
  Json document = to_json(file.plan);
  document["desired"] = to_json(file.desired);
  return document;
}

}  // namespace

std::string plan_digest(const PlanFile& file) {
  return plan_file_digest(plan_file_document(file));
}

std::string write_plan_file(const PlanFile& file) {
  Json document = plan_file_document(file);
  document["digest"] = plan_file_digest(document);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace syncwright::plan
