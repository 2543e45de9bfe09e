#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/cycles/job_source.h"
#include "emulator/cycles/source_object.h"
#include "emulator/resources/synchronization_secrets.h"
#include "emulator/store/store.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {

/// What a cycle counts (docs/graph.md#10.2, synchronizationTaskExecution).
struct CycleCounts {
  int entitled = 0;
  int in_scope = 0;
  int imported = 0;
  int changed = 0;
  int exports = 0;   ///< write operations
  int failures = 0;  ///< objects that the target refused, or whose expressions failed
};

/// An object mapping and the rule that it belongs to; both live as long as the schema.
struct MappingAtWork {
  const Json& rule;
  const Json& mapping;
};

/// A job at work, for one cycle or one request on demand: what it reads, where it writes, and what
/// it has done so far.
struct JobSession {
  Store& store;
  Job& job;
  expression::RandomSource& random;
  const GalleryEntry* entry;  ///< nullptr: the application is in no gallery
  const Secrets& secrets;
  std::shared_ptr<const Json> document;  ///< holds `schema`
  const Json& schema;
  const Json& service_principal;
  const JobSource source;
  Entitlement entitlement;
  std::map<std::string, std::string> references;  ///< source object id -> account id
  Instant began;
  Instant now;
  std::string id;  ///< cycleId of the log
  CycleCounts counts;
  int events = 0;  ///< so far: spaces out their times

  /// The error that the connected application answers; nullopt where it lets us in.
  [[nodiscard]] std::optional<std::string> credentials_refusal() const;
  /// SkipOutOfScopeDeletions; or SyncAll went from true to false and no restart made the engine
  /// look at everybody again (docs/graph.md#13.19).
  [[nodiscard]] bool spares_leavers() const;
  /// Enabled object mappings of the rules that read `source`, by priority; groups last, since they
  /// refer to users.
  [[nodiscard]] std::vector<MappingAtWork> mappings() const;
  /// connector.target.failures of the catalog.
  [[nodiscard]] const Json& failures() const;
};
/// REQUIRES: there is a job of that id. It counts as changed.
[[nodiscard]] JobSession open_session(Store& store, const Catalog& catalog,
                                      expression::RandomSource& random, const std::string& job,
                                      Instant began, Instant now);

/// Whether a directory of a schema is Microsoft Entra ID.
[[nodiscard]] bool is_entra_directory(const Json& directory);
/// The directory of that name; an empty object where the schema has none.
[[nodiscard]] const Json& find_directory(const Json& schema, const std::string& name);

}  // namespace syncwright::emulator
