#include "apply/steps/secrets.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "syncwright/core/ascii.h"
#include "syncwright/core/json.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright::apply {

namespace {

struct Resolved {
  SecretValues values;
  std::vector<std::string> problems;
  bool is_cancelled = false;
};

Resolved resolve_application(const model::DesiredApplication& application,
                             const Environment& environment, const std::filesystem::path& root,
                             const std::stop_token& stop) {
  Resolved resolved;
  if (!application.credentials) return resolved;
  for (const model::CredentialValue& credential : application.credentials->values) {
    const auto* reference = std::get_if<SecretReference>(&credential.value);
    if (reference == nullptr) continue;
    auto value = resolve(*reference, environment, root, stop);
    if (value && value->reveal() == model::kMaskedValue) {
      resolved.problems.push_back(
          fmt::format("{} of {}: {} gives `*`, which Graph shows in place of a secret",
                      credential.key, application.name, describe(*reference)));
    } else if (value) {
      resolved.values.emplace(credential.key, std::move(*value));
    } else {
      resolved.is_cancelled |= value.error().kind == ErrorKind::cancelled;
      resolved.problems.push_back(
          fmt::format("{} of {}: {}", credential.key, application.name, value.error().message));
    }
  }
  return resolved;
}

bool is_boolean(const std::string& lower) {
  return lower == "true" || lower == "false";
}

bool means_the_same(const std::string& sent, const std::string& stored) {
  if (sent == stored) return true;
  const std::string lower = ascii::lower(sent);
  if (is_boolean(lower)) return lower == ascii::lower(stored);
  const auto sent_json = parse_json(sent);
  const auto stored_json = parse_json(stored);
  return sent_json && stored_json && sent_json->is_object() && *sent_json == *stored_json;
}

const model::LiveSecret* find_stored(const std::vector<model::LiveSecret>& stored,
                                     const std::string& key) {
  const auto found =
      std::find_if(stored.begin(), stored.end(),
                   [&](const model::LiveSecret& secret) { return secret.key == key; });
  return found == stored.end() || found->value.empty() ? nullptr : &*found;
}

}  // namespace

Result<std::vector<SecretValues>> resolve_secrets(
    const std::vector<const model::DesiredApplication*>& applications,
    const Environment& environment, const std::filesystem::path& root, int parallelism,
    const std::stop_token& stop) {
  std::vector<Resolved> resolved(applications.size());
  run_parallel(applications.size(), static_cast<std::size_t>(std::max(parallelism, 1)),
               [&](std::size_t index) {
                 if (applications[index] == nullptr) return;
                 resolved[index] =
                     resolve_application(*applications[index], environment, root, stop);
               });
  if (std::any_of(resolved.begin(), resolved.end(),
                  [](const auto& one) { return one.is_cancelled; })) {
    return fail(ErrorKind::cancelled, "interrupted while the secrets were read",
                "nothing was written");
  }
  std::vector<SecretValues> values;
  std::vector<std::string> problems;
  for (Resolved& one : resolved) {
    values.push_back(std::move(one.values));
    std::move(one.problems.begin(), one.problems.end(), std::back_inserter(problems));
  }
  if (problems.empty()) return values;
  return fail(ErrorKind::invalid_input,
              fmt::format("{} without a value: {}",
                          problems.size() == 1 ? "a secret reference is" : "secret references are",
                          fmt::join(problems, "; ")),
              "Settings and credentials are saved together, so that each is needed. Nothing was "
              "written.");
}

StoredSecrets compare_stored(const plan::SecretsTarget& sent,
                             const std::vector<model::LiveSecret>& stored) {
  StoredSecrets result;
  for (const auto& [key, value] : sent.clear) {
    const model::LiveSecret* found = find_stored(stored, key);
    // "" removes, and a removed key may stay listed (docs/graph.md#13.6).
    if (value.empty()) continue;
    if (found == nullptr) {
      result.missing.push_back(key);
    } else if (!found->is_masked() && !means_the_same(value, found->value)) {
      result.different.push_back(key);
    }
  }
  for (const model::CredentialValue& reference : sent.references) {
    if (find_stored(stored, reference.key) == nullptr) result.missing.push_back(reference.key);
  }
  return result;
}

}  // namespace syncwright::apply
