#include <fmt/format.h>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "emulator/cycles/provisioning_engine.h"
#include "emulator/graph_error.h"
#include "emulator/resources/call_limit.h"
#include "emulator/resources/provisioning_object.h"
#include "emulator/resources/resources.h"
#include "emulator/resources/synchronization_secrets.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t max_members = 5;
/// For each application (docs/graph.md#4).
constexpr CallLimit limit{5, std::chrono::seconds{10}};

/// What the body asks for: one subject of one rule.
struct Demand {
  std::string rule_id;
  std::string object_id;
  std::string object_type;
  std::set<std::string> members;  ///< of a group: whose membership is written
};

/// [G] The codes of a refused request are not documented (docs/graph.md#5.9).
Reply assumed_demand_refusal(const std::string& message) {
  return synchronization_error(400, "InvalidOnDemandRequest", message);
}

/// The only element of a list; nullptr where it has none or more.
const Json* only(const Json& list) {
  return list.is_array() && list.size() == 1 ? &list.front() : nullptr;
}

tl::expected<Demand, std::string> read_demand(const Json& body) {
  const Json* parameters = only(member_or_null(body, "parameters"));
  if (!parameters) return tl::unexpected(std::string("Exactly one rule must be given."));
  const Json* subject = only(member_or_null(*parameters, "subjects"));
  if (!subject) return tl::unexpected(std::string("Exactly one subject must be given."));
  Demand demand;
  demand.rule_id = string_or(*parameters, "ruleId");
  demand.object_id = string_or(*subject, "objectId");
  demand.object_type = string_or(*subject, "objectTypeName");
  if (demand.object_id.empty() || demand.object_type.empty()) {
    return tl::unexpected(std::string("The subject needs objectId and objectTypeName."));
  }
  const Json& members = list_or_empty(member_or_null(*subject, "links"), "members");
  if (members.size() > max_members) {
    return tl::unexpected(fmt::format("A group brings at most {} members.", max_members));
  }
  for (const Json& member : members) demand.members.insert(string_or(member, "objectId"));
  return demand;
}

bool maps(const Json& mapping, const Demand& demand) {
  return ascii::equal_ignoring_case(string_or(mapping, "sourceObjectName"), demand.object_type);
}

/// Why the rule cannot provision the object. A rule that reads another directory than the job's
/// source finds nothing there: the emulator plays no such directory, whose objects may have names
/// for ids (docs/graph.md#15.10).
std::string why_not(const Json& schema, const Demand& demand) {
  for (const Json& rule : list_or_empty(schema, "synchronizationRules")) {
    if (string_or(rule, "id") != demand.rule_id) continue;
    const std::string source = string_or(rule, "sourceDirectoryName");
    for (const Json& mapping : list_or_empty(rule, "objectMappings")) {
      if (!maps(mapping, demand) || !bool_or(mapping, "enabled", true)) continue;
      return fmt::format("The {} '{}' does not exist in {}.", demand.object_type, demand.object_id,
                         source);
    }
    return fmt::format("The rule has no enabled object mapping of '{}'.", demand.object_type);
  }
  return fmt::format("The synchronization rule '{}' is not known.", demand.rule_id);
}

tl::expected<MappingAtWork, std::string> find_mapping(const JobSession& session,
                                                      const Demand& demand) {
  for (const MappingAtWork& candidate : session.mappings()) {
    const bool is_meant = string_or(candidate.rule, "id") == demand.rule_id;
    if (is_meant && maps(candidate.mapping, demand)) return candidate;
  }
  return tl::unexpected(why_not(session.schema, demand));
}

/// The group with the members that were asked for and those that its account has, so that no other
/// member is added or removed.
tl::expected<Json, std::string> with_members(const Json& group, const Demand& demand,
                                             const ProvisioningEngine& engine) {
  const Subject subject = engine.subject(group);
  std::set<std::string> unknown = demand.members;
  Json members = Json::array();
  for (const Json& member : list_or_empty(group, "members")) {
    const std::string id = member.is_string() ? member.get<std::string>() : std::string();
    const bool asked = unknown.erase(id) > 0;
    if (asked || engine.refers_to(subject, id)) members.push_back(id);
  }
  if (!unknown.empty()) {
    return tl::unexpected(fmt::format("'{}' is no member of the group.", *unknown.begin()));
  }
  Json result = group;
  result["members"] = std::move(members);
  return result;
}

/// What `key` says beside the result: nothing of a success (docs/graph.md#15.11).
Json key_details(const std::string& status, const std::string& code, const std::string& message) {
  if (status == "success") return Json::object();
  return {{"errorCode", code}, {"errorMessage", message}};
}

/// Two JSON documents in strings (docs/graph.md#13.40).
Reply result(const std::string& status, const Json& details, const Json& value) {
  Reply reply;
  reply.context = "microsoft.graph.stringKeyStringValuePair";
  reply.body = {{"key", printed_json({{"result", capitalize(status)}, {"details", details}})},
                {"value", printed_json(value)}};
  return reply;
}

/// Nothing was done yet that an object could be told about.
Reply failure(const char* code, const std::string& reason) {
  return result("failure", key_details("failure", code, reason), Json::object());
}

Reply result_of(const ProvisioningEvent& event, const Json& log_entry) {
  return result(event.status, key_details(event.status, event.error_code, event.reason),
                provisioning_object(event, log_entry));
}

Reply provision(JobSession& session, const Demand& demand, const MappingAtWork& mapping) {
  if (const auto refused = session.credentials_refusal()) {
    return failure(invalid_credentials_code, *refused);
  }
  const auto made = ProvisioningEngine::make(session, mapping);
  if (!made) {
    return failure(assumed_unusable_schema_code, fmt::format("{}", fmt::join(made.error(), "; ")));
  }
  ProvisioningEngine& engine = **made;
  const std::string& type = engine.program().source_object_name;
  const Json* source = session.source.find(type, demand.object_id);
  if (!source) {
    return assumed_demand_refusal(
        fmt::format("The {} '{}' does not exist.", type, demand.object_id));
  }
  const tl::expected<Json, std::string> object =
      type == "Group" ? with_members(*source, demand, engine) : *source;
  if (!object) return assumed_demand_refusal(object.error());
  const Subject subject = engine.subject(*object);
  const ProvisioningEvent event = engine.carry_out(subject, engine.decide(subject));
  return result_of(event, engine.record(event));
}

}  // namespace

Reply provision_on_demand(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  std::deque<Instant>& earlier = exchange.store.demands[exchange.call.caller.app_id];
  if (auto refusal = count_call(earlier, limit, exchange.call.now)) return *refusal;
  const tl::expected<Demand, std::string> demand = read_demand(exchange.call.body);
  if (!demand) return assumed_demand_refusal(demand.error());
  const Instant now = exchange.call.now;
  JobSession session = open_session(exchange.store, exchange.catalog,
                                    random_source_of(exchange.options), job->id, now, now);
  const auto mapping = find_mapping(session, *demand);
  if (!mapping) return assumed_demand_refusal(mapping.error());
  return provision(session, *demand, *mapping);
}

}  // namespace syncwright::emulator
