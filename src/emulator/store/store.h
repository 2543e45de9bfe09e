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
  provisioning::DirectoryObject
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

/// Everything a tenant remembers: the one door to it. What is one collection's own is read and
/// written there; what reaches over several is a function, so that nothing is left behind. Not
/// thread-safe: the tenant answers one request at a time.
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
  /// Of a service principal; empty where nothing was saved.
  [[nodiscard]] const std::map<std::string, std::string>& secrets_of(
      const std::string& service_principal) const;
  /// nullptr where no application holds the uniqueName.
  [[nodiscard]] const Claim* claim_of(const std::string& unique_name) const;

  /// The logs keep as many entries as a tenant of this size has in 30 days.
  void log_provisioning(Json entry);
  void log_audit(Json entry);

  /// Soft deletion (docs/graph.md#5.2): the application takes its service principal along; jobs and
  /// secrets of a service principal are lost [G], assignments go with it.
  void remove_application(const std::string& id, Instant now);
  void remove_service_principal(const std::string& id, Instant now);
  /// For good: frees the application's uniqueName.
  void purge_application(const std::string& id);
  void purge_service_principal(const std::string& id);
  /// The same of a user or a group: no group, assignment or manager names it any longer.
  void purge_user(const std::string& id, Instant now);
  void purge_group(const std::string& id, Instant now);
};

}  // namespace syncwright::emulator
