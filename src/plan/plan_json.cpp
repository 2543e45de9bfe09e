#include <fmt/format.h>

#include <functional>
#include <map>
#include <utility>

#include "plan/plan_file_parts.h"
#include "syncwright/core/sha256.h"
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

namespace {

/// What is around the lists. These are made apart, an element at a time (PlanDocument).
Json head_of(const Plan& plan) {
  return {{"formatVersion", kPlanFormatVersion},
          {"project", plan.project},
          {"environment", plan.environment},
          {"tenantId", plan.tenant_id},
          {"createdAt", format_rfc3339(plan.created_at)},
          {"manifestDigest", plan.manifest_digest},
          {"complete", plan.complete},
          {"summary", to_json(plan.summary)}};
}

/// The document of a plan, without a tree of the whole: that takes ten times its text, and the text
/// grows with the tenant. Members come by name, as in every object that this program writes; each
/// is a value, or a list whose elements are made one after another.
class PlanDocument {
 public:
  explicit PlanDocument(const Plan& plan) {
    const Json head = head_of(plan);
    for (const auto& [name, value] : head.items()) add(name, value);
    add("changes", plan.changes);
    add("orphans", plan.orphans);
    add("guards", plan.guards);
    add("health", plan.health);
    add("diagnostics", plan.diagnostics);
  }

  void add(const std::string& name, Json value) { members_[name].value = std::move(value); }

  /// What json_text makes of the tree.
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const auto& [name, member] : members_) {
      text += text.empty() ? "{\n  \"" : ",\n  \"";
      text.append(name).append("\": ");
      if (member.count == 0) {
        append_indented(member.value, "\n  ", text);
        continue;
      }
      for (std::size_t i = 0; i < member.count; ++i) {
        text += i == 0 ? "[\n    " : ",\n    ";
        append_indented(member.element(i), "\n    ", text);
      }
      text += "\n  ]";
    }
    return text + "\n}\n";
  }

  /// What `digest` makes of the tree without the time that it was made at.
  [[nodiscard]] std::string digest() const {
    Sha256 digest;
    std::string_view before = "{";
    for (const auto& [name, member] : members_) {
      if (name == "createdAt") continue;
      digest.add(fmt::format("{}\"{}\":", before, name));
      before = ",";
      if (member.count == 0) {
        digest.add(canonical_json(member.value));
        continue;
      }
      for (std::size_t i = 0; i < member.count; ++i) {
        digest.add(i == 0 ? "[" : ",");
        digest.add(canonical_json(member.element(i)));
      }
      digest.add("]");
    }
    digest.add("}");
    return digest.text();
  }

 private:
  struct Member {
    Json value = Json::array();
    std::size_t count = 0;  ///< of elements; 0: `value` is it
    std::function<Json(std::size_t)> element;
  };

  template <class T>
  void add(const std::string& name, const std::vector<T>& values) {
    Member& member = members_[name];
    member.count = values.size();
    member.element = [&values](std::size_t index) { return to_json(values[index]); };
  }

  /// No text in JSON holds a line break, so that each one is of the layout.
  static void append_indented(const Json& value, std::string_view line, std::string& text) {
    const std::string dumped = value.dump(2, ' ', false, Json::error_handler_t::replace);
    std::size_t from = 0;
    for (std::size_t at = dumped.find('\n'); at != std::string::npos;
         at = dumped.find('\n', from)) {
      text.append(dumped, from, at - from).append(line);
      from = at + 1;
    }
    text.append(dumped, from);
  }

  std::map<std::string, Member> members_;
};

PlanDocument plan_file_document(const PlanFile& file) {
  PlanDocument document(file.plan);
  document.add("desired", to_json(file.desired));
  return document;
}

}  // namespace

Json to_json(const Plan& plan) {
  Json document = head_of(plan);
  document["changes"] = list_of(plan.changes);
  document["orphans"] = list_of(plan.orphans);
  document["guards"] = list_of(plan.guards);
  document["health"] = list_of(plan.health);
  document["diagnostics"] = list_of(plan.diagnostics);
  return document;
}

std::string write_json(const Plan& plan) {
  return PlanDocument(plan).text();
}

std::string plan_file_digest(Json document) {
  for (const char* member : {"createdAt", "digest"}) document.erase(member);
  return digest(document);
}

std::string plan_digest(const PlanFile& file) {
  return plan_file_document(file).digest();
}

std::string write_plan_file(const PlanFile& file) {
  PlanDocument document = plan_file_document(file);
  document.add("digest", document.digest());
  return document.text();
}

}  // namespace syncwright::plan
