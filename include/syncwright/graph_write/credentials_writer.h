#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/secret.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::graph_write {

/// One pair of a secrets PUT or of validateCredentials.
struct SecretPair {
  std::string key;
  Secret value;
  bool clear = false;  ///< no secret: the manifest or the tenant spells it out
};

/// Everything that talks to `/secrets` and `validateCredentials`: Microsoft announced their
/// replacement for 2027 (docs/graph.md#1), so that they stand apart.
class CredentialsWriter {
 public:
  explicit CredentialsWriter(graph_read::GraphConnection& connection) : connection_(connection) {}
  [[nodiscard]] Result<Written> validate(const std::string& service_principal_id,
                                         const std::string& job_id,
                                         const std::vector<SecretPair>& pairs,
                                         std::stop_token stop);
  /// The complete collection. Never holds "*": such a pair is ErrorKind::internal before anything
  /// is sent.
  [[nodiscard]] Result<Written> save(const std::string& service_principal_id,
                                     const std::vector<SecretPair>& pairs, std::stop_token stop);

 private:
  graph_read::GraphConnection& connection_;
};

}  // namespace syncwright::graph_write
