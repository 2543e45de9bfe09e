#include "emulator/cycles/provisioning_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "emulator/cycles/tenant_directory.h"
#include "emulator/exchange.h"

namespace syncwright::emulator {

// What makes this hard is that three askers must get one answer: an initial cycle, the cycle forty
// minutes later, and provisioning on demand (docs/graph.md#8.1). So an object is first decided
// about, which changes nothing (`decide`: the mapping's verdict on the object, its account and the
// links), and then carried out, which is the only writer of accounts, links, escrows and counts.
// Whatever would be written a second time would show as a change that nobody made: a cycle that has
// nothing to do must log nothing. A failure is no exception to that: the object waits in escrow,
// longer each time, and its account stays as it was.
//
// References come late. A manager or member that is provisioned after its referrer has no account
// id yet when the referrer is written, so `JobSession::references` grows while a cycle runs and the
// provisioner goes over the referrers once more at the end.

namespace {

constexpr Milliseconds time_per_event{40};
constexpr std::chrono::minutes first_retry{40};
constexpr std::chrono::hours longest_retry{24};

/// [G] The code that the log gives to a failed evaluation is not recorded.
const char* assumed_evaluation_error_code() {
  return "ExpressionEvaluationFailed";
}

/// An inbound job writes where other jobs read; every other one the connected application.
std::unique_ptr<ConnectedTarget> make_target(JobSession& session, const MappingAtWork& mapping,
                                             const provisioning::MappingProgram& program) {
  const Json& directory =
      find_directory(session.schema, string_or(mapping.rule, "targetDirectoryName"));
  if (!session.source.is_uploads() || !is_entra_directory(directory)) {
    return connected_application(session.store.targets, session.job.service_principal,
                                 program.target_object_name, session.failures());
  }
  std::vector<std::string> attributes;
  for (const provisioning::AttributeFlow& flow : program.flows) {
    attributes.push_back(flow.target_attribute_name);
  }
  return tenant_directory(session.store, program.target_object_name, attributes, session.failures(),
                          session.began);
}

std::vector<std::string> targets_of_unique_values(const provisioning::MappingProgram& program) {
  std::vector<std::string> names;
  for (const provisioning::AttributeFlow& flow : program.flows) {
    if (flow.selects_unique_value) {
      names.push_back(flow.target_attribute_name);
    }
  }
  return names;
}

/// A value as the log shows it: Redact hides it (docs/graph.md#5.11).
expression::Value redact(const provisioning::AttributeFlow& flow, const expression::Value& value) {
  return flow.is_redacted && !expression::is_null(value)
             ? expression::Value(std::string("[Redact]"))
             : value;
}

const char* action_of(const provisioning::Operation& operation) {
  if (operation.failed) return operation.account ? "update" : "create";
  return operation.action == provisioning::Action::skip ? "other" : to_string(operation.action);
}

std::string first_failure(const provisioning::Operation& operation) {
  for (const provisioning::FlowResult& flow : operation.flows) {
    if (flow.disposition == provisioning::Disposition::failed) return flow.message;
  }
  return {};
}

}  // namespace

const char* skip_code(provisioning::Reason reason) {
  switch (reason) {
    case provisioning::Reason::filtered_on_input:
      return "ImportSkipped";
    case provisioning::Reason::not_assigned:
    case provisioning::Reason::not_in_scope:
      return "NotEffectivelyEntitled";
    case provisioning::Reason::not_active:
      return "NotActive";
    case provisioning::Reason::no_matching_value:
      return "MissingValues";
    case provisioning::Reason::nothing_changed:
      return "RedundantExport";
    case provisioning::Reason::none:
    case provisioning::Reason::mapping_disabled:
    case provisioning::Reason::deleted_in_source:
    case provisioning::Reason::flow_type_off:
    case provisioning::Reason::out_of_scope_kept:
    case provisioning::Reason::object_ignored:
    case provisioning::Reason::evaluation_failed:
      return "EntrySynchronizationSkipped";
  }
  return "";
}

tl::expected<std::unique_ptr<ProvisioningEngine>, std::vector<std::string>>
ProvisioningEngine::make(JobSession& session, const MappingAtWork& mapping) {
  auto program = provisioning::MappingProgram::compile(mapping.mapping);
  if (!program) return tl::unexpected(std::move(program.error()));
  return std::unique_ptr<ProvisioningEngine>(
      new ProvisioningEngine(session, mapping, std::move(*program)));
}

ProvisioningEngine::ProvisioningEngine(JobSession& session, const MappingAtWork& mapping,
                                       provisioning::MappingProgram program)
    : session_(session),
      program_(std::move(program)),
      attributes_(program_.source_attributes()),
      object_name_(
          fmt::format("{} to {}", program_.source_object_name, program_.target_object_name)),
      target_(make_target(session, mapping, program_)),
      frame_{
          session.job,
          session.service_principal,
          find_directory(session.schema, string_or(mapping.rule, "sourceDirectoryName")),
          find_directory(session.schema, string_or(mapping.rule, "targetDirectoryName")),
          string_or(session.service_principal, "appOwnerOrganizationId", session.store.tenant_id),
          session.id},
      unique_attributes_(targets_of_unique_values(program_)) {}

Subject ProvisioningEngine::subject(const Json& source) const {
  Subject subject;
  subject.source = &source;
  subject.object = directory_object(source, attributes_);
  subject.key = object_name_ + "/" + subject.object.id;
  return subject;
}

Subject ProvisioningEngine::subject_of(const std::string& key) const {
  const std::string id = key.substr(object_name_.size() + 1);
  const Json* source = session_.source.find(program_.source_object_name, id);
  if (source) return subject(*source);
  Subject gone;
  gone.key = key;
  gone.object.id = id;
  return gone;
}

const provisioning::DirectoryObject* ProvisioningEngine::account_of(const Subject& subject) const {
  const auto link = session_.job.links.find(subject.key);
  if (link == session_.job.links.end()) return nullptr;
  return target_->account(link->second.account);
}

void ProvisioningEngine::set_attribute(const Subject& subject, const std::string& name,
                                       expression::Value value) {
  provisioning::DirectoryObject changed = *account_of(subject);
  changed.attributes.set(name, std::move(value));
  target_->write(std::move(changed));
}

bool ProvisioningEngine::refers_to(const Subject& subject, const std::string& id) const {
  const provisioning::DirectoryObject* account = account_of(subject);
  const auto referred = session_.references.find(id);
  if (!account || referred == session_.references.end()) return false;
  return std::any_of(
      program_.flows.begin(), program_.flows.end(), [&](const provisioning::AttributeFlow& flow) {
        const expression::Value* held = account->attributes.find(flow.target_attribute_name);
        if (!flow.is_reference || !held) return false;
        const auto* list = std::get_if<expression::MultiValue>(held);
        return list ? std::find(list->begin(), list->end(), referred->second) != list->end()
                    : expression::to_text(*held) == referred->second;
      });
}

bool ProvisioningEngine::waits_in_escrow(const std::string& key) const {
  const auto found = session_.job.escrows.find(key);
  return found != session_.job.escrows.end() && found->second.next_attempt > session_.began;
}

provisioning::MappingInput ProvisioningEngine::input_of(const Subject& subject) const {
  const std::string& id = subject.object.id;
  const provisioning::DirectoryObject* linked = account_of(subject);
  const std::string own = linked ? linked->id : std::string();
  return {
      .source = subject.object,
      .is_assigned = session_.entitlement.covers(id),
      .is_active = subject.source && is_active(*subject.source),
      .is_deleted = !subject.source,
      .linked = linked,
      .find = [this](const std::string& attribute,
                     const expression::Value& value) { return target_->find(attribute, value); },
      .resolve_reference = [this](const std::string& referred) -> std::optional<std::string> {
        const auto found = session_.references.find(referred);
        if (found == session_.references.end()) return std::nullopt;
        return found->second;
      },
      .skip_out_of_scope_deletions = session_.spares_leavers(),
      .parameters = nullptr,
      .is_taken =
          [this, own](std::string_view text) {
            return target_->is_taken(unique_attributes_, text, own);
          },
      .roles = session_.entitlement.roles_of(id),
      .default_domain = session_.store.default_domain,
      .now = session_.began,
      .random = session_.random};
}

provisioning::Operation ProvisioningEngine::decide(const Subject& subject) const {
  return provisioning::run_mapping(program_, input_of(subject));
}

std::string ProvisioningEngine::target_name(const Subject& subject,
                                            const provisioning::Operation& operation) const {
  const std::map<std::string, expression::Value> written = operation.values_to_write();
  for (const std::size_t index : program_.matching) {
    const std::string& attribute = program_.flows[index].target_attribute_name;
    const auto found = written.find(attribute);
    if (found != written.end()) return expression::to_text(found->second);
    const expression::Value* held =
        operation.account ? operation.account->attributes.find(attribute) : nullptr;
    if (held && !expression::is_null_or_empty(*held)) return expression::to_text(*held);
  }
  return subject.object.name;
}

ProvisioningEvent ProvisioningEngine::event_of(const Subject& subject,
                                               const provisioning::Operation& operation) const {
  const provisioning::MappingInput input = input_of(subject);
  ProvisioningEvent event;
  event.action = action_of(operation);
  event.status = "success";
  event.source_id = subject.object.id;
  event.source_name = subject.object.name;
  event.source_type = program_.source_object_name;
  event.target_type = program_.target_object_name;
  event.target_name = target_name(subject, operation);
  if (operation.account) event.target_id = operation.account->id;
  event.is_active = input.is_active;
  event.is_assigned = input.is_assigned;
  event.scope = operation.scope;
  event.steps = provisioning::steps(program_, input, operation);
  const bool is_new_link = operation.account && !input.linked;
  if (operation.failed) {
    event.status = "failure";
    event.error_code = assumed_evaluation_error_code();
    event.reason = first_failure(operation);
  } else if (operation.action == provisioning::Action::skip && !is_new_link) {
    event.status = "skipped";
    event.error_code = skip_code(operation.reason);
    event.reason = event.steps.empty() ? "" : event.steps.back().description;
  }
  if (operation.action == provisioning::Action::skip) return event;
  for (const provisioning::FlowResult& result : operation.flows) {
    const provisioning::AttributeFlow& flow = program_.flows[result.flow];
    if (!result.is_written()) continue;
    event.modified.push_back(
        {flow.target_attribute_name, redact(flow, result.before), redact(flow, result.after)});
  }
  return event;
}

ProvisioningEvent ProvisioningEngine::carry_out(const Subject& subject,
                                                const provisioning::Operation& operation) {
  ProvisioningEvent event = event_of(subject, operation);
  if (operation.failed) {
    ++session_.counts.failures;
    escrow(subject.key);
    return event;
  }
  switch (operation.action) {
    case provisioning::Action::create:
    case provisioning::Action::update:
    case provisioning::Action::disable:
      write(subject, operation, event);
      break;
    case provisioning::Action::remove:
      remove(subject, operation);
      break;
    case provisioning::Action::skip:
      pass_over(subject, operation);
      break;
  }
  return event;
}

void ProvisioningEngine::pass_over(const Subject& subject,
                                   const provisioning::Operation& operation) {
  session_.job.escrows.erase(subject.key);
  if (operation.account) link(subject, operation.account->id);
}

void ProvisioningEngine::write(const Subject& subject, const provisioning::Operation& operation,
                               ProvisioningEvent& event) {
  expression::AttributeMap values =
      operation.account ? operation.account->attributes : expression::AttributeMap();
  for (auto& [name, value] : operation.values_to_write()) values.set(name, value);
  if (operation.action != provisioning::Action::disable) {
    ++session_.counts.changed;
    const std::string own = operation.account ? operation.account->id : std::string();
    if (const Json* failure = target_->refusal(values, *subject.source, own)) {
      ++session_.counts.failures;
      event.status = "failure";
      event.error_code = string_or(*failure, "errorCode", "EntryConflict");
      event.reason = string_or(*failure, "reason", "The target refused the object.");
      event.steps.back().status = provisioning::ProvisioningStep::Status::failure;
      event.steps.back().description = event.reason;
      escrow(subject.key);
      return;
    }
  }
  event.target_id = target_->write({operation.account ? operation.account->id : std::string(),
                                    event.target_name, std::move(values)});
  link(subject, event.target_id);
  session_.job.escrows.erase(subject.key);
  ++session_.counts.exports;
}

void ProvisioningEngine::remove(const Subject& subject, const provisioning::Operation& operation) {
  target_->remove(operation.account->id);
  session_.job.links.erase(subject.key);
  session_.job.escrows.erase(subject.key);
  session_.references.erase(subject.object.id);
  ++session_.counts.exports;
}

void ProvisioningEngine::link(const Subject& subject, const std::string& account) {
  session_.job.links[subject.key] = {account, object_name_};
  session_.references[subject.object.id] = account;
}

void ProvisioningEngine::escrow(const std::string& key) {
  Escrow& escrow = session_.job.escrows[key];
  const Milliseconds delay = first_retry * (1 << std::min(escrow.attempts, 10));
  escrow.next_attempt = session_.began + std::min<Milliseconds>(delay, longest_retry);
  ++escrow.attempts;
}

ProvisioningEvent ProvisioningEngine::staged_deletion(
    const Subject& subject, const provisioning::Operation& operation) const {
  ProvisioningEvent event = event_of(subject, operation);
  event.action = "stagedDelete";
  event.status = "skipped";
  event.error_code = "TooManyDeletes";
  event.reason = "The deletion threshold of the job was reached; nothing was deleted.";
  event.steps.back().status = provisioning::ProvisioningStep::Status::skipped;
  event.steps.back().description = event.reason;
  event.modified.clear();
  return event;
}

Json ProvisioningEngine::record(const ProvisioningEvent& event) {
  const Instant at = std::min(session_.now, session_.began + time_per_event * ++session_.events);
  Json entry = log_entry(frame_, event, at);
  session_.store.log.append(entry);
  return entry;
}

}  // namespace syncwright::emulator
