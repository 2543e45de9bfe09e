#include "syncwright/plan/change.h"

namespace syncwright::plan {

const char* to_string(ChangeStatus status) {
  switch (status) {
    case ChangeStatus::planned:
      return "planned";
    case ChangeStatus::blocked:
      return "blocked";
    case ChangeStatus::held:
      return "held";
  }
  return "";
}

std::optional<ChangeStatus> change_status_from(std::string_view text) {
  for (const ChangeStatus status :
       {ChangeStatus::planned, ChangeStatus::blocked, ChangeStatus::held}) {
    if (text == to_string(status)) return status;
  }
  return std::nullopt;
}

const char* to_string(SentKey::How how) {
  switch (how) {
    case SentKey::How::changed:
      return "changed";
    case SentKey::How::again:
      return "again";
    case SentKey::How::unchanged:
      return "unchanged";
  }
  return "";
}

std::optional<SentKey::How> sent_key_from(std::string_view text) {
  using How = SentKey::How;
  for (const How how : {How::changed, How::again, How::unchanged}) {
    if (text == to_string(how)) return how;
  }
  return std::nullopt;
}

ChangePayload empty_payload(ChangeType type) {
  switch (traits_of(type).payload) {
    case PayloadKind::none:
      return {};
    case PayloadKind::assignment:
      return AssignmentPayload{};
    case PayloadKind::target:
      return TargetPayload{};
    case PayloadKind::sent_keys:
      return SentKeysPayload{};
  }
  return {};
}

const char* to_string(Cause cause) {
  switch (cause) {
    case Cause::unknown:
      return "unknown";
    case Cause::tenant:
      return "tenant";
    case Cause::manifest:
      return "manifest";
    case Cause::both:
      return "both";
  }
  return "";
}

}  // namespace syncwright::plan
