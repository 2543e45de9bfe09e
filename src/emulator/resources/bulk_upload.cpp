#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/cycles/job_source.h"
#include "emulator/graph_error.h"
#include "emulator/resources/call_limit.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

// A bulk request is taken or refused as a whole and says nothing about its users
// (docs/graph.md#13.42): they lie with the job as they were sent last, and the job's next cycle,
// which is due at once where the job is started, makes them accounts and writes the log.

namespace {

constexpr const char* request_schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
constexpr std::size_t most_operations = 50;
/// docs/graph.md#5.9
constexpr CallLimit in_a_moment{40, std::chrono::seconds{5}};
constexpr CallLimit in_a_day{6'000, std::chrono::hours{24}};

/// [G] The code of a refused bulk request is not documented, only that it is a 400.
Reply assumed_refusal(const std::string& message) {
  return synchronization_error(400, "InvalidBulkRequest", message);
}

/// How a user is found again: the externalId, and without one the userName or the bulkId.
std::string source_id(const Json& operation) {
  const Json& resource = member_or_null(operation, "data");
  for (const char* key : {"externalId", "userName"}) {
    const std::string id = string_or(resource, key);
    if (!id.empty()) return id;
  }
  return string_or(operation, "bulkId");
}

std::optional<std::string> fault_of(const Json& operation, std::set<std::string>& bulk_ids) {
  const std::string bulk_id = string_or(operation, "bulkId");
  if (bulk_id.empty()) return "Every operation needs a bulkId.";
  if (!bulk_ids.insert(bulk_id).second) return fmt::format("The bulkId '{}' repeats.", bulk_id);
  if (!ascii::equal_ignoring_case(string_or(operation, "method"), "POST")) {
    return fmt::format("The operation '{}' is none: only POST is supported.", bulk_id);
  }
  if (!ascii::equal_ignoring_case(string_or(operation, "path"), "/Users")) {
    return fmt::format("The operation '{}' has a path other than /Users.", bulk_id);
  }
  if (!member_or_null(operation, "data").is_object()) {
    return fmt::format("The operation '{}' has no data.", bulk_id);
  }
  return std::nullopt;
}

std::optional<std::string> fault_of(const Call& call) {
  const std::string type = call.headers.get("Content-Type").value_or("");
  if (!ascii::lower(type).starts_with("application/scim+json")) {
    return "The content type must be application/scim+json.";
  }
  const Json& schemas = list_or_empty(call.body, "schemas");
  if (std::find(schemas.begin(), schemas.end(), Json(request_schema)) == schemas.end()) {
    return fmt::format("The schemas must name {}.", request_schema);
  }
  const Json& operations = list_or_empty(call.body, "Operations");
  if (operations.empty() || operations.size() > most_operations) {
    return fmt::format("A request has 1 to {} operations.", most_operations);
  }
  std::set<std::string> bulk_ids;
  for (const Json& operation : operations) {
    if (auto fault = fault_of(operation, bulk_ids)) return fault;
  }
  return std::nullopt;
}

std::optional<Reply> throttle(const Exchange& exchange) {
  const Instant now = exchange.call.now;
  std::deque<Instant>& earlier = exchange.store.bulk_uploads;
  std::deque<Instant> of_late(
      std::lower_bound(earlier.begin(), earlier.end(), now - in_a_moment.window), earlier.end());
  if (auto refusal = count_call(of_late, in_a_moment, now)) return refusal;
  return count_call(earlier, in_a_day, now);
}

void keep_upload(const Exchange& exchange, const std::string& job, const Json& operation) {
  const Json& resource = member_or_null(operation, "data");
  const std::string id = source_id(operation);
  Json object = {
      {"id", id}, {"displayName", string_or(resource, "displayName", id)}, {"resource", resource}};
  exchange.store.uploads.add(Upload::row_id(job, id), {job, std::move(object)});
}

}  // namespace

Reply bulk_upload(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  if (!takes_uploads(exchange.gallery_entry(job->service_principal))) {
    return assumed_refusal("The job does not take uploads.");
  }
  if (std::optional<Reply> refusal = throttle(exchange)) return *refusal;
  if (const auto fault = fault_of(exchange.call)) return assumed_refusal(*fault);
  const std::string id = job->id;
  for (const Json& operation : exchange.call.body["Operations"])
    keep_upload(exchange, id, operation);
  Job& changed = exchange.store.jobs.edit(id);
  const bool is_quarantined = !member_or_null(changed.status, "quarantine").is_null();
  if (changed.next_cycle && !is_quarantined) changed.next_cycle = exchange.call.now;
  Reply reply;
  reply.status = 202;
  reply.location =
      "auditLogs/provisioning/?$filter=" + percent_encode(fmt::format("jobid eq '{}'", id));
  return reply;
}

}  // namespace syncwright::emulator
