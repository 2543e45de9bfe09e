#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/cycles/job_state.h"
#include "emulator/graph_error.h"
#include "emulator/resources/named_schema.h"
#include "emulator/resources/resources.h"
#include "emulator/resources/synchronization_templates.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

std::string without_dashes(std::string text) {
  std::erase(text, '-');
  return text;
}

std::string context_of(const std::string& service_principal) {
  return fmt::format("servicePrincipals('{}')/synchronization/jobs", service_principal);
}

Job new_job(const Exchange& exchange, const std::string& service_principal,
            const std::string& template_id) {
  Job job;
  job.id =
      fmt::format("{}.{}.{}", template_id, without_dashes(exchange.tenant_id()), random_uuid());
  job.template_id = template_id;
  job.service_principal = service_principal;
  job.created = exchange.call.now;
  job.status = new_job_status();
  return job;
}

enum Scope : unsigned {
  connector_data_store = 1,
  escrows = 2,
  watermark = 4,
  quarantine_state = 8,
  force_deletes = 32,
};

constexpr std::array<std::pair<std::string_view, unsigned>, 7> scope_names{{
    {"None", 0},
    {"ConnectorDataStore", connector_data_store},
    {"Escrows", escrows},
    {"Watermark", watermark},
    {"QuarantineState", quarantine_state},
    {"Full", connector_data_store | escrows | watermark | quarantine_state},
    {"ForceDeletes", force_deletes},
}};

/// What the portal's "Restart provisioning" sends (docs/graph.md#8.3).
constexpr unsigned default_scope = watermark | escrows | quarantine_state;

/// nullopt where a name is none of the enum's.
std::optional<unsigned> parse_scope(const std::string& text) {
  if (text.empty()) return default_scope;
  unsigned scope = 0;
  std::string name;
  for (const char letter : text + ",") {
    if (letter == ' ') continue;
    if (letter != ',') {
      name += letter;
      continue;
    }
    bool known = false;
    for (const auto& [candidate, flag] : scope_names) {
      if (candidate != name) continue;
      known = true;
      scope |= flag;
    }
    if (!known) return std::nullopt;
    name.clear();
  }
  return scope;
}

void clear_scope(Job& job, unsigned scope) {
  if ((scope & connector_data_store) != 0) job.links.clear();
  if ((scope & escrows) != 0) job.escrows.clear();
  if ((scope & watermark) != 0) begin_anew(job);
  if ((scope & quarantine_state) != 0) job.status["countSuccessiveCompleteFailures"] = 0;
  if ((scope & force_deletes) != 0) job.force_deletes = true;
}

}  // namespace

Reply list_jobs(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  const tl::expected<bool, Reply> expands = expands_schema(exchange);
  if (!expands) return expands.error();
  Json values = Json::array();
  for (const Job* job : exchange.store.jobs.with("servicePrincipal", id)) {
    if (!exchange.store.shows(job->created, job->deleted, exchange.call.now)) continue;
    values.push_back(job_on_wire(*job));
    if (*expands) add_schema(exchange, schema_of(exchange, *job), values.back());
  }
  Reply reply;
  reply.context = context_of(id);
  reply.body = {{"value", std::move(values)}};
  return reply;
}

Reply create_job(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  const std::string template_id = string_or(exchange.call.body, "templateId");
  if (template_id.empty()) return bad_request("The property 'templateId' is required.");
  if (!ready_template(exchange, id, template_id)) {
    return template_not_found(template_id);
  }
  Job job = new_job(exchange, id, template_id);
  Reply reply;
  reply.status = 201;
  reply.context = context_of(id) + "/$entity";
  reply.location = fmt::format("{}('{}')", context_of(id), job.id);
  reply.body = job_on_wire(job);
  const std::string key = job.id;
  exchange.store.jobs.add(key, std::move(job));
  exchange.store.set_schema(key, assumed_starting_schema(exchange, id, template_id));
  return reply;
}

Reply get_job(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[1];
  const Job* job = exchange.job(exchange.call.parameters[0], id);
  if (!job) return resource_not_found(id);
  const tl::expected<bool, Reply> expands = expands_schema(exchange);
  if (!expands) return expands.error();
  Reply reply;
  reply.context = context_of(job->service_principal) + "/$entity";
  reply.body = job_on_wire(*job);
  if (*expands) add_schema(exchange, schema_of(exchange, *job), reply.body);
  return reply;
}

Reply delete_job(const Exchange& exchange) {
  const Job* found = exchange.job_to_change();
  if (!found) return resource_not_found(exchange.call.parameters[1]);
  Job& job = exchange.store.jobs.edit(found->id);
  job.deleted = exchange.call.now;
  job.next_cycle.reset();
  return no_content();
}

Reply start_job(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  start(exchange.store.jobs.edit(job->id), exchange.call.now);
  return no_content();
}

Reply pause_job(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  pause(exchange.store.jobs.edit(job->id));
  return no_content();
}

Reply restart_job(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  const std::string text = string_or(member_or_null(exchange.call.body, "criteria"), "resetScope");
  const std::optional<unsigned> scope = parse_scope(text);
  if (!scope) {
    return synchronization_error(400, "InvalidResetScope",
                                 fmt::format("Requested value '{}' was not found.", text));
  }
  Job& restarted = exchange.store.jobs.edit(job->id);
  clear_scope(restarted, *scope);
  restart(restarted, exchange.call.now);
  return no_content();
}

}  // namespace syncwright::emulator
