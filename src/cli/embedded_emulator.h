#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>

#include "syncwright/core/clock.h"
#include "syncwright/emulator/state_file.h"
#include "syncwright/emulator/tenant.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright::cli {

/// The emulator inside the process: its state file is locked while this object lives and written
/// before every answer to a request that changed something, so that a killed run loses nothing.
class EmbeddedEmulator final : public http::HttpTransport {
 public:
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedEmulator>> open(
      const std::filesystem::path& state_file, std::shared_ptr<const emulator::Catalog> catalog,
      Clock& clock, const emulator::TenantOptions& options);

  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token stop) override;
  [[nodiscard]] emulator::Tenant& tenant() { return *tenant_; }
  /// Returns when the file holds at least `revision` of the tenant. Thread-safe: whoever waits
  /// while another saves is mostly served by the save after that, for all that wait.
  [[nodiscard]] Result<void> save(std::uint64_t revision);

 private:
  EmbeddedEmulator(std::unique_ptr<emulator::StateFile> file,
                   std::unique_ptr<emulator::Tenant> tenant);

  std::unique_ptr<emulator::StateFile> file_;
  std::unique_ptr<emulator::Tenant> tenant_;
  std::mutex saving_;
  std::uint64_t saved_revision_ = 0;
};

/// A token of the tenant's own for every request: a watch may run longer than one token lives.
[[nodiscard]] std::unique_ptr<graph_read::TokenSource> make_emulator_token_source(
    const emulator::Tenant& tenant);

}  // namespace syncwright::cli
