#include <fmt/format.h>

#include "freshness.h"
#include "known_job.h"
#include "pending_restart.h"
#include "read_back.h"
#include "service_principal_write.h"
#include "step.h"
#include "stored_secrets.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright {

namespace {

using Secrets = std::vector<LiveSecret>;

struct Target {
  Secrets live;
  SecretsTarget target;
};

/// What is to be sent, computed by the planner's function on what is live now.
Result<Target> read_target(ApplicationRun& run) {
  auto live = run.settled_read<Secrets>(run.subject("the secrets to be readable"), [&] {
    return run.reader().secrets(run.service_principal(), run.in_flight());
  });
  if (!live) return fail(live.error());
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
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

/// API.md 5.8: every refusal but those of permission, absence and throttling is the target's
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

/// The one complete PUT, then a read until every pair is there.
Result<void> put_secrets(ApplicationRun& run, const SecretsTarget& target) {
  const std::vector<SecretPair> pairs = pairs_of(run, target, true);
  const auto written = run.settled_write<Written>(
      "secrets.put", run.subject("the service principal to accept secrets"),
      [&](std::stop_token stop) {
        return run.context.world.credentials.save(run.service_principal(), pairs, std::move(stop));
      });
  if (!written && !run.in_doubt()) return fail(written.error());
  StoredSecrets last;
  const auto look = [&]() -> Result<StoredSecrets> {
    const auto stored = run.reader().secrets(run.service_principal(), run.in_flight());
    if (!stored) return fail(stored.error());
    return compare_stored(target, *stored);
  };
  auto shown = settle<bool>(run.patience(), run.read_back("all secrets to be listed"),
                            [&]() -> Result<std::optional<bool>> {
                              auto seen = look();
                              if (!seen) return fail(seen.error());
                              last = std::move(*seen);
                              return last.missing.empty() ? std::optional(true) : std::nullopt;
                            });
  if (shown && !last.different.empty()) {
    shown = settle<bool>(run.patience(), run.lagging_read("the settings to be as they were sent"),
                         [&]() -> Result<std::optional<bool>> {
                           auto seen = look();
                           if (!seen) return fail(seen.error());
                           last = std::move(*seen);
                           return last.different.empty() ? std::optional(true) : std::nullopt;
                         });
  }
  if (!shown && shown.error().kind != ErrorKind::not_found) {
    return fail(written ? shown.error() : written.error());
  }
  run.settle_doubt();
  if (shown) return {};
  if (!written) return fail(written.error());
  std::vector<std::string> keys = last.missing;
  keys.insert(keys.end(), last.different.begin(), last.different.end());
  return stored_differently(fmt::format("stored differently: {}", fmt::join(keys, ", ")));
}

/// Records what was saved: the last step of the change (PRODUCT.md 4).
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
  const auto read = read_target(run);
  if (!read) return fail(read.error());
  const SecretsTarget& target = read->target;
  if (auto fresh = check_basis(change, target.fields); !fresh) return fail(fresh.error());
  if (auto complete = refuse_incomplete(target); !complete) return fail(complete.error());
  if (!target.differs) return std::string("they were saved already");
  if (!read->live.empty()) {
    if (auto kept = run.context.backup.secrets(run.desired.name, read->live); !kept) {
      return fail(kept.error());
    }
  }
  // Before the PUT: a run that is killed between the two leaves the restart to the next one.
  if (target.narrows_scope) {
    if (auto marked = mark_pending_restarts(run); !marked) return fail(marked.error());
  }
  if (auto put = put_secrets(run, target); !put) return fail(put.error());
  if (auto tagged = tag_revision(run); !tagged) return fail(tagged.error());
  return std::string();
}

}  // namespace syncwright
