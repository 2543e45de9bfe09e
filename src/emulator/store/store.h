#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/store/documents.h"
#include "emulator/store/log.h"
#include "emulator/store/replicated.h"
#include "emulator/store/saved_secrets.h"
#include "emulator/store/table.h"
#include "emulator/store/timeline.h"
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
  /// Digest in Store::documents, empty while the template's default applies; written by
  /// `Store::set_schema`.
  std::string schema;
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

/// A user that bulkUpload sent to a job, as it was sent last; found with "job".
struct Upload {
  std::string job;
  Json object;  ///< {"id", "displayName", "resource": the SCIM resource}

  [[nodiscard]] static std::string row_id(const std::string& job, const std::string& id) {
    return job + "/" + id;
  }
};

/// Beside its id an assignment is found with "resourceId" and with "principalId".
struct Assignment {
  Json value;  ///< wire shape of v1.0
  Instant created;
  std::optional<Instant> deleted;
};

/// Who holds a uniqueName; found with "application".
struct Claim {
  std::string application;
  Instant at;
};

/// Everything a tenant remembers: the one door to it. What is one table's own is read there and
/// written through its `edit`; what reaches over several is a function, so that nothing is left
/// behind. Not thread-safe: the tenant answers one request at a time.
struct Store {
  /// Keeps documents and logs in the database, which must outlive it.
  explicit Store(Database& database);

  std::string tenant_id;
  std::string tenant_name;
  std::string default_domain;
  Milliseconds delay{0};  ///< of replication

  Table<Json> users;
  Table<Json> groups;
  Collection applications;
  Collection service_principals;
  /// By uniqueName: the truth that conflicts are checked against. A soft-deleted holder keeps its
  /// name.
  Table<Claim> claims;
  Table<Assignment> assignments;
  Table<Job> jobs;              ///< found with "servicePrincipal"
  Table<Upload> uploads;        ///< by `Upload::row_id`
  Table<SavedSecrets> secrets;  ///< by service principal
  Table<Json> templates;        ///< what was written over the templates of applications
  Table<Target> targets;        ///< by service principal
  /// Of applications, found with "application".
  Table<Json> federated_credentials;
  /// {"keyId", "digest"} of each passwordCredential: the secret itself is answered once.
  Table<Json> password_digests;
  /// What was written of policies/crossTenantAccessPolicy: "policy", "default", and each partner by
  /// its tenant's id.
  Table<Json> cross_tenant_access;
  /// oauth2PermissionGrants, found with "clientId", "resourceId" and "principalId".
  Table<Json> permission_grants;
  Log log;              ///< auditLogs/provisioning
  Log audits;           ///< auditLogs/directoryAudits
  Documents documents;  ///< the schemas of jobs
  /// When each application provisioned on demand of late, and when anybody uploaded: what
  /// throttling counts. Not persisted.
  std::map<std::string, std::deque<Instant>> demands;
  std::deque<Instant> bulk_uploads;

  /// Visible by id or in a list of jobs or assignments: both after `delay`.
  [[nodiscard]] bool shows(Instant created, const std::optional<Instant>& deleted,
                           Instant now) const {
    return created + delay <= now && (!deleted || *deleted + delay > now);
  }
  /// Of a service principal; empty where nothing was saved.
  [[nodiscard]] const SavedSecrets& secrets_of(const std::string& service_principal) const;
  /// Those of the application, deleted ones included: they have its appId.
  [[nodiscard]] std::vector<std::string> service_principals_of(
      const std::string& application) const;

  /// What an application or a service principal is from now on: the only way to change one. Whoever
  /// had a credential is marked (`had_credentials`).
  void change(Collection& objects, const std::string& id, Json value, Instant now);
  /// Of an application, which is marked as well.
  void remove_federated_credential(const std::string& id, Instant now);

  /// null: the template's default applies from now on.
  void set_schema(const std::string& job, const Json& schema);

  /// Soft deletion (docs/graph.md#5.2): the application takes its service principal along; jobs and
  /// secrets of a service principal are lost [G], assignments and permission grants go with it.
  void remove_application(const std::string& id, Instant now);
  void remove_service_principal(const std::string& id, Instant now);
  /// For good: frees the application's uniqueName.
  void purge_application(const std::string& id);
  void purge_service_principal(const std::string& id);
  /// The same of a user or a group: no group, assignment, permission grant or manager names it any
  /// longer.
  void purge_user(const std::string& id, Instant now);
  void purge_group(const std::string& id, Instant now);

  /// The started jobs whose cycle is due by now, the longest due first.
  [[nodiscard]] std::vector<std::string> due_jobs(Instant now) const;
  /// Forgets jobs and assignments whose deletion every replica has seen by now.
  void forget_deleted(Instant now);

  /// Calls `visit(name, table)` for each table of rows; the names are the ones they are saved
  /// under.
  template <class Self, class Visit>
  static void for_each_table(Self& store, const Visit& visit) {
    visit("users", store.users);
    visit("groups", store.groups);
    visit("applications", store.applications);
    visit("servicePrincipals", store.service_principals);
    visit("uniqueNames", store.claims);
    visit("assignments", store.assignments);
    visit("jobs", store.jobs);
    visit("uploads", store.uploads);
    visit("secrets", store.secrets);
    visit("templates", store.templates);
    visit("targets", store.targets);
    visit("federatedIdentityCredentials", store.federated_credentials);
    visit("passwordDigests", store.password_digests);
    visit("crossTenantAccess", store.cross_tenant_access);
    visit("oauth2PermissionGrants", store.permission_grants);
  }
  /// The same for the logs.
  template <class Self, class Visit>
  static void for_each_log(Self& store, const Visit& visit) {
    visit("provisioningLog", store.log);
    visit("directoryAudits", store.audits);
  }
  /// What the rows that were loaded mean for what is due and for who uses which document.
  void note_loaded();
  /// Whether anything that persists changed since `forget_changes`.
  [[nodiscard]] bool has_changed() const;
  /// The changes are saved; what is due, and when, follows them.
  void forget_changes();

 private:
  void remove_assignments(std::string_view key, const std::string& id, Instant now);
  void remove_permission_grants(std::string_view key, const std::string& id);
  void forget_passwords(const Json& object);
  void purge_person(Table<Json>& people, const std::string& id, Instant now);
  void note_job(const std::string& id);
  void note_assignment(const std::string& id);

  Timeline cycles_;               // by job
  Timeline deleted_jobs_;         // by job
  Timeline deleted_assignments_;  // by assignment
};

}  // namespace syncwright::emulator
