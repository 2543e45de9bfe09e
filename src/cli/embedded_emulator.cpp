#include "cli/embedded_emulator.h"

#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

class EmulatorTokens final : public graph_read::TokenSource {
 public:
  explicit EmulatorTokens(const emulator::Tenant& tenant) : tenant_(tenant) {}
  [[nodiscard]] Result<Secret> token(std::stop_token) override {
    return Secret(tenant_.issue_token());
  }
  bool renew() override { return true; }
  [[nodiscard]] std::string description() const override {
    return "the embedded emulator's own token";
  }

 private:
  const emulator::Tenant& tenant_;
};

}  // namespace

std::unique_ptr<graph_read::TokenSource> make_emulator_token_source(
    const emulator::Tenant& tenant) {
  return std::make_unique<EmulatorTokens>(tenant);
}

namespace {

/// The file, with what an earlier version left in it taken over.
Result<std::unique_ptr<emulator::StateFile>> open_state(Console& console,
                                                        const std::filesystem::path& state_file) {
  auto file = emulator::StateFile::open(state_file);
  if (!file) {
    return fail(file.error());
  }
  auto note = (*file)->take_over_json();
  if (!note) {
    return fail(note.error());
  }
  if (!note->empty()) {
    console.note(*note);
  }
  return file;
}

}  // namespace

Result<std::unique_ptr<EmbeddedEmulator>> EmbeddedEmulator::open(
    Console& console, const std::filesystem::path& state_file,
    std::shared_ptr<const emulator::Catalog> catalog, Clock& clock,
    const emulator::TenantOptions& options) {
  auto file = open_state(console, state_file);
  if (!file) {
    return fail(file.error());
  }
  auto tenant = emulator::Tenant::open(std::move(*file), std::move(catalog), clock, options);
  if (!tenant) {
    return fail(tenant.error());
  }
  return std::unique_ptr<EmbeddedEmulator>(new EmbeddedEmulator(std::move(*tenant)));
}

Result<http::HttpResponse> EmbeddedEmulator::send(const http::HttpRequest& request,
                                                  std::stop_token stop) {
  if (stop.stop_requested()) {
    return fail(ErrorKind::cancelled, "interrupted before the request was sent");
  }
  return tenant_->answer(request);
}

Result<void> export_emulator_state(Session& session, const std::filesystem::path& state_file,
                                   const std::filesystem::path& json) {
  auto file = open_state(session.console, state_file);
  if (!file) {
    return fail(file.error());
  }
  const auto has_state = (*file)->has_state();
  if (!has_state) {
    return fail(has_state.error());
  }
  if (!*has_state) {
    return fail(ErrorKind::invalid_input, fmt::format("{} has no state yet", state_file.string()),
                "name the state file with --state");
  }
  const auto tenant =
      emulator::Tenant::open(std::move(*file), emulator::Catalog::built_in(), session.clock, {});
  if (!tenant) {
    return fail(tenant.error());
  }
  if (auto written = (*tenant)->export_state(json); !written) {
    return written;
  }
  session.console.note(
      fmt::format("{} holds in clear the credentials that were saved to the emulator; only you may "
                  "read it (mode 0600)",
                  report::escape_terminal(json.string())));
  return {};
}

Result<void> import_emulator_state(const std::filesystem::path& state_file,
                                   const std::filesystem::path& json) {
  auto file = emulator::StateFile::open(state_file);
  return file ? (*file)->import_json(json) : fail(file.error());
}

}  // namespace syncwright::cli
