#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "faulty_transport.h"
#include "samples.h"
#include "syncwright/apply/executor.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/tenant.h"
#include "unit/manual_clock.h"
#include "unit/temporary_folder.h"

namespace syncwright::apply {

/// Writes down what it hears, as lines: "started ID", "waiting WHAT", "finished ID STATE".
class RecordingListener final : public plan::ApplyListener {
 public:
  void started(const plan::Change& change) override;
  void waiting(const plan::Change& change, const std::string& what, Milliseconds elapsed,
               Milliseconds limit) override;
  void finished(const plan::ChangeOutcome& outcome) override;

  std::vector<std::string> lines;
  bool busy = false;        ///< a call is going on
  bool overlapped = false;  ///< two calls at one time
};

/// An emulated tenant, a clock that jumps, and the doors to both: what `apply` runs in.
class World {
 public:
  explicit World(emulator::TenantOptions options = {});
  /// The tenant of another world whose `tenant.state_text()` was `state` at that time.
  World(const Json& state, Instant now);

  /// Reads the tenant and plans, over a transport without faults.
  [[nodiscard]] plan::Plan plan(const model::Desired& desired, bool prune = false);
  /// Carries the plan out, over the transport that `faults` disturbs.
  [[nodiscard]] Result<plan::ApplyReport> apply(const plan::Plan& plan,
                                                const model::Desired& desired,
                                                std::stop_token stop = {});
  [[nodiscard]] Result<plan::ApplyReport> plan_and_apply(const model::Desired& desired);

  /// A request made behind the program's back; the answer's JSON, null for 204.
  Json graph(http::HttpMethod method, const std::string& path, const Json& body = nullptr);
  /// Live applications of that display name, or any where it is empty.
  [[nodiscard]] std::vector<Json> applications(const std::string& display_name = {});
  [[nodiscard]] std::string service_principal_of(const std::string& display_name);
  /// Made from the gallery as a person would; "application" and "servicePrincipal".
  Json make_by_hand(const std::string& gallery, const std::string& display_name);
  /// The tags of a service principal.
  [[nodiscard]] std::vector<std::string> tags_of(const std::string& service_principal);
  /// A line a change: "done aws", "skipped aws/jobs/default: because ...".
  [[nodiscard]] static std::vector<std::string> lines(const plan::ApplyReport& report);

  ManualClock clock;

 private:
  void settle();
  std::unique_ptr<emulator::Tenant> owned_;
  std::deque<plan::Plan> applied_;  ///< reports refer to them

 public:
  emulator::Tenant& tenant{*owned_};
  emulator::TenantTransport direct{tenant};
  FaultyTransport faults{direct};
  /// Whether reads travel with writes, as in the program; else each request goes by itself, and
  /// `faults` sees it.
  bool batched = false;
  bool retries = false;  ///< whether the retrying transport stands over `faults`, as in the program
  TemporaryFolder folder;
  std::map<std::string, std::string> variables;
  ApplyOptions options;
  RecordingListener listener;
};

}  // namespace syncwright::apply
