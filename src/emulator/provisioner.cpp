#include "provisioner.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "exchange.h"

namespace syncwright::emulator {

namespace {

constexpr Milliseconds time_per_event{40};
constexpr std::chrono::minutes first_retry{40};
constexpr std::chrono::hours longest_retry{24};

}  // namespace

Provisioner::Provisioner(const Surroundings& surroundings, const EventFrame& frame,
                         const Json& object_mapping)
    : around_(surroundings),
      frame_(frame),
      mapping_(object_mapping),
      source_type_(string_or(object_mapping, "sourceObjectName")),
      target_type_(string_or(object_mapping, "targetObjectName")),
      object_name_(fmt::format("{} to {}", source_type_, target_type_)),
      matching_(matching_attributes(object_mapping)),
      activity_(activity_attribute(object_mapping)) {}

std::string Provisioner::key_of(const Json& source) const {
  return object_name_ + "/" + string_or(source, "id");
}

const Json* Provisioner::source_of(const std::string& key) const {
  for (const Json& source : source_objects(around_.store, source_type_)) {
    if (key_of(source) == key) return &source;
  }
  return nullptr;
}

bool Provisioner::is_wanted(const Json& source) const {
  return around_.entitlement.covers(source) && is_active(source) &&
         passes_scoping_filter(member_or_null(mapping_, "scope"), source);
}

bool Provisioner::flows(Flow flow) const {
  const std::string types = string_or(mapping_, "flowTypes");
  switch (flow) {
    case Flow::add:
      return types.find("Add") != std::string::npos;
    case Flow::update:
      return types.find("Update") != std::string::npos;
    case Flow::remove:
      return types.find("Delete") != std::string::npos;
  }
  return false;
}

References Provisioner::references() const {
  References references;
  for (const auto& [key, link] : around_.job.links) {
    references[key.substr(key.rfind('/') + 1)] = link.account;
  }
  return references;
}

std::string Provisioner::find_match(const Json& values) const {
  for (const std::string& attribute : matching_) {
    const std::string wanted = to_lower(as_text(member_or_null(values, attribute.c_str())));
    if (wanted.empty()) continue;
    for (const auto& [id, account] : around_.target.accounts) {
      const std::string held = to_lower(as_text(member_or_null(account.values, attribute.c_str())));
      if (account.object == target_type_ && held == wanted) return id;
    }
  }
  return {};
}

const Json* Provisioner::refusal(const Json& values, const Json& source) const {
  const auto hits = [&](const Json& failure) {
    const Json& match = member_or_null(failure, "match");
    if (!match.is_object() || match.empty()) return false;
    for (auto item = match.begin(); item != match.end(); ++item) {
      const std::string value = as_text(member_or_null(values, item.key().c_str()));
      const std::string own = as_text(source_attribute(source, item.key()));
      if (as_text(*item) != (value.empty() ? own : value)) return false;
    }
    return true;
  };
  const auto found = std::find_if(around_.failures.begin(), around_.failures.end(), hits);
  return found == around_.failures.end() ? nullptr : &*found;
}

bool Provisioner::waits_in_escrow(const std::string& key) const {
  const auto found = around_.job.escrows.find(key);
  return found != around_.job.escrows.end() && found->second.next_attempt > around_.began;
}

std::string Provisioner::target_name(const Json& values, const Json& source) const {
  for (const std::string& attribute : matching_) {
    std::string name = as_text(member_or_null(values, attribute.c_str()));
    if (!name.empty()) return name;
  }
  return string_or(source, "displayName");
}

ProvisioningEvent Provisioner::event_for(const Json& source, const char* action) const {
  ProvisioningEvent event;
  event.action = action;
  event.status = "success";
  event.source_id = string_or(source, "id");
  event.source_name = string_or(source, "displayName");
  event.source_type = source_type_;
  event.target_type = target_type_;
  event.is_active = is_active(source);
  event.is_assigned = around_.entitlement.covers(source);
  event.passes_filter = passes_scoping_filter(member_or_null(mapping_, "scope"), source);
  return event;
}

void Provisioner::record(const ProvisioningEvent& event) {
  const Instant at = std::min(around_.now, around_.began + time_per_event * ++around_.events);
  append_log(around_.store, log_entry(frame_, event, at));
}

/// SkipOutOfScopeDeletions; or SyncAll went from true to false and no restart made the engine look
/// at everybody again (API.md 13.19).
bool Provisioner::spares_leavers() const {
  const bool waits_for_restart =
      around_.job.synced_everybody && !around_.entitlement.everybody && !around_.initial;
  return around_.keeps_leavers || waits_for_restart;
}

std::vector<std::string> Provisioner::leavers() const {
  std::vector<std::string> keys;
  if (!flows(Flow::remove)) return keys;
  for (const auto& [key, link] : around_.job.links) {
    const auto account = around_.target.accounts.find(link.account);
    const bool is_ours = link.object_name == object_name_;
    if (!is_ours || account == around_.target.accounts.end() || !account->second.enabled) continue;
    const Json* source = source_of(key);
    if (source && is_wanted(*source)) continue;
    // What spares who left the scope spares not who was disabled or deleted.
    if (source && is_active(*source) && spares_leavers()) continue;
    keys.push_back(key);
  }
  return keys;
}

void Provisioner::stage(const std::vector<std::string>& leavers) {
  for (const std::string& key : leavers) {
    const Link& link = around_.job.links.at(key);
    const Json* source = source_of(key);
    const Json gone = {{"id", key.substr(key.rfind('/') + 1)}, {"isSoftDeleted", true}};
    ProvisioningEvent event = event_for(source ? *source : gone, "stagedDelete");
    event.status = "skipped";
    event.error_code = "TooManyDeletes";
    event.reason = "The deletion threshold of the job was reached; nothing was deleted.";
    event.target_id = link.account;
    record(event);
  }
}

void Provisioner::deprovision(const std::vector<std::string>& leavers) {
  for (const std::string& key : leavers) {
    const std::string id = around_.job.links.at(key).account;
    Account& account = around_.target.accounts.at(id);
    const Json* source = source_of(key);
    const Json gone = {{"id", key.substr(key.rfind('/') + 1)}, {"isSoftDeleted", true}};
    const bool disables = source != nullptr && !activity_.empty();
    ProvisioningEvent event = event_for(source ? *source : gone, disables ? "disable" : "delete");
    event.target_id = id;
    event.target_name = target_name(account.values, source ? *source : gone);
    if (disables) {
      event.modified.push_back({activity_, "True", "False"});
      account.enabled = false;
    } else {
      around_.target.accounts.erase(id);
      around_.job.links.erase(key);
    }
    around_.job.escrows.erase(key);
    ++around_.counts.exports;
    record(event);
  }
}

void Provisioner::provision() {
  for (const Json& source : source_objects(around_.store, source_type_)) {
    ++around_.counts.imported;
    if (!around_.entitlement.covers(source)) continue;
    ++around_.counts.entitled;
    const std::string key = key_of(source);
    if (is_wanted(source)) {
      ++around_.counts.in_scope;
      around_.job.skipped.erase(key);
      provision_object(source);
    } else if (!around_.job.links.contains(key)) {
      skip(source, key);
    }
  }
}

void Provisioner::provision_object(const Json& source) {
  const std::string key = key_of(source);
  if (waits_in_escrow(key)) return;
  const auto link = around_.job.links.find(key);
  if (link != around_.job.links.end() && around_.target.accounts.contains(link->second.account)) {
    update(source, key, false);
    return;
  }
  Json values = flow_values(mapping_, source, nullptr, references());
  const std::string match = find_match(values);
  if (!match.empty()) {
    around_.job.links[key] = {match, object_name_};
    update(source, key, true);
  } else if (flows(Flow::add)) {
    create(source, key, std::move(values));
  }
}

bool Provisioner::fails(const Json& source, const std::string& key, const Json& values,
                        ProvisioningEvent event) {
  const Json* failure = refusal(values, source);
  if (!failure) return false;
  event.status = "failure";
  event.error_code = string_or(*failure, "errorCode", "EntryConflict");
  event.reason = string_or(*failure, "reason", "The target refused the object.");
  ++around_.counts.failures;
  escrow(key);
  record(event);
  return true;
}

void Provisioner::create(const Json& source, const std::string& key, Json values) {
  ProvisioningEvent event = event_for(source, "create");
  event.target_name = target_name(values, source);
  for (auto item = values.begin(); item != values.end(); ++item) {
    event.modified.push_back({item.key(), nullptr, *item});
  }
  ++around_.counts.changed;
  if (fails(source, key, values, event)) return;
  event.target_id = std::to_string(++around_.target.last_id);
  around_.target.accounts[event.target_id] = {target_type_, std::move(values), true};
  around_.job.links[key] = {event.target_id, object_name_};
  around_.job.escrows.erase(key);
  ++around_.counts.exports;
  record(event);
}

void Provisioner::update(const Json& source, const std::string& key, bool is_new_link) {
  const std::string id = around_.job.links.at(key).account;
  Account& account = around_.target.accounts.at(id);
  ProvisioningEvent event = event_for(source, "update");
  event.target_id = id;
  const Json values = flow_values(mapping_, source, account.values, references());
  for (auto item = values.begin(); item != values.end(); ++item) {
    const Json& held = member_or_null(account.values, item.key().c_str());
    if (held != *item) event.modified.push_back({item.key(), held, *item});
  }
  if (!account.enabled) event.modified.push_back({activity_, "False", "True"});
  event.target_name = target_name(values, source);
  if (event.modified.empty()) {
    around_.job.escrows.erase(key);
    if (!is_new_link) return;
    event.action = "other";
    record(event);
    return;
  }
  if (!flows(Flow::update)) return;
  ++around_.counts.changed;
  if (fails(source, key, values, event)) return;
  account.values.update(values);
  account.enabled = true;
  around_.job.escrows.erase(key);
  ++around_.counts.exports;
  record(event);
}

void Provisioner::skip(const Json& source, const std::string& key) {
  ProvisioningEvent event = event_for(source, "other");
  event.status = "skipped";
  event.error_code = event.is_active ? "NotEffectivelyEntitled" : "NotActive";
  event.reason = event.is_active ? "The object does not pass the scoping filter."
                                 : "The object is not active in the source system.";
  std::string& known = around_.job.skipped[key];
  if (known == event.error_code) return;
  known = event.error_code;
  record(event);
}

void Provisioner::escrow(const std::string& key) {
  Escrow& escrow = around_.job.escrows[key];
  const Milliseconds delay = first_retry * (1 << std::min(escrow.attempts, 10));
  escrow.next_attempt = around_.began + std::min<Milliseconds>(delay, longest_retry);
  ++escrow.attempts;
}

void Provisioner::settle_references() {
  const References all = references();
  for (const auto& [key, link] : around_.job.links) {
    if (link.object_name != object_name_) continue;
    const auto account = around_.target.accounts.find(link.account);
    const Json* source = source_of(key);
    if (account == around_.target.accounts.end() || !source || !is_wanted(*source)) continue;
    if (waits_in_escrow(key)) continue;
    account->second.values.update(flow_values(mapping_, *source, account->second.values, all));
  }
}

}  // namespace syncwright::emulator
