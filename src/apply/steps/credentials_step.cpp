#include <fmt/format.h>

#include <utility>

#include "apply/freshness.h"
#include "apply/read_back.h"
#include "apply/steps/identity.h"
#include "apply/steps/jobs.h"
#include "apply/steps/pending_restart.h"
#include "apply/steps/step.h"
#include "apply/steps/stored_secrets.h"
#include "syncwright/apply/write_confirmed.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright {

namespace {

using Secrets = std::vector<LiveSecret>;

struct Target {
  Secrets live;
  SecretsTarget target;
};

/// What is to be sent, computed by the planner's function on what is live now. The secrets are read
/// last: the body is made of them.
Result<Target> read_target(ApplicationRun& run) {
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  auto live = run.settled_read<Secrets>(run.subject("the secrets to be readable"), [&] {
    return run.reader().secrets(run.service_principal(), run.in_flight());
  });
  if (!live) return fail(live.error());
  SecretsTarget target = secrets_target(run.desired, *live, *tags, run.context.secrets_put);
  return Target{std::move(*live), std::move(target)};
}

/// The pairs of one request. Secrets are copied here and nowhere else; the copies die with it.
std::vector<SecretPair> pairs_of(const ApplicationRun& run, const SecretsTarget& target,
                                 bool with_typed_settings) {
  std::vector<SecretPair> pairs;
  for (const auto& [key, value] : target.clear) {
    if (!with_typed_settings && !typed_setting_of(key).empty()) continue;
    pairs.push_back({key, Secret(value), true});
  }
  for (const CredentialValue& reference : target.references) {
    pairs.push_back({reference.key, run.secrets.at(reference.key).clone(), false});
  }
  return pairs;
}

/// docs/graph.md#5.8: every refusal but those of permission, absence and throttling is the target's
/// verdict.
bool is_verdict(const Error& error) {
  return error.status >= 400 && error.status != 401 && error.status != 403 && error.status != 404 &&
         error.status != 429;
}

Result<void> refuse_incomplete(const SecretsTarget& target) {
  if (target.unreferenced.empty()) return {};
  return fail(ErrorKind::stale,
              fmt::format("secrets were saved that the manifest has no reference for: {}",
                          fmt::join(target.unreferenced, ", ")),
              "Plan again.");
}

/// The one PUT of a change: what is sent, and what the tenant shows of it.
class SecretsSave {
 public:
  SecretsSave(ApplicationRun& run, const Change& change) : run_(run), change_(change) {}

  /// Until the PUT is answered with a success or a refusal; false where nothing had to be sent.
  [[nodiscard]] Result<bool> put() {
    return write_from_read(run_,
                           {"secrets.put", run_.subject("the service principal to accept secrets"),
                            [this] { return make(); },
                            [this](std::stop_token stop) {
                              const std::vector<SecretPair> pairs = pairs_of(run_, target_, true);
                              return run_.context.world.credentials.save(run_.service_principal(),
                                                                         pairs, std::move(stop));
                            }});
  }

  /// Waits until every pair is there as it was sent. `lost`: the error of a PUT whose answer was.
  [[nodiscard]] Result<void> confirm(const Error* lost) {
    if (lost != nullptr && !told_by_read_) return fail(*lost);
    auto shown = wait_until(run_.read_back("all secrets to be listed"), &StoredSecrets::missing);
    if (shown && !last_.different.empty()) {
      shown = wait_until(run_.lagging_read("the settings to be as they were sent"),
                         &StoredSecrets::different);
    }
    if (!shown && shown.error().kind != ErrorKind::not_found) {
      return fail(lost != nullptr ? *lost : shown.error());
    }
    run_.settle_doubt();
    if (shown) return {};
    if (lost != nullptr) return fail(*lost);
    std::vector<std::string> keys = last_.missing;
    keys.insert(keys.end(), last_.different.begin(), last_.different.end());
    return stored_differently(fmt::format("stored differently: {}", fmt::join(keys, ", ")));
  }

 private:
  /// Reads, checks, makes the body. The tag of a pending restart is written before the read that
  /// counts: a run that is killed between the two leaves the restart to the next one.
  Result<bool> make() {
    auto read = read_target(run_);
    if (!read) return fail(read.error());
    if (sent_ && told_by_read_ && is_stored(read->live)) return false;
    auto needed = check(read->target);
    if (!needed || !*needed) return needed;
    if (read->target.narrows_scope && !std::exchange(marked_, true)) {
      if (auto marked = mark_pending_restarts(run_); !marked) return fail(marked.error());
      return make();
    }
    if (!read->live.empty()) {
      if (auto kept = run_.context.backup.secrets(run_.desired.name, read->live); !kept) {
        return fail(kept.error());
      }
    }
    target_ = std::move(read->target);
    told_by_read_ = !is_stored(read->live);
    sent_ = true;
    return true;
  }

  Result<bool> check(const SecretsTarget& target) {
    if (auto fresh = check_basis(change_, target.fields); !fresh) return fail(fresh.error());
    if (auto complete = refuse_incomplete(target); !complete) return fail(complete.error());
    return target.differs;
  }

  [[nodiscard]] bool is_stored(const Secrets& live) const {
    const StoredSecrets stored = compare_stored(target_, live);
    return stored.missing.empty() && stored.different.empty();
  }

  /// Reads until nothing is in that list any more.
  Result<bool> wait_until(const Subject& subject,
                          std::vector<std::string> StoredSecrets::* lacking) {
    return settle<bool>(run_.patience(), subject, [this, lacking]() -> Result<std::optional<bool>> {
      const auto stored = run_.reader().secrets(run_.service_principal(), run_.in_flight());
      if (!stored) return fail(stored.error());
      last_ = compare_stored(target_, *stored);
      return (last_.*lacking).empty() ? std::optional(true) : std::nullopt;
    });
  }

  ApplicationRun& run_;
  const Change& change_;
  SecretsTarget target_;  ///< sent last
  bool sent_ = false;
  /// Whether the tenant would look different: a new value of a masked key does not show.
  bool told_by_read_ = false;
  bool marked_ = false;  ///< with the tag of a pending restart
  StoredSecrets last_;   ///< what the last read-back lacked
};

/// Records what was saved: the last step of the change (docs/contract.md#4).
Result<void> tag_revision(ApplicationRun& run) {
  if (!run.desired.credentials || !run.desired.credentials->revision) return {};
  const TagEdit edit{{credentials_tag(*run.desired.credentials->revision)},
                     {std::string(kCredentialsTag)}};
  return write_service_principal(run, edit, std::nullopt);
}

}  // namespace

StepResult validate_credentials(ApplicationRun& run, const Change&) {
  const auto job = any_job(run);
  if (!job) return fail(job.error());
  const auto target = read_target(run);
  if (!target) return fail(target.error());
  const std::vector<SecretPair> pairs = pairs_of(run, target->target, false);
  const auto accepted = settle<Written>(
      run.patience(), run.subject("the job to validate credentials"),
      [&]() -> Result<std::optional<Written>> {
        auto answer = run.probe<Written>("credentials.validate", [&](std::stop_token stop) {
          return run.context.world.credentials.validate(run.service_principal(), *job, pairs,
                                                        std::move(stop));
        });
        if (!answer) return fail(answer.error());
        return std::optional(std::move(*answer));
      });
  if (accepted) return std::string();
  if (is_verdict(accepted.error())) return fail(within(accepted.error(), "validation failed"));
  return fail(accepted.error());
}

StepResult save_credentials(ApplicationRun& run, const Change& change) {
  SecretsSave save(run, change);
  const auto put = save.put();
  if (!put && !run.in_doubt()) return fail(put.error());
  if (put && !*put) return std::string("they were saved already");
  if (auto shown = save.confirm(put ? nullptr : &put.error()); !shown) return fail(shown.error());
  if (auto tagged = tag_revision(run); !tagged) return fail(tagged.error());
  return std::string();
}

}  // namespace syncwright
