#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/session.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright::cli {

class EmbeddedEmulator;

/// What a command may do to the tenant.
enum class Access { read, write };

/// What `--emulator` works on, as the tenant of `desired`. Its state lies beside the manifests, one
/// for each environment; a name that the user typed is relative to where they typed it.
[[nodiscard]] Result<std::unique_ptr<EmbeddedEmulator>> open_embedded_emulator(
    Session& session, const model::Desired& desired);

/// The root URL that the command line or SYNCWRIGHT_ENDPOINT names, without slashes at its end.
/// nullopt: neither does.
[[nodiscard]] std::optional<std::string> named_endpoint(const GlobalOptions& options,
                                                        const Environment& environment);

/// The way to a tenant: transport, retries, token and Graph, as the flags and the environment say.
/// With Access::read whatever is neither a GET nor a batch of GETs is refused before it is sent
/// (docs/architecture.md#decision-2).
class Connection {
 public:
  /// To the environment of `desired`. What the command line or the environment variables say goes
  /// before its national cloud; the embedded emulator takes its tenant and keeps a state for each
  /// environment.
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(Session& session, Access access,
                                                                const model::Desired& desired);
  ~Connection();

  [[nodiscard]] graph_read::GraphConnection& graph();
  [[nodiscard]] graph_read::GraphReader& reader();
  [[nodiscard]] graph_read::TokenSource& tokens();
  /// nullopt where the token is opaque.
  [[nodiscard]] Result<std::optional<graph_read::TokenClaims>> claims(std::stop_token stop);

 private:
  struct Parts;
  explicit Connection(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace syncwright::cli
