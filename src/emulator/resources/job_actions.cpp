#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/cycles/job_state.h"
#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"

namespace syncwright::emulator {

namespace {

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

void clear(Job& job, unsigned scope) {
  if ((scope & connector_data_store) != 0) job.links.clear();
  if ((scope & escrows) != 0) job.escrows.clear();
  if ((scope & watermark) != 0) {
    job.initial = true;
    job.skipped.clear();
  }
  if ((scope & quarantine_state) != 0) job.status["countSuccessiveCompleteFailures"] = 0;
  if ((scope & force_deletes) != 0) job.force_deletes = true;
}

}  // namespace

Reply start_job(const Exchange& exchange) {
  Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  start(*job, exchange.call.now);
  return no_content();
}

Reply pause_job(const Exchange& exchange) {
  Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  pause(*job);
  return no_content();
}

Reply restart_job(const Exchange& exchange) {
  Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  const std::string text = string_or(member_or_null(exchange.call.body, "criteria"), "resetScope");
  const std::optional<unsigned> scope = parse_scope(text);
  if (!scope) {
    return synchronization_error(400, "InvalidResetScope",
                                 fmt::format("Requested value '{}' was not found.", text));
  }
  clear(*job, *scope);
  restart(*job, exchange.call.now);
  return no_content();
}

}  // namespace syncwright::emulator
