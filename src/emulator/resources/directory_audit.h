#pragma once

#include "emulator/exchange.h"
#include "emulator/routes.h"

namespace syncwright::emulator {

/// One edit on its way into auditLogs/directoryAudits (docs/graph.md#5.11). It looks at what is
/// edited before the edit and is recorded after one that worked: who, when, what, on which
/// application or service principal, user or group, and for a PATCH each property with its old and
/// new value. Values of secrets are never among them.
class DirectoryAudit {
 public:
  /// References must outlive it.
  DirectoryAudit(const Store& store, const Route& route, const Call& call);
  /// Appends the entry. Does nothing where the route edits nothing.
  void record(Store& store, const Reply& reply) const;

 private:
  const Route& route_;
  const Call& call_;
  Json targets_ = Json::array();  // targetResources
};

}  // namespace syncwright::emulator
