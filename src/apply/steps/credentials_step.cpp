#include <fmt/format.h>

#include <utility>

#include "apply/steps/identity.h"
#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright::apply {

namespace {

using Secrets = std::vector<model::LiveSecret>;

struct Target {
  Secrets live;
  plan::SecretsTarget target;
};

/// What is to be sent, computed by the planner's function on what is live now. Nothing stands
/// between the read of the secrets and what is made of them.
Result<Target> read_target(const ApplicationRun& run) {
  const auto tags = known_tags(run);
  if (!tags) return fail(tags.error());
  auto live = run.read<Secrets>("the secrets to be readable", [&] {
    return run.reader().secrets(run.service_principal(), run.in_flight());
  });
  if (!live) return fail(live.error());
  plan::SecretsTarget target =
      plan::secrets_target(run.desired, *live, *tags, run.apply.secrets_put);
  return Target{std::move(*live), std::move(target)};
}

/// What is tried of an application that this run made: nobody saved anything to it before.
Result<Target> target_of_new(const ApplicationRun& run) {
  const auto tags = known_tags(run);
  if (!tags) return fail(tags.error());
  return Target{{}, plan::secrets_target(run.desired, {}, *tags, run.apply.secrets_put)};
}

/// The pairs of one request. Secrets are copied here and nowhere else; the copies die with it.
std::vector<graph_write::SecretPair> pairs_of(const ApplicationRun& run,
                                              const plan::SecretsTarget& target,
                                              bool with_typed_settings) {
  std::vector<graph_write::SecretPair> pairs;
  for (const auto& [key, value] : target.clear) {
    if (!with_typed_settings && !model::typed_setting_of(key).empty()) continue;
    pairs.push_back({key, Secret(value), true});
  }
  for (const model::CredentialValue& reference : target.references) {
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

Result<void> refuse_incomplete(const plan::SecretsTarget& target) {
  if (target.unreferenced.empty()) return {};
  return fail(ErrorKind::stale,
              fmt::format("secrets were saved that the manifest has no reference for: {}",
                          fmt::join(target.unreferenced, ", ")),
              "Plan again.");
}

/// The one PUT of a change: what is sent, and what the tenant shows of it.
class SecretsSave {
 public:
  SecretsSave(ApplicationRun& run, const plan::Change& change) : run_(run), change_(change) {}

  [[nodiscard]] Result<Confirmed> carry_out() {
    TenantWrite write{"secrets.put",
                      run_.session().target("the service principal to accept secrets"),
                      Resend::after_preparing};
    write.prepare = [this] { return prepare(); };
    write.send = [this](std::stop_token stop) {
      const std::vector<graph_write::SecretPair> pairs = pairs_of(run_, target_, true);
      return run_.credentials().save(run_.service_principal(), pairs, std::move(stop));
    };
    write.proof = [this] { return prove(); };
    return run_.write(write);
  }

 private:
  /// The tag of a pending restart is written before the read that counts: a run that is killed
  /// between the two leaves the restart to the next one.
  Result<Next> prepare() {
    auto read = read_target(run_);
    if (!read) return fail(read.error());
    if (told_by_read_ && is_stored(read->live)) return Next::nothing;
    const auto needed = is_needed(read->target);
    if (!needed) return fail(needed.error());
    if (!*needed) return Next::nothing;
    if (read->target.narrows_scope && !std::exchange(marked_, true)) {
      if (auto marked = mark_pending_restarts(run_); !marked) return fail(marked.error());
      return prepare();
    }
    if (!read->live.empty()) {
      if (auto kept = run_.apply.backup.secrets(run_.desired.name, read->live); !kept) {
        return fail(kept.error());
      }
    }
    target_ = std::move(read->target);
    // A new value of a masked key does not show.
    told_by_read_ = !is_stored(read->live);
    return told_by_read_ ? Next::send : Next::send_unseen;
  }

  Result<bool> is_needed(const plan::SecretsTarget& target) {
    if (auto fresh = check_basis(change_, target.fields); !fresh) return fail(fresh.error());
    if (auto complete = refuse_incomplete(target); !complete) return fail(complete.error());
    return target.differs;
  }

  [[nodiscard]] bool is_stored(const Secrets& live) const {
    const StoredSecrets stored = compare_stored(target_, live);
    return stored.missing.empty() && stored.different.empty();
  }

  /// Every pair is there, and then as it was sent. The collection is replaced as a whole: what it
  /// lacks in the end it will not get.
  Evidence prove() {
    const WriteSession& session = run_.session();
    run_.announce(reads_after_change(run_));
    auto shown = await_none(session.read_back("all secrets to be listed"), &StoredSecrets::missing);
    if (shown && !last_.different.empty()) {
      shown = await_none(session.lagging_read("the settings to be as they were sent"),
                         &StoredSecrets::different);
    }
    if (shown) return {};
    if (shown.error().kind != ErrorKind::not_found) return {Evidence::Kind::unread, shown.error()};
    std::vector<std::string> keys = last_.missing;
    keys.insert(keys.end(), last_.different.begin(), last_.different.end());
    return {Evidence::Kind::different,
            stored_differently(fmt::format("stored differently: {}", fmt::join(keys, ", ")))};
  }

  /// Reads until nothing is in that list any more.
  Result<bool> await_none(const PollTarget& target,
                          std::vector<std::string> StoredSecrets::* lacking) {
    return poll<bool>(run_.policy(), target, [this, lacking]() -> Result<std::optional<bool>> {
      const auto stored = run_.reader().secrets(run_.service_principal(), run_.in_flight());
      if (!stored) return fail(stored.error());
      last_ = compare_stored(target_, *stored);
      return (last_.*lacking).empty() ? std::optional(true) : std::nullopt;
    });
  }

  ApplicationRun& run_;
  const plan::Change& change_;
  plan::SecretsTarget target_;  ///< sent last
  bool told_by_read_ = false;   ///< whether the tenant looks different where it was stored
  bool marked_ = false;         ///< with the tag of a pending restart
  StoredSecrets last_;          ///< what the last read-back lacked
};

/// Records what was saved, with the tags that end the application: a run that is killed before them
/// has saved what the next one saves again.
void tag_revision(ApplicationRun& run) {
  if (!run.desired.credentials || !run.desired.credentials->revision) return;
  owe_edit(run, {{model::credentials_tag(*run.desired.credentials->revision)},
                 {std::string(model::kCredentialsTag)}});
}

}  // namespace

StepResult validate_credentials(ApplicationRun& run, const plan::Change&) {
  const auto job = any_job(run);
  if (!job) return fail(job.error());
  const auto target = run.made_here ? target_of_new(run) : read_target(run);
  if (!target) return fail(target.error());
  const std::vector<graph_write::SecretPair> pairs = pairs_of(run, target->target, false);
  TenantWrite write{"credentials.validate",
                    run.session().target("the job to validate credentials")};
  write.stores = false;
  write.send = [&](std::stop_token stop) {
    return run.credentials().validate(run.service_principal(), *job, pairs, std::move(stop));
  };
  const auto accepted = run.write(write);
  if (accepted) return std::string();
  if (is_verdict(accepted.error())) return fail(within(accepted.error(), "validation failed"));
  return fail(accepted.error());
}

StepResult save_credentials(ApplicationRun& run, const plan::Change& change) {
  const auto saved = SecretsSave(run, change).carry_out();
  if (!saved) return fail(saved.error());
  if (*saved == Confirmed::already) return std::string("they were saved already");
  tag_revision(run);
  return std::string();
}

}  // namespace syncwright::apply
