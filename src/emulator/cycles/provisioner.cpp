#include "emulator/cycles/provisioner.h"

#include <algorithm>
#include <string>
#include <utility>

namespace syncwright::emulator {

std::vector<Provisioner::Leaver> Provisioner::leavers() const {
  std::vector<Leaver> leavers;
  for (const auto& [key, link] : session_.job.links) {
    if (link.object_name != engine_.object_name()) continue;
    Subject subject = engine_.subject_of(key);
    if (!engine_.account_of(subject)) continue;
    provisioning::Operation operation = engine_.decide(subject);
    const bool leaves = operation.action == provisioning::Action::disable ||
                        operation.action == provisioning::Action::remove;
    const bool fails = operation.failed && !operation.in_scope && !engine_.waits_in_escrow(key);
    if (leaves || fails) leavers.push_back({std::move(subject), std::move(operation)});
  }
  return leavers;
}

void Provisioner::stage(const std::vector<Leaver>& leavers) {
  for (const Leaver& leaver : leavers) {
    engine_.record(engine_.staged_deletion(leaver.subject, leaver.operation));
  }
}

void Provisioner::deprovision(const std::vector<Leaver>& leavers) {
  for (const Leaver& leaver : leavers) {
    if (!engine_.account_of(leaver.subject)) continue;  // deleted through another link
    engine_.record(engine_.carry_out(leaver.subject, leaver.operation));
  }
}

void Provisioner::provision() {
  for (const Json* source : session_.source.objects(engine_.program().source_object_name)) {
    ++session_.counts.imported;
    const Subject subject = engine_.subject(*source);
    if (!session_.entitlement.covers(subject.object.id)) continue;
    ++session_.counts.entitled;
    const provisioning::Operation operation = engine_.decide(subject);
    if (operation.in_scope) {
      ++session_.counts.in_scope;
      if (!engine_.waits_in_escrow(subject.key)) provision_object(subject, operation);
    } else if (!engine_.account_of(subject)) {
      note_skip(subject, operation);
    }
  }
}

void Provisioner::provision_object(const Subject& subject,
                                   const provisioning::Operation& operation) {
  const bool writes_nothing = operation.action == provisioning::Action::skip && !operation.failed;
  if (writes_nothing && !operation.account &&
      operation.reason != provisioning::Reason::flow_type_off) {
    note_skip(subject, operation);
    return;
  }
  session_.job.skipped.erase(subject.key);
  const bool is_new_link = operation.account && !engine_.account_of(subject);
  if (writes_nothing && !is_new_link) {
    engine_.pass_over(subject, operation);
  } else {
    engine_.record(engine_.carry_out(subject, operation));
  }
}

/// Once for each reason, not in every cycle.
void Provisioner::note_skip(const Subject& subject, const provisioning::Operation& operation) {
  std::string& known = session_.job.skipped[subject.key];
  if (known == skip_code(operation.reason)) {
    engine_.pass_over(subject, operation);
    return;
  }
  known = skip_code(operation.reason);
  engine_.record(engine_.carry_out(subject, operation));
}

bool Provisioner::has_references() const {
  const std::vector<provisioning::AttributeFlow>& flows = engine_.program().flows;
  return std::any_of(flows.begin(), flows.end(),
                     [](const provisioning::AttributeFlow& flow) { return flow.is_reference; });
}

void Provisioner::settle_references() {
  if (!has_references()) return;
  for (const auto& [key, link] : session_.job.links) {
    if (link.object_name != engine_.object_name() || engine_.waits_in_escrow(key)) continue;
    const Subject subject = engine_.subject_of(key);
    if (!engine_.account_of(subject)) continue;
    const provisioning::Operation operation = engine_.decide(subject);
    if (operation.action != provisioning::Action::update) continue;
    for (const provisioning::FlowResult& result : operation.flows) {
      const provisioning::AttributeFlow& flow = engine_.program().flows[result.flow];
      const bool settles =
          flow.is_reference && result.disposition == provisioning::Disposition::flowed;
      if (settles) {
        engine_.set_attribute(subject, flow.target_attribute_name, result.after);
      }
    }
  }
}

}  // namespace syncwright::emulator
