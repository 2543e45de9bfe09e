#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "graph_read/application_door.h"
#include "graph_read/deleted_names.h"
#include "graph_read/principal_directory.h"
#include "graph_read/tenant_lists.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"
#include "syncwright/model/unique_names.h"

namespace syncwright::graph_read {

/// Reads one application: who it is (by tag, else by key, else its neighbours), then what its
/// manifest manages. One object an application; not thread-safe.
class ApplicationReader {
 public:
  ApplicationReader(ApplicationDoor& door, const model::Owner& owner,
                    const model::DesiredApplication& desired, TenantLists& lists,
                    PrincipalDirectory& people, DeletedNames& deleted, std::stop_token stop);

  /// A failure is in `unreadable`, and the rest is then incomplete.
  [[nodiscard]] model::Findings read();

 private:
  using Principals = std::vector<GraphReader::ServicePrincipal>;

  [[nodiscard]] Result<void> read_identity();
  [[nodiscard]] Result<void> read_tagged();
  /// The key that this name has, or one that it may have from before.
  enum class Key { own, earlier };
  [[nodiscard]] Result<void> read_by_key(const std::string& unique_name, Key key);
  [[nodiscard]] Result<void> read_by_later_keys(std::string first, Key key);
  [[nodiscard]] Result<void> read_by_earlier_keys();
  [[nodiscard]] Result<void> find_exchanged();
  [[nodiscard]] Result<std::optional<model::LiveReference>> find_holder(std::string first);
  [[nodiscard]] bool is_found() const;
  [[nodiscard]] Result<void> read_neighbours(Principals principals);
  void select_unclaimed();
  [[nodiscard]] Result<void> read_adoptable();
  [[nodiscard]] Result<std::optional<model::LiveApplication>> find_adoptable();
  [[nodiscard]] Result<std::vector<GraphReader::ServicePrincipal>> find_renamed();
  [[nodiscard]] Result<void> read_principals();

  [[nodiscard]] Result<void> read_application(model::LiveReference& reference);
  [[nodiscard]] Result<void> read_application_name(model::LiveReference& reference);

  [[nodiscard]] bool looks_at_neighbours() const;
  [[nodiscard]] bool is_ours(const std::vector<std::string>& tags) const;
  [[nodiscard]] bool looks_stale(const GraphReader::ServicePrincipal& listed) const;

  ApplicationDoor& door_;
  GraphReader& reader_;
  const model::Owner& owner_;
  const model::DesiredApplication& desired_;
  TenantLists& lists_;  ///< shared; of `tagged` its own entry alone
  PrincipalDirectory& people_;
  DeletedNames& deleted_;
  std::stop_token stop_;
  model::Findings findings_;
};

}  // namespace syncwright::graph_read
