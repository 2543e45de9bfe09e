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
Reply assumed_refusal(const std::string& message) {
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

tl::expected<MappingAtWork, std::string> find_mapping(const JobSession& session,
                                                      const Demand& demand) {
  bool knows_rule = false;
  for (const MappingAtWork& candidate : session.mappings()) {
    if (string_or(candidate.rule, "id") != demand.rule_id) continue;
    knows_rule = true;
    const std::string name = string_or(candidate.mapping, "sourceObjectName");
    if (ascii::equal_ignoring_case(name, demand.object_type)) return candidate;
  }
  return tl::unexpected(
      knows_rule
          ? fmt::format("The rule has no enabled object mapping of '{}'.", demand.object_type)
          : fmt::format("The synchronization rule '{}' is not known.", demand.rule_id));
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

std::string document_text(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Two JSON documents in strings (docs/graph.md#13.40); their members are those of the log's entry.
Reply result(const std::string& status, const Json& details, const Json& steps,
             const Json& modified) {
  Reply reply;
  reply.context = "microsoft.graph.stringKeyStringValuePair";
  reply.body = {
      {"key", document_text({{"result", capitalize(status)}, {"details", details}})},
      {"value", document_text({{"provisioningSteps", steps}, {"modifiedProperties", modified}})}};
  return reply;
}

Reply failure(const char* code, const std::string& reason) {
  return result("failure", {{"errorCode", code}, {"reason", reason}}, Json::array(), Json::array());
}

Reply result_of(const ProvisioningEvent& event, const Json& entry) {
  Json steps = Json::array();
  for (const Json& step : steps_on_wire(event)) {
    steps.push_back({{"name", step["name"]},
                     {"type", capitalize(string_or(step, "provisioningStepType"))},
                     {"status", capitalize(string_or(step, "status"))},
                     {"description", step["description"]},
                     {"timestamp", entry["activityDateTime"]},
                     {"details", step["details"]}});
  }
  const Json& info = entry["provisioningStatusInfo"];
  return result(string_or(info, "status"), info["errorInformation"], steps,
                entry["modifiedProperties"]);
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
    return assumed_refusal(fmt::format("The {} '{}' does not exist.", type, demand.object_id));
  }
  const tl::expected<Json, std::string> object =
      type == "Group" ? with_members(*source, demand, engine) : *source;
  if (!object) return assumed_refusal(object.error());
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
  if (!demand) return assumed_refusal(demand.error());
  const Instant now = exchange.call.now;
  JobSession session = open_session(exchange.store, exchange.catalog,
                                    random_source_of(exchange.options), job->id, now, now);
  const auto mapping = find_mapping(session, *demand);
  if (!mapping) return assumed_refusal(mapping.error());
  return provision(session, *demand, *mapping);
}

}  // namespace syncwright::emulator
