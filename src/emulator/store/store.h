#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emulator/store/replicated.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"
#include "syncwright/provisioning/directory_object.h"

namespace syncwright::emulator {

/// A link between a source object and the account it has in the target.
struct Link {
  std::string account;      ///< id in Target::accounts
  std::string object_name;  ///< "User to <target object>": what counts are kept by
};

/// An object whose export failed and that waits for its next attempt (docs/graph.md#8.1).
struct Escrow {
  int attempts = 0;
  Instant next_attempt;
};

/// A synchronizationJob. `status` is the wire shape (docs/graph.md#10.2); the rest drives it.
struct Job {
  std::string id;
  std::string template_id;
  std::string service_principal;
  Instant created;
  std::optional<Instant> deleted;
  bool active = false;
  std::optional<Instant> next_cycle;  ///< none: not started
  bool initial = true;                ///< the next cycle reads everything
  bool synced_everybody = false;      ///< SyncAll held when a cycle last read everything
  bool force_deletes = false;         ///< the next cycle may exceed the deletion threshold
  Json schema;                        ///< null while the template's default applies
  Json status;
  std::map<std::string, Link> links;           ///< by source key: what is linked outlives no job
  std::map<std::string, Escrow> escrows;       ///< by source key
  std::map<std::string, std::string> skipped;  ///< by source key: why, so that it is logged once
};

/// An account in a connected application, as far as provisioning wrote it.
struct Account {
  std::string object;  ///< target object name
  DirectoryObject
      held;  ///< the last exported values, by target attribute; named by a matching value
};

/// The connected application of one service principal; survives its jobs.
struct Target {
  std::map<std::string, Account> accounts;
  std::int64_t last_id = 5000;
};

struct Assignment {
  Json value;  ///< wire shape of v1.0
  Instant created;
  std::optional<Instant> deleted;
};

/// Everything a tenant remembers.
struct Store {
  std::string tenant_id;
  std::string tenant_name;
  std::string default_domain;
  Milliseconds delay{0};  ///< of replication

  std::vector<Json> users;
  std::vector<Json> groups;
  Collection applications;
  Collection service_principals;
  std::map<std::string, std::string> application_of;  ///< service principal id -> application id
  /// uniqueName -> application id and the time of the claim: the truth that conflicts are checked
  /// against. A soft-deleted holder keeps its name.
  struct Claim {
    std::string application;
    Instant at;
  };
  std::map<std::string, Claim> unique_names;
  std::vector<Assignment> assignments;
  std::map<std::string, Job> jobs;
  std::map<std::string, std::map<std::string, std::string>> secrets;  ///< by service principal
  std::map<std::string, Target> targets;                              ///< by service principal
  std::deque<Json> log;     ///< auditLogs/provisioning, oldest first
  std::deque<Json> audits;  ///< auditLogs/directoryAudits, oldest first
  /// When each application provisioned on demand of late: what throttling counts. Not persisted.
  std::map<std::string, std::deque<Instant>> demands;

  /// Visible by id or in a list of jobs or assignments: both after `delay`.
  [[nodiscard]] bool shows(Instant created, const std::optional<Instant>& deleted,
                           Instant now) const {
    return created + delay <= now && (!deleted || *deleted + delay > now);
  }
};

/// Appends to one of the logs, which keeps as many entries as a tenant of this size has in 30 days.
void append_log(std::deque<Json>& log, Json entry);

/// The secrets of a service principal; empty where nothing was saved.
[[nodiscard]] const std::map<std::string, std::string>& secrets_of(
    const Store& store, const std::string& service_principal);

}  // namespace syncwright::emulator
