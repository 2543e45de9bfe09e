#include "plan/plan_file_parts.h"
#include "syncwright/core/json_object.h"

namespace syncwright::plan {

namespace {

constexpr JsonDialect kPlanFile{.object = "is not an object",
                                .list = "is not a list",
                                .text = "is not a text",
                                .texts = "is not a list",
                                .texts_element = "holds something that is not a text",
                                .flag = "is not true or false",
                                .number = "is not a whole number in range",
                                .number_of_64_bits = "is not a whole number in range",
                                .number_range = "is not a whole number in range",
                                .word = "is not known to this version",
                                .missing = nullptr,
                                .null_is_left_out = true};

std::optional<Severity> severity_from(std::string_view text) {
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    if (text == to_string(severity)) return severity;
  }
  return std::nullopt;
}

SourceRange decode_position(JsonObject reader) {
  SourceRange range;
  range.file = reader.text("file");
  range.line = reader.number("line");
  range.column = reader.number("column");
  return range;
}

schema::FieldChange decode_field(JsonObject& reader) {
  return {reader.text("path"), reader.any("before"), reader.any("after")};
}

SentKey decode_sent_key(JsonObject& reader) {
  return {reader.text("key"), reader.word("how", sent_key_from)};
}

Refusal decode_refusal(JsonObject reader) {
  return {reader.word("code", find_code), reader.text("message"), reader.text("advice"),
          reader.texts("candidates")};
}

AssignmentPayload decode_assignment(JsonObject reader) {
  AssignmentPayload assigned;
  assigned.principal_type = reader.text("principalType");
  const bool known = assigned.principal_type == "user" || assigned.principal_type == "group" ||
                     assigned.principal_type == "servicePrincipal";
  if (!known) reader.blame("principalType", "is not known to this version");
  assigned.principal_id = reader.text_or_null("principalId").value_or("");
  assigned.app_role_id = reader.text_or_null("appRoleId").value_or("");
  return assigned;
}

/// The payload of the change's type. Of another type's, nothing is taken: plan files come from
/// outside.
void decode_payload(JsonObject& reader, Change& change) {
  constexpr const char* kNotOfThisType = "is not what a change of this type has";
  change.payload = empty_payload(change.type);
  std::vector<SentKey> keys = reader.list("sends", decode_sent_key);
  const bool has_assignment = !reader.any("assignment").is_null();
  std::optional<std::string> target = reader.text_or_null("target");
  if (SentKeysPayload* sends = change.sent_keys()) {
    sends->keys = std::move(keys);
  } else if (!keys.empty()) {
    reader.blame("sends", kNotOfThisType);
  }
  if (AssignmentPayload* assigned = change.assignment()) {
    if (has_assignment) *assigned = decode_assignment(reader.object("assignment"));
  } else if (has_assignment) {
    reader.blame("assignment", kNotOfThisType);
  }
  if (TargetPayload* payload = change.target()) {
    payload->id = std::move(target).value_or("");
  } else if (target) {
    reader.blame("target", kNotOfThisType);
  }
}

/// `id` and `after` follow from the rest and from the order, which plan_file.cpp checks. An id says
/// one thing of its own: that another deletion has the same name.
Change decode_change(JsonObject& reader) {
  Change change;
  change.type = reader.word("type", change_type_from);
  change.application = reader.text("application");
  change.job = reader.text_or_null("job").value_or("");
  change.status = reader.word("status", change_status_from);
  change.reason = reader.text("reason");
  if (!reader.any("risk").is_null()) change.risks = reader.word("risk", risks_from);
  static_cast<void>(reader.texts("after"));
  change.basis = reader.text_or_null("basis");
  change.provisional = reader.flag("provisional");
  change.fields = reader.list("fields", decode_field);
  decode_payload(reader, change);
  const std::string id = reader.text("id");
  change.is_namesake =
      change.type == ChangeType::application_delete && id.ends_with("/" + change.target()->id);
  if (!reader.any("origin").is_null()) change.origin = decode_position(reader.object("origin"));
  if (!reader.any("row").is_null()) change.row = decode_position(reader.object("row"));
  if (!reader.any("blocked").is_null()) change.refusal = decode_refusal(reader.object("blocked"));
  return change;
}

PlanSummary decode_summary(JsonObject reader) {
  PlanSummary summary;
  summary.create = reader.number("create");
  summary.update = reader.number("update");
  summary.deleted = reader.number("delete");
  summary.unchanged = reader.number("unchanged");
  summary.orphaned = reader.number("orphaned");
  summary.changes = reader.number("changes");
  summary.blocked = reader.number("blocked");
  summary.held = reader.number("held");
  return summary;
}

PlanOrphan decode_orphan(JsonObject& reader) {
  return {reader.text("application"), reader.text("servicePrincipalId"),
          reader.text("displayName")};
}

GuardVerdict decode_guard(JsonObject& reader) {
  return {reader.word("guard", guard_from), reader.text("message"), reader.text("acknowledge"),
          reader.number("figure"), reader.number("limit")};
}

Health decode_health(JsonObject& reader) {
  return {reader.text("application"), reader.text("job"), reader.word("state", health_state_from),
          reader.text("message"), reader.flag("drift")};
}

Diagnostic decode_diagnostic(JsonObject& reader) {
  Diagnostic diagnostic;
  diagnostic.code = reader.word("code", find_code);
  diagnostic.severity = reader.word("severity", severity_from);
  diagnostic.message = reader.text("message");
  diagnostic.advice = reader.text("advice");
  diagnostic.where = decode_position(reader);
  return diagnostic;
}

}  // namespace

Result<Plan> decode_plan(const Json& document) {
  JsonFault fault(kPlanFile);
  JsonObject reader(document, "", fault);
  Plan plan;
  plan.project = reader.text("project");
  plan.environment = reader.text("environment");
  plan.tenant_id = reader.text("tenantId");
  plan.created_at = reader.word("createdAt", parse_rfc3339);
  plan.manifest_digest = reader.text("manifestDigest");
  plan.complete = reader.flag("complete");
  plan.summary = decode_summary(reader.object("summary"));
  reader.each("changes",
              [&plan](JsonObject& change) { plan.changes.push_back(decode_change(change)); });
  plan.orphans = reader.list("orphans", decode_orphan);
  plan.guards = reader.list("guards", decode_guard);
  plan.health = reader.list("health", decode_health);
  plan.diagnostics = reader.list("diagnostics", decode_diagnostic);
  if (auto read = fault.result(); !read) return fail(read.error());
  return plan;
}

}  // namespace syncwright::plan
