#include "cli/embedded_emulator.h"

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

EmbeddedEmulator::EmbeddedEmulator(std::unique_ptr<emulator::StateFile> file,
                                   std::unique_ptr<emulator::Tenant> tenant)
    : file_(std::move(file)), tenant_(std::move(tenant)), saved_revision_(tenant_->revision()) {}

Result<std::unique_ptr<EmbeddedEmulator>> EmbeddedEmulator::open(
    const std::filesystem::path& state_file, std::shared_ptr<const emulator::Catalog> catalog,
    Clock& clock, const emulator::TenantOptions& options) {
  auto file = emulator::StateFile::open(state_file);
  if (!file) {
    return fail(file.error());
  }
  auto state = (*file)->load();
  if (!state) {
    return fail(state.error());
  }
  std::unique_ptr<emulator::Tenant> tenant;
  if (state->is_null()) {
    tenant = std::make_unique<emulator::Tenant>(std::move(catalog), clock, options);
  } else {
    auto restored = emulator::Tenant::restore(*state, std::move(catalog), clock, options);
    if (!restored) {
      return fail(within(restored.error(), state_file.string()));
    }
    tenant = std::move(*restored);
  }
  return std::unique_ptr<EmbeddedEmulator>(
      new EmbeddedEmulator(std::move(*file), std::move(tenant)));
}

Result<http::HttpResponse> EmbeddedEmulator::send(const http::HttpRequest& request,
                                                  std::stop_token stop) {
  if (stop.stop_requested()) {
    return fail(ErrorKind::cancelled, "interrupted before the request was sent");
  }
  emulator::TenantAnswer answer = tenant_->answer(request);
  if (answer.revision) {
    if (auto saved = save(*answer.revision); !saved) return fail(saved.error());
  }
  return std::move(answer.response);
}

Result<void> EmbeddedEmulator::save(std::uint64_t revision) {
  const std::scoped_lock lock(saving_);
  if (saved_revision_ >= revision) return {};
  const std::uint64_t newest = tenant_->revision();
  auto saved = file_->save(tenant_->state_text());
  if (saved) saved_revision_ = newest;
  return saved;
}

}  // namespace syncwright::cli
