#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/cycles/job_state.h"
#include "emulator/graph_error.h"
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

Job made_job(const Exchange& exchange, const std::string& service_principal,
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

}  // namespace

Reply list_jobs(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  Json values = Json::array();
  for (const auto& [job_id, job] : exchange.store.jobs) {
    const bool visible = exchange.store.shows(job.created, job.deleted, exchange.call.now);
    if (visible && job.service_principal == id) values.push_back(job_on_wire(job));
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
    return synchronization_error(
        400, "TemplateNotFound",
        fmt::format("The synchronization template '{}' was not found.", template_id));
  }
  Job job = made_job(exchange, id, template_id);
  Reply reply;
  reply.status = 201;
  reply.context = context_of(id) + "/$entity";
  reply.location = fmt::format("{}('{}')", context_of(id), job.id);
  reply.body = job_on_wire(job);
  const std::string key = job.id;
  exchange.store.jobs.emplace(key, std::move(job));
  return reply;
}

Reply get_job(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[1];
  const Job* job = exchange.job(exchange.call.parameters[0], id);
  if (!job) return resource_not_found(id);
  Reply reply;
  reply.context = context_of(job->service_principal) + "/$entity";
  reply.body = job_on_wire(*job);
  return reply;
}

Reply delete_job(const Exchange& exchange) {
  Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  job->deleted = exchange.call.now;
  job->next_cycle.reset();
  return no_content();
}

}  // namespace syncwright::emulator
