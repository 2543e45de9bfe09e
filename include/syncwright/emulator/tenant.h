#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/catalog.h"
#include "syncwright/emulator/state_file.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// How the emulated tenant behaves; what the flags of `syncwright emulator` set.
struct TenantOptions {
  std::string tenant_id{};  ///< in lower case; empty: the state's own, of a new one the catalog's
  Milliseconds latency{0};  ///< waited on the clock before each answer
  Milliseconds replication_delay{
      0};  ///< creations, deletions and claims by id or key; lists lag twice that
  /// A PUT of secrets merges and "" removes; false: it replaces (docs/graph.md#14.1).
  bool merge_secrets = true;
  /// Every method but GET (and token POSTs) answers 403, each item of a $batch for itself.
  bool refuse_writes = false;
  expression::RandomSource* random = nullptr;  ///< of Guid and RandomString; nullptr: the system's
  /// Where Azure Arc's agent writes its keys; it is played only where the folder is there
  /// (docs/graph.md#2.8).
  std::filesystem::path arc_key_folder = "/var/opt/azcmagent/tokens";
};

/// An item of a $batch. Lives while it is answered.
struct BatchedRequest {
  const http::HttpRequest& request;  ///< as if it had come alone
  /// The batch answers it by itself, as with 424 where what it depends on failed.
  bool is_refused = false;
  /// Carries it out, where it is not refused, and gives its answer.
  std::function<http::HttpResponse()> answer;
};

/// Stands around each item of a $batch, in the order in which they are carried out, and gives the
/// item's answer: that of `answer()` or another. Nothing ends the batch there: what stands behind
/// that item is not carried out, and the batch is answered without them. Called outside the
/// tenant's lock, so that it may wait.
using AroundItem = std::function<std::optional<http::HttpResponse>(const BatchedRequest&)>;

/// A Microsoft Graph tenant with provisioning: HttpRequest in, HttpResponse out. It answers the
/// token endpoints and Graph under /v1.0 and /beta (docs/contract.md#6), on any host name: it
/// routes by path. Time is the clock's; whatever should have happened since the last request
/// (cycles of started jobs, replication) happens when the next one arrives. Thread-safe: one
/// request at a time changes state; latency is waited outside the lock. Of a $batch each item is
/// such a request, so that others may come between two of them; latency is waited once.
///
/// A tenant of a state file saves what a request changed before it answers, and its time with it:
/// what was answered is there after the process was killed. What cannot be saved did not happen;
/// the tenant goes on with what the file holds.
class Tenant {
 public:
  /// A new tenant holding the catalog's directory, in memory.
  Tenant(std::shared_ptr<const Catalog> catalog, Clock& clock, TenantOptions options);
  /// In memory, with the state that `state_text()` told earlier; the error says what is wrong with
  /// it. With another `tenant_id` than the state's it becomes that tenant's from now on; what was
  /// recorded before keeps the id it was made under.
  [[nodiscard]] static Result<std::unique_ptr<Tenant>> restore(
      const Json& state, std::shared_ptr<const Catalog> catalog, Clock& clock,
      TenantOptions options);
  /// The tenant of the file, which is the tenant's own from now on; a new one where it has none,
  /// and the file is made with the first change.
  [[nodiscard]] static Result<std::unique_ptr<Tenant>> open(std::unique_ptr<StateFile> file,
                                                            std::shared_ptr<const Catalog> catalog,
                                                            Clock& clock, TenantOptions options);
  ~Tenant();

  /// An Error where the state could not be read or saved: nothing of the request happened. An item
  /// of a $batch is 500 then, for itself.
  [[nodiscard]] Result<http::HttpResponse> answer(const http::HttpRequest& request,
                                                  const AroundItem& around_item = {});
  /// The same, with such an Error as a response: 500.
  [[nodiscard]] http::HttpResponse handle(const http::HttpRequest& request,
                                          const AroundItem& around_item = {});

  /// Everything that persists, as JSON; secrets of the emulated connectors included (they are
  /// dummies, but the file is private all the same).
  [[nodiscard]] Result<void> export_state(const std::filesystem::path& file) const;
  /// The same text, for states that are small.
  [[nodiscard]] std::string state_text() const;
  /// Grows by one with every request, or item of a $batch, that changed state.
  [[nodiscard]] std::uint64_t revision() const;

  /// The tenant's own id. Requests are answered as the tenant that their token is for (`tid`).
  [[nodiscard]] std::string tenant_id() const;
  /// Who is in the directory, but for the deleted: {"tenant": {id, displayName, defaultDomain},
  /// "users": [...], "groups": [...]} with Graph's names of properties; `members` of a group are
  /// userPrincipalNames, of what is no user display names.
  [[nodiscard]] Json people() const;
  /// A token that this tenant accepts, with every application role syncwright may need.
  [[nodiscard]] std::string issue_token() const;

 private:
  class Impl;
  explicit Tenant(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The tenant as a transport, with no socket: `--emulator` and the unit tests.
class TenantTransport final : public http::HttpTransport {
 public:
  explicit TenantTransport(Tenant& tenant) : tenant_(tenant) {}
  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token stop) override;

 private:
  Tenant& tenant_;
};

}  // namespace syncwright::emulator
