#pragma once

#include <vector>

#include "emulator/cycles/provisioning_engine.h"

namespace syncwright::emulator {

/// One cycle's work on one object mapping: reads every source object, brings its account in line,
/// and takes care of those that left. The engine must outlive it.
class Provisioner {
 public:
  /// A linked object that is no longer in scope, and what is due to its account.
  struct Leaver {
    Subject subject;
    provisioning::Operation operation;
  };

  explicit Provisioner(ProvisioningEngine& engine) : engine_(engine), session_(engine.session()) {}

  [[nodiscard]] std::vector<Leaver> leavers() const;
  /// Logs them as `stagedDelete` and changes nothing (TooManyDeletes).
  void stage(const std::vector<Leaver>& leavers);
  /// Disables or deletes them.
  void deprovision(const std::vector<Leaver>& leavers);
  /// Creates, links and updates what is in scope.
  void provision();
  /// Writes references to accounts that came into being after their referrers.
  void settle_references();

 private:
  void provision_object(const Subject& subject, const provisioning::Operation& operation);
  void note_skip(const Subject& subject, const provisioning::Operation& operation);
  [[nodiscard]] bool has_references() const;

  ProvisioningEngine& engine_;
  JobSession& session_;
};

}  // namespace syncwright::emulator
