#pragma once

#include <filesystem>
#include <memory>
#include <utility>

#include "cli/session.h"
#include "syncwright/core/clock.h"
#include "syncwright/emulator/tenant.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright::cli {

/// The emulator inside the process: its state file is locked while this object lives, and has what
/// a request changed before it is answered, so that a killed run loses nothing.
class EmbeddedEmulator final : public http::HttpTransport {
 public:
  /// What was done to the state file beside opening it is told by the console.
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedEmulator>> open(
      Console& console, const std::filesystem::path& state_file,
      std::shared_ptr<const emulator::Catalog> catalog, Clock& clock,
      const emulator::TenantOptions& options);

  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token stop) override;
  [[nodiscard]] emulator::Tenant& tenant() { return *tenant_; }

 private:
  explicit EmbeddedEmulator(std::unique_ptr<emulator::Tenant> tenant)
      : tenant_(std::move(tenant)) {}

  std::unique_ptr<emulator::Tenant> tenant_;
};

/// `emulator --export`: the whole state as JSON that people read and edit, saved credentials
/// included, which the console says. A file that is there is replaced, as `plan --out` does. An
/// Error where there is no state.
[[nodiscard]] Result<void> export_emulator_state(Session& session,
                                                 const std::filesystem::path& state_file,
                                                 const std::filesystem::path& json);
/// `emulator --import`: the state is made of such a file. An Error where there is one already.
[[nodiscard]] Result<void> import_emulator_state(const std::filesystem::path& state_file,
                                                 const std::filesystem::path& json);

/// A token of the tenant's own for every request: a watch may run longer than one token lives.
[[nodiscard]] std::unique_ptr<graph_read::TokenSource> make_emulator_token_source(
    const emulator::Tenant& tenant);

}  // namespace syncwright::cli
