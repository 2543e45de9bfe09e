#include "syncwright/plan/change.h"

#include <fmt/format.h>

namespace syncwright::plan {

namespace {

/// The text of a field, whichever side has one; a role that was left out is no text.
std::string text_of(const Change& change, std::string_view path, const char* otherwise) {
  for (const schema::FieldChange& field : change.fields) {
    if (field.path.text() != path) continue;
    const Json value = field.after.is_null() ? field.before : field.after;
    if (value.is_string()) return value.get<std::string>();
  }
  return otherwise;
}

/// Of an assignment "user:ID".
std::string who_of(const Change& change) {
  const AssignmentPayload* assigned = change.assignment();
  if (assigned == nullptr) return {};
  const bool is_told = !assigned->principal_id.empty();
  return fmt::format("{}:{}", assigned->principal_type,
                     is_told ? assigned->principal_id : text_of(change, "principal", ""));
}

}  // namespace

std::string Change::id() const {
  const std::string_view suffix = traits_of(type).id;
  std::string id = application + fmt::format(fmt::runtime(suffix), fmt::arg("job", job),
                                             fmt::arg("who", who_of(*this)),
                                             fmt::arg("role", text_of(*this, "role", "default")));
  return is_namesake ? id + "/" + target()->id : id;
}

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
