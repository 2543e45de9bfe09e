#pragma once

#include <string>
#include <vector>

#include "emulator/store/store.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {

/// Whether the job of such an application takes its users from bulkUpload (docs/graph.md#5.9).
[[nodiscard]] bool takes_uploads(const GalleryEntry* entry);

/// Where a job reads: the people of the tenant, or what was uploaded to the job. The store must
/// outlive it.
class JobSource {
 public:
  static JobSource tenant(const Store& store) { return {store, {}}; }
  static JobSource uploads(const Store& store, std::string job) { return {store, std::move(job)}; }

  [[nodiscard]] bool is_uploads() const { return !job_.empty(); }
  /// Of a source object name: "User", "Group"; none of any other.
  [[nodiscard]] std::vector<const Json*> objects(const std::string& object_name) const;
  /// nullptr where there is none of that id.
  [[nodiscard]] const Json* find(const std::string& object_name, const std::string& id) const;

 private:
  JobSource(const Store& store, std::string job) : store_(store), job_(std::move(job)) {}

  const Store& store_;
  const std::string job_;  // whose uploads; empty: the tenant's people
};

}  // namespace syncwright::emulator
