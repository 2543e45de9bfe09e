#include "manifest/decode/guards_decoder.h"

#include <cstdint>
#include <limits>

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"

namespace syncwright {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

void read_removals(const Field& field, Guards& guards) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  guards.max_assignment_removals_percent =
      keys.read("percent", as_integer(0, 100)).value_or(guards.max_assignment_removals_percent);
  guards.max_assignment_removals_count =
      keys.read("count", as_integer(0, most)).value_or(guards.max_assignment_removals_count);
  keys.done();
}

}  // namespace

std::optional<Guards> as_guards(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  Guards guards;
  guards.max_deletes = keys.read("maxDeletes", as_integer(0, most)).value_or(guards.max_deletes);
  guards.max_updates_percent =
      keys.read("maxUpdatesPercent", as_integer(0, 100)).value_or(guards.max_updates_percent);
  if (const auto removals = keys.find("maxAssignmentRemovals")) read_removals(*removals, guards);
  guards.floor = keys.read("floor", as_integer(0, most)).value_or(guards.floor);
  guards.secrets_put =
      keys.read("secretsPut", as_word<SecretsPut>({{"complete", SecretsPut::complete},
                                                   {"merge", SecretsPut::merge}}))
          .value_or(guards.secrets_put);
  keys.done();
  return guards;
}

}  // namespace syncwright
