#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "provisioning_event.h"
#include "source_object.h"
#include "store.h"
#include "target_value.h"

namespace syncwright::emulator {

/// What a cycle counts (API.md 10.2, synchronizationTaskExecution).
struct CycleCounts {
  int entitled = 0;
  int in_scope = 0;
  int imported = 0;
  int changed = 0;
  int exports = 0;   ///< write operations
  int failures = 0;  ///< objects that the target refused
};

/// One cycle's work on one object mapping: reads every source object, brings its account in line,
/// and takes care of those that left. Events go to the tenant's log.
class Provisioner {
 public:
  struct Surroundings {
    Store& store;
    Job& job;
    Target& target;
    const Json& failures;  ///< connector.target.failures
    const Entitlement& entitlement;
    bool initial;
    bool keeps_leavers;  ///< SkipOutOfScopeDeletions
    Instant began;
    Instant now;
    CycleCounts& counts;
    int& events;  ///< of the cycle so far: spaces out their times
  };

  Provisioner(const Surroundings& surroundings, const EventFrame& frame,
              const Json& object_mapping);

  /// The links whose source is no longer in scope and whose account is still active.
  [[nodiscard]] std::vector<std::string> leavers() const;
  /// Logs them as `stagedDelete` and changes nothing (TooManyDeletes).
  void stage(const std::vector<std::string>& leavers);
  /// Disables or deletes them.
  void deprovision(const std::vector<std::string>& leavers);
  /// Creates, links and updates what is in scope.
  void provision();
  /// Writes references to accounts that came into being after their referrers.
  void settle_references();

 private:
  enum class Flow { add, update, remove };

  [[nodiscard]] std::string key_of(const Json& source) const;
  [[nodiscard]] const Json* source_of(const std::string& key) const;
  [[nodiscard]] bool is_wanted(const Json& source) const;
  [[nodiscard]] bool flows(Flow flow) const;
  [[nodiscard]] bool spares_leavers() const;
  [[nodiscard]] References references() const;
  [[nodiscard]] std::string find_match(const Json& values) const;
  [[nodiscard]] const Json* refusal(const Json& values, const Json& source) const;
  [[nodiscard]] bool waits_in_escrow(const std::string& key) const;
  [[nodiscard]] std::string target_name(const Json& values, const Json& source) const;

  void provision_object(const Json& source);
  void create(const Json& source, const std::string& key, Json values);
  void update(const Json& source, const std::string& key, bool is_new_link);
  void skip(const Json& source, const std::string& key);
  void escrow(const std::string& key);
  bool fails(const Json& source, const std::string& key, const Json& values,
             ProvisioningEvent event);
  [[nodiscard]] ProvisioningEvent event_for(const Json& source, const char* action) const;
  void record(const ProvisioningEvent& event);

  const Surroundings& around_;
  const EventFrame& frame_;
  const Json& mapping_;
  const std::string source_type_;
  const std::string target_type_;
  const std::string object_name_;  // "User to <target>"
  const std::vector<std::string> matching_;
  const std::string activity_;
};

}  // namespace syncwright::emulator
