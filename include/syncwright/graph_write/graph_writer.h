#pragma once

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/graph_read/connection.h"
#include "syncwright/model/application_members.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_write {

/// How Graph acknowledged a write, for the journal.
struct Written {
  int status = 0;          ///< HTTP status
  std::string request_id;  ///< empty where the answer has none
};

/// The reset scope of what the portal's "Restart provisioning" does (docs/graph.md#8.3); links
/// stay.
inline constexpr const char* kRestartScope = "Watermark, Escrows, QuarantineState";

/// The writes of Graph that syncwright makes, one request each. Only `apply`, `operations` and
/// `provision` use it. Creates, and writes whose body was made from a read (tags, secrets, a
/// schema), are never repeated by the transport: what an answer that is no success means, and
/// whether to send again, the caller finds out by a look.
class GraphWriter {
 public:
  explicit GraphWriter(graph_read::GraphConnection& connection) : connection_(connection) {}

  /// What a POST of `instantiate` made.
  struct Instantiated {
    model::LiveReference reference;
    std::vector<std::string> tags;
    Written written;
  };
  [[nodiscard]] Result<Instantiated> instantiate(const std::string& template_id,
                                                 const std::string& display_name,
                                                 std::stop_token stop);
  /// One PATCH: unique name and display name together (docs/contract.md#4).
  [[nodiscard]] Result<Written> claim_application(const std::string& application_id,
                                                  const std::string& unique_name,
                                                  const std::string& display_name,
                                                  std::stop_token stop);
  [[nodiscard]] Result<Written> rename_application(const std::string& application_id,
                                                   const std::string& display_name,
                                                   std::stop_token stop);
  [[nodiscard]] Result<Written> delete_application(const std::string& application_id,
                                                   std::stop_token stop);
  /// `texts`: nullopt for the tags alone.
  [[nodiscard]] Result<Written> update_service_principal(
      const std::string& service_principal_id, const std::vector<std::string>& tags,
      const std::optional<model::PrincipalTexts>& texts, std::stop_token stop);
  [[nodiscard]] Result<std::pair<model::LiveJob, Written>> create_job(
      const std::string& service_principal_id, const std::string& template_id,
      std::stop_token stop);
  [[nodiscard]] Result<Written> start_job(const std::string& service_principal_id,
                                          const std::string& job_id, std::stop_token stop);
  [[nodiscard]] Result<Written> pause_job(const std::string& service_principal_id,
                                          const std::string& job_id, std::stop_token stop);
  /// `reset_scope` as docs/graph.md#8.3 writes it: kRestartScope.
  [[nodiscard]] Result<Written> restart_job(const std::string& service_principal_id,
                                            const std::string& job_id,
                                            const std::string& reset_scope, std::stop_token stop);
  /// 404 (ErrorKind::not_found) where it is gone already.
  [[nodiscard]] Result<Written> delete_job(const std::string& service_principal_id,
                                           const std::string& job_id, std::stop_token stop);
  /// Not repeated: whether a lost answer took effect, and what a 400 of a duplicate means
  /// (docs/graph.md#13.43), a list tells.
  [[nodiscard]] Result<Written> add_assignment(const std::string& service_principal_id,
                                               const std::string& principal_id,
                                               const std::string& app_role_id,
                                               std::stop_token stop);
  [[nodiscard]] Result<Written> remove_assignment(const std::string& service_principal_id,
                                                  const std::string& assignment_id,
                                                  std::stop_token stop);
  [[nodiscard]] Result<Written> put_schema(const std::string& service_principal_id,
                                           const std::string& job_id, const std::string& document,
                                           std::stop_token stop);

 private:
  graph_read::GraphConnection& connection_;
};

}  // namespace syncwright::graph_write
