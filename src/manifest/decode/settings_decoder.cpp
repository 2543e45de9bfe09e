#include "manifest/decode/settings_decoder.h"

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"

namespace syncwright {

std::optional<DesiredNotifications> as_notifications(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DesiredNotifications notifications;
  notifications.where = field.key_range();
  notifications.enabled = keys.read("enabled", as_boolean);
  notifications.recipient = keys.read("recipient", as_mail_address);
  keys.done();
  return notifications;
}

std::optional<DesiredDeletions> as_deletions(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DesiredDeletions deletions;
  deletions.where = field.key_range();
  deletions.threshold = keys.read("threshold", as_integer(1, kMaxDeletionThreshold));
  deletions.skip_out_of_scope = keys.read("skipOutOfScope", as_boolean);
  keys.done();
  return deletions;
}

}  // namespace syncwright
