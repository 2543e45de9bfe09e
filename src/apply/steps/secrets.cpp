#include "apply/steps/secrets.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "syncwright/core/worker_pool.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright {

namespace {

struct Resolved {
  SecretValues values;
  std::vector<std::string> problems;
};

Resolved resolve_application(const DesiredApplication& application, const Environment& environment,
                             const std::filesystem::path& root) {
  Resolved resolved;
  if (!application.credentials) return resolved;
  for (const CredentialValue& credential : application.credentials->values) {
    const auto* reference = std::get_if<SecretReference>(&credential.value);
    if (reference == nullptr) continue;
    auto value = resolve(*reference, environment, root);
    if (value && value->reveal() == kMaskedValue) {
      resolved.problems.push_back(
          fmt::format("{} of {}: {} gives `*`, which Graph shows in place of a secret",
                      credential.key, application.name, describe(*reference)));
    } else if (value) {
      resolved.values.emplace(credential.key, std::move(*value));
    } else {
      resolved.problems.push_back(
          fmt::format("{} of {}: {}", credential.key, application.name, value.error().message));
    }
  }
  return resolved;
}

}  // namespace

Result<std::vector<SecretValues>> resolve_secrets(
    const std::vector<const DesiredApplication*>& applications, const Environment& environment,
    const std::filesystem::path& root, int parallelism) {
  std::vector<Resolved> resolved(applications.size());
  run_parallel(applications.size(), static_cast<std::size_t>(std::max(parallelism, 1)),
               [&](std::size_t index) {
                 if (applications[index] == nullptr) return;
                 resolved[index] = resolve_application(*applications[index], environment, root);
               });
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

}  // namespace syncwright
